"""Round amounts for examples: the roundest that still shows what was found."""

from __future__ import annotations

from collections.abc import Callable

from medaidlang.interpret.curves import WAN

UNITS = (WAN, WAN // 2, WAN // 10, WAN // 100, WAN // 1000, WAN // 10_000, 1)
"""What an amount in an example is rounded to, the roundest first: 1万元, 5000元 … 1元, 1分."""


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
