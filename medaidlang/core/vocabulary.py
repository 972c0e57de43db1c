"""Vocabulary: facts, identities, parameters, lists and readings."""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from medaidlang.base.diagnostic import Label
from medaidlang.core import expr as x
from medaidlang.core import nodes
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.shaping import whole_number
from medaidlang.core.tables import heading, runs
from medaidlang.core.types import DATE, IDENTITY, MONEY, Kind, Type, unit_of
from medaidlang.core.typing import (
    condition,
    constant,
    expect,
    named_value,
    person_level,
    typed,
)  # fmt: skip
from medaidlang.syntax import ast

PLAIN = {kind.value: Type(kind) for kind in Kind if kind is not Kind.CHOICE}
FACT_COLUMNS = ("事实", "类型", "未填时", "字段", "说明")


def named_type(node: ast.Expr) -> Type:
    """The type that 金额, 整数（岁） or 选项（男，女） names."""
    if isinstance(node, ast.Reference) and node.name in PLAIN:
        return PLAIN[node.name]
    if isinstance(node, ast.Call):
        words = tuple(part.span.text for part in node.arguments)
        if node.function.text == Kind.CHOICE.value:
            return Type(Kind.CHOICE, choices=words)
        if node.function.text in (Kind.INTEGER.value, Kind.RATE.value) and len(words) == 1:
            return Type(Kind(node.function.text), unit_of(words[0]))
    options = "、".join([*PLAIN, "选项（甲，乙）", "整数（岁）"])
    raise wrong("E418", node.span, text=node.span.text, options=options)


# ── facts ────────────────────────────────────────────────────────────────────


def declare_facts(shop: Workshop, block: ast.Block) -> None:
    """事实 人员 / 事实 费用 and their table."""
    assert isinstance(block.name, ast.Name)
    try:
        scope = nodes.Scope(block.name.text)
    except ValueError:
        raise wrong("E310", block.name.span, name=block.name.text) from None
    for rows in runs(block.lines):
        names = heading(rows[0])
        for name, cell in zip(names, rows[0].cells, strict=True):
            if name not in FACT_COLUMNS:
                options = "、".join(FACT_COLUMNS)
                raise wrong("E501", cell.span, name=name, options=options)
        must_have(names, rows[0], "事实", "类型")
        for row in rows[1:]:
            with shop.trying():
                declare_fact(shop, scope, dict(zip(names, row.cells, strict=True)), row)


def must_have(names: list[str], row: ast.Row, *wanted: str) -> None:
    """The columns that a table cannot do without."""
    for name in wanted:
        if name not in names:
            raise wrong("E526", row.span, column=name)


def declare_fact(
    shop: Workshop, scope: nodes.Scope, cells: dict[str, ast.Cell], row: ast.Row
) -> None:
    """One row of a fact table."""
    name = only_reference(cells["事实"])
    kind = named_type(only(cells["类型"]))
    missing, default = missing_rule(shop, kind, cells.get("未填时"))
    fields = tuple(v.name for v in values(cells.get("字段")) if isinstance(v, ast.Reference))
    note = "".join(v.text[1:-1] for v in values(cells.get("说明")) if isinstance(v, ast.Literal))
    shop.declare(ast.Name(name.name, name.span), "事实")
    shop.facts[name.name] = nodes.Fact(
        name.name, scope, kind, missing, default, fields, note, shop.origin(row.span)
    )


def values(cell: ast.Cell | None) -> tuple[ast.Expr | ast.Word | ast.Range, ...]:
    """The values of a cell that may not be there."""
    return cell.values if cell is not None else ()


def only(cell: ast.Cell) -> ast.Expr:
    """The one expression that a cell must hold."""
    if len(cell.values) == 1 and not isinstance(cell.values[0], ast.Word | ast.Range):
        return cell.values[0]
    raise wrong("E519", cell.span, text=cell.span.text.strip())


def only_reference(cell: ast.Cell) -> ast.Reference:
    """The one name that a cell must hold."""
    found = only(cell)
    if isinstance(found, ast.Reference):
        return found
    raise wrong("E519", cell.span, text=cell.span.text.strip())


def missing_rule(
    shop: Workshop, kind: Type, cell: ast.Cell | None
) -> tuple[nodes.Missing, x.Value | None]:
    """必填, 未知, or the value that stands in."""
    if cell is None or not cell.values:
        return nodes.Missing.UNKNOWN, None
    found = only(cell)
    if isinstance(found, ast.Reference):
        if found.name in (nodes.Missing.REQUIRED.value, nodes.Missing.UNKNOWN.value):
            return nodes.Missing(found.name), None
        return nodes.Missing.UNKNOWN, named_value(shop, kind, found.name, found.span).value
    assert isinstance(found, ast.Literal)
    given = constant(found)
    expect(given, kind)
    return nodes.Missing.UNKNOWN, given.value


