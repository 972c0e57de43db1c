"""A pack that uses every construct: its page has each part, in words a reader understands."""

from pathlib import Path

import attrs
import pytest

from medaidlang.core import expr as x
from medaidlang.core.document import ROUND_UP
from medaidlang.core.document import UNITS as WRITTEN
from medaidlang.core.nodes import Manner, Mode, Period, Remainder
from medaidlang.load import load
from medaidlang.sheet import overlaps, shaping, words
from medaidlang.sheet.counting import UNITS, WORDS
from medaidlang.sheet.render import page
from medaidlang.sheet.view import view

from .markup import Page

PACK = Path(__file__).with_name("every_construct.medaid")


@pytest.fixture(scope="module")
def sheet():
    return view(load(PACK))


@pytest.fixture(scope="module")
def made(sheet):
    return Page(page(sheet))


def test_the_page_is_well_formed(made):
    assert made.wrong == []


def test_every_example_comes_out(sheet):
    assert [one.title for one in sheet.done.tried if one.wrong] == []


def test_the_insurances_stand_before_the_benefits(sheet):
    anchors = [anchor for anchor, _, _ in sheet.sections]
    assert anchors.index("layers") == anchors.index("benefits") - 1
    assert anchors.index("splits") == anchors.index("insurance") + 1
    stages = [stage.names for chain in sheet.said.layered for stage in chain]
    assert stages == [("基本医保",), ("大病保险",)]


@pytest.mark.parametrize(
    "said",
    [
        # 保险
        "在基本医保支付之后",
        "同一家医院一个自然年度内累计计算；换一家医院从头计算",
        "一个自然年度只扣一次，以真正扣除的为准；以后的费用起付标准更高的，只补足差额",
        # 分段: do the edges count the 起付
        "段的起止不含起付标准",
        "段的起止连同起付标准一起数",
        "当年各次费用接着往上分段",
        "每次费用从头分段",
        # 起付 and 限次
        "一个季度内累计计算",
        "一个月内累计计算",
        "一个月内至多支付2次",
        "不设：按定额支付，不看这笔费用还剩多少负担",
        # 额度
        "住院救助、门诊救助合计不超过下表的数，一个自然年度内累计计算",
        "年度总额度：与门诊救助合用",
        # 调整, in its table and at the benefit
        "比例乘以80%",
        "支付不高于2万元",
        "比例提高5个百分点",
        "未转诊：非省内，并且非转诊备案的，比例乘以80%；支付不高于2万元",
        "限于低收入对象",
        # 申请
        "把全家申请之前12个月的费用合起来算一次",
        # 多重身份
        "后一个身份只算前面的身份支付以后剩下的负担",
        # dates and rounding
        "每笔支付五舍六入到角",
        "“日期”或“出院日期”；在其中一天持有的身份都算",
        "追溯：自认定前3个月起就算持有",
        "追溯：自认定当年的1月1日起就算持有",
        "有效：自认定之日起12个月",
        # 分担
        "写“其余部分”的承担余下的全部",
        # built-ins
        "当年“类型为普通门诊或慢病门诊”的次数（连本次）",
        "个人负担当年最高的一次",
        "流水账自申请日前12个月的日期至申请日的合计",
        "申请日后6个月的日期",
    ],
)
def test_the_page_says(made, said):
    assert said in made.words


def test_the_clauses_name_every_construct(sheet):
    rules = {row.mark: row.rules for row in sheet.said.clauses}
    assert rules["二"] == ("保险 基本医保、大病保险", "保险（续） 大病保险", "调整 大病保险倾斜")
    assert rules["五"] == ("额度 年度总额度、门诊季度额度",)
    assert "分担 救助资金分担" in rules["九"]


def test_slices_are_a_table_of_slice_by_category(sheet):
    paid = next(one for one in sheet.said.benefits if one.name == "住院救助")
    grid = next(grid for grid in paid.grids if grid.keys == ("分段",))
    assert grid.headings == ("特困人员、低保对象", "低收入对象", "重残人员")
    rows = {key[0]: [cell.text for cell in cells] for key, cells in grid.rows}
    assert list(rows) == ["1万元以下", "1万元以上3万元以下", "1万元以上", "3万元以上"]
    assert rows["1万元以上3万元以下"] == ["80%", "60%", "—"]


