"""Tables: who × 起付 × 比例 × 限额, cell by cell, each with the clause it stands under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from medaidlang.core import expr as x
from medaidlang.core.chains import OWN
from medaidlang.core.nodes import Column, Condition, Entry, Slice, Table
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.types import BOOL, MONEY, RATIO, Type
from medaidlang.core.typing import (
    ORDERS,
    choice_values,
    constant,
    expect,
    holds,
    ordered,
    recorded,
    reference,
    typed,
)
from medaidlang.syntax import ast

COLUMN_TYPES = {
    Column.DEDUCTIBLE: MONEY,
    Column.RATIO: RATIO,
    Column.CAP: MONEY,
    Column.CLAIM_CAP: MONEY,
    Column.FIXED: MONEY,
}
BAND = "分段"


def runs(lines: Iterable[ast.Line]) -> list[list[ast.Row]]:
    """The tables among `lines`: each unbroken run of rows, heading first."""
    tables: list[list[ast.Row]] = []
    open_run = False
    for line in lines:
        if isinstance(line, ast.Row):
            if open_run:
                tables[-1].append(line)
            else:
                tables.append([line])
        open_run = isinstance(line, ast.Row)
    return tables


def heading(row: ast.Row) -> list[str]:
    """The column names of a heading row."""
    names = []
    for cell in row.cells:
        if len(cell.values) != 1 or not isinstance(cell.values[0], ast.Reference):
            raise wrong("E513", cell.span, text=cell.span.text.strip())
        names.append(cell.values[0].name)
    return names


def as_written(shop: Workshop, rows: Sequence[ast.Row]) -> Table:
    """The table's cell texts, for the rule sheet."""
    kept = [row for row in rows if shop.active(row.guard)]
    texts = [tuple(cell.span.text.strip() for cell in row.cells) for row in kept]
    return Table(texts[0], tuple(texts[1:]), shop.origin(rows[0].span))


@attrs.frozen
class Key:
    """What the key cells of a row say: which categories, and which conditions."""

    identities: tuple[str, ...]
    conditions: tuple[Condition, ...]
    slice: Slice | None = None


def key_column(shop: Workshop, name: str, span: ast.Span, owner: str = "") -> x.Expr | None:
    """What a further key column asks: a fact, a 令, or (`owner`) the benefit's own base."""
    if name == OWN and owner:
        return x.FigureRef(owner, x.Figure.BASE, span)
    if name in shop.facts or name in shop.pending_definitions:
        return reference(shop, name, span)
    return None


def row_key(shop: Workshop, names: Sequence[str], row: ast.Row, owner: str = "") -> Key:
    """The key of a row; 其余 in the 身份 column gives no identities."""
    identities: tuple[str, ...] = ()
    conditions: list[Condition] = []
    band: Slice | None = None
    figures = {column.value for column in Column}
    for name, cell in zip(names, row.cells, strict=True):
        if name == "身份":
            identities = identity_cell(shop, cell)
        elif name == BAND:
            band = slice_cell(cell)
        elif name not in figures and (asked := key_column(shop, name, cell.span, owner)):
            test = key_cell(shop, asked, cell)
            if test is not None:
                conditions.append(Condition(name, test, shop.origin(cell.span)))
    return Key(identities, tuple(conditions), band)


def slice_cell(cell: ast.Cell) -> Slice:
    """The band of a row: `3万元以下`, `3万元以上 5万元以下`; which end counts makes no
    difference to a slice.
    """
    only = cell.values[0] if len(cell.values) == 1 else None
    if not isinstance(only, ast.Range):
        raise wrong("E540", cell.span, text=cell.span.text.strip())
    ends: list[int | None] = []
    for end in (only.lower, only.upper):
        found = constant(end.literal) if end is not None else None
        if found is not None and (found.type != MONEY or not isinstance(found.value, int)):
            raise wrong("E540", cell.span, text=cell.span.text.strip())
        ends.append(found.value if found is not None and isinstance(found.value, int) else None)
    low, high = ends[0] or 0, ends[1]
    if high is not None and high <= low:
        raise wrong("E540", cell.span, text=cell.span.text.strip())
    return Slice(low, high)


