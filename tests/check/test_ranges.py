"""Ranges in key columns and slices, against trying every amount near an edge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.rules import findings

WAN = 1_000_000  # 分
LOWER = {"以上": lambda a, n: a >= n, "以外": lambda a, n: a > n}
UPPER = {"以下": lambda a, n: a <= n, "不满": lambda a, n: a < n}
AMOUNTS = [n * WAN + by for n in range(1, 6) for by in (-1, 0, 1)]


@st.composite
def ranges(draw):
    """A range as (word, figure) of its lower and upper end, each may be missing."""
    low, high = sorted(draw(st.lists(st.integers(1, 5), min_size=2, max_size=2, unique=True)))
    lower = (draw(st.sampled_from(list(LOWER))), low) if draw(st.booleans()) else None
    upper = (draw(st.sampled_from(list(UPPER))), high) if not lower or draw(st.booleans()) else None
    return lower, upper


def written(found):
    """The range as a cell."""
    lower, upper = found
    words = [f"{lower[1]}万元{lower[0]}"] if lower else []
    if upper:
        words.append(f"不满{upper[1]}万元" if upper[0] == "不满" else f"{upper[1]}万元{upper[0]}")
    return " ".join(words)


def takes_in(found, amount):
    """Whether the range takes in an amount."""
    lower, upper = found
    above = lower is None or LOWER[lower[0]](amount, lower[1] * WAN)
    return above and (upper is None or UPPER[upper[0]](amount, upper[1] * WAN))


def text(column, rows, lines="", let=""):
    head = f"身份 低保对象\n{let}待遇 医疗救助\n{lines}  基数 个人负担\n  起付 不设\n  限额 不设\n"
    table = "".join(f"  | 低保对象 | {row} | {50 + n}% |\n" for n, row in enumerate(rows))
    return f"{head}  | 身份 | {column} | 比例 |\n{table}"


@pytest.mark.parametrize(
    ("column", "let"),
    [("政策范围内费用", ""), ("基数", ""), ("档", "令 档 为 个人负担 乘 50%\n")],
)
@settings(max_examples=40, deadline=None)
@given(rows=st.lists(ranges(), min_size=1, max_size=4))
def test_gaps_and_doubles_in_key_columns(column, let, rows):
    taken = [sum(takes_in(row, amount) for row in rows) for amount in AMOUNTS]
    codes = {found.code for found in findings(text(column, map(written, rows), let=let))}
    assert ("E528" in codes) is (0 in taken)
    assert ("E506" in codes) is (max(taken) > 1)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ranges(), min_size=1, max_size=4))
def test_gaps_and_doubles_in_slices(rows):
    bands = [(row[0][1] if row[0] else 0, row[1][1] if row[1] else 9) for row in rows]
    taken = [sum(low <= n < high for low, high in bands) for n in range(6)]
    found = findings(text("分段", map(written, rows), lines="  分段 基数 每次\n"))
    codes = {one.code for one in found}
    assert ("E552" in codes) is (0 in taken)
    assert ("E506" in codes) is (max(taken) > 1)
