from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaidlang.runtime.dates import (
    DateCalendarError,
    DateSyntaxError,
    day_of_month,
    format_date_cn,
    is_working_day,
    parse_date,
    working_days_after,
)

NATIONAL_DAY_2025 = frozenset(date(2025, 10, day) for day in range(1, 9))
EXTRA_2025 = frozenset({date(2025, 9, 28), date(2025, 10, 11)})
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["2025-08-04", "2025-8-4", "2025/8/4", "2025/08/04", "2025年8月4日", "2025年08月04日"],
)
def test_accepted_forms(text):
    assert parse_date(text) == date(2025, 8, 4)


@pytest.mark.parametrize(
    "text",
    [
        *("", "25-8-4", "2025-8/4", "2025.8.4", "20250804", "2025年8月", "2025-08-04 00:00"),
        *("2025年8月4", "8/4/2025", "２０２５-08-04", " 2025-08-04", "2025-08-04\n", "2025-008-04"),
    ],
)
def test_refused_forms(text):
    with pytest.raises(DateSyntaxError):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["2025-02-29", "2025年13月1日", "2025/4/31", "2025-00-10", "0000-01-01"]
)
def test_no_such_day(text):
    with pytest.raises(DateCalendarError):
        parse_date(text)


@given(DAYS)
def test_round_trip(day):
    assert parse_date(format_date_cn(day)) == day
    assert parse_date(day.isoformat()) == day


def test_chinese_form_is_not_padded():
    assert format_date_cn(date(2025, 8, 4)) == "2025年8月4日"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
    ],
)
def test_national_day_and_moved_workdays(day, works):
    assert is_working_day(day, NATIONAL_DAY_2025, EXTRA_2025) is works


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2025, 9, 30), 0, date(2025, 9, 30)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 9, 30), 4, date(2025, 10, 13)),
        (date(2025, 10, 4), 2, date(2025, 10, 10)),
    ],
)
def test_working_days_after(start, n, end):
    assert working_days_after(start, n, NATIONAL_DAY_2025, EXTRA_2025) == end


def test_working_days_are_not_negative():
    with pytest.raises(ValueError, match="negative"):
        working_days_after(date(2025, 1, 1), -1)


@given(DAYS, st.integers(1, 60), st.frozensets(DAYS, max_size=20), st.frozensets(DAYS, max_size=20))
def test_exactly_n_working_days_lie_between(start, n, holidays, extra):
    end = working_days_after(start, n, holidays, extra)
    between = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
    assert sum(is_working_day(day, holidays, extra) for day in between) == n
    assert is_working_day(end, holidays, extra)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2025, 8, 20, date(2025, 8, 20)),
        (2025, 2, 31, date(2025, 2, 28)),
        (2024, 2, 30, date(2024, 2, 29)),
        (2025, 13, 20, date(2026, 1, 20)),
        (2025, 0, 31, date(2024, 12, 31)),
        (2025, -11, 31, date(2024, 1, 31)),
        (2025, 4, 31, date(2025, 4, 30)),
    ],
)
def test_day_of_month(year, month, day, expected):
    assert day_of_month(year, month, day) == expected


@pytest.mark.parametrize("day", [0, 32, -1])
def test_no_month_has_such_a_day(day):
    with pytest.raises(ValueError, match="no month"):
        day_of_month(2025, 1, day)
