"""A 顺位 that leaves a category without a place.

Takes the pack; every category that gets something under a 按顺位 rule must stand
in its 顺序, itself or through a group.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding, listed, paid
from medaidlang.check.overlap.pairs import standards, within
from medaidlang.check.possible.problem import groups
from medaidlang.core.nodes import Mode, Overlap, Pack


def ranking(pack: Pack) -> Iterator[Diagnostic]:
    """E606."""
    for rule in pack.overlaps:
        if rule.mode is Mode.RANKED and rule.ranking:
            missing = unranked(pack, rule)
            if missing:
                args = {"categories": listed(missing), "benefits": "、".join(rule.benefits)}
                yield finding("E606", rule.origin, **args)


def unranked(pack: Pack, rule: Overlap) -> list[str]:
    """The categories without a place, in the document's order."""
    ranked = set(rule.ranking)
    given = [name for item in paid(pack) if item.name in rule.benefits
             for name in standards(pack, item)]  # fmt: skip
    return [
        name
        for name in pack.identities
        if name in given
        and within(pack, rule, [name])
        and not pack.identities[name].members
        and not groups(pack, name) & ranked
    ]
