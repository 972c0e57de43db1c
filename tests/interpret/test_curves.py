"""Bends and jumps are found to the 分."""

import pytest

from medaidlang.interpret.curves import STEPS, WAN, NotKnown, vertices

FAR = 400 * WAN
SLACK = 2


def half_up(amount, ratio):
    return (2 * amount * ratio + 100) // 200


def aid(burden):
    """起付 2000元, 85%, 限额 60000元."""
    return min(half_up(max(burden - 200_000, 0), 85), 6_000_000)


def off(points, places):
    """How far from the nearest point each place is."""
    return [min(abs(point - place) for point in points) for place in places]


def test_a_straight_curve_has_no_bends():
    assert vertices(lambda b: half_up(b, 90), (0, FAR), SLACK) == [0, FAR]


def test_bends():
    points = vertices(aid, (0, FAR), SLACK)
    assert points[0] == 0
    assert points[-1] == FAR
    assert max(off(points, (200_000, 7_258_824))) < 100
    assert len(points) <= 6


@pytest.mark.parametrize("edge", [1, 777_777, WAN, 123 * WAN + 7])
@pytest.mark.parametrize("jump", [1000, -1000, 40_000])
def test_a_jump_stands_between_neighbours(edge, jump):
    def curve(burden):
        return half_up(burden, 50) + (jump if burden > edge else 0)

    points = vertices(curve, (0, edge, FAR), SLACK)
    assert edge in points
    assert edge + 1 in points


def test_a_jump_is_found_without_being_named():
    points = vertices(lambda b: half_up(b, 80 if b <= 1_234_567 else 50), (0, *STEPS), SLACK)
    assert points == [0, 1_234_567, 1_234_568, STEPS[-1]]


def test_a_curve_that_bends_everywhere_is_given_up():
    with pytest.raises(NotKnown):
        vertices(lambda b: b // 100 * 100 % 7919, (0, FAR), SLACK)
