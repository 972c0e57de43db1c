"""The officer's tables, joined: who × 起付 × 比例 × 限额, each column under its clause.

Tables of one benefit whose first column is 身份 are laid side by side; where one
table groups categories that another tells apart, its cell spans their rows.  Those
with the same columns about other categories stand one below the other.
A table of 分段 has a row for each slice and a column for each category; other
tables with further key columns stay as they were written.  A cell that names an
原文缺失 says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import attrs

from medaidlang.core.nodes import Column, Pack, Table

KEY = "身份"
OTHERS = "其余"
BAND = "分段"
FIGURES = {column.value for column in Column}
UNITS = {"": 1, "万": 10_000, "亿": 100_000_000}
_AMOUNT = re.compile(r"([0-9.]+)(万|亿|)元")
_NAME = re.compile(r"「[^」]*」|[^、,，\s]+")


@attrs.frozen
class Cell:
    """A cell of a joined table; `rows` is how many rows it spans.

    `lost`: what it names is an 原文缺失.
    """

    text: str
    rows: int
    clause: str
    lost: bool = False


@attrs.frozen
class Grid:
    """A table for the sheet: column groups by clause, headings, rows of key and figures.

    `cited` are the clauses of the rows, where each row stands under its own.
    """

    clauses: tuple[tuple[str, int], ...]
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[Cell, ...]], ...]
    cited: tuple[tuple[str, ...], ...] = ()


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
    grids = [stacked(plain) if scattered(plain) else beside(plain)] if plain else []
    for table in tables:
        if table not in plain:
            grids.append(sliced(table) if BAND in table.headings else alone(table))
    return [marked(pack, grid) for grid in grids]


def marked(pack: Pack, grid: Grid) -> Grid:
    """The grid with the cells marked that name an 原文缺失."""
    rows = [
        (key, tuple(attrs.evolve(cell, lost=lost(pack, cell.text)) for cell in cells))
        for key, cells in grid.rows
    ]
    return attrs.evolve(grid, rows=tuple(rows))


def lost(pack: Pack, text: str) -> bool:
    """Whether a cell's text names a figure that the document does not give."""
    return bool(pack.gaps) and any(name in pack.gaps for name in names(text))


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
    """The row of `table` that speaks of the categories of `key`; 其余 alone is everybody."""
    if all(names(row[0]) == (OTHERS,) for row in table.rows):
        return 0
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


def spoken(row: Sequence[str]) -> frozenset[str]:
    """The categories that a row names."""
    return frozenset(names(row[0]))


def scattered(tables: Sequence[Table]) -> bool:
    """Whether the same columns are given for other categories in other clauses.

    Then the rows stand one below the other, if no two of them overlap only in part.
    """
    again = any(
        one.headings == other.headings and one is not other for one in tables for other in tables
    )
    keys = {spoken(row) for table in tables for row in table.rows}
    told = [(spoken(row), h) for table in tables for row in table.rows for h in table.headings[1:]]
    apart = all(one == other or not one & other for one in keys for other in keys)
    return again and apart and len(told) == len(set(told))


def stacked(tables: Sequence[Table]) -> Grid:
    """Tables one below the other, what is said of the same categories in one row.

    Each row cites its own clauses.
    """
    headings = tuple(dict.fromkeys(h for table in tables for h in table.headings[1:]))
    found: dict[frozenset[str], dict[str, Cell]] = {}
    written: dict[frozenset[str], str] = {}
    for table in tables:
        for row in table.rows:
            key = spoken(row)
            written.setdefault(key, row[0])
            for heading, text in zip(table.headings[1:], row[1:], strict=True):
                cell = Cell(text or "—", 1, table.origin.clause)
                found.setdefault(key, {}).setdefault(heading, cell)
    rows, cited = [], []
    for key in sorted(found, key=lambda one: OTHERS in one):
        cells = tuple(found[key].get(heading, Cell("—", 1, "")) for heading in headings)
        rows.append(((written[key],), cells))
        cited.append(tuple(dict.fromkeys(cell.clause for cell in cells if cell.clause)))
    return Grid((), (KEY,), headings, tuple(rows), tuple(cited))


def alone(table: Table) -> Grid:
    """A table as it was written."""
    return as_written(table, [h for h in table.headings if h not in FIGURES])


def as_written(table: Table, keys: Sequence[str]) -> Grid:
    """A table as it was written, with these key columns."""
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


WIDEST = 6
"""Categories that stand side by side in a table of 分段."""


def sliced(table: Table) -> Grid:
    """A table of 分段: a row for each slice, a column for each category.

    With many categories the other way round; as written where it has several figures.
    """
    keys = [i for i, h in enumerate(table.headings) if h not in FIGURES and h != BAND]
    figures = [i for i, h in enumerate(table.headings) if h in FIGURES]
    if len(figures) != 1:
        return alone(table)
    band, figure = table.headings.index(BAND), figures[0]
    where: dict[tuple[str, str], str] = {}
    for row in table.rows:
        who = "　".join(row[i] for i in keys if row[i]) or table.headings[figure]
        where[who, slice_words(row[band])] = row[figure] or "—"
    whom = list(dict.fromkeys(who for who, _ in where))
    bands = sorted(dict.fromkeys(slice_ for _, slice_ in where), key=lower_end)
    tall = len(whom) <= WIDEST
    clause, key = table.origin.clause, "、".join(table.headings[i] for i in keys)
    rows = tuple(
        (
            (side,),
            tuple(
                Cell(where.get((top, side) if tall else (side, top), "—"), 1, clause)
                for top in (whom if tall else bands)
            ),
        )
        for side in (bands if tall else whom)
    )
    headings = tuple(whom if tall else bands)
    return Grid(((clause, len(headings)),), (BAND if tall else key,), headings, rows)


def slice_words(text: str) -> str:
    """`1万元以上 3万元以下` as it would be printed."""
    return "".join(text.split())


def lower_end(text: str) -> tuple[Decimal, bool]:
    """Where a slice begins; of two that begin together the one with an end comes first."""
    ends = [Decimal(number) * UNITS[unit] for number, unit in _AMOUNT.findall(text)]
    closed = "以下" in text or "以内" in text or "不满" in text or "不超过" in text
    low = Decimal(0) if closed and len(ends) == 1 else ends[0]
    return low, not closed


def borne(pack: Pack, table: Table, payers: Sequence[str]) -> Grid:
    """A table of 分担: who bears how much of what."""
    keys = [h for h in table.headings if h not in payers]
    grid = as_written(table, keys)
    rows = [
        (key, tuple(attrs.evolve(c, text="其余部分") if c.text == OTHERS else c for c in cells))
        for key, cells in grid.rows
    ]
    return marked(pack, attrs.evolve(grid, rows=tuple(rows)))
