import pytest

from medaidlang.base.render import render_json
from medaidlang.driver import find_pack, usable
from medaidlang.interpret.settle import prepare
from medaidlang.probe import probe
from tests.check.rules import clean


def findings(pack):
    return probe(prepare(pack))


def messages(found):
    return [one["message"] for one in render_json(found)]


@pytest.fixture(scope="session")
def shipped():
    """A shipped pack ready to settle, by name."""
    return {name: prepare(usable(find_pack(name))[1]) for name in ("昆玉2025", "乌海2022")}


@pytest.fixture
def found():
    """What trying a text out shows."""
    return lambda text, choices=None: findings(clean(text, choices))