def identity_cell(shop: Workshop, cell: ast.Cell) -> tuple[str, ...]:
    """The categories that a 身份 cell names; () for 其余."""
    if len(cell.values) == 1 and isinstance(cell.values[0], ast.Word):
        if cell.values[0].kind == "OTHERS":
            return ()
        raise wrong("E514", cell.span, text=cell.span.text.strip())
    if not cell.values:
        raise wrong("E514", cell.span, text="")
    names: list[str] = []
    for value in cell.values:
        if not isinstance(value, ast.Reference):
            raise wrong("E514", value.span, text=value.span.text)
        if value.name not in shop.identities:
            near = nearest(value.name, shop.identities)
            raise wrong("E502", value.span, fix=near, name=value.name, nearest=near)
        shop.used.add(value.name)
        names.append(value.name)
    return tuple(names)


def key_cell(shop: Workshop, asked: x.Expr, cell: ast.Cell) -> x.Expr | None:
    """The condition that a further key cell puts on its row; nothing if it is empty.

    Several values are alternatives, of which each may be a range (`3次以上`).
    """
    if kind_of(cell) == "NOT_FILLED":
        return x.Not(x.Filled(recorded(shop, asked), cell.span), cell.span)
    if not cell.values or any(isinstance(value, ast.Word) for value in cell.values):
        return None
    constants: list[x.Constant] = []
    ranges: list[x.Expr] = []
    for value in cell.values:
        assert not isinstance(value, ast.Word)
        if isinstance(value, ast.Range):
            ranges.append(within(asked, value))
            continue
        for one, extra in choice_values(shop, asked, value):
            if extra is None:
                constants.append(one)
            else:
                ranges.append(x.All((x.Among(asked, (one,), cell.span), extra), cell.span))
    tests = [x.Among(asked, tuple(constants), cell.span), *ranges] if constants else ranges
    return tests[0] if len(tests) == 1 else x.Any(tuple(tests), cell.span)


def within(asked: x.Expr, found: ast.Range) -> x.Expr:
    """`3万元以上 不满5万元` of a value."""
    tests = [
        ordered(ORDERS[end.operator], asked, constant(end.literal), end.span)
        for end in (found.lower, found.upper)
        if end is not None
    ]
    return tests[0] if len(tests) == 1 else x.All(tuple(tests), found.span)


def entries(
    shop: Workshop,
    rows: Sequence[ast.Row],
    allowed: Sequence[Column],
    owner: str,
    everybody: bool = False,
) -> list[Entry]:
    """The figure cells of one benefit table; `everybody`: its rows are about no categories."""
    names = heading(rows[0])
    words = {column.value: column for column in allowed}
    for name, cell in zip(names, rows[0].cells, strict=True):
        if name == "身份" and everybody:
            raise wrong("E547", cell.span, name=owner)
        known = name in ("身份", BAND) or name in words
        if not known and key_column(shop, name, cell.span, owner) is None:
            near = nearest(name, ["身份", *words, *shop.facts])
            options = "、".join(["身份", *words])
            raise wrong("E501", cell.span, fix=near, name=name, options=options)
    if "身份" not in names and not everybody:
        raise wrong("E515", rows[0].span)
    made: list[Entry] = []
    for row in rows[1:]:
        with shop.trying():
            if shop.active(row.guard):
                made.extend(row_entries(shop, names, row, words, owner))
    return made


