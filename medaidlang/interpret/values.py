"""One value of the input vocabulary as the plan's integer.

Amounts are 元 as Decimal, int or text; a float is refused wherever it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from medaidlang.core.types import Kind, Type
from medaidlang.plan.nodes import LARGEST
from medaidlang.plan.shared import RATIO_UNIT
from medaidlang.plan.values import ratio
from medaidlang.runtime import dates, money


class BadValue(ValueError):
    """A value that cannot be read: the code of its finding, and the choices."""

    def __init__(self, code: str, options: str = "") -> None:
        super().__init__(code)
        self.code, self.options = code, options


def read_value(  # noqa: C901 - one case per type
    raw: Any, kind: Type, words: Mapping[str, int], identities: Collection[str]
) -> Any:
    """The encoded value; None for a missing one (None or empty text)."""
    if raw is None or raw == "":
        return None
    match kind.kind:
        case Kind.MONEY | Kind.RATE:
            return amount(raw)
        case Kind.RATIO | Kind.POINTS:
            return share(raw, points=kind.kind is Kind.POINTS)
        case Kind.INTEGER:
            return whole(raw)
        case Kind.DATE:
            return day(raw).toordinal()
        case Kind.MONTH:
            return month(raw).toordinal()
        case Kind.BOOL:
            return truth(raw)
        case Kind.CHOICE:
            if not isinstance(raw, str) or raw not in kind.choices:
                raise BadValue("E911", "、".join(kind.choices))
            return words[raw]
        case Kind.IDENTITY:
            if not isinstance(raw, str) or raw not in identities:
                raise BadValue("E906")
            return words[raw]
        case Kind.BANDS:
            return bands(raw)
        case Kind.DATES:
            listed = raw if isinstance(raw, list | tuple | set | frozenset) else [raw]
            return frozenset(day(part).toordinal() for part in listed), None
        case Kind.FLOWS:
            return flows(raw)
        case _:
            if isinstance(raw, bool) or not isinstance(raw, str | int):
                raise BadValue("E911", "文字")
            if not str(raw).isprintable():  # control, bidirectional, zero-width characters
                raise BadValue("E911", "看得见的文字")
            return words.get(str(raw), -1)


def amount(raw: Any) -> int:
    """元 as 分, not below zero."""
    if isinstance(raw, float | bool):
        raise BadValue("E903")
    try:
        fen = money.to_fen(raw)
    except (ValueError, TypeError, ArithmeticError):
        raise BadValue("E903") from None
    if fen < 0:
        raise BadValue("E902")
    if fen > LARGEST:
        raise BadValue("E903")
    return fen


def share(raw: Any, *, points: bool) -> int:
    """A ratio ('0.75', '75%'); points are written as their number (10 = 10个百分点)."""
    if isinstance(raw, float | bool):
        raise BadValue("E915")
    try:
        text = str(raw)
        value = raw if isinstance(raw, Fraction) else money.parse_ratio(text)
        found = ratio(value / 100 if points and "%" not in text else value)
    except (ValueError, ArithmeticError):
        raise BadValue("E915") from None
    if not 0 <= found <= 10 * RATIO_UNIT:
        raise BadValue("E915")
    return found


def whole(raw: Any) -> int:
    """A whole number, not below zero."""
    text = str(raw)
    if isinstance(raw, float | bool) or not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise BadValue("E915")
    return int(text)


def day(raw: Any) -> date:
    """A day."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return dates.parse_date(str(raw))
    except ValueError:
        raise BadValue("E912") from None


def month(raw: Any) -> date:
    """A month ('2025-09'), as its first day."""
    if isinstance(raw, date):
        return raw.replace(day=1)
    text = str(raw).replace("年", "-").replace("月", "")
    return day(f"{text}-1" if text.count("-") == 1 else text).replace(day=1)


TRUTHS = {"是": 1, "否": 0, "true": 1, "false": 0, "1": 1, "0": 0}


def truth(raw: Any) -> int:
    """是 or 否."""
    if isinstance(raw, bool):
        return int(raw)
    found = TRUTHS.get(str(raw).lower())
    if found is None:
        raise BadValue("E913")
    return found


def flows(raw: Any) -> tuple[tuple[int, int], ...]:
    """[[day, amount], …] as (ordinal, 分), in the order given."""
    try:
        pairs = [(when, part) for when, part in raw]
    except (TypeError, ValueError):
        raise BadValue("E911", "[[日期, 金额], …]") from None
    return tuple((day(when).toordinal(), amount(part)) for when, part in pairs)


def bands(raw: Any) -> tuple[tuple[int | None, int], ...]:
    """[[upper edge or None, ratio], …], edges rising, the last one open."""
    try:
        pairs = [(top, part) for top, part in raw]
    except (TypeError, ValueError):
        raise BadValue("E915") from None
    made = tuple((None if top is None else amount(top), share(part, points=False))
                 for top, part in pairs)  # fmt: skip
    edges = [top for top, _ in made]
    rising = [edge for edge in edges[:-1] if edge is not None]
    gaps = len(rising) != len(edges) - 1 or rising != sorted(set(rising))
    if not made or gaps or edges[-1] is not None:
        raise BadValue("E915")
    return made
