"""The officer's tables, joined: who × 起付 × 比例 × 限额, each column under its clause.

Tables of one benefit whose first column is 身份 are laid side by side; where one
table groups categories that another tells apart, its cell spans their rows.
Tables with other key columns stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from medaidlang.core.nodes import Column, Pack, Table

KEY = "身份"
OTHERS = "其余"
FIGURES = {column.value for column in Column}
_NAME = re.compile(r"「[^」]*」|[^、,，\s]+")


@attrs.frozen
class Cell:
    """A cell of a joined table; `rows` is how many rows it spans."""

    text: str
    rows: int
    clause: str


@attrs.frozen
class Grid:
    """A table for the sheet: column groups by clause, headings, rows of key and figures."""

    clauses: tuple[tuple[str, int], ...]
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[Cell, ...]], ...]


def names(text: str) -> tuple[str, ...]:
    """The names in a 身份 cell, without their brackets."""
    return tuple(found.strip("「」") for found in _NAME.findall(text))


def simple(pack: Pack, table: Table) -> bool:
    """Whether the table's only key is 身份 and all its names are categories."""
    if table.headings[0] != KEY or any(h not in FIGURES for h in table.headings[1:]):
        return False
    keys = [row[0] for row in table.rows]
    known = all(n in pack.identities or n == OTHERS for key in keys for n in names(key))
    return known and len(set(keys)) == len(keys)


def joined(pack: Pack, tables: Sequence[Table]) -> list[Grid]:
    """The tables of one benefit: the simple ones as one grid, the others each by itself."""
    plain = [table for table in tables if simple(pack, table)]
    grids = [beside(plain)] if plain else []
    return grids + [alone(table) for table in tables if table not in plain]


def atoms(tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """The finest sets of categories that the rows of all tables tell apart, in order."""
    order = [n for table in tables for row in table.rows for n in names(row[0])]
    where: dict[str, list[tuple[int, int]]] = {}
    for t, table in enumerate(tables):
        for r, row in enumerate(table.rows):
            for name in names(row[0]):
                where.setdefault(name, []).append((t, r))
    found: dict[tuple[tuple[int, int], ...], list[str]] = {}
    for name in sorted(set(order), key=lambda n: (n == OTHERS, order.index(n))):
        found.setdefault(tuple(where[name]), []).append(name)
    return [tuple(members) for members in found.values()]


def beside(tables: Sequence[Table]) -> Grid:
    """Simple tables side by side."""
    keys = arranged(tables, atoms(tables))
    columns: list[list[Cell | None]] = []
    for table in tables:
        sources = [row_of(table, key) for key in keys]
        for column in range(1, len(table.headings)):
            columns.append(spanned(table, sources, column))
    rows = []
    for at, key in enumerate(keys):
        cells = tuple(cell for column in columns if (cell := column[at]) is not None)
        rows.append((("、".join(key),), cells))
    headings = tuple(h for table in tables for h in table.headings[1:])
    clauses = tuple((t.origin.clause, len(t.headings) - 1) for t in tables)
    return Grid(clauses, (KEY,), headings, tuple(rows))


def arranged(tables: Sequence[Table], keys: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The row keys in the order of the table that tells most apart."""
    finest = max(tables, key=lambda table: len(table.rows))
    place = {n: at for at, row in enumerate(finest.rows) for n in names(row[0])}
    return sorted(keys, key=lambda key: (place.get(key[0], len(place)), key[0] == OTHERS))


def row_of(table: Table, key: tuple[str, ...]) -> int | None:
    """The row of `table` that speaks of the categories of `key`."""
    for at, row in enumerate(table.rows):
        if key[0] in names(row[0]):
            return at
    return None


def spanned(table: Table, sources: Sequence[int | None], column: int) -> list[Cell | None]:
    """One column: a cell where its source row begins, None where an earlier one reaches."""
    cells: list[Cell | None] = []
    for at, source in enumerate(sources):
        if source is not None and at and sources[at - 1] == source:
            cells.append(None)
            continue
        if source is None:
            cells.append(Cell("—", 1, table.origin.clause))
            continue
        rows = 1
        while at + rows < len(sources) and sources[at + rows] == source:
            rows += 1
        cells.append(Cell(table.rows[source][column] or "—", rows, table.origin.clause))
    return cells


def alone(table: Table) -> Grid:
    """A table as it was written."""
    keys = [h for h in table.headings if h not in FIGURES]
    at_key = [i for i, h in enumerate(table.headings) if h in keys]
    at_figure = [i for i, h in enumerate(table.headings) if h not in keys]
    rows = tuple(
        (
            tuple(row[i] or "—" for i in at_key),
            tuple(Cell(row[i] or "—", 1, table.origin.clause) for i in at_figure),
        )
        for row in table.rows
    )
    headings = tuple(table.headings[i] for i in at_figure)
    return Grid(((table.origin.clause, len(headings)),), tuple(keys), headings, rows)
