"""The newer constructs in what looks at the whole pack: reach, coverage, cases, categories."""

import pytest

from medaidlang.check.coverage import Status, coverage
from medaidlang.check.possible.people import possible
from medaidlang.check.reach import reach
from medaidlang.core import expr as x
from tests.check.rules import clean, findings

PACK = """\
身份 低保对象
保险 基本医保应报
  费用 类型 为 住院
  基数 政策范围内费用
  起付 不设
  限额 不设
  | 医院级别 | 比例 |
  | 一级、二级、三级 | {layer} |
待遇 住院救助
  费用 类型 为 住院
  接续 基本医保应报
  基数 个人负担
  起付 不设
  限额 按年累计
  | 身份 | 比例 | 限额 |
  | 低保对象 | 70% | 5万元 |
待遇 门诊救助
  费用 类型 为 普通门诊
  基数 个人负担
  起付 不设
  限额 按年累计
  | 身份 | 比例 | 限额 |
  | 低保对象 | 60% | 4万元 |
额度 总额度 按年累计
  包括 住院救助、门诊救助
  | 身份 | 限额 |
  | 低保对象 | {pool} |
调整 提高
  对 住院救助
  须 急诊
  支付 加 {change}
分担 资金分担
  | 款项 | 市 | 县区 |
  | 住院救助 | {share} | 其余 |
  | 门诊救助 | 60% | 其余 |
列示 应报 为 年度累计（基本医保应报 的 支付）
监测 困难 为 年度累计（住院救助 的 支付） 超过 1万元
"""
KNOWN = {"layer": "80%", "pool": "6万元", "change": "100元", "share": "70%"}


@pytest.mark.parametrize(
    ("missing", "touched"),
    [
        ("share", {("分担", "资金分担", "市")}),
        ("change", {("调整", "提高", "支付"), ("分担", "资金分担", "款项"), ("监测", "困难", "")}),
        ("pool", {("额度", "总额度", "限额"), ("分担", "资金分担", "款项"), ("监测", "困难", "")}),
        ("layer", {("保险", "基本医保应报", "比例"), ("列示", "应报", "")}),
    ],
)
def test_reach_of_a_gap(missing, touched):
    text = "原文缺失 没有写：没有找到\n" + PACK.format(**{**KNOWN, missing: "没有写"})
    found = next(one for one in reach(clean(text)) if one.sort == "原文缺失")
    assert {(one.sort, one.owner, one.part) for one in found.touched} == touched


def test_reach_goes_from_an_insurance_to_what_uses_its_figure():
    text = "原文缺失 没有写：没有找到\n" + PACK.format(**{**KNOWN, "layer": "没有写"})
    text = text.replace("个人负担", "政策范围内费用 减 基本医保应报 的 支付", 1)
    found = next(one for one in reach(clean(text)) if one.sort == "原文缺失")
    owners = ("基本医保应报", "住院救助", "资金分担", "应报", "困难")
    assert found.owners == owners


HEAD = """\
包含 公共词汇
文件 某市医疗救助办法
  代号 moushi
  目录 【一】【二】【三】【四】【五】
  施行 2025年1月1日
"""


def test_a_clause_with_only_one_of_them_is_coded():
    parts = [f"{word} " for word in ("额度", "调整", "分担")]
    rules = PACK.format(**KNOWN)
    for mark, word in zip("三四五", parts, strict=True):
        rules = rules.replace(f"\n{word}", f"\n【{mark}】\n{word}")
    rules = rules.replace("\n待遇 住院救助", "\n【二】\n待遇 住院救助")
    found = coverage(clean(HEAD + "【一】\n" + rules))
    assert [clause.status for clause in found] == [Status.CODED] * 5
    assert [clause.rules[:1] for clause in found[2:]] == [
        ("额度 总额度 按年累计",), ("调整 提高",), ("分担 资金分担",)
    ]  # fmt: skip


def test_the_pack_is_clean():
    assert findings(PACK.format(**KNOWN)) == []


@pytest.mark.parametrize("line", ["限次 每院每年 2次", "起付 每院每年"])
def test_the_hospital_is_used_by_what_runs_by_hospital(line):
    text = """# 没有词汇
文件 甲
  代号 jia
  目录 【一】
  施行 2025年1月1日
【一】
事实 费用
  | 事实 | 类型 | 未填时 | 字段 |
  | 花费 | 金额 | 必填 | — |
  | 医院 | 文本 | 未知 | fixmedins_code |
身份 低保对象
待遇 医疗救助
  基数 花费
"""
    rows = "  | 身份 | 比例 |\n  | 低保对象 | 70% |\n"
    if line.startswith("起付"):
        rows = rows.replace("| 比例", "| 起付 | 比例").replace("| 70%", "| 100元 | 70%")
        rest = f"  {line}\n  限额 不设\n"
    else:
        rest = f"  {line}\n  起付 不设\n  限额 不设\n"
    assert findings(text + rest + rows) == []
    unused = findings(text + "  起付 不设\n  限额 不设\n  | 身份 | 比例 |\n  | 低保对象 | 70% |\n")
    assert [found.code for found in unused] == ["W721"]


# ── counts of the year, with this claim ──────────────────────────────────────
COUNTS = clean("""\
令 住院次数 为 年度次数（类型 为 住院）
令 总额 为 年度累计（政策范围内费用）
列示 每笔 甲 为 住院次数
列示 每笔 乙 为 总额
""")


def of(name):
    return COUNTS.definitions[name].expr


def number(like, value):
    return x.Constant(value, of(like).type, of(like).span)


def stay():
    return of("住院次数").arguments[0]


@pytest.mark.parametrize(
    ("order", "count", "in_hospital", "can_be"),
    [
        (x.Order.EQ, 0, True, False),  # the claim itself counts
        (x.Order.EQ, 0, False, True),
        (x.Order.EQ, 1, True, True),
        (x.Order.EQ, 1, False, True),  # an earlier one
        (x.Order.LT, 0, False, False),
        (x.Order.GE, 3, True, True),
    ],
)
def test_what_a_count_can_be(order, count, in_hospital, can_be):
    test = x.Compare(order, of("住院次数"), number("住院次数", count), stay().span)
    wanted, refused = ([test, stay()], []) if in_hospital else ([test], [stay()])
    assert (possible(COUNTS, wanted, refused) is not None) is can_be


@pytest.mark.parametrize(("name", "low"), [("总额", -1), ("住院次数", -1)])
def test_totals_are_never_below_nothing(name, low):
    test = x.Compare(x.Order.LE, of(name), number(name, low), of(name).span)
    assert possible(COUNTS, [test]) is None
