"""The shipped packs are clean, under every reading; coverage and reach of them."""

import pytest

from medaidlang.base.render import render_text
from medaidlang.base.resources import data_folder
from medaidlang.check import run_checks
from medaidlang.check.alternatives import check_alternatives, elaborator
from medaidlang.check.coverage import Status, coverage
from medaidlang.check.reach import reach
from medaidlang.driver import inspect
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


READING = """文件 甲
  代号 jia
  统筹区 甲
  发文 甲
  施行 2025年1月1日
  目录 【一】
【一】
口径 乙
  取   丙
  备选 丁
  理由 没有写
令 戊 为 1元 〔口径 乙 取 丙〕
列示 己 为 戊 加 1元
"""


def test_alternatives_only_when_asked_for(tmp_path):
    path = tmp_path / "甲.medaid"
    path.write_text(READING, encoding="utf-8")
    report = inspect(path)
    assert not report.errors, render_text(report.found, colour=False)
    more = inspect(path, every_reading=True).found
    assert ("E301", "（口径 乙 取 丁）") in {(found.code, found.place) for found in more}


def test_every_clause_is_covered(loaded):
    pack, _ = loaded.pack()
    clauses = coverage(pack)
    assert [clause.mark for clause in clauses] == list(pack.document.contents)
    assert {clause.status for clause in clauses} <= {Status.CODED, Status.READ, Status.UNCODED}
    assert all(clause.uncoded for clause in clauses if clause.status is Status.UNCODED)


def test_reach_lists_every_gap(loaded):
    pack, _ = loaded.pack()
    assert [item.name for item in reach(pack) if item.sort == "原文缺失"] == list(pack.gaps)
