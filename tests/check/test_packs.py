"""The shipped packs are clean, under every reading; coverage and reach of them."""

import pytest

from medaidlang.base.render import render_text
from medaidlang.base.resources import data_folder
from medaidlang.check import run_checks
from medaidlang.check.alternatives import check_alternatives, elaborator
from medaidlang.check.coverage import Status, coverage
from medaidlang.check.reach import reach
from medaidlang.load import load

PACKS = sorted(data_folder("policies").glob("*/*.medaid"))


@pytest.fixture(scope="module", params=PACKS, ids=lambda path: path.stem)
def loaded(request):
    return load(request.param)


def test_clean(loaded):
    pack, found = loaded.pack()
    found += run_checks(pack)
    assert not found, render_text(found, colour=False)


def test_clean_under_every_alternative(loaded):
    pack, _ = loaded.pack()
    found = check_alternatives(pack, elaborator(loaded.files), [])
    assert not found, render_text(found, colour=False)


def test_every_clause_is_covered(loaded):
    pack, _ = loaded.pack()
    clauses = coverage(pack)
    assert [clause.mark for clause in clauses] == list(pack.document.contents)
    assert {clause.status for clause in clauses} <= {Status.CODED, Status.READ, Status.UNCODED}
    assert all(clause.uncoded for clause in clauses if clause.status is Status.UNCODED)


def test_reach_lists_every_gap(loaded):
    pack, _ = loaded.pack()
    assert [item.name for item in reach(pack) if item.sort == "原文缺失"] == list(pack.gaps)
