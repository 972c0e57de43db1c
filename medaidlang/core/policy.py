"""Policy: benefits, subsidies, overlap rules, insurance changes, other results."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from medaidlang.core import expr as x
from medaidlang.core import nodes
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.tables import as_written, entries, runs
from medaidlang.core.types import BANDS, BOOL, IDENTITY, MONEY, Type
from medaidlang.core.typing import condition, expect, named_value, no_figures, person_level, typed
from medaidlang.syntax import ast

BENEFIT_COLUMNS = (nodes.Column.DEDUCTIBLE, nodes.Column.RATIO, nodes.Column.CAP)
SUBSIDY_COLUMNS = (nodes.Column.RATIO, nodes.Column.FIXED)


@attrs.define
class Draft:
    """A benefit or subsidy while its lines are read, from one or several clauses."""

    name: str
    origin: nodes.Origin
    conditions: list[nodes.Condition] = attrs.field(factory=list)
    unresolved: list[nodes.Unresolved] = attrs.field(factory=list)
    base: x.Expr | None = None
    base_origin: nodes.Origin | None = None
    after: list[str] = attrs.field(factory=list)
    accounts: dict[str, tuple[ast.AccountLine, nodes.Origin]] = attrs.field(factory=dict)
    entries: list[nodes.Entry] = attrs.field(factory=list)
    tables: list[nodes.Table] = attrs.field(factory=list)
    based: bool = False  # a 基数 was written, whether or not it could be read


def once(shop: Workshop, draft: Draft, seen: object, line: ast.Line, word: str) -> None:
    """A line that may stand only once (among those in force) in an item."""
    if seen:
        raise wrong("E308", line.span, word=word, name=draft.name)


def read_lines(
    shop: Workshop, draft: Draft, lines: Sequence[ast.Line], columns: Sequence[nodes.Column]
) -> None:
    """Everything under one heading of the item."""
    for line in lines:
        with shop.trying():
            if not isinstance(line, ast.Row) and shop.active(getattr(line, "guard", ())):
                read_line(shop, draft, line)
    for rows in runs(lines):
        with shop.trying():
            draft.entries += entries(shop, rows, columns)
            draft.tables.append(as_written(shop, rows))


def read_line(shop: Workshop, draft: Draft, line: ast.Line) -> None:
    """One line that is in force under the chosen readings."""
    origin = shop.origin(line.span)
    match line:
        case ast.ExprLine(keyword="COSTS" | "REQUIRES" as keyword, value=value):
            assert not isinstance(value, ast.Word)
            word = "费用" if keyword == "COSTS" else "须"
            draft.conditions.append(nodes.Condition(word, condition(shop, value), origin))
        case ast.ExprLine(keyword="BASE", value=value):
            assert not isinstance(value, ast.Word)
            once(shop, draft, draft.base, line, "基数")
            draft.based = True
            draft.base, draft.base_origin = expect(typed(shop, value), MONEY), origin
        case ast.UnresolvedLine(condition=test, reason=reason):
            draft.unresolved.append(nodes.Unresolved(condition(shop, test), reason.text, origin))
        case ast.AccountLine(keyword=keyword):
            word = "起付" if keyword == "DEDUCTIBLE" else "限额"
            once(shop, draft, draft.accounts.get(keyword), line, word)
            draft.accounts[keyword] = (line, origin)
        case ast.NamesLine(keyword="AFTER", names=names):
            for name in names:
                if name.text not in shop.benefit_order:
                    raise shop.unknown(name.text, name.span, "待遇", shop.benefit_order)
                draft.after.append(name.text)
        case _:
            raise wrong("E520", line.span, text=line.span.text[:12])


# ── benefits ─────────────────────────────────────────────────────────────────


def finish_benefits(
    shop: Workshop, drafts: dict[str, Draft]
) -> tuple[dict[str, nodes.Benefit], dict[str, nodes.Account]]:
    """Benefits and the accounts that their 起付 and 限额 are drawn on."""
    accounts: dict[str, nodes.Account] = {}
    benefits: dict[str, nodes.Benefit] = {}
    for draft in drafts.values():
        with shop.trying():
            deductible = open_account(shop, draft, "DEDUCTIBLE", accounts)
            cap = open_account(shop, draft, "CAP", accounts)
            if draft.base is None or draft.base_origin is None:
                if draft.based:
                    continue  # what is wrong with it has been said
                raise wrong("E509", draft.origin.span, name=draft.name, word="基数")
            benefits[draft.name] = nodes.Benefit(
                draft.name,
                tuple(draft.conditions),
                tuple(draft.unresolved),
                draft.base,
                draft.base_origin,
                tuple(draft.after),
                deductible,
                cap,
                tuple(draft.entries),
                tuple(draft.tables),
                draft.origin,
            )
    return benefits, accounts


def open_account(
    shop: Workshop, draft: Draft, keyword: str, accounts: dict[str, nodes.Account]
) -> str | None:
    """The account of a 起付 or 限额 line: a new one, or another benefit's."""
    column = nodes.Column.DEDUCTIBLE if keyword == "DEDUCTIBLE" else nodes.Column.CAP
    said = draft.accounts.get(keyword)
    if said is None:
        raise wrong("E509", draft.origin.span, name=draft.name, word=column.value)
    line, origin = said
    if line.period == "不设":
        return None
    period = nodes.Period(line.period)
    if line.shared_with is not None and period is nodes.Period.CLAIM:
        raise wrong("E529", line.span, column=column.value)
    if line.shared_with is None:
        name = f"{draft.name}·{column.value}"
        feed = expect(typed(shop, line.feed), MONEY) if line.feed else None
        accounts[name] = nodes.Account(name, column, period, feed, (draft.name,), origin)
        return name
    owner = line.shared_with
    name = f"{owner.text}·{column.value}"
    if name not in accounts:
        raise wrong("E512", owner.span, name=owner.text, column=column.value)
    shared = accounts[name]
    if shared.period is not period:
        raise wrong("E521", line.span, name=owner.text, period=shared.period.value)
    accounts[name] = attrs.evolve(shared, benefits=(*shared.benefits, draft.name))
    return name


