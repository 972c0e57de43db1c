"""Files for each code: rules in which it is found, and almost the same rules without it.

A second file for a code is called after what is special in it: `E716-公布值.spec`.
"""

import re

import pytest

from medaidlang.base.catalogue import all_entries, collation
from medaidlang.base.render import render_text
from tests.check.rules import SPECS, findings

FILES = sorted(SPECS.glob("*.spec"))
SECTION = re.compile(r"^== (.*)\n", re.MULTILINE)
# Refused by the parser before elaboration could.
BY_SYNTAX = {"E520"}
# Found only among several documents (`tests/registry`).
BY_REGISTRY = {"E731", "E732", "N733", "E734", "E735", "E736"}
# Found only beside the document's text (`tests/collate`).
BY_COLLATION = {entry.code for entry in collation.ENTRIES}
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
    code = path.stem.partition("-")[0]
    assert [code in codes for codes, _ in parts] == [True, False]
    for codes, text in parts:
        found = findings(text)
        shown = render_text(found, colour=False)
        assert {d.code for d in found} == codes, shown


def test_every_code_has_a_spec():
    codes = {entry.code for entry in all_entries() if entry.code[1] in "345678"}
    elsewhere = BY_SYNTAX | BY_REGISTRY | BY_COLLATION | BY_PROBE
    assert codes - elsewhere == {path.stem.partition("-")[0] for path in FILES}
