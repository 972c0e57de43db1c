"""Where a payment curve bends or jumps, to the 分, without reading the rules.

Takes a function from burden (分) to payment, gives burdens between which the
curve is straight up to rounding; a jump stands between two neighbouring 分.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

Curve = Callable[[int], int]

WAN = 1_000_000
STEPS = tuple(
    part * WAN // 100 for ten in (1, 10, 100, 1000, 10_000) for part in (ten, 2 * ten, 5 * ten)
)
"""分; burdens from 100元 to 500万元 between which a bend or jump is not overlooked."""
MOST_ASKED = 20_000
"""Burdens asked of one curve; a curve that needs more is given up."""
UNITS = (WAN, WAN // 2, WAN // 10, WAN // 100, WAN // 1000, WAN // 10_000, 1)
"""What an amount in an example is rounded to, the roundest first: 1万元, 5000元 … 1元, 1分."""


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


def close(part: int, whole: int) -> bool:
    """Whether an example shows most of the largest difference that was found."""
    return 10 * part >= 9 * whole


def roundest(amount: int, good: Callable[[int], bool]) -> int:
    """The roundest amount near `amount` that is still good; `amount` if none is."""
    for unit in UNITS:
        below = amount // unit * unit
        nearest = below + unit if 2 * (amount - below) >= unit else below
        for tried in dict.fromkeys((nearest, below, below + unit)):
            if tried > 0 and good(tried):
                return tried
    return amount
