"""Amounts in examples are as round as they can be."""

from medaidlang.interpret.curves import WAN
from medaidlang.probe.rounding import roundest


def test_roundest():
    assert roundest(6_315_789, lambda b: True) == 6 * WAN
    assert roundest(6_315_789, lambda b: 6_250_000 <= b <= 6_315_789) == 6_300_000
    assert roundest(6_315_789, lambda b: b == 6_315_789) == 6_315_789
    assert roundest(40, lambda b: True) == WAN
