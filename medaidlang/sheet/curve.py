"""Where a payment curve bends: exact points from evaluating, without reading the rules.

Takes a function from burden (分) to payments, gives the points at which its slope
changes, so that straight lines between them are the curve.  Payments are rounded
to 分, so slopes are compared with that tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

NICE = (1, 2, 3, 4, 5, 6, 8)
WAN = 1_000_000
STEP = 100
"""分: bends closer together than 1元 are one bend."""


@attrs.frozen
class Point:
    """A burden and what is paid on it, both in 分."""

    burden: int
    paid: int


Curve = Callable[[int], int]


def bent(curve: Curve, low: int, high: int, slack: int) -> bool:
    """Whether the curve leaves the straight line between two burdens."""
    first, last = curve(low), curve(high)
    for part in (1, 2, 3, 5):
        at = low + (high - low) * part // 6
        straight = first + Fraction((last - first) * (at - low), high - low)
        if abs(curve(at) - straight) > slack:
            return True
    return False


def pieces(curve: Curve, low: int, high: int, slack: int) -> list[tuple[int, int]]:
    """Stretches on which the curve is straight, in order; what is left between is a bend."""
    if high - low <= STEP or not bent(curve, low, high, slack):
        return [(low, high)]
    middle = (low + high) // 2
    return pieces(curve, low, middle, slack) + pieces(curve, middle, high, slack)


def anchors(piece: tuple[int, int]) -> tuple[int, int]:
    """Two round burdens well inside a straight stretch: there payments need no rounding."""
    low, high = piece
    low, high = low + (high - low) // 10, high - (high - low) // 10
    unit = 10**9
    while True:
        first, last = -(-low // unit) * unit, high // unit * unit
        if last > first or unit == 1:
            return first, last
        unit //= 10


def slope(curve: Curve, piece: tuple[int, int]) -> Fraction:
    """Paid per yuan of burden on a straight stretch."""
    low, high = anchors(piece)
    return Fraction(curve(high) - curve(low), high - low)


def height_at_zero(curve: Curve, piece: tuple[int, int]) -> Fraction:
    """Where the stretch's line would begin."""
    low, _ = anchors(piece)
    return curve(low) - slope(curve, piece) * low


def on_one_line(curve: Curve, one: tuple[int, int], other: tuple[int, int], slack: int) -> bool:
    """Whether the shorter stretch lies on the longer one's line, up to rounding."""
    long, short = sorted((one, other), key=lambda piece: piece[0] - piece[1])
    steep, start = slope(curve, long), height_at_zero(curve, long)
    return all(abs(start + steep * at - curve(at)) <= 2 * slack for at in anchors(short))


def merged(curve: Curve, found: Sequence[tuple[int, int]], slack: int) -> list[tuple[int, int]]:
    """Neighbouring stretches that lie on one line, as one; the tiny ones at bends dropped."""
    lines: list[tuple[int, int]] = []
    for piece in found:
        if piece[1] - piece[0] <= STEP:
            continue
        near = bool(lines) and piece[0] - lines[-1][1] <= STEP
        if near and on_one_line(curve, lines[-1], piece, slack):
            lines[-1] = (lines[-1][0], piece[1])
        else:
            lines.append(piece)
    return lines


def meeting(curve: Curve, one: tuple[int, int], other: tuple[int, int]) -> int:
    """The burden at which two neighbouring lines meet; their gap's middle if they do not."""
    first, second = slope(curve, one), slope(curve, other)
    if first != second:
        ahead = height_at_zero(curve, other) - height_at_zero(curve, one)
        at = round(ahead / (first - second))
        if one[0] <= at <= other[1]:
            return at
    return (one[1] + other[0]) // 2


def bends(curve: Curve, high: int, slack: int = 2) -> list[Point]:
    """The points from burden 0 to `high` between which the curve is straight."""
    memory: dict[int, int] = {}

    def known(burden: int) -> int:
        if burden not in memory:
            memory[burden] = curve(burden)
        return memory[burden]

    found = pieces(known, 0, high, slack)
    lines = merged(known, found, slack)
    edges = [meeting(known, a, b) for a, b in pairwise(lines)]
    return [Point(at, known(at)) for at in [0, *edges, high]]


def reach(curve: Curve, largest: int = 400 * WAN) -> int:
    """The burden from which nothing more is paid; `largest` if more is paid up to there."""
    most = curve(largest)
    if most == 0 or curve(largest * 3 // 4) != most:
        return largest
    low, high = 0, largest
    while high - low > STEP:
        middle = (low + high) // 2
        if curve(middle) == most:
            high = middle
        else:
            low = middle
    return high


def nice_above(burden: int) -> int:
    """The next round amount above `burden`, in 分."""
    unit = WAN
    while True:
        for factor in NICE:
            if factor * unit >= burden:
                return factor * unit
        unit *= 10


def between(points: Sequence[Point], burden: int) -> Fraction:
    """What the straight lines through `points` say for `burden`."""
    for one, other in pairwise(points):
        if one.burden <= burden <= other.burden:
            wide = other.burden - one.burden
            if not wide:
                return Fraction(other.paid)
            return one.paid + Fraction((other.paid - one.paid) * (burden - one.burden), wide)
    return Fraction(points[-1].paid)