def finish_subsidy(draft: Draft) -> nodes.Subsidy:
    """资助."""
    return nodes.Subsidy(
        draft.name,
        tuple(draft.conditions),
        tuple(draft.unresolved),
        draft.base,
        tuple(draft.entries),
        tuple(draft.tables),
        draft.origin,
    )


# ── overlap ──────────────────────────────────────────────────────────────────


MODES = {
    ("HIGHEST", ""): nodes.Mode.CUMULATIVE,
    ("HIGHEST", "CUMULATIVE"): nodes.Mode.CUMULATIVE,
    ("HIGHEST", "PER_CLAIM"): nodes.Mode.PER_CLAIM,
    ("RANKED", ""): nodes.Mode.RANKED,
}


def overlap(shop: Workshop, item: ast.Overlap, paid: Sequence[str]) -> nodes.Overlap:
    """重叠; `paid` are the names of all benefits and subsidies."""
    for name in item.benefits:
        if name.text not in paid:
            near = nearest(name.text, paid)
            raise wrong("E604", name.span, fix=near, name=name.text, nearest=near)
    mode = MODES[item.rule, item.mode]
    among: list[str] = []
    ranking: list[str] = []
    known_best, grounds = False, ""
    for line in item.lines:
        match line:
            case ast.NamesLine(keyword="AMONG", names=names):
                among += identity_names(shop, names)
            case ast.NamesLine(keyword="ORDER", names=names):
                ranking += identity_names(shop, names)
            case ast.FlagLine(flag=flag) if shop.active(line.guard):
                known_best = flag == "KNOWN_BEST"
            case ast.TextLine(text=text):
                grounds = text.text
            case _:
                pass
    if mode is nodes.Mode.RANKED and not ranking:
        raise wrong("E605", item.span)
    return nodes.Overlap(
        mode,
        tuple(name.text for name in item.benefits),
        tuple(among),
        tuple(ranking),
        known_best,
        grounds,
        shop.origin(item.span),
    )


def identity_names(shop: Workshop, names: Sequence[ast.Name]) -> list[str]:
    """Names of categories, each declared."""
    for name in names:
        named_value(shop, IDENTITY, name.text, name.span)
    return [name.text for name in names]


# ── insurance changes and other results ──────────────────────────────────────


def insurance(shop: Workshop, block: ast.Block) -> nodes.InsuranceChange:
    """医保调整: cost, 起付, 分段 and 限额 of an insurance, by the year."""
    assert isinstance(block.name, ast.Name)
    conditions: list[nodes.Condition] = []
    parts: dict[str, x.Expr | None] = {}
    kinds: dict[str, Type] = {
        "COSTS": MONEY, "DEDUCTIBLE": MONEY, "BANDS": BANDS, "CAP": MONEY, "REQUIRES": BOOL,
    }  # fmt: skip
    for line in block.lines:
        if not isinstance(line, ast.ExprLine) or not shop.active(line.guard):
            continue
        if isinstance(line.value, ast.Word):
            parts[line.keyword] = None
            continue
        found = person_level(shop, expect(typed(shop, line.value), kinds[line.keyword]))
        if line.keyword == "REQUIRES":
            conditions.append(nodes.Condition("须", found, shop.origin(line.span)))
        else:
            parts[line.keyword] = found
    cost, bands = parts.get("COSTS"), parts.get("BANDS")
    for word, part in (("费用", cost), ("分段", bands)):
        if part is None:
            raise wrong("E509", block.name.span, name=block.name.text, word=word)
    assert cost is not None
    assert bands is not None
    return nodes.InsuranceChange(
        block.name.text,
        tuple(conditions),
        cost,
        parts.get("DEDUCTIBLE"),
        bands,
        parts.get("CAP"),
        shop.origin(block.span),
    )


OUTPUTS = {
    "MONITOR": nodes.OutputKind.MONITOR,
    "DEADLINE": nodes.OutputKind.DEADLINE,
    "SHOW": nodes.OutputKind.SHOW,
    "FUNDS": nodes.OutputKind.FUNDS,
}


def output(shop: Workshop, item: ast.Output) -> nodes.Output:
    """监测, 时限, 列示, 资金."""
    found = no_figures(shop, typed(shop, item.value))
    if not item.each_claim:
        person_level(shop, found)
    kind = OUTPUTS[item.keyword]
    return nodes.Output(kind, item.name.text, item.each_claim, found, shop.origin(item.span))
