"""From syntax to core, construct by construct."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from medaidlang.core import expr as x
from medaidlang.core.elaborate import elaborate
from medaidlang.core.nodes import Column, Missing, Mode, OutputKind, Period, Scope
from medaidlang.core.types import Kind
from tests.check.rules import clean, files, pack_of

BENEFIT = """\
身份 低保对象
待遇 医疗救助
  费用 类型 属于 住院、门诊慢特病
  须 定点
  基数 个人负担
  起付 按年累计
  限额 不设
  无法计算 当 急诊：没有写急诊
  | 身份     | 起付 | 比例 |
  | 低保对象 | 不设 | 90%  |
"""


def codes(text, choices=None):
    return [d.code for d in pack_of(text, choices)[1]]


# ── vocabulary ───────────────────────────────────────────────────────────────


def test_facts():
    pack = clean(
        "事实 人员\n"
        "  | 事实       | 类型           | 未填时 | 字段 | 说明     |\n"
        "  | 核对·人口  | 整数（人）     | 必填   | fam  | “人口”   |\n"
        "  | 类别       | 选项（甲，乙） | 甲     | —    | “类别”   |\n"
    )
    people, kind = pack.facts["核对·人口"], pack.facts["类别"]
    assert (people.scope, people.missing, people.group) == (Scope.PERSON, Missing.REQUIRED, "核对")
    assert (people.fields, people.note) == (("fam",), "人口")
    assert (kind.default, kind.type.choices) == ("甲", ("甲", "乙"))


def test_identities():
    pack = clean(
        "身份 甲、乙\n  认定 民政局\n  须 年龄 不满 18岁\n"
        "身份 丙\n  包括 甲、乙\n  比照 丁\n身份 丁\n互斥 甲、乙\n"
    )
    assert pack.identities["甲"].recognised_by == "民政局"
    assert len(pack.identities["乙"].conditions) == 1
    assert pack.identities["丙"].members == ("甲", "乙")
    as_if = pack.identities["丙"].as_if
    assert isinstance(as_if, x.Constant)
    assert as_if.value == "丁"
    assert [rule.identities for rule in pack.exclusives] == [("甲", "乙")]


def test_parameters():
    pack = clean(
        "参数 标准 金额\n  公布 民政局\n  不低于 100元\n"
        "  | 起           | 止             | 值    | 来源     |\n"
        "  | 2025年1月1日 | 2025年12月31日 | 200元 | “某文件” |\n"
        "参数 放假 日期列\n  | 值 |\n  | 期间（2025年1月1日，2025年1月3日）、2025年2月1日 |\n"
    )
    (dated,) = pack.parameters["标准"].values
    assert (dated.start, dated.end) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (dated.value, dated.source) == (20000, "某文件")
    assert pack.parameters["标准"].bounds[0].floor
    days = pack.parameters["放假"].values[0].value
    assert days == (*(date(2025, 1, n) for n in (1, 2, 3)), date(2025, 2, 1))


def test_a_roster_stands_for_its_entries():
    pack = clean(
        "名录 重病 共 2种\n  条目 白血病\n  条目 脑瘫 须 年龄 14周岁以下\n令 甲 为 病种 属于 重病\n"
    )
    found = pack.definitions["甲"].expr
    assert isinstance(found, x.Any)
    plain, conditional = found.operands
    assert isinstance(plain, x.Among)
    assert [choice.value for choice in plain.choices] == ["白血病"]
    assert isinstance(conditional, x.All)


# ── definitions ──────────────────────────────────────────────────────────────


def test_definitions_may_stand_in_any_order():
    pack = clean("令 甲 为 乙 加 1元\n令 乙 为 个人负担\n")
    assert pack.definitions["甲"].expr.type.kind is Kind.MONEY


def test_a_table_is_a_chain_of_conditions():
    pack = clean(
        "身份 低保对象\n令 线\n"
        "  | 身份     | 医院级别 | 值   |\n"
        "  | 低保对象 | 一级     | 100元 |\n"
        "  | 低保对象 | 二级     | 200元 |\n"
        "  | 其余     | —        | 没有线 |\n"
        "原文缺失 没有线：本页缺失\n"
    )
    first = pack.definitions["线"].expr
    assert isinstance(first, x.If)
    assert isinstance(first.negative, x.If)
    last = first.negative.negative
    assert isinstance(last, x.GapRef)
    assert last.type.kind is Kind.MONEY


def test_a_group_of_facts_is_filled_if_any_is():
    pack = clean(
        "事实 人员\n  | 事实     | 类型 |\n  | 核对·甲 | 是否 |\n  | 核对·乙 | 是否 |\n"
        "令 填了 为 核对 已填\n"
    )
    found = pack.definitions["填了"].expr
    assert isinstance(found, x.Any)
    assert len(found.operands) == 2


# ── readings ─────────────────────────────────────────────────────────────────

READING = """\
口径 线
  编号 K1
  取   低
  备选 高
  理由 原文写得低
