"""Built-ins over dates and bands, on the plan's encodings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from medaidlang.core.expr import Builtin
from medaidlang.plan.shared import RATIO_UNIT
from medaidlang.plan.values import Bands, Calendar
from medaidlang.runtime import dates


def bands_pay(amount: int, bands: Bands) -> int:
    """分段累加: each slice of the amount times its own ratio, over the ratio unit."""
    paid, bottom = 0, 0
    for top, share in bands:
        edge = amount if top is None else min(amount, top)
        paid += max(0, edge - bottom) * share
        bottom = max(bottom, edge)
    return paid


def bands_raise(bands: Bands, points: int) -> Bands:
    """各段提高: every ratio by so many points, 100% at most."""
    return tuple((top, min(RATIO_UNIT, share + points)) for top, share in bands)


def bands_floor(bands: Bands, ratio: int) -> Bands:
    """各段不低于."""
    return tuple((top, max(share, ratio)) for top, share in bands)


def bands_first(bands: Bands, ratio: int) -> Bands:
    """首段不低于."""
    (top, share), *rest = bands
    return ((top, max(share, ratio)), *rest)


def bands_times(bands: Bands, ratio: int) -> Bands:
    """各段乘, 100% at most; to the millionth, half up."""
    half = RATIO_UNIT // 2
    return tuple((top, min(RATIO_UNIT, (s * ratio + half) // RATIO_UNIT)) for top, s in bands)


def workdays_after(start: int, count: int, off: Calendar, worked: Calendar) -> int | None:
    """工作日后: the day `count` working days after `start`; unknown in a year without calendar."""
    if count > 3660:  # ten years and more: no deadline
        return None
    try:
        found = dates.working_days_after(
            date.fromordinal(start),
            count,
            frozenset(map(date.fromordinal, off[0])),
            frozenset(map(date.fromordinal, worked[0])),
        )
    except OverflowError:  # beyond the year 9999
        return None
    asked = {date.fromordinal(start).year, found.year}
    covered = all(known is None or asked <= known for _, known in (off,))
    return found.toordinal() if covered else None


def day_of_month(month: int, day: int) -> int | None:
    """当月第几日, no later than the month's last; unknown for a day that no month has."""
    first = date.fromordinal(month)
    if not 1 <= day <= 31:
        return None
    return dates.day_of_month(first.year, first.month, day).toordinal()


def year_of(day: int) -> int:
    """年份."""
    return date.fromordinal(day).year


def months_before(day: int, months: int) -> int | None:
    """月前: the same day so many months earlier, or that month's last."""
    return moved(day, -months)


def months_after(day: int, months: int) -> int | None:
    """月后."""
    return moved(day, months)


def moved(day: int, months: int) -> int | None:
    """The same day in another month, or its last; unknown outside the calendar."""
    found = dates.add_months(date.fromordinal(day), months)
    return found.toordinal() if found is not None else None


def span_total(flows: tuple[tuple[int, int], ...], start: int, end: int) -> int:
    """区间合计: the amounts dated from `start` to `end`, both included."""
    return sum(amount for day, amount in flows if start <= day <= end)


FUNCTIONS: Mapping[Builtin, Callable[..., Any]] = {
    Builtin.BANDS_PAY: bands_pay,
    Builtin.BANDS_RAISE: bands_raise,
    Builtin.BANDS_FLOOR: bands_floor,
    Builtin.BANDS_FIRST: bands_first,
    Builtin.BANDS_TIMES: bands_times,
    Builtin.WORKDAYS_AFTER: workdays_after,
    Builtin.DAY_OF_MONTH: day_of_month,
    Builtin.YEAR_OF: year_of,
    Builtin.MONTHS_BEFORE: months_before,
    Builtin.MONTHS_AFTER: months_after,
    Builtin.SPAN_TOTAL: span_total,
}
