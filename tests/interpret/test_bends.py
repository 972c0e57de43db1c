"""Bends of a payment curve, where their lines meet: exact, found by evaluating alone."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from medaidlang.interpret.curves import WAN, Point, bends, between


def aid(deductible, percent, cap):
    """One benefit."""

    def paid(burden):
        return min(cap, (max(0, burden - deductible) * percent + 50) // 100)

    return paid


def tilted(first, deductible, percent, cap):
    """A second benefit on what the first left."""
    second = aid(deductible, percent, cap)
    return lambda burden: first(burden) + second(burden - first(burden))


def places(points):
    return [point.burden for point in points]


def test_kunyu_fourth_class():
    curve = tilted(aid(600_000, 75, 6 * WAN), 600_000, 85, 20 * WAN)
    found = bends(curve, 400 * WAN, 3)
    assert places(found) == [0, 600_000, 8_600_000, 30_129_412, 400 * WAN]
    assert [p.paid for p in found] == [0, 0, 7_700_000, 26 * WAN, 26 * WAN]


def test_wuhai_edge():
    curve = tilted(aid(480_000, 70, 8 * WAN), 700_000, 60, 10**12)
    found = bends(curve, 400 * WAN, 3)
    assert places(found)[:2] == [0, 480_000]
    assert 11_908_571 in places(found)


def test_a_straight_line_has_no_bend():
    assert places(bends(lambda burden: burden * 3 // 4, 100 * WAN, 3)) == [0, 100 * WAN]


def test_a_step_is_found():
    found = bends(lambda burden: 50_000 if burden >= 1_000_000 else 0, 10 * WAN, 3)
    assert places(found) == [0, 999_999, 1_000_000, 10 * WAN]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 200).map(lambda n: n * 10_000),
    st.integers(5, 100),
    st.integers(1, 30).map(lambda n: n * WAN),
    st.integers(0, 200).map(lambda n: n * 10_000),
    st.integers(5, 100),
)
def test_straight_lines_between_bends_are_the_curve(deductible, percent, cap, second, share):
    curve = tilted(aid(deductible, percent, cap), second, share, 20 * WAN)
    found = bends(curve, 400 * WAN, 3)
    for one, other in pairwise(found):
        for part in range(1, 8):
            at = one.burden + (other.burden - one.burden) * part // 8
            assert abs(between(found, at) - curve(at)) <= 60


def test_between_is_exact_at_points():
    points = [Point(0, 0), Point(100, 50), Point(300, 50)]
    assert [between(points, at) for at in (0, 50, 100, 200, 300)] == [0, 25, 50, 50, 50]
