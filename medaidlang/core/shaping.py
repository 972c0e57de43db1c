"""What shapes a benefit beyond its table: 分段, 限次, 申请, 额度, 调整, 分担.

Takes the syntax of these lines and items, gives the nodes of `core.measures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medaidlang.core import expr as x
from medaidlang.core import measures as m
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.tables import as_written, entries, heading, identity_cell, kind_of, runs
from medaidlang.core.types import IDENTITY, MONEY, POINTS, RATIO, Kind, Type
from medaidlang.core.typing import condition, constant, expect, named_value, person_level, typed
from medaidlang.syntax import ast

SLICED = {figure.value: figure for figure in (x.Figure.BASE, x.Figure.ABOVE)}
TARGETS = {
    "DEDUCTIBLE": m.Target.DEDUCTIBLE, "RATIO": m.Target.RATIO, "CAP": m.Target.CAP,
    "FIXED": m.Target.FIXED, "BASE": m.Target.BASE, "PAYMENT": m.Target.PAYMENT,
}  # fmt: skip
MANNERS = {
    "TIMES": m.Manner.TIMES, "PLUS": m.Manner.PLUS, "MINUS": m.Manner.MINUS,
    "CHOSEN": m.Manner.SET, "GE": m.Manner.AT_LEAST, "LE": m.Manner.AT_MOST,
}  # fmt: skip
REMAINDERS = {
    "APPLICANT": m.Remainder.APPLICANT, "LARGEST": m.Remainder.LARGEST, "LAST": m.Remainder.LAST,
}  # fmt: skip


# ── lines of a benefit ───────────────────────────────────────────────────────


def slicing(shop: Workshop, line: ast.SlicingLine) -> m.Slicing:
    """分段 基数 每次, 分段 起付以上部分 按年累计."""
    figure = SLICED.get(line.figure.text)
    if figure is None:
        options = "、".join(SLICED)
        near = nearest(line.figure.text, SLICED)
        raise wrong("E411", line.figure.span, fix=near, name=line.figure.text, options=options)
    period = lasting(line.period, line.span, "分段", (m.Period.CLAIM, m.Period.YEAR))
    return m.Slicing(figure, period, shop.origin(line.span))


def lasting(word: str, span: ast.Span, what: str, allowed: Sequence[m.Period]) -> m.Period:
    """A period that `what` can run over."""
    if word not in [period.value for period in allowed]:
        options = "、".join(period.value for period in allowed)
        raise wrong("E550", span, what=what, period=word, options=options)
    return m.Period(word)


def whole_number(node: ast.Literal, unit: str) -> int:
    """A positive whole number of `unit`."""
    found = constant(node)
    expect(found, Type(Kind.INTEGER, unit))
    assert isinstance(found.value, int)
    if found.value < 1:
        raise wrong("E548", node.span, text=node.text)
    return found.value


LASTING = (m.Period.YEAR, m.Period.QUARTER, m.Period.MONTH, m.Period.HOSPITAL)


def times(shop: Workshop, line: ast.TimesLine) -> m.Times:
    """限次 按年累计 1次."""
    period = lasting(line.period, line.span, "限次", LASTING)
    return m.Times(period, whole_number(line.count, "次"), shop.origin(line.span))


def application(shop: Workshop, line: ast.ApplicationLine) -> m.Application:
    """申请 当年, 申请 前 12个月 按家庭 尾差归 申请人."""
    months = whole_number(line.months, "月") if line.months is not None else None
    usual = m.Remainder.APPLICANT if line.household else m.Remainder.LAST
    remainder = REMAINDERS.get(line.remainder, usual)
    if remainder is m.Remainder.APPLICANT and not line.household:
        raise wrong("E549", line.span)
    return m.Application(months, line.household, remainder, shop.origin(line.span))


# ── 额度 ─────────────────────────────────────────────────────────────────────


def benefit_names(shop: Workshop, names: Sequence[ast.Name]) -> tuple[str, ...]:
    """Names of benefits, each declared."""
    for name in names:
        if name.text not in shop.benefit_order:
            raise shop.unknown(name.text, name.span, "待遇", shop.benefit_order)
    return tuple(name.text for name in names)


def pool(shop: Workshop, item: ast.Pool) -> m.Pool:
    """额度 with the benefits that draw on it and its table of limits."""
    members: list[str] = []
    for line in item.lines:
        if isinstance(line, ast.NamesLine) and shop.active(line.guard):
            members += benefit_names(shop, line.names)
    period = lasting(item.period, item.span, "额度", LASTING)
    cells: list[m.Entry] = []
    tables: list[m.Table] = []
    for rows in runs(item.lines):
        cells += entries(shop, rows, (m.Column.CAP,), item.name.text)
        tables.append(as_written(shop, rows))
    if not members or not cells:
        raise wrong("E542", item.span, name=item.name.text)
    origin = shop.origin(item.span)
    unique = tuple(dict.fromkeys(members))
    return m.Pool(item.name.text, period, unique, tuple(cells), tuple(tables), origin)


# ── 调整 ─────────────────────────────────────────────────────────────────────


def adjustment(  # noqa: C901 - one case per line
    shop: Workshop, block: ast.Block, names: Sequence[str]
) -> m.Adjustment | None:
    """调整: which benefits, under which conditions, and what becomes of them.

    None where all its lines belong to readings that are not taken.
    """
    if inactive(shop, block):
        return None
    over: list[str] = []
    conditions: list[m.Condition] = []
    among: list[str] = []
    changes: list[m.Change] = []
    withdrawn = False
    for line in block.lines:
        if not shop.active(getattr(line, "guard", ())):
            continue
        match line:
            case ast.NamesLine(keyword="ADJUSTS", names=listed):
                over += known(shop, listed, names)
            case ast.NamesLine(keyword="AMONG", names=listed):
                for one in listed:
                    named_value(shop, IDENTITY, one.text, one.span)
                among += [one.text for one in listed]
            case ast.ExprLine(keyword=keyword, value=value) if not isinstance(value, ast.Word):
                word = "费用" if keyword == "COSTS" else "须"
                test = condition(shop, value)
                conditions.append(m.Condition(word, test, shop.origin(line.span)))
            case ast.ChangeLine():
                changes.append(change(shop, line))
            case ast.WithdrawnLine():
                withdrawn = True
            case _:
                pass
    title = block.name.text
    if not over or not (changes or withdrawn):
        raise wrong("E544", block.span, name=title, word="对" if not over else "比例 乘 …")
    return m.Adjustment(
        title, tuple(over), tuple(conditions), tuple(among), tuple(changes), withdrawn,
        shop.origin(block.span),
    )  # fmt: skip


def inactive(shop: Workshop, block: ast.Block) -> bool:
    """Whether all that it would change belongs to readings that are not taken."""
    said = [line for line in block.lines if isinstance(line, ast.ChangeLine | ast.WithdrawnLine)]
    taken = [shop.active(line.guard) for line in said]  # each is checked
    return bool(said) and True not in taken


def known(shop: Workshop, names: Sequence[ast.Name], items: Sequence[str]) -> list[str]:
    """Names of benefits or insurances."""
    for name in names:
        if name.text not in items:
            raise shop.unknown(name.text, name.span, "待遇", items)
    return [name.text for name in names]


def change(shop: Workshop, line: ast.ChangeLine) -> m.Change:
    """`比例 乘 50%`: the operand must fit what is changed."""
    target, manner = TARGETS[line.target], MANNERS[line.operator]
    found = typed(shop, line.value)
    kind = RATIO if target is m.Target.RATIO else MONEY
    if manner is m.Manner.TIMES:
        wanted = RATIO
    elif manner in (m.Manner.PLUS, m.Manner.MINUS) and target is m.Target.RATIO:
        wanted = POINTS
    else:
        wanted = kind
    if isinstance(found, x.GapRef):
        found = x.GapRef(found.name, wanted, found.span)
    if found.type.kind is not wanted.kind:
        raise wrong(
            "E543", line.span, target=target.value, manner=line.word, expected=str(wanted),
            found=str(found.type),
        )  # fmt: skip
    return m.Change(target, manner, found, shop.origin(line.span))


# ── 分担 ─────────────────────────────────────────────────────────────────────


def split(shop: Workshop, block: ast.Block, paid: Sequence[str]) -> m.Split:
    """分担: rows of 款项 (and 身份), a column for each payer."""
    conditions: list[m.Condition] = []
    unresolved: list[m.Unresolved] = []
    for line in block.lines:
        if not shop.active(getattr(line, "guard", ())):
            continue
        match line:
            case ast.ExprLine(value=value) if not isinstance(value, ast.Word):
                test = person_level(shop, condition(shop, value))
                conditions.append(m.Condition("须", test, shop.origin(line.span)))
            case ast.UnresolvedLine(condition=test_node, reason=reason):
                test = person_level(shop, condition(shop, test_node))
                origin = shop.origin(line.span)
                unresolved.append(m.Unresolved(test, reason.text, origin))
            case _:
                pass
    payers: dict[str, None] = {}
    rows: list[m.SplitRow] = []
    tables: list[m.Table] = []
    for run in runs(block.lines):
        names = heading(run[0])
        if "款项" not in names:
            raise wrong("E545", run[0].span, reason="表里没有“款项”一栏")
        payers |= dict.fromkeys(name for name in names if name not in ("款项", "身份"))
        active = [row for row in run[1:] if shop.active(row.guard)]
        rows += [split_row(shop, names, row, paid) for row in active]
        tables.append(as_written(shop, run))
    if not rows or not payers:
        raise wrong("E545", block.span, reason="没有写谁出多少")
    return m.Split(
        block.name.text, tuple(payers), tuple(conditions), tuple(unresolved), tuple(rows),
        tuple(tables), shop.origin(block.span),
    )  # fmt: skip


def split_row(
    shop: Workshop, names: Sequence[str], row: ast.Row, paid: Sequence[str]
) -> m.SplitRow:
    """One row: its 款项, the categories, and each payer's share."""
    cells = dict(zip(names, row.cells, strict=True))
    items: list[str] = []
    for value in cells["款项"].values:
        if not isinstance(value, ast.Reference):
            raise wrong("E514", value.span, text=value.span.text)
        if value.name not in paid:
            raise shop.unknown(value.name, value.span, "待遇", paid)
        items.append(value.name)
    identities = identity_cell(shop, cells["身份"]) if "身份" in cells else ()
    shares = [
        share(shop, payer, cell)
        for payer, cell in cells.items()
        if payer not in ("款项", "身份") and cell.values and kind_of(cell) != "DASH"
    ]
    check_shares(row, shares)
    return m.SplitRow(tuple(items), identities, tuple(shares), shop.origin(row.span))


