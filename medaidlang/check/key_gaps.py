"""Cases that no row with key cells fits.

Takes the pack; where all rows of a category have further keys (医院级别, 费用档, 次数
…), some cost may fit none, or lie just between two ranges.  In the columns that say
what is paid (比例, 定额) nobody decides then; in the others no figure can be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import (
    Cells,
    Tabled,
    cells,
    finding,
    ladders,
    listed,
    reached,
    tabled,
)  # fmt: skip
from medaidlang.check.keys import asked, fits
from medaidlang.check.possible.people import possible
from medaidlang.check.possible.words import claim
from medaidlang.core import expr as x
from medaidlang.core.nodes import Column, Entry, Pack

PAYING = (Column.RATIO, Column.FIXED)
Rows = tuple[Entry, ...]


def key_gaps(pack: Pack) -> Iterator[Diagnostic]:
    """E508 no figure, E528 nothing paid."""
    ladder = ladders(pack)
    for item in tabled(pack):
        if not any(entry.keys for entry in item.entries):
            continue
        groups: dict[tuple[int, ...], list[str]] = {}
        found: dict[tuple[int, ...], tuple[Rows, Rows]] = {}
        for name, steps in reached(pack, item, ladder).items():
            given = cells(steps, item)
            for rows in kinds(given):
                if all(entry.keys for entry in rows):
                    group = tuple(id(entry) for entry in rows)
                    groups.setdefault(group, []).append(name)
                    found[group] = (rows, paying(given))
        for group, names in groups.items():
            yield from gap(pack, item, *found[group], names)


def paying(given: Cells) -> Rows:
    """The rows that say what is paid."""
    return tuple(entry for column in PAYING for entry in given.get(column, ()))


def kinds(given: Cells) -> list[Rows]:
    """The rows of each column; those that say what is paid are one, whichever the column."""
    others = [rows for column, rows in given.items() if column not in PAYING]
    return [rows for rows in (paying(given), *others) if rows]


def gap(pack: Pack, item: Tabled, rows: Rows, pays: Rows, names: list[str]) -> Iterator[Diagnostic]:
    """The first case that the rows leave out."""
    wanted: list[x.Expr] = []
    column = rows[0].column
    granted = [entry for entry in pays if entry.entitled]
    if column not in PAYING and granted and all(entry.keys for entry in granted):
        ways = tuple(fits(pack, item, entry) for entry in granted)
        wanted.append(x.Any(ways, granted[0].origin.span))
    wanted += asked(pack, item)
    case = possible(pack, wanted, [fits(pack, item, entry) for entry in rows])
    if case is None or not case.values:
        return
    args = {"benefit": item.name, "column": column.value, "categories": listed(names)}
    code = "E528" if column in PAYING else "E508"
    yield finding(code, rows[-1].origin, claim=claim(pack, case), **args)
