"""Cases that no row with key cells fits.

Takes the pack; where all rows of a category have further keys (医院级别, 费用档
…), some cost may fit none.  In the 比例 column that means nothing is paid (a
warning: the document may mean it); in the others no figure can be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import Cells, Paid, cells, finding, ladders, leaves, listed, paid
from medaidlang.check.possible.people import possible
from medaidlang.check.possible.words import claim
from medaidlang.core import expr as x
from medaidlang.core.nodes import Column, Entry, Pack


def key_gaps(pack: Pack) -> Iterator[Diagnostic]:
    """E508 no figure, E528 nothing paid."""
    above = ladders(pack)
    for item in paid(pack):
        if not any(entry.keys for entry in item.entries):
            continue
        groups: dict[tuple[int, ...], list[str]] = {}
        found: dict[tuple[int, ...], tuple[Cells, Column]] = {}
        for name in leaves(pack):
            given = cells(above[name], item)
            for column, entries in given.items():
                if all(entry.keys for entry in entries):
                    group = tuple(id(entry) for entry in entries)
                    groups.setdefault(group, []).append(name)
                    found[group] = (given, column)
        for group, names in groups.items():
            yield from gap(pack, item, *found[group], names)


def gap(
    pack: Pack, item: Paid, given: Cells, column: Column, names: list[str]
) -> Iterator[Diagnostic]:
    """The first case that the rows of `column` leave out."""
    wanted = [condition.expr for condition in item.conditions]
    pays = [entry for entry in given.get(Column.RATIO, ()) if entry.entitled]
    if column is not Column.RATIO and pays and all(entry.keys for entry in pays):
        wanted.append(x.Any(tuple(fits(entry) for entry in pays), pays[0].origin.span))
    entries = given[column]
    case = possible(pack, wanted, [fits(entry) for entry in entries])
    if case is None or not case.values:
        return
    args = {"benefit": item.name, "column": column.value, "categories": listed(names)}
    origin = entries[-1].origin
    if column is Column.RATIO:
        yield finding("E528", origin, claim=claim(pack, case), **args)
    else:
        yield finding("E508", origin, claim=claim(pack, case), **args)


def fits(entry: Entry) -> x.Expr:
    """The key cells of a row, as one condition."""
    return x.All(tuple(key.expr for key in entry.keys), entry.origin.span)
