"""示例: from pairs and tables to the mappings that `settle` takes, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.core import expr as x
from medaidlang.core.households import SELF, household, member_of, owned
from medaidlang.core.nodes import Example, Origin, Scope
from medaidlang.core.scope import Workshop, Wrong, nearest, wrong
from medaidlang.core.tables import heading, kind_of, runs
from medaidlang.core.types import BOOL, MONEY, Kind, Type
from medaidlang.core.typing import constant, expect, named_value
from medaidlang.syntax import ast

IDENTITY_TAKEN = "采用身份"
MEMBER = "成员"  # the column of the table of claims that says whose a claim is
Pairs = list[tuple[ast.Name, ast.Cell]]
Expected = tuple[tuple[str, ...], object, Origin]


def plain(value: x.Value, kind: Type) -> object:
    """A value as the input of `settle` writes it: 元 as Decimal, dates as ISO text."""
    match value:
        case bool() | str():
            return value
        case int():
            return Decimal(value).scaleb(-2) if kind.kind is Kind.MONEY else value
        case Fraction():
            return value * 100 if kind.kind is Kind.POINTS else value
        case date():
            return value.strftime("%Y-%m") if kind.kind is Kind.MONTH else value.isoformat()
        case _:
            return [plain(part, kind) for part in value]


def cell_value(shop: Workshop, kind: Type, cell: ast.Cell) -> object:
    """The value of a cell whose type is declared; None where it says 未填."""
    if kind_of(cell) == "NOT_FILLED":
        return None
    if kind.kind is Kind.BANDS:
        return bands(cell)
    if kind.kind is Kind.DATES:
        return [single(shop, Type(Kind.DATE), value) for value in cell.values]
    if kind.kind is Kind.FLOWS:
        return [flow(shop, value) for value in cell.values]
    if len(cell.values) != 1:
        raise wrong("E519", cell.span, text=cell.span.text.strip())
    return single(shop, kind, cell.values[0])


def flow(shop: Workshop, value: ast.Expr | ast.Word | ast.Range) -> list[object]:
    """`流水（2026年1月1日，3000元）`: a day and an amount."""
    if not isinstance(value, ast.Call) or value.function.text != Kind.FLOWS.value:
        raise wrong("E519", value.span, text=value.span.text)
    if len(value.arguments) != 2:
        raise wrong("E519", value.span, text=value.span.text)
    when, amount = value.arguments
    return [single(shop, Type(Kind.DATE), when), single(shop, MONEY, amount)]


def single(shop: Workshop, kind: Type, value: ast.Expr | ast.Word | ast.Range) -> object:
    """One value."""
    if isinstance(value, ast.Reference):
        if kind.kind is Kind.TEXT:
            return value.name
        return named_value(shop, kind, value.name, value.span).value
    if not isinstance(value, ast.Literal):
        raise wrong("E519", value.span, text=value.span.text)
    given = constant(value)
    if kind.kind is Kind.TEXT and value.kind == "NUMBER":
        return value.text
    expect(given, kind)
    return plain(given.value, given.type)


def bands(cell: ast.Cell) -> object:
    """分段（60%，50000元，70%）: ratios with the upper edges between them."""
    value = cell.values[0] if len(cell.values) == 1 else None
    if not isinstance(value, ast.Call) or value.function.text != "分段":
        raise wrong("E522", cell.span)
    parts = [constant(p) for p in value.arguments if isinstance(p, ast.Literal)]
    ratios, edges = parts[::2], parts[1::2]
    right = all(r.type.kind is Kind.RATIO for r in ratios)
    if len(parts) % 2 == 0 or not right or any(e.type != MONEY for e in edges):
        raise wrong("E522", cell.span)
    tops = [plain(edge.value, MONEY) for edge in edges]
    return [list(pair) for pair in zip([*tops, None], [r.value for r in ratios], strict=True)]


def held(shop: Workshop, cell: ast.Cell) -> list[object]:
    """身份: names, or name（起，止）."""
    listed: list[object] = []
    for value in cell.values:
        if isinstance(value, ast.Call):
            name = value.function
            ends = [constant(p).value for p in value.arguments if isinstance(p, ast.Literal)]
            days = [end.isoformat() for end in ends if isinstance(end, date)]
            listed.append({"名称": name.text, **dict(zip(("起", "止"), days, strict=False))})
        elif isinstance(value, ast.Reference):
            name = ast.Name(value.name, value.span)
            listed.append(value.name)
        else:
            raise wrong("E514", value.span, text=value.span.text)
        named_value(shop, Type(Kind.IDENTITY), name.text, name.span)
    return listed


def person_of(shop: Workshop, pairs: Pairs) -> dict[str, object]:
    """人员 pairs as the person mapping; parameters go under 参数, groups nest."""
    person: dict[str, object] = {"身份": [], "参数": {}}
    for name, cell in pairs:
        with shop.trying():
            if name.text == "身份":
                person["身份"] = held(shop, cell)
            elif name.text in shop.parameters:
                kind = shop.parameters[name.text].type
                nested(person, "参数")[name.text] = cell_value(shop, kind, cell)
            elif name.text in shop.facts:
                fact = shop.facts[name.text]
                target = nested(person, fact.group) if fact.group else person
                key = fact.name.partition("·")[2] or fact.name
                target[key] = cell_value(shop, fact.type, cell)
            else:
                known = [*shop.facts, *shop.parameters, "身份"]
                raise shop.unknown(name.text, name.span, "人员事实或参数", known)
    return person


def nested(mapping: dict[str, object], key: str) -> dict[str, object]:
    """The mapping under `key`, made if it is not there."""
    inner = mapping.setdefault(key, {})
    assert isinstance(inner, dict)
    return inner


def claim_rows(
    shop: Workshop, rows: Sequence[ast.Row], defaults: Mapping[str, object], paid: Sequence[str],
    shown: Mapping[str, Type], members: Sequence[str],
) -> tuple[list[tuple[str, Mapping[str, object]]], list[Expected]]:  # fmt: skip
    """The table of claims: whose they are, and columns that say what must come out."""
    names = heading(rows[0])
    check_columns(shop, rows[0], names, [*paid, *shown, IDENTITY_TAKEN])
    claims: list[tuple[str, Mapping[str, object]]] = []
    expected: list[Expected] = []
    for row in rows[1:]:
        claim = dict(defaults)
        owner = SELF
        pending: list[tuple[str, ast.Cell]] = []
        for name, cell in zip(names, row.cells, strict=True):
            fact = shop.facts.get("编号" if name == "费用" else name)
            if not cell.values or kind_of(cell) == "DASH":
                continue
            if fact is not None and fact.scope is Scope.CLAIM:
                claim[fact.name] = cell_value(shop, fact.type, cell)
            elif name == MEMBER:
                owner = member_of(cell, members)
            else:
                pending.append((name, cell))
        claims.append((owner, claim))
        number = str(claim.get("编号", ""))
        expected += [claim_expectation(shop, number, n, c, paid, shown) for n, c in pending]
    return claims, expected


def claim_expectation(
    shop: Workshop, number: str, name: str, cell: ast.Cell, paid: Sequence[str],
    shown: Mapping[str, Type],
) -> Expected:  # fmt: skip
    """What one cell of a claim row says must come out."""
    origin = shop.origin(cell.span)
    if name == IDENTITY_TAKEN:
        return (("采用身份", number), single(shop, Type(Kind.IDENTITY), cell.values[0]), origin)
    if name in paid:
        return (("逐笔", number, name), outcome(shop, MONEY, cell), origin)
    path = ("医保调整", number, *name.split("·"))
    return (path, outcome(shop, shown[name], cell), origin)


def check_columns(
    shop: Workshop, row: ast.Row, names: Sequence[str], results: Sequence[str]
) -> None:
    """E803 at the heading; the same column of further examples is not said again."""
    asked = [fact.name for fact in shop.facts.values() if fact.scope is Scope.CLAIM]
    known = ["费用", MEMBER, *asked, *results]
    strange = [
        (name, cell) for name, cell in zip(names, row.cells, strict=True) if name not in known
    ]
    for name, cell in strange:
        person = name if name in shop.facts else ""
        near = "" if person else nearest(name, known)
        args = {"name": name, "nearest": near, "person": person}
        said = [one for one in shop.found if one.code == "E803" and one.args["name"] == name]
        found = said[0] if said else Diagnostic("E803", cell.span, args)
        if (name, cell) == strange[-1]:
            raise Wrong(found)
        shop.report(found)


def outcome(shop: Workshop, kind: Type, cell: ast.Cell) -> object:
    """An expected value; None for 无法计算."""
    if kind_of(cell) == "UNRESOLVED":
        return None
    return cell_value(shop, kind, cell)


def expectations(
    shop: Workshop, pairs: Sequence[ast.Pair], benefits: Sequence[str], subsidies: Sequence[str],
    shown: Mapping[str, Type], members: Sequence[str],
) -> list[Expected]:  # fmt: skip
    """应得 pairs: subsidies, year totals, other results, or the list of 无法计算."""
    listed: list[Expected] = []
    for pair in pairs:
        name, cell, origin = pair.name.text, pair.value, shop.origin(pair.span)
        benefit, _, member = name.partition("·")
        with shop.trying():
            if name == "无法计算":
                tags = [value.span.text.strip("“”") for value in cell.values]
                listed.append((("无法计算",), sorted(t for t in tags if t != "无"), origin))
            elif name in subsidies:
                listed.append(((name,), outcome(shop, MONEY, cell), origin))
            elif name in benefits:
                listed.append((("年度合计", name), outcome(shop, MONEY, cell), origin))
            elif name in shown:
                value = outcome(shop, shown[name], cell)
                listed.append((("其他", *name.split("·")), value, origin))
            elif benefit in benefits and member in members:
                listed.append((("成员合计", benefit, member), outcome(shop, MONEY, cell), origin))
            else:
                known = [*benefits, *subsidies, *shown, "无法计算"]
                raise wrong("E804", pair.name.span, fix=nearest(name, known), name=name)
    return listed


def example(
    shop: Workshop, block: ast.Block, defaults: Sequence[ast.Pair], benefits: Sequence[str],
    subsidies: Sequence[str], shown: Mapping[str, Type],
) -> Example:  # fmt: skip
    """One 示例, with the values of 示例默认 where it says nothing else."""
    lines = block.lines
    said = [p for line in lines if isinstance(line, ast.PairsLine) for p in line.pairs
            if line.keyword == "PERSON"]  # fmt: skip
    names = household(shop, lines)
    expected: list[Expected] = []
    for line in lines:
        if isinstance(line, ast.PairsLine) and line.keyword == "EXPECTED":
            expected += expectations(shop, line.pairs, benefits, subsidies, shown, names)
    claims: list[tuple[str, Mapping[str, object]]] = []
    usual, _ = split_defaults(shop, defaults, set())
    for rows in runs(lines):
        more, outcomes = claim_rows(shop, rows, usual, benefits, shown, names)
        claims += more
        expected += outcomes
    described = {SELF: said} | {
        line.name.text: list(line.pairs) for line in lines if isinstance(line, ast.MemberLine)
    }
    people = {name: somebody(shop, defaults, pairs) for name, pairs in described.items()}
    readings = tuple(
        (line.reading.text, line.choice.text) for line in lines if isinstance(line, ast.ReadingLine)
    )
    if not expected:
        raise wrong("E805", block.span, name=block.name.text)
    person, members = owned(shop, lines, people, claims, benefits)
    mine = tuple(claim for owner, claim in claims if owner == SELF)
    origin = shop.origin(block.span)
    return Example(block.name.text, person, mine, readings, tuple(expected), origin, members)


def somebody(
    shop: Workshop, defaults: Sequence[ast.Pair], said: Sequence[ast.Pair]
) -> dict[str, object]:
    """A person, with the values of 示例默认 where nothing else is said."""
    _, usual = split_defaults(shop, defaults, {pair.name.text for pair in said})
    return person_of(shop, [*usual, *((p.name, p.value) for p in said)])


def split_defaults(
    shop: Workshop, defaults: Sequence[ast.Pair], own: set[str]
) -> tuple[dict[str, object], Pairs]:
    """示例默认 for claims as values, for the person as pairs not said otherwise."""
    claim: dict[str, object] = {}
    person: Pairs = []
    for pair in defaults:
        fact = shop.facts.get(pair.name.text)
        if fact is not None and fact.scope is Scope.CLAIM:
            claim[fact.name] = cell_value(shop, fact.type, pair.value)
        elif pair.name.text not in own:
            person.append((pair.name, pair.value))
    return claim, person


INSURANCE_FIGURES = {
    "适用": BOOL, "起付标准": MONEY, "分段": Type(Kind.BANDS), "年度应付": MONEY,
}  # fmt: skip
