"""Reach of missing figures, coverage of clauses, alternatives of readings."""

from medaidlang.check import run_checks
from medaidlang.check.alternatives import check_alternatives, elaborator
from medaidlang.check.coverage import Status, coverage
from medaidlang.check.reach import reach
from tests.check.rules import clean, files

GAP = """\
原文缺失 门槛：本页缺失
参数 低保标准 金额
  待定 由市民政局公布
身份 低保对象、特困人员
令 起付线 为 门槛 加 0元
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 按年累计
  限额 不设
  | 身份     | 起付   | 比例 |
  | 低保对象 | 起付线 | 90%  |
  | 特困人员 | 不设   | 100% |
待遇 倾斜救助
  接续 医疗救助
  基数 个人负担 减 医疗救助 的 支付
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 其余 | 50%  |
重叠 就高不就低 于 医疗救助、倾斜救助
监测 困难 为 年度累计（医疗救助 的 支付） 超过 低保标准
"""


def test_reach_goes_through_definitions_and_benefits():
    missing = {item.name: item for item in reach(clean(GAP))}
    threshold = missing["门槛"]
    assert (threshold.sort, threshold.reason) == ("原文缺失", "本页缺失")
    found = [(t.sort, t.owner, t.part, t.categories) for t in threshold.touched]
    assert found == [
        ("待遇", "医疗救助", "起付", ("低保对象",)),
        ("待遇", "倾斜救助", "基数", ()),
        ("监测", "困难", "", ()),
    ]
    assert threshold.owners == ("医疗救助", "倾斜救助", "困难")
    assert missing["低保标准"].owners == ("困难",)


HEAD = """\
包含 公共词汇
文件 某市医疗救助办法
  代号 moushi
  目录 【一】【二】【三】【四】【五】
  施行 2025年1月1日
"""


def test_coverage():
    pack = clean(
        HEAD
        + "【一】 范围\n身份 低保对象\n【二】 宣传\n不编码 不产生金额\n"
        + "【三】 解释\n口径 解释\n  取 从宽\n【四】 其他\n"
    )
    found = [(clause.mark, clause.status) for clause in coverage(pack)]
    assert found == [
        ("一", Status.CODED),
        ("二", Status.UNCODED),
        ("三", Status.READ),
        ("四", Status.EMPTY),
        ("五", Status.ABSENT),
    ]
    first, second, third, *_ = coverage(pack)
    assert first.rules == ("身份 低保对象",)
    assert second.uncoded == "不产生金额"
    assert third.readings == ("解释",)


READINGS = """\
口径 重叠的规则
  取   累计
  备选 没有写
口径 起付的读法
  取   按年
  备选 按次
身份 低保对象、特困人员
待遇 医疗救助
  基数 个人负担
  起付 按年累计 〔口径 起付的读法 取 按年〕
  起付 每次 计入 75% 〔口径 起付的读法 取 按次〕
  限额 不设
  | 身份     | 起付   | 比例 |
  | 低保对象 | 1000元 | 90%  |
  | 特困人员 | 不设   | 100% |
重叠 就高不就低 于 医疗救助 〔口径 重叠的规则 取 累计〕
"""


def test_alternatives_are_elaborated_and_checked():
    trees = files(READINGS)
    pack = clean(READINGS)
    known = run_checks(pack)
    found = check_alternatives(pack, elaborator(trees), known)
    assert {(d.code, d.place) for d in found} == {
        ("E601", "（口径 重叠的规则 取 没有写）"),
        ("E401", "（口径 起付的读法 取 按次）"),
    }


def test_an_alternative_that_changes_nothing_asks_nothing_again():
    text = "口径 解释\n  取   甲\n  备选 乙\n列示 甲 为 若 口径 解释 取 甲 则 1元 否则 2元\n"
    pack = clean(text)
    assert check_alternatives(pack, elaborator(files(text)), run_checks(pack)) == []
