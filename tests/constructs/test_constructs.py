"""Every construct in a small invented document: each is clean, and each 示例 comes out.

The first line of a rule file may say `# 警告 W…、W…：why`; these findings are then
expected, each of them.
"""

import re
from pathlib import Path

import pytest

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Severity
from medaidlang.base.render import render_text
from medaidlang.driver import inspect
from medaidlang.interpret.examples import run_examples
from medaidlang.load import load

SHARED = "词汇"
FILES = sorted(p for p in Path(__file__).parent.glob("*.medaid") if p.stem != SHARED)
EXPECTED = re.compile(r"^# 警告 ([EW0-9、]+)：")


def expected_warnings(path):
    """The codes that the file's first line announces."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    found = EXPECTED.match(first)
    return set(found[1].split("、")) if found else set()


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def path(request):
    return request.param


def test_clean(path):
    found = inspect(path).found
    said = render_text(list(found), colour=False)
    assert all(lookup(item.code).severity is not Severity.ERROR for item in found), said
    assert {item.code for item in found} == expected_warnings(path), said


def test_examples(path):
    loaded = load(path)
    pack, _ = loaded.pack()
    assert len(pack.examples) >= 6
    for outcome in run_examples(pack, lambda readings: loaded.pack(readings)[0]):
        assert outcome.refused is None, (outcome.example.title, outcome.refused)
        wrong = [(m.path, m.expected, m.got) for m in outcome.mismatches]
        assert not wrong, (outcome.example.title, wrong)
