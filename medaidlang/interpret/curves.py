"""Where a payment curve bends or jumps, to the 分, without reading the rules.

Takes a function from burden (分) to payment, gives burdens between which the
curve is straight up to rounding; a jump stands between two neighbouring 分.
`vertices` is quick and within a few 分 of a bend; `bends` then puts each bend
where its two lines meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from medaidlang.core.nodes import Pack

Curve = Callable[[int], int]

WAN = 1_000_000
STEPS = tuple(
    part * WAN // 100 for ten in (1, 10, 100, 1000, 10_000) for part in (ten, 2 * ten, 5 * ten)
)
"""分; burdens from 100元 to 500万元 between which a bend or jump is not overlooked."""
MOST_ASKED = 20_000
"""Burdens asked of one curve; a curve that needs more is given up."""


class NotKnown(Exception):
    """A curve cannot be followed: somewhere the payment is not known, or it bends everywhere."""


def remembered(curve: Curve) -> Curve:
    """The curve, each burden asked once; raises `NotKnown` when too many are asked."""
    memory: dict[int, int] = {}

    def known(burden: int) -> int:
        if burden not in memory:
            if len(memory) >= MOST_ASKED:
                raise NotKnown
            memory[burden] = curve(burden)
        return memory[burden]

    return known


def straight(curve: Curve, low: int, high: int, slack: int) -> bool:
    """Whether the curve stays on the line between two burdens, up to `slack`."""
    first, wide = curve(low), high - low
    rise = curve(high) - first
    for part in (1, 2, 3, 5):
        at = low + wide * part // 6
        if abs((curve(at) - first) * wide - rise * (at - low)) > slack * wide:
            return False
    return True


def stretches(curve: Curve, low: int, high: int, slack: int) -> list[int]:
    """The right ends of straight stretches from `low` to `high`."""
    if high - low <= 1 or straight(curve, low, high, slack):
        return [high]
    middle = (low + high) // 2
    return stretches(curve, low, middle, slack) + stretches(curve, middle, high, slack)


def vertices(curve: Curve, seeds: Iterable[int], slack: int) -> list[int]:
    """Burdens between which the curve is straight, from the least of `seeds` to the largest.

    The seeds are burdens at which something may happen.  Between two of them a bend
    is missed only if the curve comes back to the line it was on.
    Raises `NotKnown`.
    """
    known = remembered(curve)
    edges = sorted(set(seeds))
    ends = [end for low, high in pairwise(edges) for end in stretches(known, low, high, slack)]
    found, last = [edges[0]], edges[0]
    for end in ends:
        if last > found[-1] and not straight(known, found[-1], end, slack):
            found.append(last)
        last = end
    return [*found, last]


# ── bends where their lines meet ─────────────────────────────────────────────

SHORT = 100
"""分: on a shorter stretch no slope can be told from rounding."""


@attrs.frozen
class Point:
    """A burden and what is paid on it, both in 分."""

    burden: int
    paid: int


@attrs.frozen
class Line:
    """The line of a straight stretch: what it would pay on nothing, and per 分."""

    start: Fraction
    slope: Fraction

    def at(self, burden: int) -> Fraction:
        """What the line says."""
        return self.start + self.slope * burden


def bends(curve: Curve, high: int, slack: int) -> list[Point]:
    """The points from burden 0 to `high` between which the curve is straight.

    A jump is two points, one 分 apart.  Raises `NotKnown`.
    """
    known = remembered(curve)
    found = vertices(known, (0, *(step for step in STEPS if step < high), high), slack)
    found = joined(known, found, slack)
    edges = list(found)
    for place in range(1, len(found) - 1):
        edges[place] = sharper(known, found[place - 1 : place + 2], slack)
    return [Point(at, known(at)) for at in edges]


def joined(curve: Curve, found: Sequence[int], slack: int) -> list[int]:
    """The vertices, with two beside each other as one where rounding hid the bend between."""
    kept = list(found)
    place = 1
    while place < len(kept) - 2:
        here, after = kept[place], kept[place + 1]
        met = meeting(curve, kept[place - 1], here, after, kept[place + 2], slack)
        if after - here > 1 and met is not None and here <= met <= after:
            kept[place : place + 2] = [met]
        else:
            place += 1
    return kept


def sharper(curve: Curve, around: Sequence[int], slack: int) -> int:
    """The middle one of three vertices, moved to where the two lines meet.

    It stays where they do not meet there: at a jump, and beside a very short stretch.
    """
    before, here, after = around
    met = meeting(curve, before, here, here, after, slack)
    return here if met is None else met


def meeting(
    curve: Curve, low: int, high: int, other_low: int, other_high: int, slack: int
) -> int | None:
    """Where the lines of two stretches meet on the curve; None where they do not."""
    if min(high - low, other_high - other_low) <= SHORT:
        return None
    one, other = line(curve, low, high), line(curve, other_low, other_high)
    if one.slope == other.slope:
        return None
    at = round((other.start - one.start) / (one.slope - other.slope))
    if not low <= at <= other_high:
        return None
    paid = curve(at)
    return at if all(abs(side.at(at) - paid) <= slack for side in (one, other)) else None


def line(curve: Curve, low: int, high: int) -> Line:
    """The line of a straight stretch, from two round burdens well inside it.

    There payments need no rounding, so that the slope is exact.
    """
    inside = (high - low) // 10
    first, last = round_ends(low + inside, high - inside)
    slope = Fraction(curve(last) - curve(first), last - first)
    return Line(curve(first) - slope * first, slope)


def round_ends(low: int, high: int) -> tuple[int, int]:
    """The two roundest burdens between `low` and `high`."""
    unit = 10**9
    while True:
        first, last = -(-low // unit) * unit, high // unit * unit
        if last > first or unit == 1:
            return first, last
        unit //= 10


def between(points: Sequence[Point], burden: int) -> Fraction:
    """What the straight lines through `points` say for `burden`."""
    for one, other in pairwise(points):
        if one.burden <= burden <= other.burden:
            wide = other.burden - one.burden
            if not wide:
                return Fraction(other.paid)
            return one.paid + Fraction((other.paid - one.paid) * (burden - one.burden), wide)
    return Fraction(points[-1].paid)


def rounding_slack(pack: Pack) -> int:
    """分 by which what all benefits pay together may be off a straight line for rounding."""
    return (len(pack.benefits) + len(pack.layers) + 1) * pack.document.rounding.unit