def share(shop: Workshop, payer: str, cell: ast.Cell) -> m.Share:
    """A payer's share: a ratio, the rest, or a figure that the text does not give."""
    origin = shop.origin(cell.span)
    if kind_of(cell) == "OTHERS":
        return m.Share(payer, None, origin)
    if len(cell.values) != 1 or isinstance(cell.values[0], ast.Word | ast.Range):
        raise wrong("E517", cell.span, column=payer, text=cell.span.text.strip())
    found = typed(shop, cell.values[0])
    if isinstance(found, x.GapRef):
        return m.Share(payer, x.GapRef(found.name, RATIO, found.span), origin)
    return m.Share(payer, person_level(shop, expect(found, RATIO)), origin)


def check_shares(row: ast.Row, shares: Sequence[m.Share]) -> None:
    """Each row is borne in full: ratios that add up to 100%, or one payer with the rest."""
    fixed = [s.expr.value for s in shares if isinstance(s.expr, x.Constant)]
    total = sum((v for v in fixed if isinstance(v, Fraction)), Fraction(0))
    rest = [s for s in shares if s.expr is None]
    open_ended = any(s.expr is not None and not isinstance(s.expr, x.Constant) for s in shares)
    if len(rest) > 1:
        raise wrong("E545", row.span, reason="一行里有两个“其余”")
    if total > 1 or (total == 1 and rest):
        raise wrong("E545", row.span, reason="份额合计超过或已满 100%")
    if not rest and not open_ended and total != 1:
        raise wrong("E545", row.span, reason="份额合计不足 100%，又没有“其余”")
