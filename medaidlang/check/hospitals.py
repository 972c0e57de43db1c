"""Running totals by hospital where no fact says which hospital.

Takes the pack; 起付 and 限额 are refused when they are read, 限次 and 额度 here.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding
from medaidlang.core.nodes import HOSPITAL_FIELD, Pack, Period


def hospitals(pack: Pack) -> Iterator[Diagnostic]:
    """E551."""
    if any(HOSPITAL_FIELD in fact.fields for fact in pack.facts.values()):
        return
    for item in (*pack.layers.values(), *pack.benefits.values()):
        if item.times is not None and item.times.period is Period.HOSPITAL:
            yield finding("E551", item.times.origin, what="限次")
    for pool in pack.pools.values():
        if pool.period is Period.HOSPITAL:
            yield finding("E551", pool.origin, what=f"额度“{pool.name}”")
