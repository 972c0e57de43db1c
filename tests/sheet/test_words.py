"""Expressions and figures in Chinese words."""

from datetime import date
from fractions import Fraction

import pytest

from medaidlang.base.source import Source, Span
from medaidlang.core import expr as x
from medaidlang.core.nodes import Definition, Origin
from medaidlang.core.types import BOOL, DATES, MONEY, MONTH, POINTS, RATIO, Kind, Type
from medaidlang.sheet.figures import days, money, numeral, value_words, wan, yuan
from medaidlang.sheet.words import Speaker, fold

MAY = (date(2025, 5, 2), date(2025, 1, 1), date(2025, 5, 1))
HERE = Span(Source("x", ""), 0, 0)
AGE = Type(Kind.INTEGER, "岁")


def yes(value):
    return x.Constant(value, BOOL, HERE)


def fact(name, kind=MONEY):
    return x.FactRef(name, kind, HERE)


@pytest.fixture
def say(kunyu):
    return Speaker.of(kunyu.pack).say


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (20_000_000, MONEY, "20万元"),
        (200_000, MONEY, "2000元"),
        (15_750, MONEY, "157.5元"),
        (0, MONEY, "0元"),
        (Fraction(3, 4), RATIO, "75%"),
        (Fraction(3, 2), RATIO, "1.5倍"),
        (Fraction(5, 100), POINTS, "5个百分点"),
        (2_000, Type(Kind.RATE, "床日"), "20元/床日"),
        (3, Type(Kind.INTEGER, "工作日"), "3个工作日"),
        (14, AGE, "14岁"),
        (date(2025, 8, 4), Type(Kind.DATE), "2025年8月4日"),
        (date(2025, 8, 1), MONTH, "2025年8月"),
        (True, BOOL, "是"),
        (MAY, DATES, "2025年1月1日、5月1日至2日"),
    ],
)  # fmt: skip
def test_values(value, kind, words):
    assert value_words(value, kind) == words


def test_amounts():
    assert yuan(-1_234_567) == "−12345.67"
    assert wan(6_315_789) == "6.32"
    assert money(6_315_789) == "63157.89元"
    assert days([date(2025, 12, 31), date(2026, 1, 1)]) == "2025年12月31日至1月1日"


def test_numerals():
    assert [numeral(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]


def test_decided_parts_disappear():
    test = x.All((yes(True), fact("定点", BOOL)), HERE)
    assert fold(test) == fact("定点", BOOL)
    assert fold(x.Any((yes(True), fact("定点", BOOL)), HERE)) == yes(True)
    assert fold(x.If(yes(False), fact("甲"), fact("乙"), MONEY, HERE)) == fact("乙")


def test_conditions(say):
    away = x.All((x.Not(fact("定点", BOOL), HERE), fact("急诊", BOOL)), HERE)
    assert say(away) == "非定点，并且急诊"
    held = x.Not(x.Holds(("低保对象", "孤儿"), HERE), HERE)
    assert say(held) == "不属于低保对象或孤儿"
    age = x.Compare(x.Order.LE, fact("年龄", AGE), x.Constant(14, AGE, HERE), HERE)
    assert say(age) == "年龄不超过14岁"
    assert say(x.Not(age, HERE)) == "年龄超过14岁"


def test_sums_keep_their_order(say):
    inner = x.Calculate(x.Arith.ADD, fact("乙"), fact("丙"), MONEY, HERE)
    outer = x.Calculate(x.Arith.SUB, fact("甲"), inner, MONEY, HERE)
    assert say(outer) == "甲 − （乙 + 丙）"
    first = x.Calculate(x.Arith.SUB, fact("甲"), fact("乙"), MONEY, HERE)
    left = x.Calculate(x.Arith.SUB, first, fact("丙"), MONEY, HERE)
    assert say(left) == "甲 − 乙 − 丙"


def test_definitions_are_followed():
    origin = Origin(HERE, "一")
    sums = x.Calculate(x.Arith.SUB, fact("费用"), fact("先付"), MONEY, HERE)
    near = x.FactRef("定点", BOOL, HERE)
    speaker = Speaker(
        {},
        {
            "负担": Definition("负担", x.DefinitionRef("剩余", MONEY, HERE), origin),
            "剩余": Definition("剩余", sums, origin),
            "合格": Definition("合格", x.All((near, fact("转诊", BOOL)), HERE), origin),
        },
    )
    burden, fit = x.DefinitionRef("负担", MONEY, HERE), x.DefinitionRef("合格", BOOL, HERE)
    assert speaker.say(burden) == "负担"
    assert speaker.equation(burden) == "负担 = 剩余 = 费用 − 先付"
    assert speaker.say(x.Any((fit, fact("急诊", BOOL)), HERE)) == "（定点，并且转诊），或者急诊"


def test_every_expression_of_the_packs_can_be_said(pack_sheet):
    speaker = Speaker.of(pack_sheet.pack)
    for definition in pack_sheet.pack.definitions.values():
        for when, value in speaker.cases(definition.expr):
            assert value
            assert "Ref(" not in when + value