def test_missing_figures_are_marked_where_they_stand(sheet):
    lost = {
        cell.text
        for item in (*sheet.said.benefits, *sheet.said.limits, *sheet.said.splits)
        for grid in item.grids
        for _, cells in grid.rows
        for cell in cells
        if cell.lost
    }
    assert lost == {"重残的比例", "门诊的额度", "县区的份额"}


def test_the_reach_of_missing_figures_goes_through_every_construct(sheet):
    reach = {gap.name: (gap.reach, gap.after) for gap in sheet.said.gaps}
    shared = "分担 救助资金分担"
    assert reach["重残的比例"] == (("住院救助·比例（重残人员）", shared), ("依申请救助",))
    pool = "门诊救助（额度 门诊季度额度）·限额（低收入对象）"
    assert pool in reach["门诊的额度"][0]
    share = "分担 救助资金分担·县区（特困人员、低保对象）"
    assert reach["县区的份额"] == ((share,), ())
    lacking = {loss.where: loss.names for loss in sheet.said.losses}
    assert lacking["门诊救助"] == ("门诊的额度（低收入对象）",)


def worked(sheet, title):
    return next(work for work in sheet.done.works if work.title == title)


def steps(claim, benefit):
    found = next(one for one in claim.sums if one.benefit == benefit)
    return [(line.step, line.text) for line in found.lines]


def test_worked_examples_show_slices_and_changes(sheet):
    first, second = worked(sheet, "低保对象住院").claims
    assert ("分段", "10000.00 至 30000.00：445.00 × 80%") in steps(first, "住院救助")
    assert ("单次限额", "30000.00") in steps(first, "住院救助")
    assert ("额度 年度总额度", "40000.00 − 已用 0.00 = 40000.00") in steps(first, "住院救助")
    changes = [text for step, text in steps(second, "住院救助") if step == "调整"]
    assert changes[0] == "比例：未转诊，乘 80%，70% → 56%"
    assert len(changes) == 2  # nothing of the slices that got nothing
    assert steps(second, "慰问金") == [("限次", "已支付 1次，至多 1次，次数已经用完")]


def test_worked_examples_show_who_bears_what(sheet):
    first, _ = worked(sheet, "低保对象住院").claims
    assert [one.benefit for one in first.sums if one.layer] == ["基本医保", "大病保险"]
    assert first.shares[-1] == ("个人自付", "2089.00")
    assert first.whole == ("政策范围内费用", "60000.00")
    cents = [int(amount.replace(".", "")) for _, amount in first.shares]
    assert sum(cents) == 6_000_000


def test_curves_start_before_the_insurances(sheet, made):
    assert sheet.done.curves.layered
    assert "政策范围内费用（万元）" in made.words
    panel = next(p for p in sheet.done.curves.panels if "低保对象" in p.group.members)
    (paid, own), *_ = next(
        row.amounts for row in sheet.done.summary.brings if row.title == panel.group.title
    )
    # 10000: (10000−1000)×70% = 6300, then 3700×70% = 2590 and the fixed 1000.
    assert (paid, own) == ("3590", "110")


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (words.CALLS, x.Builtin),
        (words.FIGURES, x.Figure),
        (words.ORDERS, x.Order),
        (words.DATED, x.Order),
        (shaping.SPANS, Period),
        (shaping.PERIODS, Period),
        (shaping.REMAINDERS, Remainder),
        (overlaps.MEANINGS, Mode),
        (overlaps.ON_SUBSIDIES, Mode),
    ],
)
def test_everything_has_words(table, members):
    assert set(table) == set(members)


def test_every_manner_and_rounding_has_words():
    assert set(WORDS) == set(ROUND_UP.values())
    assert set(UNITS) == set(WRITTEN.values())
    pack, _ = load(PACK).pack()
    speaker, change = words.Speaker.of(pack), pack.adjustments[0].changes[0]
    said = {shaping.effect(speaker, attrs.evolve(change, manner=one)) for one in Manner}
    assert len(said) == len(Manner)
