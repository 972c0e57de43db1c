"""How a category is treated: its rows, its limits, the 调整 that concern it.

Takes the pack and a category, gives what `plan.benefit` lowers.
"""

from __future__ import annotations

from collections.abc import Sequence

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.nodes import Column, Entry, Pack
from medaidlang.core.rows import levels, nearest, parents, resolve
from medaidlang.plan.benefit import Given, PoolShare

Treated = dict[str, Given]  # benefit → what the document gives a category
BENEFIT_COLUMNS = (
    Column.DEDUCTIBLE, Column.RATIO, Column.CAP, Column.CLAIM_CAP, Column.FIXED,
)  # fmt: skip
SUBSIDY_COLUMNS = (Column.RATIO, Column.FIXED)


def treated_as(pack: Pack, identity: str, benefits: Sequence[str]) -> Treated:
    """What the benefits of a chain give a category."""
    return {name: given_to(pack, identity, pack.benefits[name]) for name in benefits}


def given_to(pack: Pack, identity: str, benefit: core.Benefit) -> Given:
    """What one benefit gives a category."""
    cells = cells_for(pack, identity, benefit.entries, BENEFIT_COLUMNS)
    pools = tuple(
        PoolShare(
            pool, resolve(pack, identity, pool.entries, Column.CAP),
            changes_of(pack, identity, pool.name),
        )
        for pool in pack.pools.values()
        if benefit.name in pool.benefits
    )  # fmt: skip
    changes = changes_of(pack, identity, benefit.name)
    return Given(cells, pools, changes, deductible_of(pack, identity, benefit))


def deductible_of(pack: Pack, identity: str, benefit: core.Benefit) -> str | None:
    """The account of a category's 起付: its own, its groups', or that of all others."""
    for level in levels(pack, identity):
        for names, account in benefit.deductibles:
            if set(level) & set(names):
                return account
    return benefit.deductible


def changes_of(pack: Pack, identity: str, name: str) -> tuple[core.Adjustment, ...]:
    """The 调整 of a benefit or 额度 that may concern a category."""
    return tuple(
        adjustment
        for adjustment in pack.adjustments
        if name in adjustment.benefits
        and (not adjustment.among or concerns(pack, adjustment, identity))
    )


def concerns(pack: Pack, adjustment: core.Adjustment, identity: str) -> bool:
    """Whether 限于 names a category, a group of it, or one that it is treated as."""
    names = {name for level in levels(pack, identity) for name in level}
    return bool(names & set(adjustment.among))


def given_to_all(pack: Pack, layer: core.Benefit) -> Given:
    """What an insurance gives everybody: the rows that name no category."""
    cells = {column: nearest((), layer.entries, column) for column in BENEFIT_COLUMNS}
    changes = tuple(a for a in pack.adjustments if layer.name in a.benefits)
    kept = {column: found for column, found in cells.items() if found}
    return Given(kept, (), changes, layer.deductible)


def path_to(pack: Pack, start: str, goal: str) -> tuple[str, ...]:
    """The shortest way up from a category to a group, both included.

    比照 leads on without its target's own conditions: to be treated as somebody
    is not to be one.
    """
    ways: list[tuple[tuple[str, ...], str]] = [((start,), start)]
    seen = {start}
    for way, last in ways:
        if last == goal:
            return way
        for up in parents(pack, last):
            if up not in seen:
                seen.add(up)
                contains = last in pack.identities[up].members
                ways.append(((*way, up) if contains else way, up))
    return (start,)


def memberships(pack: Pack) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each category, the ways from a category below it (itself first)."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for goal in pack.identities:
        ways = []
        for start in pack.identities:
            way = contained(pack, start, goal)
            if way:
                ways.append(way)
        found[goal] = tuple(ways)
    return found


def contained(pack: Pack, start: str, goal: str) -> tuple[str, ...]:
    """The way from `start` up to `goal` through 包括 alone, or nothing."""
    if start == goal:
        return (start,)
    ways: list[tuple[str, ...]] = [(start,)]
    for way in ways:
        for group in pack.identities.values():
            if way[-1] in group.members and group.name not in way:
                if group.name == goal:
                    return (*way, goal)
                ways.append((*way, group.name))
    return ()


def cells_for(
    pack: Pack, identity: str, entries: Sequence[Entry], columns: Sequence[Column]
) -> dict[Column, tuple[Entry, ...]]:
    """The cells of each column that apply to a category.

    Where any column entitles it, 不享受 of the others (from 其余) says nothing.  A
    category treated as one that a fact names has only the rows that name itself.
    """
    as_if = pack.identities[identity].as_if
    if as_if is not None and not isinstance(as_if, x.Constant):
        entries = [entry for entry in entries if identity in entry.identities]
    found = {column: resolve(pack, identity, entries, column) for column in columns}
    entitled = {c: tuple(e for e in cells if e.entitled) for c, cells in found.items()}
    kept = entitled if any(entitled.values()) else found
    return {column: cells for column, cells in kept.items() if cells}


def path_of(pack: Pack, identity: str, treated: Treated) -> tuple[str, ...]:
    """The categories whose conditions the treatment rests on."""
    steps: dict[str, None] = {identity: None}
    for given in treated.values():
        for entries in given.cells.values():
            for entry in entries:
                goals = [g for level in levels(pack, identity) for g in level]
                goal = next((g for g in goals if g in entry.identities), identity)
                steps |= dict.fromkeys(path_to(pack, identity, goal))
    return tuple(steps)
