"""One file for each code: rules in which it is found, and almost the same rules without it."""

import re

import pytest

from medaidlang.base.catalogue import all_entries
from medaidlang.base.render import render_text
from tests.check.rules import SPECS, findings

FILES = sorted(SPECS.glob("*.spec"))
SECTION = re.compile(r"^== (.*)\n", re.MULTILINE)
# Refused by the parser before elaboration could.
BY_SYNTAX = {"E520"}
# Found only by trying the pack out (`tests/probe`).
BY_PROBE = {"W531", "W532"}


def sections(path):
    """(expected codes, rule text) of each part."""
    _, *parts = SECTION.split(path.read_text(encoding="utf-8"))
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        yield set(heading.split()[1:]) if heading.startswith("发现") else set(), text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_spec(path):
    parts = list(sections(path))
    assert [path.stem in codes for codes, _ in parts] == [True, False]
    for codes, text in parts:
        found = findings(text)
        shown = render_text(found, colour=False)
        assert {d.code for d in found} == codes, shown


def test_every_code_has_a_spec():
    codes = {entry.code for entry in all_entries() if entry.code[1] in "345678"}
    assert codes - BY_SYNTAX - BY_PROBE == {path.stem for path in FILES}
