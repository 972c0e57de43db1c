"""Payments that no row of a 分担 is about, or two are; rows without a payment.

Takes the pack; a category's payments belong to the row nearest to it, as in the tables
of benefits (see `core.rows`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import Levels, finding, ladders, listed, paid, receivers
from medaidlang.core.nodes import Pack, Split, SplitRow

Ladder = Mapping[str, Levels]


def shares(pack: Pack) -> Iterator[Diagnostic]:
    """W564 nobody pays it, E565 two rows, W566 a row without payments."""
    ladder = ladders(pack)
    asked_for = {b.name for b in pack.benefits.values() if b.application is not None}
    items = {item.name: item for item in paid(pack) if item.name not in asked_for}
    whom = {name: receivers(pack, item, ladder) for name, item in items.items()}
    for split in pack.splits:
        yield from doubled(split, whom, ladder)
        yield from idle(split, whom, ladder)
    if pack.splits:
        yield from unshared(pack, whom, ladder)


def rows_of(split: Split, item: str, steps: Levels) -> list[SplitRow]:
    """The nearest rows about an item for a category."""
    rows = [row for row in split.rows for name in row.items if name == item]
    for level in steps:
        found = [row for row in rows if set(level) & set(row.identities)]
        if found:
            return found
    return [row for row in rows if not row.identities]


def doubled(
    split: Split, whom: Mapping[str, Sequence[str]], ladder: Ladder
) -> Iterator[Diagnostic]:
    """E565, once for each item."""
    for item in dict.fromkeys(name for row in split.rows for name in row.items):
        found = {name: rows_of(split, item, ladder[name]) for name in whom.get(item, ())}
        twice = [name for name, rows in found.items() if len(rows) > 1]
        if twice:
            first, second = found[twice[0]][:2]
            label = Label(first.origin.span, "first")
            args = {"name": split.name, "item": item, "categories": listed(twice)}
            yield finding("E565", second.origin, label, **args)


def idle(split: Split, whom: Mapping[str, Sequence[str]], ladder: Ladder) -> Iterator[Diagnostic]:
    """W566: a row that no category which gets the item comes to.

    Of a benefit on application E573 says that it cannot stand here at all.
    """
    for row in split.rows:
        for item in dict.fromkeys(name for name in row.items if name in whom):
            having = whom[item]
            if any(row in rows_of(split, item, ladder[name]) for name in having):
                continue
            apart = set(row.identities) & set(having)
            why = "这些身份都另有更近的一行" if apart or not row.identities else "他们不享受它"
            who = listed(row.identities) or "其余的人"
            args = {"name": split.name, "item": item, "categories": who, "why": why}
            yield finding("W566", row.origin, **args)


def unshared(pack: Pack, whom: Mapping[str, Sequence[str]], ladder: Ladder) -> Iterator[Diagnostic]:
    """W564: what a benefit pays some category is in no 分担."""
    for item in pack.benefits.values():
        names = [name for name in whom.get(item.name, ()) if not pack.identities[name].members]
        without = [
            name
            for name in names
            if not any(rows_of(split, item.name, ladder[name]) for split in pack.splits)
        ]
        if without:
            some = len(without) < len(names)
            payment = f"“{item.name}”给{listed(without)}的钱" if some else f"“{item.name}”"
            label = Label(pack.splits[0].origin.span, "defined")
            yield finding("W564", item.origin, label, payment=payment)