# ── identities ───────────────────────────────────────────────────────────────


def declare_identities(shop: Workshop, item: ast.Identity) -> None:
    """Enter the names, so that conditions and tables may speak of them."""
    for name in item.names:
        with shop.trying():
            shop.declare(name, "身份")
            origin = shop.origin(item.span)
            shop.identities[name.text] = nodes.Identity(name.text, (), (), None, "", origin)


def fill_identities(shop: Workshop, item: ast.Identity) -> None:
    """The lines below 身份, for each of its names."""
    members: list[str] = []
    conditions: list[nodes.Condition] = []
    as_if: x.Expr | None = None
    recognised = ""
    spans: dict[str, int | None] = {}
    for line in item.lines:
        with shop.trying():
            match line:
                case ast.NamesLine(keyword="INCLUDES") if shop.active(line.guard):
                    for name in line.names:
                        named_value(shop, IDENTITY, name.text, name.span)
                        members.append(name.text)
                case ast.ExprLine(keyword="REQUIRES") if shop.active(line.guard):
                    assert not isinstance(line.value, ast.Word)
                    test = person_level(shop, condition(shop, line.value), totals=False)
                    conditions.append(nodes.Condition("须", test, shop.origin(line.span)))
                case ast.ExprLine(keyword="AS_IF") if shop.active(line.guard):
                    as_if = assimilated(shop, line)
                case ast.TextLine(keyword="RECOGNISED", text=text):
                    recognised = text.text
                case ast.SpanLine(keyword=keyword, length=length) if shop.active(line.guard):
                    spans[keyword] = whole_number(length, "月") if length else 0
                case _:
                    pass
    for name in item.names:
        before = shop.identities.get(name.text)
        if before is None:  # the name was taken; that has been said
            continue
        shop.identities[name.text] = attrs.evolve(
            before,
            members=tuple(members),
            conditions=tuple(conditions),
            as_if=as_if,
            recognised_by=recognised,
            backdated=spans.get("BACKDATED"),
            valid=spans.get("VALID"),
        )


def assimilated(shop: Workshop, line: ast.ExprLine) -> x.Expr:
    """比照: a category, or the fact that names it."""
    value = line.value
    if isinstance(value, ast.Reference) and value.name in shop.identities:
        return named_value(shop, IDENTITY, value.name, value.span)
    assert not isinstance(value, ast.Word)
    return expect(typed(shop, value), IDENTITY)


# ── parameters ───────────────────────────────────────────────────────────────


def declare_parameter(shop: Workshop, item: ast.Parameter) -> None:
    """Enter the name and the type."""
    kind = named_type(item.type)  # a parameter of no type is not one that can be used
    shop.declare(item.name, "参数")
    shop.parameter_types[item.name.text] = kind


def fill_parameter(shop: Workshop, item: ast.Parameter) -> None:
    """The lines below 参数: who publishes it, bounds, published figures."""
    kind = shop.parameter_types.get(item.name.text)
    if kind is None:
        return
    texts = {"PENDING": "", "PUBLISHER": "", "SOURCE": ""}
    bounds: list[nodes.Bound] = []
    dated: list[nodes.Dated] = []
    for line in item.lines:
        with shop.trying():
            match line:
                case ast.TextLine(keyword=keyword, text=text):
                    texts[keyword] = text.text
                case ast.ExprLine(keyword="GE" | "LE" as keyword) if shop.active(line.guard):
                    assert not isinstance(line.value, ast.Word)
                    limit = expect(typed(shop, line.value), kind)
                    bounds.append(nodes.Bound(keyword == "GE", limit, shop.origin(line.span)))
                case _:
                    pass
    for rows in runs(item.lines):
        with shop.trying():
            dated.extend(published(shop, kind, rows))
    shop.parameters[item.name.text] = nodes.Parameter(
        item.name.text,
        kind,
        tuple(dated),
        tuple(bounds),
        texts["PENDING"],
        texts["PUBLISHER"],
        texts["SOURCE"],
        shop.origin(item.span),
    )


def published(shop: Workshop, kind: Type, rows: list[ast.Row], *labels: Label) -> list[nodes.Dated]:
    """The rows 起, 止, 值, 来源 of a parameter; `labels` go with what is wrong in one."""
    names = heading(rows[0])
    for name, cell in zip(names, rows[0].cells, strict=True):
        if name not in ("起", "止", "值", "来源"):
            raise wrong("E501", cell.span, name=name, options="起、止、值、来源")
    must_have(names, rows[0], "值")
    made = []
    for row in rows[1:]:
        with shop.trying(*labels):
            cells = dict(zip(names, row.cells, strict=True))
            value = dated_value(cells["值"], kind)
            source = "".join(v.span.text for v in values(cells.get("来源"))).strip("“”")
            start, end = day(cells.get("起")), day(cells.get("止"))
            made.append(nodes.Dated(start, end, value, source, shop.origin(row.span)))
    return made


