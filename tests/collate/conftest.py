"""A small document of our own, its rule file, and how to hold one against the other."""

from pathlib import Path

import pytest

from medaidlang.collate.collation import collate
from medaidlang.collate.findings import findings
from medaidlang.load import load

HERE = Path(__file__).resolve().parent
RULES = (HERE / "云溪2026.medaid").read_text(encoding="utf-8")
TEXT = (HERE / "原文.txt").read_text(encoding="utf-8")


@pytest.fixture
def held(tmp_path):
    """Hold rules against a text; both are ours unless given."""

    def hold(text=TEXT, rules=RULES, before=None):
        path = tmp_path / "云溪2026.medaid"
        path.write_text(rules, encoding="utf-8")
        loaded = load(path)
        pack, found = loaded.pack()
        assert not found, found
        return collate(loaded.files[-1], pack, text, "原文.txt", before)

    return hold


@pytest.fixture
def found(held):
    """The findings as (code, clause, words)."""

    def find(text=TEXT, rules=RULES, before=None):
        return [(f.code, f.mark, f.words) for f in findings(held(text, rules, before))]

    return find
