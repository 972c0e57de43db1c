"""Figures as a document prints them: `6万元`, `75%`, `2025年8月4日`.

Takes values of core (money in 分, ratios as fractions), gives Chinese text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from medaidlang.core.expr import Value
from medaidlang.core.types import Kind, Type
from medaidlang.runtime.money import format_percent, format_yuan

WAN = 1_000_000
"""分 in 1万元."""

NUMERALS = "零一二三四五六七八九十"


def yuan(fen: int) -> str:
    """An amount of a worked sum, to the 分: `9500.00`."""
    return format_yuan(fen).replace("-", "−")


def money(fen: int) -> str:
    """An amount of a rule: `6万元`, `2000元`, `157.50元`."""
    if fen and fen % WAN == 0:
        return f"{fen // WAN}万元"
    return f"{short_yuan(fen)}元"


def short_yuan(fen: int) -> str:
    """元 without idle decimals: `2000`, `157.5`, `63157.89`."""
    text = format_yuan(fen).replace("-", "−")
    return text.rstrip("0").rstrip(".")


def wan(fen: int) -> str:
    """An amount in 万元 without idle decimals: `6.32` for 63157.89元."""
    hundredths = round(Fraction(fen * 100, WAN))
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    return text.rstrip("0").rstrip(".")


def day(value: date | None) -> str:
    """2025年8月4日, or a dash."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "—"


def days(values: Sequence[date]) -> str:
    """Dates with unbroken stretches as 1月28日至2月4日; years where they change."""
    stretches: list[tuple[date, date]] = []
    for one in sorted(values):
        if stretches and one - stretches[-1][1] == timedelta(1):
            stretches[-1] = (stretches[-1][0], one)
        else:
            stretches.append((one, one))
    shown, year = [], 0
    for first, last in stretches:
        text = f"{first.month}月{first.day}日"
        if first.year != year:
            text, year = f"{first.year}年{text}", first.year
        if last != first:
            same = last.month == first.month
            text += f"至{last.day}日" if same else f"至{last.month}月{last.day}日"
        shown.append(text)
    return "、".join(shown)


def value_words(value: Value, kind: Type) -> str:
    """A value of core as its document would print it."""
    match value:
        case bool():
            return "是" if value else "否"
        case date():
            return f"{value.year}年{value.month}月" if kind.kind is Kind.MONTH else day(value)
        case Fraction():
            return ratio_words(value, kind)
        case tuple():
            return days([one for one in value if isinstance(one, date)])
        case str():
            return value
        case int():
            return whole_words(value, kind)


def ratio_words(value: Fraction, kind: Type) -> str:
    """75%, 5个百分点, 1.5倍."""
    if kind.kind is Kind.POINTS:
        return f"{format_percent(value)[:-1]}个百分点"
    if value > 1:
        return f"{short_yuan(int(value * 100))}倍" if (value * 100).denominator == 1 else str(value)
    return format_percent(value)


def whole_words(value: int, kind: Type) -> str:
    """Money, prices and counted things."""
    if kind.kind is Kind.MONEY:
        return money(value)
    if kind.kind is Kind.RATE:
        return f"{short_yuan(value)}元/{kind.unit}"
    return f"{value}{'个' if kind.unit in ('工作日', '月') else ''}{kind.unit}"


def numeral(number: int) -> str:
    """Chinese numeral of 1…99: 十五."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{NUMERALS[tens]}十")
    return head + (NUMERALS[ones] if ones or not tens else "")
