"""Changes that a later 取 makes useless.

Takes the pack; 调整 are applied in the document's order, and 取 does not look at what
the figure was: where it always applies too, the changes before it have no effect.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.adjusting.cases import Ladder, case_of, changed, said, whom
from medaidlang.check.common import concerns, finding, ladders
from medaidlang.core.nodes import Adjustment, Change, Manner, Pack

Placed = tuple[int, Adjustment, Change]


def replaced(pack: Pack) -> Iterator[Diagnostic]:
    """W560."""
    listed: list[Placed] = [
        (place, adjustment, change)
        for place, adjustment in enumerate(pack.adjustments)
        for change in adjustment.changes
    ]
    if not any(change.manner is Manner.SET for _, _, change in listed):
        return
    ladder = ladders(pack)
    for at, (place, adjustment, change) in enumerate(listed):
        setting = [
            one
            for one in listed[at + 1 :]
            if one[2].target is change.target and one[2].manner is Manner.SET
        ]
        if not setting or adjustment.withdrawn:
            continue
        by = next((one for one in setting if one[0] == place), None)
        by = by or overwritten(pack, adjustment, setting, ladder)
        if by is not None:
            label = Label(by[2].origin.span, "again")
            args = {"name": adjustment.name, "change": said(change), "other": by[1].name}
            target = change.target.value
            yield finding("W560", change.origin, label, target=target, **args)


def overwritten(
    pack: Pack, adjustment: Adjustment, setting: list[Placed], ladder: Ladder
) -> Placed | None:
    """The first 取 of those that together apply wherever the 调整 does."""
    first: Placed | None = None
    for item in changed(pack, adjustment):
        for name in whom(pack, adjustment, item, ladder):
            steps = ladder.get(name, ())
            over = [
                one for one in setting if item.name in one[1].benefits and concerns(one[1], steps)
            ]
            others = [one[1] for one in over]
            if not over or case_of(pack, adjustment, item, name, others) is not None:
                return None
            first = first or over[0]
    return first
