"""Which categories one person can hold together, and be paid differently under.

Takes the pack and a benefit; gives the categories by what they get (two that get
the same rows, the same limits of every 额度 and the same 调整 need no rule), and the
cases of persons who hold several.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from medaidlang.check.common import Levels, Paid, cells, columns, concerns, entitled, ladders
from medaidlang.check.possible.people import person_with
from medaidlang.check.possible.problem import Case, excluded, groups
from medaidlang.core.expr import Constant
from medaidlang.core.nodes import Column, Entry, Overlap, Pack


def standards(pack: Pack, item: Paid) -> dict[str, Hashable]:
    """Each category that gets something, with what it gets; recognised ones before groups."""
    above = ladders(pack)
    found: dict[str, Hashable] = {}
    for name in sorted(pack.identities, key=lambda n: bool(pack.identities[n].members)):
        given = cells(above[name], item)
        if not named_by_fact(pack, name) and not entitled(given):
            continue
        found[name] = (
            tuple(said(entry) for column in columns(item) for entry in given.get(column, ())),
            shaped(pack, item, above[name]),
        )
        if named_by_fact(pack, name):
            found[name] = (name, found[name])
    return found


def said(entry: Entry) -> Hashable:
    """What a cell says, to whomever it says it."""
    keys = tuple(key.expr for key in entry.keys)
    return (entry.column, keys, entry.expr, entry.entitled, entry.slice)


def shaped(pack: Pack, item: Paid, steps: Levels) -> Hashable:
    """What else decides what a category gets: limits of pools, and which 调整 concern it."""
    limits = [
        tuple(said(entry) for entry in cells(steps, pool).get(Column.CAP, ()))
        for pool in pack.pools.values()
        if item.name in pool.benefits
    ]
    changes = [
        place
        for place, adjustment in enumerate(pack.adjustments)
        if item.name in adjustment.benefits and concerns(adjustment, steps)
    ]
    return (tuple(limits), tuple(changes))


def named_by_fact(pack: Pack, name: str) -> bool:
    """Whether a fact decides how the category is treated."""
    as_if = pack.identities[name].as_if
    return as_if is not None and not isinstance(as_if, Constant)


def pairs(pack: Pack, item: Paid) -> Iterator[tuple[str, str]]:
    """Pairs that are not excluded, are not group and member, and get different things."""
    given = standards(pack, item)
    above = {name: groups(pack, name) for name in given}
    names = list(given)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            if given[one] == given[other] or one in above[other] or other in above[one]:
                continue
            if not excluded(pack, above[one], above[other]):
                yield one, other


def within(pack: Pack, rule: Overlap, names: Sequence[str]) -> bool:
    """Whether the rule's 限于 takes in all of these categories (without 限于: any)."""
    if not rule.identities:
        return True
    return all(groups(pack, name) & set(rule.identities) for name in names)


def rules_for(pack: Pack, item: Paid) -> list[Overlap]:
    """The overlap rules that name the benefit."""
    return [rule for rule in pack.overlaps if item.name in rule.benefits]


def held_by_one(pack: Pack, names: Sequence[str], item: Paid) -> Case | None:
    """A person who holds all of `names` and gets `item` under each."""
    return person_with(pack, names, item)
