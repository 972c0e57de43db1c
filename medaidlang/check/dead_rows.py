"""Rows that can never apply.

Takes the pack; a row is dead if every category that a person is recognised as,
and that could reach it, finds a nearer one, or if its key cells contradict each
other or the benefit's 费用 and 须.  A dead row looks like a rule and is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import (
    Tabled,
    finding,
    is_layer,
    key_words,
    ladders,
    leaves,
    row_words,
    tabled,
)  # fmt: skip
from medaidlang.check.keys import asked, tests
from medaidlang.check.possible.people import possible
from medaidlang.core.nodes import Entry, Pack
from medaidlang.core.rows import nearest


def dead_rows(pack: Pack) -> Iterator[Diagnostic]:
    """E505 shadowed row, E523 contradictory keys."""
    ladder = ladders(pack)
    above = [ladder[name] for name in leaves(pack)]
    for item in tabled(pack):
        live = {
            id(entry)
            for steps in above
            for column in dict.fromkeys(entry.column for entry in item.entries)
            for entry in nearest(steps, item.entries, column)
        }
        seen: set[tuple[str, str]] = set()
        for entry in item.entries:
            if entry.identities and id(entry) not in live and above and not is_layer(pack, item):
                yield shadowed(item, entry)
            elif entry.keys and (key_words(entry), row_words(entry)) not in seen:
                seen.add((key_words(entry), row_words(entry)))
                yield from contradictory(pack, item, entry)


def shadowed(item: Tabled, entry: Entry) -> Diagnostic:
    """E505."""
    args = {"benefit": item.name, "row": row_words(entry), "column": entry.column.value}
    return finding("E505", entry.origin, **args)


def contradictory(pack: Pack, item: Tabled, entry: Entry) -> Iterator[Diagnostic]:
    """E523."""
    keys = tests(pack, item, entry)
    if possible(pack, [*asked(pack, item), *keys]) is None:
        alone = possible(pack, keys) is None
        why = "这几格互相矛盾" if alone else f"“{item.name}”的费用和须不许有这样的情形"
        args = {"benefit": item.name, "row": row_words(entry), "keys": key_words(entry)}
        yield finding("E523", entry.keys[0].origin, why=why, **args)
