"""A category without a row, or with a row that lacks a figure.

Takes the pack; looks up every category a person can be recognised as in every
benefit and subsidy, and everybody in every insurance.  A document that is silent about
a category must say so (其余 不享受): nobody's aid may be nothing by oversight.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import (
    EVERYBODY,
    Cells,
    Paid,
    cells,
    columns,
    entitled,
    finding,
    fixed_category,
    ladders,
    listed,
    paid,
    reached,
)  # fmt: skip
from medaidlang.core.nodes import Benefit, Column, Origin, Pack


def missing_rows(pack: Pack) -> Iterator[Diagnostic]:
    """E503 no row, E504 no figure in a column."""
    ladder = ladders(pack)
    for item in [*pack.layers.values(), *paid(pack)]:
        given = {
            name: cells(steps, item)
            for name, steps in reached(pack, item, ladder).items()
            if name == EVERYBODY or fixed_category(pack, name)
        }
        names = list(given)
        without = [name for name in names if not given[name]]
        if without:
            args = {"benefit": item.name, "categories": listed(without)}
            yield finding("E503", item.origin, **args)
        for column in needed(item):
            lacking = [name for name in names if lacks(given[name], column, item)]
            if lacking:
                args = {"benefit": item.name, "column": column.value}
                origin = first_table(item, column)
                yield finding("E504", origin, categories=listed(lacking), **args)


def needed(item: Paid) -> list[Column]:
    """The columns in which every entitled category must have a figure."""
    if not isinstance(item, Benefit):
        return [Column.RATIO]
    accounts = {Column.DEDUCTIBLE: item.deducts, Column.CAP: item.cap is not None}
    given = {entry.column for entry in item.entries}
    return [
        column
        for column in columns(item)
        if column is Column.RATIO
        or accounts.get(column, False)
        or (column is Column.CLAIM_CAP and column in given)
    ]


def lacks(given: Cells, column: Column, item: Paid) -> bool:
    """Whether the category has a row, but no figure in `column`."""
    if not given or not entitled(given) or column in given:
        return False
    if any(not entry.entitled and not entry.keys for cell in given.values() for entry in cell):
        return False
    return column is not Column.RATIO or Column.FIXED not in given


def first_table(item: Paid, column: Column) -> Origin:
    """The table that has the column, else the benefit."""
    for table in item.tables:
        if column.value in table.headings:
            return table.origin
    return item.origin
