from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaidlang.runtime.money import (
    AmountError,
    AmountPrecisionError,
    AmountSyntaxError,
    AmountTooLongError,
    as_decimal,
    format_percent,
    format_yuan,
    parse_ratio,
    parse_yuan,
    scale_half_up,
    to_fen,
)

FEN = st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("-0", 0),
        ("1500", 150000),
        ("1500.5", 150050),
        ("1500.50", 150050),
        ("-1500.05", -150005),
        ("007", 700),
        ("9999999999999.99", 999999999999999),
    ],
)
def test_accepted_amounts(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "error"),
    [
        *((text, AmountSyntaxError) for text in ("", " 1", "1 ", "+1", "--1", "1e9", "1E3")),
        *((text, AmountSyntaxError) for text in ("nan", "inf", "1,500", ".5", "5.", "1_000")),
        *((text, AmountSyntaxError) for text in ("１５００", "一千", "0x10", "1元", "1\n", "٣")),
        ("0.005", AmountPrecisionError),
        ("1.000", AmountPrecisionError),
        ("1" * 16, AmountTooLongError),
        ("1" * 100_000, AmountTooLongError),
        ("0." + "0" * 15, AmountTooLongError),
    ],
)
def test_refused_amounts(text, error):
    with pytest.raises(error):
        parse_yuan(text)
    assert issubclass(error, AmountError)
    assert issubclass(error, ValueError)


@given(FEN)
def test_round_trip(fen):
    assert parse_yuan(format_yuan(fen)) == fen
    assert to_fen(as_decimal(fen)) == fen
    assert parse_yuan(format_yuan(fen, grouped=True).replace(",", "")) == fen


def test_format_yuan():
    assert format_yuan(950000) == "9500.00"
    assert format_yuan(950000, grouped=True) == "9,500.00"
    assert format_yuan(-5) == "-0.05"
    assert format_yuan(0) == "0.00"
    assert str(as_decimal(100)) == "1.00"


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        (1500, 150000),
        ("1500.5", 150050),
        (Decimal("1500.5"), 150050),
        (Decimal("1500.500"), 150050),
        (Decimal("1E+3"), 100000),
        (Decimal("0E+20"), 0),
        (Decimal("-0.01"), -1),
        (Decimal("123456789012345.67"), 12345678901234567),
    ],
)
def test_to_fen(value, fen):
    assert to_fen(value) == fen


@pytest.mark.parametrize("value", [1.5, 0.0, float("nan"), True, None, [1]])
def test_float_is_no_amount(value):
    with pytest.raises(TypeError):
        to_fen(value)


@pytest.mark.parametrize(
    "value",
    [
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("0.005"),
        Decimal("1E-999999"),
        Decimal("1E+999999"),
        10**15,
        "1.234",
    ],
)
def test_to_fen_refuses(value):
    with pytest.raises(AmountError):
        to_fen(value)


@given(amount=FEN, num=st.integers(0, 10**6), places=st.integers(0, 6))
def test_scale_agrees_with_decimal(amount, num, places):
    den = 10**places
    # The product has at most 22 digits, so that a Decimal holds it exactly.
    expected = (Decimal(amount) * num).scaleb(-places).quantize(Decimal(1), ROUND_HALF_UP)
    assert scale_half_up(amount, num, den) == int(expected)


@given(amount=FEN, num=st.integers(0, 10**6), den=st.integers(1, 10**6))
def test_scale_is_within_half_a_fen(amount, num, den):
    result = scale_half_up(amount, num, den)
    assert abs(result - Fraction(amount * num, den)) <= Fraction(1, 2)
    assert scale_half_up(-amount, num, den) == -result
    assert scale_half_up(amount, den, den) == amount


def test_exact_halves_go_up():
    assert scale_half_up(1, 1, 2) == 1
    assert scale_half_up(-1, 1, 2) == -1
    assert scale_half_up(3, 1, 2) == 2
    assert scale_half_up(100500, 1, 1000) == 101
    with pytest.raises(ValueError, match="denominator"):
        scale_half_up(1, 1, 0)


@pytest.mark.parametrize(
    ("text", "ratio", "percent"),
    [
        ("0.75", Fraction(3, 4), "75%"),
        ("75%", Fraction(3, 4), "75%"),
        ("75％", Fraction(3, 4), "75%"),
        ("62.5%", Fraction(5, 8), "62.5%"),
        ("0.05%", Fraction(1, 2000), "0.05%"),
        ("0", Fraction(0), "0%"),
        ("1", Fraction(1), "100%"),
        ("150%", Fraction(3, 2), "150%"),
    ],
)
def test_accepted_ratios(text, ratio, percent):
    assert parse_ratio(text) == ratio
    assert format_percent(ratio) == percent


@pytest.mark.parametrize("text", ["", "-5%", "1e-2", "3/4", ".5", "75 %", "七成", "%", "1" * 16])
def test_refused_ratios(text):
    with pytest.raises(AmountError):
        parse_ratio(text)


def test_percent_without_finite_decimals():
    assert format_percent(Fraction(1, 3)) == "1/3"
    assert format_percent(Fraction(-1, 8)) == "-12.5%"


@given(st.integers(0, 10**9), st.integers(0, 5))
def test_ratio_round_trip(digits, places):
    ratio = Fraction(digits, 10**places)
    assert parse_ratio(format_percent(ratio)) == ratio
