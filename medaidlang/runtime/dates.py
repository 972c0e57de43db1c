"""Dates as documents and settlement files write them, and working days.

Takes text or dates, gives dates.  The list of holidays and of 调休 working
days is the caller's: the State Council publishes it each autumn.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})"
    r"|/([0-9]{1,2})/([0-9]{1,2})"
    r"|年([0-9]{1,2})月([0-9]{1,2})日)"
)


class DateError(ValueError):
    """A date that cannot be read; the subclasses say why."""


class DateSyntaxError(DateError):
    """Not written as year, month and day in one of the accepted forms."""


class DateCalendarError(DateError):
    """Well written, but there is no such day (2025年2月29日)."""


def parse_date(text: str) -> date:
    """The day in `2025-08-04`, `2025/8/4` or `2025年8月4日`.

    Year first with four ASCII digits, one separator throughout; month and day
    with one or two digits (spreadsheets write both).  No time of day, no
    spaces.  Raises DateSyntaxError or DateCalendarError.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateSyntaxError(text[:40])
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise DateCalendarError(text) from None


def format_date_cn(day: date) -> str:
    """`2025年8月4日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_months(day: date, months: int) -> date | None:
    """The same day of another month (its last day where it has none); None outside the calendar."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_working_day(
    day: date,
    holidays: AbstractSet[date] = frozenset(),
    extra_workdays: AbstractSet[date] = frozenset(),
) -> bool:
    """Whether offices work: Monday to Friday but for `holidays`, plus `extra_workdays`."""
    if day in extra_workdays:
        return True
    return day.weekday() < 5 and day not in holidays


def working_days_after(
    start: date,
    n: int,
    holidays: AbstractSet[date] = frozenset(),
    extra_workdays: AbstractSet[date] = frozenset(),
) -> date:
    """The `n`-th working day after `start`, which itself is not counted.

    With n = 0 it is `start`, working day or not.  ValueError if n < 0.
    """
    if n < 0:
        raise ValueError("the number of working days must not be negative")
    day = start
    while n:
        day += timedelta(days=1)
        n -= is_working_day(day, holidays, extra_workdays)
    return day


def day_of_month(year: int, month: int, day: int) -> date:
    """Day `day` of the month, or its last day when the month is shorter.

    `month` may leave 1 to 12 and carries into the year, so that "the 20th of
    the next month" is `day_of_month(d.year, d.month + 1, 20)`.  ValueError
    unless day is 1 to 31.
    """
    if not 1 <= day <= 31:
        raise ValueError(f"no month has a day {day}")
    carry, index = divmod(month - 1, 12)
    _, last = monthrange(year + carry, index + 1)
    return date(year + carry, index + 1, min(day, last))
