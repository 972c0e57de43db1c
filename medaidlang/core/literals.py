"""Literals: the author's `8万元`, `75%`, `14周岁` as exact values with their types."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from medaidlang.core.expr import Value
from medaidlang.core.types import (
    BOOL,
    DATE,
    INTEGER,
    MONTH,
    POINTS,
    RATIO,
    TEXT,
    Kind,
    Type,
    unit_of,
)  # fmt: skip
from medaidlang.core.types import MONEY as MONEY_TYPE
from medaidlang.syntax import ast

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCALE = {"万": 10_000, "亿": 100_000_000}


class LiteralError(ValueError):
    """A literal with no exact value; the argument is the reason, in Chinese."""


def literal_value(literal: ast.Literal) -> tuple[Value, Type]:
    """The value and type of a literal; money in 分."""
    text = literal.text
    match literal.kind:
        case "YES" | "NO":
            return literal.kind == "YES", BOOL
        case "STRING":
            return text[1:-1], TEXT
        case "DATE":
            return calendar_day(text), DATE
        case "MONTH":
            return calendar_day(f"{text}1日"), MONTH
        case "MONEY":
            return money(text)
        case "PERCENT":
            return Fraction(text[:-1]) / 100, RATIO
        case "POINTS":
            return Fraction(number_of(text)) / 100, POINTS
        case "QUANTITY":
            return quantity(text)
        case _:
            return whole(text), INTEGER


def number_of(text: str) -> str:
    """The digits that `text` begins with."""
    found = _NUMBER.match(text)
    assert found is not None, text  # the grammar's terminals begin with digits
    return found.group()


def calendar_day(text: str) -> date:
    """2025年8月4日 as a date."""
    year, month, day = (int(part) for part in re.findall(r"\d+", text))
    try:
        return date(year, month, day)
    except ValueError:
        raise LiteralError("日历上没有这一天") from None


def money(text: str) -> tuple[int, Type]:
    """An amount in 分; `20元/床日` has the type of a price per unit."""
    digits = number_of(text)
    rest = text[len(digits) :]
    fen = Decimal(digits) * _SCALE.get(rest[0], 1) * 100
    if fen != fen.to_integral_value():
        raise LiteralError("金额最小到分")
    unit = rest.replace("／", "/").partition("/")[2]
    return int(fen), Type(Kind.RATE, unit_of(unit)) if unit else MONEY_TYPE


def whole(text: str) -> int:
    """A whole number."""
    if "." in text:
        raise LiteralError("这里要整数")
    return int(text)


def quantity(text: str) -> tuple[Value, Type]:
    """A number with a unit; 倍 is a ratio."""
    digits = number_of(text)
    unit = unit_of(text[len(digits) :])
    if unit == "倍":
        return Fraction(digits), RATIO
    return whole(digits), Type(Kind.INTEGER, unit)
