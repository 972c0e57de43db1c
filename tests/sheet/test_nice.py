"""The axes of a chart end at a round amount."""

import pytest

from medaidlang.interpret.curves import WAN
from medaidlang.sheet.curves import nice_above


@pytest.mark.parametrize(
    ("burden", "top"), [(1, WAN), (WAN, WAN), (331_423_53, 40 * WAN), (65 * WAN, 80 * WAN)]
)
def test_nice_above(burden, top):
    assert nice_above(burden) == top
