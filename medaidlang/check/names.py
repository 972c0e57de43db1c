"""Names of 额度, 调整 and 分担 that something else has already.

Takes the pack; these are not names of values, and are looked at here.  Two 调整 of one
name would be taken for one: the conditions of the first would hold for both.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import finding, paid
from medaidlang.core.nodes import Origin, Pack


def names(pack: Pack) -> Iterator[Diagnostic]:
    """E302."""
    known: dict[str, tuple[str, Origin]] = {}
    for name, sort, origin in declared(pack):
        if name in known:
            before, place = known[name]
            label = Label(place.span, "先前的定义")
            yield finding("E302", origin, label, name=name, sort=sort, before=before)
        known.setdefault(name, (sort, origin))


def declared(pack: Pack) -> Iterator[tuple[str, str, Origin]]:
    """What is paid (each name once, or it would not have come here), then these."""
    for layer in pack.layers.values():
        yield layer.name, "保险", layer.origin
    for item in paid(pack):
        yield item.name, "待遇", item.origin
    for pool in pack.pools.values():
        yield pool.name, "额度", pool.origin
    for adjustment in pack.adjustments:
        yield adjustment.name, "调整", adjustment.origin
    for split in pack.splits:
        yield split.name, "分担", split.origin