def figure(cell: ast.Cell, kind: Type) -> x.Value:
    """A published figure."""
    found = only(cell)
    if not isinstance(found, ast.Literal):
        raise wrong("E519", cell.span, text=cell.span.text.strip())
    given = constant(found)
    expect(given, kind)
    return given.value


def day(cell: ast.Cell | None) -> date | None:
    """A day, or nothing where the cell is empty."""
    if cell is None or not cell.values or isinstance(cell.values[0], ast.Word):
        return None
    found = figure(cell, DATE)
    assert isinstance(found, date)
    return found


def dated_value(cell: ast.Cell, kind: Type) -> x.Value:
    """A published figure of any type."""
    match kind.kind:
        case Kind.DATES:
            return days(cell)
        case Kind.BANDS:
            return bands(cell)
        case _:
            return figure(cell, kind)


def bands(cell: ast.Cell) -> tuple[x.Value, ...]:
    """`分段（60%，5万元，70%）` as pairs of upper edge in 分 (0: no end) and ratio."""
    value = only(cell)
    parts = [constant(p) for p in getattr(value, "arguments", ()) if isinstance(p, ast.Literal)]
    ratios, edges = parts[::2], parts[1::2]
    right = [r.type.kind for r in ratios] == [Kind.RATIO] * len(ratios)
    rising = [edge.value for edge in edges if isinstance(edge.value, int) and edge.type == MONEY]
    if not right or len(ratios) != len(rising) + 1 or rising != sorted(set(rising)):
        raise wrong("E522", cell.span)
    return tuple((top, r.value) for top, r in zip((*rising, 0), ratios, strict=True))


def days(cell: ast.Cell) -> tuple[x.Value, ...]:
    """Days and 期间（从，到） as the list of all their days."""
    listed: list[x.Value] = []
    for value in cell.values:
        if isinstance(value, ast.Call) and value.function.text == "期间":
            ends = [figure(ast.Cell((part,), part.span), DATE) for part in value.arguments]
            first, last = ends[0], ends[-1]
            assert isinstance(first, date)
            assert isinstance(last, date)
            listed += [first + timedelta(n) for n in range((last - first).days + 1)]
        else:
            listed.append(figure(ast.Cell((value,), value.span), DATE))
    return tuple(listed)


# ── lists and readings ───────────────────────────────────────────────────────


def declare_roster(shop: Workshop, item: ast.Roster) -> None:
    """名录 with its entries and their conditions."""
    shop.declare(item.name, "名录")
    listed: list[tuple[str, x.Expr | None]] = []
    for line in item.lines:
        with shop.trying():
            test = condition(shop, line.condition) if line.condition else None
            listed.extend((name.text, test) for name in line.names)
    count = None
    if item.count is not None:
        given = constant(item.count).value
        assert isinstance(given, int)
        count = given
    shop.rosters[item.name.text] = nodes.Roster(
        item.name.text, tuple(listed), count, shop.origin(item.span)
    )


def declare_reading(shop: Workshop, block: ast.Block) -> None:
    """口径 with its alternatives; which one is active was chosen from outside."""
    assert isinstance(block.name, ast.Name)
    name = block.name
    shop.declare(name, "口径")
    chosen: tuple[ast.Name, ...] = ()
    others: tuple[ast.Name, ...] = ()
    texts = {"LABEL": "", "REASON": "", "INSTANCE": ""}
    for line in block.lines:
        match line:
            case ast.NamesLine(keyword="CHOSEN", names=names):
                chosen = names
            case ast.NamesLine(keyword="ALTERNATIVES", names=names):
                others += names
            case ast.TextLine(keyword=keyword, text=text):
                texts[keyword] = text.text
            case _:
                pass
    if len(chosen) != 1:
        raise wrong("E311", name.span, name=name.text)
    alternatives = tuple(other.text for other in others)
    active = shop.choices.get(name.text, chosen[0].text)
    if active not in (chosen[0].text, *alternatives):
        near = nearest(active, [chosen[0].text, *alternatives])
        options = "、".join([chosen[0].text, *alternatives])
        raise wrong("E306", name.span, fix=near, reading=name.text, name=active, options=options)
    shop.readings[name.text] = nodes.Reading(
        name.text,
        texts["LABEL"],
        chosen[0].text,
        alternatives,
        active,
        texts["REASON"],
        texts["INSTANCE"],
        shop.origin(block.span),
    )