def row_entries(
    shop: Workshop, names: Sequence[str], row: ast.Row, words: dict[str, Column], owner: str
) -> list[Entry]:
    """The figures of one row."""
    key = row_key(shop, names, row, owner)
    cells = [(words[n], c) for n, c in zip(names, row.cells, strict=True) if n in words]
    if any(kind_of(cell) == "NOT_ENTITLED" for _, cell in cells):
        origin = shop.origin(row.span)
        return [
            Entry(c, key.identities, key.conditions, None, False, origin, key.slice)
            for c, _ in cells
        ]
    made = []
    for column, cell in cells:
        if cell.values and kind_of(cell) != "DASH":
            expr = figure_cell(shop, column, cell)
            origin = shop.origin(cell.span)
            made.append(
                Entry(column, key.identities, key.conditions, expr, True, origin, key.slice)
            )
    return made


def kind_of(cell: ast.Cell) -> str:
    """The keyword a cell consists of, or nothing."""
    if len(cell.values) == 1 and isinstance(cell.values[0], ast.Word):
        return cell.values[0].kind
    return ""


def figure_cell(shop: Workshop, column: Column, cell: ast.Cell) -> x.Expr | None:
    """The figure of a cell; None for 不设."""
    if kind_of(cell) == "NOT_SET":
        if column in (Column.RATIO, Column.FIXED):
            raise wrong("E516", cell.span, column=column.value)
        return None
    if len(cell.values) != 1 or isinstance(cell.values[0], ast.Word | ast.Range):
        raise wrong("E517", cell.span, column=column.value, text=cell.span.text.strip())
    found = of_type(typed(shop, cell.values[0]), COLUMN_TYPES[column])
    if column is Column.RATIO and isinstance(found, x.Constant):
        assert isinstance(found.value, Fraction)
        if found.value > 1:
            raise wrong("E212", found.span, value=found.span.text)
    return found


def of_type(found: x.Expr, wanted: Type) -> x.Expr:
    """`found` checked against `wanted`; a missing figure takes the type of its place."""
    if isinstance(found, x.GapRef):
        return x.GapRef(found.name, wanted, found.span)
    return expect(found, wanted)


def lookup(shop: Workshop, node: ast.Definition) -> x.Expr:
    """令 by table: the first row whose keys fit gives the 值; the last row is 其余."""
    rows = [row for row in node.lines if shop.active(row.guard)]
    if not rows:
        raise wrong("E518", node.span, name=node.name.text)
    names = heading(rows[0])
    if names[-1] != "值" or len(rows) < 2 or kind_of(rows[-1].cells[0]) != "OTHERS":
        raise wrong("E518", node.span, name=node.name.text)
    result = value_cell(shop, rows[-1].cells[-1])
    for row in reversed(rows[1:-1]):
        value = value_cell(shop, row.cells[-1])
        tests = row_tests(shop, names, row)
        span = row.span
        result = of_type(result, value.type) if isinstance(result, x.GapRef) else result
        value = of_type(value, result.type)
        test = tests[0] if len(tests) == 1 else x.All(tuple(tests), span)
        result = x.If(test, value, result, result.type, span)
    return result


def row_tests(shop: Workshop, names: Sequence[str], row: ast.Row) -> list[x.Expr]:
    """The conditions under which a row of a 令 table applies."""
    tests: list[x.Expr] = []
    for name, cell in zip(names[:-1], row.cells[:-1], strict=True):
        if name == "身份":
            values = tuple(v for v in cell.values if not isinstance(v, ast.Word | ast.Range))
            tests.append(holds(shop, values, cell.span))
        elif (asked := key_column(shop, name, cell.span)) is not None:
            test = key_cell(shop, asked, cell)
            if test is not None:
                tests.append(test)
        else:
            raise wrong("E501", cell.span, name=name, options="身份、事实名、值")
    return tests or [x.Constant(True, BOOL, row.span)]


def value_cell(shop: Workshop, cell: ast.Cell) -> x.Expr:
    """The 值 cell of a 令 table."""
    if len(cell.values) != 1 or isinstance(cell.values[0], ast.Word | ast.Range):
        raise wrong("E517", cell.span, column="值", text=cell.span.text.strip())
    return typed(shop, cell.values[0])