令 甲 为 若 口径 线 取 低 则 1元 否则 2元
列示 每笔 结果 为 甲 〔口径 线 取 低〕
"""


@pytest.mark.parametrize(("choices", "value", "shown"), [({}, 100, 1), ({"线": "高"}, 200, 0)])
def test_a_reading_decides_lines_and_branches(choices, value, shown):
    pack = clean(READING, choices)
    found = pack.definitions["甲"].expr
    assert isinstance(found, x.Constant)
    assert found.value == value
    assert len(pack.outputs) == shown
    assert pack.readings["线"].active == choices.get("线", "低")


def test_a_choice_that_is_not_there():
    assert codes(READING, {"线": "中"})[0] == "E306"


# ── benefits ─────────────────────────────────────────────────────────────────


def test_benefit():
    pack = clean(BENEFIT)
    benefit = pack.benefits["医疗救助"]
    assert [condition.word for condition in benefit.conditions] == ["费用", "须"]
    assert [doubt.reason for doubt in benefit.unresolved] == ["没有写急诊"]
    assert (benefit.deductible, benefit.cap) == ("医疗救助·起付", None)
    assert pack.accounts["医疗救助·起付"].period is Period.YEAR
    cells = [(entry.column, entry.expr) for entry in benefit.entries]
    assert cells[0] == (Column.DEDUCTIBLE, None)
    ratio = cells[1][1]
    assert isinstance(ratio, x.Constant)
    assert ratio.value == Fraction(9, 10)
    assert benefit.origin.clause == "一"


def test_each_cell_carries_its_clause():
    pack = clean(BENEFIT + "【二】 限额\n续 医疗救助\n  | 身份 | 限额 |\n  | 其余 | 6万元 |\n")
    clauses = {entry.column: entry.origin.clause for entry in pack.benefits["医疗救助"].entries}
    assert clauses == {Column.DEDUCTIBLE: "一", Column.RATIO: "一", Column.CAP: "二"}


def test_shared_account():
    other = BENEFIT.replace("身份 低保对象\n", "").replace("医疗救助", "倾斜救助", 1)
    shared = other.replace("起付 按年累计", "起付 按年累计 与 医疗救助 共用")
    pack = clean(BENEFIT + shared)
    assert pack.benefits["倾斜救助"].deductible == "医疗救助·起付"
    assert pack.accounts["医疗救助·起付"].benefits == ("医疗救助", "倾斜救助")


def test_overlap():
    pack = clean(
        BENEFIT
        + "重叠 就高不就低 按笔 于 医疗救助\n  限于 低保对象\n"
        + "  判定不全时 按已知最高\n  依据 第三条\n"
    )
    (rule,) = pack.overlaps
    assert (rule.mode, rule.benefits, rule.identities) == (
        Mode.PER_CLAIM,
        ("医疗救助",),
        ("低保对象",),
    )
    assert rule.known_best
    assert rule.grounds == "第三条"


def test_subsidy_insurance_and_outputs():
    pack = clean(
        "身份 低保对象\n资助 参保资助\n  基数 个人缴费标准\n  | 身份 | 比例 |\n  | 其余 | 60% |\n"
        "参数 分档 分段\n  待定 由医保局公布\n"
        "医保调整 大病保险\n  须 身份 属于 低保对象\n  费用 年度累计（个人负担）\n"
        "  起付 1万元\n  分段 分档\n  限额 不设\n"
        "监测 困难 为 年度累计（个人负担） 超过 1万元\n时限 截止 为 2025年9月5日\n"
    )
    assert pack.subsidies["参保资助"].entries[0].column is Column.RATIO
    (change,) = pack.insurance
    assert change.cap is None
    assert [output.kind for output in pack.outputs] == [OutputKind.MONITOR, OutputKind.DEADLINE]


def test_one_mistake_is_told_once():
    text = BENEFIT.replace("基数 个人负担", "基数 75%") + "重叠 就高不就低 于 医疗救助\n"
    assert codes(text) == ["E401"]


# ── the document and its examples ────────────────────────────────────────────


def test_document():
    pack = clean(BENEFIT)
    about = pack.document
    assert (about.code, about.contents) == ("moushi", ("一",))
    assert about.effective == date(2025, 1, 1)
    assert [record.mark for record in pack.clauses] == ["一"]
    assert pack.clauses[0].items == ("身份 低保对象", "待遇 医疗救助")


def test_example():
    pack = clean(
        BENEFIT
        + "示例默认 参保 居民医保，基本医保支付 0元\n"
        + "示例 甲\n"
        + "  人员 身份 低保对象（2025年1月1日，2025年6月30日），年龄 40岁\n"
        + "  | 费用 | 类型 | 日期         | 政策范围内费用 | 医疗救助 |\n"
        + "  | c1   | 住院 | 2025年3月1日 | 1000.5元       | 900元    |\n"
        + "  | c2   | 住院 | 2025年3月2日 | 10元           | 无法计算 |\n"
        + "  应得 医疗救助 909元\n"
    )
    (example,) = pack.examples
    held = {"名称": "低保对象", "起": "2025-01-01", "止": "2025-06-30"}
    assert example.person["身份"] == [held]
    assert (example.person["参保"], example.person["年龄"]) == ("居民医保", 40)
    first, second = example.claims
    assert first["政策范围内费用"] == Decimal("1000.50")
    assert (first["日期"], first["基本医保支付"]) == ("2025-03-01", Decimal(0))
    expected = {path: value for path, value, _ in example.expected}
    assert expected[("逐笔", "c1", "医疗救助")] == Decimal(900)
    assert expected[("逐笔", "c2", "医疗救助")] is None
    assert expected[("年度合计", "医疗救助")] == Decimal(909)
    assert second["编号"] == "c2"


def test_no_document():
    pack, found = pack_of("# 没有文件\n身份 低保对象\n")
    assert pack is None
    assert [d.code for d in found] == ["E708"]


def test_digest_depends_on_every_file():
    one, other = files(BENEFIT), files(BENEFIT + "# 注释\n")
    assert elaborate(one)[0].digest != elaborate(other)[0].digest
    assert attrs.evolve(elaborate(one)[0]) == elaborate(one)[0]
