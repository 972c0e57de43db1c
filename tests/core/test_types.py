"""Literals, types and what arithmetic does to them."""

from datetime import date
from fractions import Fraction

import pytest

from medaidlang.core import expr as x
from medaidlang.core.types import (
    BOOL,
    DATE,
    INTEGER,
    MONEY,
    MONTH,
    POINTS,
    RATIO,
    Kind,
    Type,
    compatible,
    unit_of,
)  # fmt: skip
from tests.check.rules import clean, pack_of


def value_of(text):
    """The core expression of `令 甲 为 text`."""
    return clean(f"令 甲 为 {text}\n").definitions["甲"].expr


LITERALS = [
    ("6000元", 600000, MONEY),
    ("8万元", 8_000_000, MONEY),
    ("1.5亿元", 15_000_000_000, MONEY),
    ("0.01元", 1, MONEY),
    ("20元/床日", 2000, Type(Kind.RATE, "床日")),
    ("75%", Fraction(3, 4), RATIO),
    ("62.5%", Fraction(5, 8), RATIO),
    ("1.5倍", Fraction(3, 2), RATIO),
    ("5个百分点", Fraction(1, 20), POINTS),
    ("2025年8月4日", date(2025, 8, 4), DATE),
    ("2025年8月", date(2025, 8, 1), MONTH),
    ("14周岁", 14, Type(Kind.INTEGER, "岁")),
    ("3个工作日", 3, Type(Kind.INTEGER, "工作日")),
    ("2", 2, INTEGER),
    ("是", True, BOOL),
    ("“文字”", "文字", Type(Kind.TEXT)),
]


@pytest.mark.parametrize(("text", "value", "kind"), LITERALS, ids=lambda part: str(part))
def test_literal(text, value, kind):
    found = value_of(text)
    assert isinstance(found, x.Constant)
    assert (found.value, found.type) == (value, kind)


SUMS = [
    ("个人负担 减 100元", Kind.MONEY),
    ("个人负担 乘 50%", Kind.MONEY),
    ("个人负担 乘 2", Kind.MONEY),
    ("个人负担 除以 12", Kind.MONEY),
    ("个人负担 除以 1万元", Kind.RATIO),
    ("90% 加 5个百分点", Kind.RATIO),
    ("90% 乘 50%", Kind.RATIO),
    ("20元/床日 乘 住院床日", Kind.MONEY),
    ("取大（个人负担，0元）", Kind.MONEY),
    ("四舍五入到分（个人负担 乘 50%）", Kind.MONEY),
    ("年度累计（个人负担）", Kind.MONEY),
    ("年份（日期）", Kind.INTEGER),
    ("工作日后（日期，3个工作日）", Kind.DATE),
    ("若 定点 则 个人负担 否则 0元", Kind.MONEY),
    ("个人负担 超过 100元", Kind.BOOL),
]


@pytest.mark.parametrize(("text", "kind"), SUMS)
def test_type_of_a_formula(text, kind):
    assert value_of(text).type.kind is kind


REFUSED = [
    ("个人负担 乘 个人负担", "E403"),
    ("个人负担 加 5%", "E403"),
    ("90% 加 5%", "E403"),
    ("20元/床日 乘 年龄", "E402"),
    ("住院床日 加 年龄", "E402"),
    ("个人负担 超过 5%", "E404"),
    ("住院床日 超过 3次", "E404"),
    ("取大（个人负担，5%）", "E401"),
    ("若 个人负担 则 1元 否则 2元", "E401"),
    ("个人负担 且 定点", "E401"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused(text, code):
    _, found = pack_of(f"令 甲 为 {text}\n")
    assert [d.code for d in found] == [code]


@pytest.mark.parametrize(
    ("word", "order"),
    [
        ("不低于 3岁", x.Order.GE), ("不超过 3岁", x.Order.LE), ("超过 3岁", x.Order.GT),
        ("不满 3岁", x.Order.LT), ("为 3岁", x.Order.EQ), ("不为 3岁", x.Order.NE),
        ("3岁以上", x.Order.GE), ("3岁以下", x.Order.LE), ("3岁以内", x.Order.LE),
        ("3岁以外", x.Order.GT),
    ],
)  # fmt: skip
def test_whether_the_number_itself_is_meant(word, order):
    """以上、以下、以内 include it, 不满、超过、以外 do not (Civil Code art. 1259)."""
    found = value_of(f"年龄 {word}")
    assert isinstance(found, x.Compare)
    assert found.operator is order


def test_units():
    assert unit_of("周岁") == "岁"
    assert compatible(INTEGER, Type(Kind.INTEGER, "岁"))
    assert not compatible(Type(Kind.INTEGER, "次"), Type(Kind.INTEGER, "岁"))
    assert str(Type(Kind.CHOICE, choices=("男", "女"))) == "选项（男、女）"
    assert str(Type(Kind.INTEGER, "岁")) == "整数（岁）"
