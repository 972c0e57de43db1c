"""Values as the plan's integers, and back.

Money is 分, ratios are numerators over the plan's unit, dates are ordinals,
words are numbers; bands and lists of days stay tuples and sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from medaidlang.core.expr import Value
from medaidlang.core.types import Kind, Type
from medaidlang.plan.shared import RATIO_UNIT

# Days, and the years whose days are known (None: all that are asked for).
Calendar = tuple[frozenset[int], frozenset[int] | None]
Bands = tuple[tuple[int | None, int], ...]


def ratio(value: Fraction) -> int:
    """A ratio as a numerator over the unit; ValueError where it has more decimals."""
    scaled = value * RATIO_UNIT
    if scaled.denominator != 1:
        raise ValueError(value)
    return scaled.numerator


def encode(words: Mapping[str, int], value: Value, kind: Type) -> object:
    """A typed value as the plan's."""
    match value:
        case bool():
            return int(value)
        case int():
            return value
        case Fraction():
            return ratio(value)
        case date():
            return value.toordinal()
        case str():
            return words.get(value, -1)
        case _:
            return bands(value) if kind.kind is Kind.BANDS else days(value, kind)


def bands(value: tuple[Value, ...]) -> object:
    """Published bands: (upper edge in 分 or None, ratio) as the plan's."""
    found = []
    for part in value:
        assert isinstance(part, tuple)
        top, share = part
        assert isinstance(share, Fraction)
        found.append((None if top == 0 else top, ratio(share)))
    return tuple(found)


def days(value: tuple[Value, ...], kind: Type) -> object:
    """A list of days with the years it covers."""
    assert kind.kind is Kind.DATES
    listed = [day for day in value if isinstance(day, date)]
    ordinals = frozenset(day.toordinal() for day in listed)
    return ordinals, frozenset(day.year for day in listed)


def decode(words: Mapping[str, int], value: object, kind: Type, scale: int) -> object:
    """A register's integer as a result: 分, Fraction, date, bool, str, or None."""
    if value is None:
        return None
    match kind.kind:
        case Kind.BOOL:
            return bool(value)
        case Kind.DATE | Kind.MONTH:
            assert isinstance(value, int)
            return date.fromordinal(value)
        case Kind.TEXT | Kind.CHOICE | Kind.IDENTITY:
            return next((word for word, number in words.items() if number == value), None)
        case Kind.RATIO | Kind.POINTS:
            assert isinstance(value, int)
            return Fraction(value, scale)
        case Kind.BANDS:
            assert isinstance(value, tuple)
            return tuple((top, Fraction(share, RATIO_UNIT)) for top, share in value)
        case _:
            return value
