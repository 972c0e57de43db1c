"""Closed lists: as many entries as the document says, none twice.

Takes the pack, gives what is wrong with its 名录.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding, listed
from medaidlang.core.nodes import Pack


def rosters(pack: Pack) -> Iterator[Diagnostic]:
    """E718 count, E719 an entry twice."""
    for roster in pack.rosters.values():
        names = [name for name, _ in roster.entries]
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        if twice:
            yield finding("E719", roster.origin, name=roster.name, entries=listed(twice, "种"))
        if roster.count is not None and roster.count != len(names):
            args = {"name": roster.name, "count": str(roster.count)}
            yield finding("E718", roster.origin, found=str(len(names)), **args)
