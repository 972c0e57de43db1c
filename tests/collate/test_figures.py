"""Figures of Chinese text, one way or another written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaidlang.collate.compare import equal
from medaidlang.collate.figures import figures_of, keys_in
from medaidlang.collate.numerals import chinese
from medaidlang.collate.paper import Line


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("8万元", "元", 80000), ("80000元", "元", 80000), ("8 万元", "元", 80000),
        ("８０，０００元", "元", 80000), ("八万元", "元", 80000), ("1.5亿元", "元", 150000000),
        ("两千元", "元", 2000), ("三千百元", "元", 3100), ("100 元", "元", 100),
        ("5%", "%", 5), ("5％", "%", 5), ("百分之五", "%", 5),
        ("百分之62.5", "%", Fraction(125, 2)),
        ("5个百分点", "点", 5), ("7：3", "%", 70), ("7:3", "%", 30), ("1比1", "%", 50),
        ("十四周岁", "岁", 14), ("3个工作日", "工作日", 3), ("三十日内", "日", 30),
        ("二级残疾", "级", 2), ("一、二级残疾", "级", 1), ("１６种", "种", 16),
        ("1.5倍", "倍", Fraction(3, 2)),
        ("20元/床日", "元", 20), ("全额资助", "%", 100),
    ],
)  # fmt: skip
def test_what_it_says(text, kind, value):
    assert (kind, Fraction(value)) in keys_in(text)


@pytest.mark.parametrize(
    "text",
    ["某发〔2024〕50号", "《三年行动（2018-2020）》", "第十二条", "联系电话：0471-7654321",
     "多元化投入", "党的二十大", "1. 总则", "（三）范围"],
)  # fmt: skip
def test_what_is_no_figure(text):
    assert [f.text for f in figures_of((Line(1, text),)) if f.sure] == []


def test_places_are_those_of_the_line():
    line = "限额为 8 万元，按 75 ％救助"
    found = figures_of((Line(4, line),))
    assert [line[f.start : f.end] for f in found] == ["8 万元", "75 ％"]
    assert {f.line for f in found} == {4}


def test_a_figure_over_a_line_end():
    assert ("元", Fraction(12000)) in {
        key for f in figures_of((Line(1, "限额12"), Line(2, "000元"))) for key in f.keys
    }


def said(number):
    """A number below 10000 in Chinese."""
    digits, text, zero = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + name
        zero = not digit
    return text


@given(st.integers(1, 9999))
def test_chinese_numbers(number):
    assert chinese(said(number)) == number


@given(st.integers(1, 999_999), st.sampled_from(["{}元", "{:,}元", " {} 元 ", "{}．00元"]))
def test_amounts_in_every_writing(amount, form):
    assert ("元", Fraction(amount)) in keys_in(f"限额为{form.format(amount)}，")


@given(st.fractions(0, 100), st.sampled_from(["元", "%", "岁", "种"]))
def test_equality_is_exact(value, kind):
    assert equal((kind, value), (kind, value))
    assert not equal((kind, value), (kind, value + Fraction(1, 1000)))


def test_units_are_not_mixed():
    assert not equal(("日", Fraction(3)), ("工作日", Fraction(3)))
    assert not equal(("元", Fraction(60)), ("%", Fraction(60)))
    assert equal(("年", Fraction(2)), ("月", Fraction(24)))
