"""A pack whose only benefit is paid on application: what its page says of it."""

from pathlib import Path

import pytest

from medaidlang.load import load
from medaidlang.sheet.render import page
from medaidlang.sheet.view import view

from .markup import Page

PACK = Path(__file__).with_name("on_application.medaid")


@pytest.fixture(scope="module")
def sheet():
    return view(load(PACK))


@pytest.fixture(scope="module")
def made(sheet):
    return Page(page(sheet))


def test_the_page_is_well_formed(made, sheet):
    assert made.wrong == []
    assert [one.title for one in sheet.done.tried if one.wrong] == []


def test_each_category_has_its_own_standards(sheet):
    rows = {row.title: row.cells for row in sheet.done.summary.standards}
    assert rows == {
        "特困家庭": ("不设", "分段：60%至80%", "3万元"),
        "低保家庭": ("不设", "分段：50%至70%", "3万元"),
        "边缘家庭": ("5000元", "分段：50%至70%", "3万元"),
    }
    assert sheet.done.summary.adjusted == ("特困提高",)  # 另补 depends on more


def test_the_summary_gives_what_one_application_brings(sheet, made):
    brings = {row.title: [paid for paid, _ in row.amounts] for row in sheet.done.summary.brings}
    assert brings == {
        "特困家庭": ["6000", "30000", "30000"],
        "低保家庭": ["5000", "30000", "30000"],
        "边缘家庭": ["2500", "29500", "30000"],
    }
    assert "当年第一次住院，并就这一笔费用申请一次再救助（按申请）" in made.words
    assert "就这一笔费用，当天申请一次再救助" in made.words
    assert "各类人员的其他资料照示例“特困”“低保，两人”“边缘”，不随金额改变" in made.words


def test_the_curves_are_not_flat(sheet):
    paid = {p.group.title: {q.burden: q.paid for q in p.points} for p in sheet.done.curves.panels}
    assert paid["边缘家庭"][500_000] == 0
    assert paid["边缘家庭"][1_500_000] == 500_000


def test_a_worked_example_shows_the_application(sheet, made):
    work = next(one for one in sheet.done.works if one.title == "低保，两人")
    assert [(c.number, c.whose) for c in work.claims] == [("c1", "本人"), ("c2", "妻子")]
    (asked,) = work.asked
    assert [(c.whose, c.claim, c.amount) for c in asked.counted] == [
        ("本人", "c1", "10000.00"),
        ("妻子", "c2", "20000.00"),
    ]
    assert asked.total == "30000.00"
    assert "10000.00 以上：20000.00 × 70%" in [line.text for line in asked.sum.lines]
    assert [(s.what, s.share) for s in asked.shares] == [("本人", "6333.34"), ("妻子", "12666.66")]
    assert "'编号'" not in made.words
    assert work.totals == (("各次申请再救助", "19000.00元"),)


def test_an_application_that_cannot_be_computed_says_so_once(sheet):
    work = next(one for one in sheet.done.works if one.why == "无法计算")
    assert work.title == "没有填有没有未成年人"
    assert work.totals == (("各次申请再救助", "无法计算"),)
    assert len(work.unresolved) == 1


def test_the_examples_count_everybody_s_claims(sheet):
    sizes = {one.title: one.size for one in sheet.done.tried}
    assert sizes["低保，两人"] == "2笔、申请1次"
    assert sizes["特困"] == "1笔、申请1次"


def test_nothing_is_said_that_nobody_wrote(made):
    assert "施行前的费用" not in made.words


def test_what_runs_over_applications_is_said_so(made):
    for said in ("每次申请单独计算", "每次申请从头分段", "全家各次申请一个自然年度内累计计算"):
        assert said in made.words
    assert "再分到各人" in made.words


def test_a_limit_for_everybody_stands_in_every_row(sheet):
    grid = sheet.said.benefits[0].grids[0]
    assert next((key, [cell.text for cell in cells]) for key, cells in grid.rows) == (
        ("特困家庭、低保家庭",),
        ["不设", "3万元"],
    )
