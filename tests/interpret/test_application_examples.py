"""示例 of households: 成员, the column 成员, 申请, and what may be expected of them."""

import pytest

from medaidlang.interpret.examples import run_examples
from tests.check.rules import HEADER, clean, findings

RULES = (
    HEADER.replace("2025年1月1日", "2020年1月1日")
    + """\
身份 低保对象、低收入人口
  认定 民政部门
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 按年累计
  | 身份 | 比例 | 限额 |
  | 低保对象、低收入人口 | 50% | 1万元 |
待遇 再救助
  申请 {window}
  接续 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 低保对象 | 60% |
  | 低收入人口 | 30% |
重叠 就高不就低 于 再救助
示例默认 类型 住院，基本医保支付 0元，大病保险支付 0元，其他补充支付 0元
"""
)
HOUSE = """\
示例 一家
  人员 身份 低保对象
  成员 妻 身份 低收入人口，年龄 30岁
  成员 子 身份 低保对象
  申请 a1 2026年3月1日 再救助
  | 费用 | 成员 | 日期         | 政策范围内费用 | 医疗救助 | 采用身份 |
  | c1   | —    | 2025年3月1日 | 1000元         | 500元    | 低保对象 |
  | c2   | 本人 | 2025年4月1日 | 1000元         | 500元    | 低保对象 |
  | d1   | 妻   | 2026年1月5日 | 2000元         | 1000元   | 低收入人口 |
  | e1   | 子   | 2026年3月2日 | 2000元         | 1000元   | 低保对象 |
  应得 {expected}
"""
RIGHT = (
    "再救助 900元，再救助·本人 300元，再救助·妻 600元，再救助·子 0元，"
    "医疗救助 1000元，医疗救助·妻 1000元，无法计算 无"
)


def outcome(text):
    (made,) = run_examples(clean(text), lambda readings: pytest.fail("no readings here"))
    assert made.refused is None
    return {mismatch.path: mismatch.got for mismatch in made.mismatches}


def test_a_household():
    text = RULES.format(window="前 12个月 按家庭") + HOUSE.format(expected=RIGHT)
    assert findings(text) == []
    assert outcome(text) == {}


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        ("再救助 900元", "再救助 901元", ("年度合计", "再救助")),
        ("再救助·妻 600元", "再救助·妻 601元", ("成员合计", "再救助", "妻")),
        ("医疗救助·妻 1000元", "医疗救助·妻 1001元", ("成员合计", "医疗救助", "妻")),
        ("医疗救助 1000元", "医疗救助 2000元", ("年度合计", "医疗救助")),
        ("再救助 900元", "再救助 无法计算", ("年度合计", "再救助")),
        ("无法计算 无", "无法计算 a1", ("无法计算",)),
    ],
)
def test_what_is_wrong_is_found(right, wrong, path):
    expected = RIGHT.replace(right, wrong, 1)
    assert expected != RIGHT
    text = RULES.format(window="前 12个月 按家庭") + HOUSE.format(expected=expected)
    assert list(outcome(text)) == [path]


ALONE = """\
示例 一个人
  人员 身份 低保对象
  申请 a1 2026年12月1日 再救助
  | 费用 | 日期         | 政策范围内费用 | 再救助 |
  | c1   | 2026年3月1日 | 1000元         | {first} |
  | c2   | 2026年4月1日 | 2000元         | 600元  |
  应得 再救助 900元
"""


def test_a_column_is_the_share_of_each_claim():
    text = RULES.format(window="当年")
    assert outcome(text + ALONE.format(first="300元")) == {}
    wrong = outcome(text + ALONE.format(first="301元"))
    assert list(wrong) == [("逐笔", "c1", "再救助")]


UNKNOWN = """\
示例 算不出来
  人员 身份 低保对象
  申请 a1 2026年12月1日 再救助
  | 费用 | 日期         | 政策范围内费用 | 基本医保支付 | 再救助   |
  | c1   | 2026年3月1日 | 1000元         | 未填         | 无法计算 |
  应得 再救助 无法计算，无法计算 a1、c1
"""


def test_the_number_is_among_what_is_not_known():
    assert outcome(RULES.format(window="当年") + UNKNOWN) == {}


def test_an_application_that_cannot_be_made_is_refused():
    text = RULES.format(window="当年") + ALONE.format(first="300元").replace(
        "日 再救助", "日 医疗救助"
    )
    (made,) = run_examples(clean(text), lambda readings: None)
    assert [d.code for d in made.refused.diagnostics] == ["E941"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("日 再救助", "日 再求助", "E301"),
        ("  成员 子", "  成员 妻", "E308"),
        ("再救助·妻", "再救助·女", "E804"),
    ],
)
def test_names_in_an_example(old, new, code):
    text = HOUSE.format(expected=RIGHT).replace(old, new, 1)
    found = findings(RULES.format(window="前 12个月 按家庭") + text)
    assert code in {d.code for d in found}


def test_the_household_makes_two_examples_different():
    """E801 is about equal inputs: another member's category is another input."""
    one = HOUSE.format(expected=RIGHT)
    two = one.replace("示例 一家", "示例 另一家").replace("妻 身份 低收入人口", "妻 身份 低保对象")
    text = RULES.format(window="前 12个月 按家庭") + one
    assert findings(text + two.replace("再救助 900元", "再救助 800元")) == []
    same = one.replace("示例 一家", "示例 又一家").replace("再救助 900元", "再救助 800元")
    assert {d.code for d in findings(text + same)} == {"E801"}
