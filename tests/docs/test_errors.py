"""The error pages are those of the catalogue."""

import re

from docs.generate import ERRORS, FAMILIES, error_pages, shown
from medaidlang.base.catalogue import all_entries


def test_up_to_date():
    """`make docs` writes them again."""
    pages = error_pages()
    there = {path: path.read_text(encoding="utf-8") for path in ERRORS.glob("*.md")}
    assert sorted(there) == sorted(pages)
    assert [path.name for path in pages if there[path] != pages[path]] == []


def test_index_names_every_code():
    text = (ERRORS / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[(\w+)\]\(\1\.md\)", text, re.M) == sorted(
        (entry.code for entry in all_entries()), key=lambda code: (code[1], code[1:], code[0])
    )


def test_every_family_has_a_name():
    assert {entry.code[1] for entry in all_entries()} <= set(FAMILIES)


def test_nothing_invisible():
    hidden = re.compile("[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
    for text in error_pages().values():
        assert not hidden.search(text)
    assert shown("甲\u200b乙\n") != "甲\u200b乙\n"
