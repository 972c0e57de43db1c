"""Which row of a benefit table is a category's row.

Takes the pack, a category and the cells of one column; gives the cells of the
nearest level: the category itself, then the groups that contain it and the
category it is 比照, one step further at a time, then 其余.  The checks and the
plan both ask here, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence

from medaidlang.core import expr as x
from medaidlang.core.nodes import Column, Entry, Pack


def holders(pack: Pack) -> tuple[str, ...]:
    """The categories a person may be listed with, in the document's order: all, groups too."""
    return tuple(pack.identities)


def parents(pack: Pack, identity: str) -> tuple[str, ...]:
    """What `identity` is treated as where it has no row: its groups, then its constant 比照."""
    found = [group.name for group in pack.identities.values() if identity in group.members]
    own = pack.identities.get(identity)
    if own is not None and isinstance(own.as_if, x.Constant):
        found.append(str(own.as_if.value))
    return tuple(dict.fromkeys(name for name in found if name != identity))


def levels(pack: Pack, identity: str) -> tuple[tuple[str, ...], ...]:
    """`identity` alone, its parents, their parents…; each name once, so cycles end."""
    seen = {identity}
    found: list[tuple[str, ...]] = []
    level: tuple[str, ...] = (identity,)
    while level:
        found.append(level)
        above = dict.fromkeys(up for name in level for up in parents(pack, name))
        level = tuple(name for name in above if name not in seen)
        seen.update(level)
    return tuple(found)


def resolve(
    pack: Pack, identity: str, entries: Sequence[Entry], column: Column
) -> tuple[Entry, ...]:
    """The cells of `column` that apply to `identity`: those of the nearest level that has any.

    Several only where they have keys (the checks see to it); in the document's
    order; () where even 其余 has none.
    """
    return nearest(levels(pack, identity), entries, column)


def nearest(
    steps: Sequence[Sequence[str]], entries: Sequence[Entry], column: Column
) -> tuple[Entry, ...]:
    """As `resolve`, from the `levels` of the category."""
    cells = [entry for entry in entries if entry.column is column]
    for level in steps:
        found = tuple(e for e in cells if any(name in level for name in e.identities))
        if found:
            return found
    return tuple(entry for entry in cells if not entry.identities)
