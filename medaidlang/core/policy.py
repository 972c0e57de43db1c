"""Policy: benefits, subsidies, overlap rules, insurance changes, other results."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from medaidlang.core import expr as x
from medaidlang.core import nodes
from medaidlang.core.document import rounding
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.shaping import application, slicing, times
from medaidlang.core.tables import as_written, entries, runs
from medaidlang.core.types import BANDS, BOOL, IDENTITY, MONEY, Type
from medaidlang.core.typing import condition, expect, named_value, no_figures, person_level, typed
from medaidlang.syntax import ast

BENEFIT_COLUMNS = (
    nodes.Column.DEDUCTIBLE,
    nodes.Column.RATIO,
    nodes.Column.CAP,
    nodes.Column.CLAIM_CAP,
    nodes.Column.FIXED,
)
SUBSIDY_COLUMNS = (nodes.Column.RATIO, nodes.Column.FIXED)


WITHOUT_BASE = 10**13  # 分; no amount is larger (基数 不设)
TOPPED_UP = "按年一次不足补齐"


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
    limited: list[tuple[ast.AccountLine, nodes.Origin]] = attrs.field(factory=list)  # 限于
    entries: list[nodes.Entry] = attrs.field(factory=list)
    tables: list[nodes.Table] = attrs.field(factory=list)
    based: bool = False  # a 基数 was written, whether or not it could be read
    unbased: bool = False
    slicing: nodes.Slicing | None = None
    times: nodes.Times | None = None
    application: nodes.Application | None = None
    rounding: nodes.Rounding | None = None
    notional: list[nodes.Condition] = attrs.field(factory=list)
    everybody: bool = False  # 保险: its rows are about no categories


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
            draft.entries += entries(shop, rows, columns, draft.name, draft.everybody)
            draft.tables.append(as_written(shop, rows))


def read_line(shop: Workshop, draft: Draft, line: ast.Line) -> None:  # noqa: C901 - a case each
    """One line that is in force under the chosen readings."""
    origin = shop.origin(line.span)
    match line:
        case ast.ExprLine(keyword="COSTS" | "REQUIRES" as keyword, value=value):
            assert not isinstance(value, ast.Word)
            word = "费用" if keyword == "COSTS" else "须"
            draft.conditions.append(nodes.Condition(word, condition(shop, value), origin))
        case ast.ExprLine(keyword="BASE", value=value):
            once(shop, draft, draft.base, line, "基数")
            draft.based, draft.base_origin = True, origin
            if isinstance(value, ast.Word):
                draft.unbased = True
                draft.base = x.Constant(WITHOUT_BASE, MONEY, value.span)
            else:
                draft.base = expect(typed(shop, value), MONEY)
        case ast.UnresolvedLine(condition=test, reason=reason):
            doubt = nodes.Unresolved(condition(shop, test), reason.text, origin, line.counted)
            draft.unresolved.append(doubt)
        case ast.AccountLine(among=among) if among:
            identity_names(shop, among)
            draft.limited.append((line, origin))
        case ast.AccountLine(keyword=keyword):
            word = "起付" if keyword == "DEDUCTIBLE" else "限额"
            once(shop, draft, draft.accounts.get(keyword), line, word)
            draft.accounts[keyword] = (line, origin)
        case ast.NamesLine(keyword="AFTER", names=names):
            known = [*shop.benefit_order, *shop.layers]
            for name in names:
                if name.text not in known:
                    raise shop.unknown(name.text, name.span, "待遇", known)
                draft.after.append(name.text)
        case ast.RoundingLine(how=how):
            once(shop, draft, draft.rounding, line, "舍入")
            draft.rounding = rounding(how)
        case ast.ExprLine(keyword="NOTIONAL", value=value) if draft.everybody:
            assert not isinstance(value, ast.Word)
            draft.notional.append(nodes.Condition("视同", condition(shop, value), origin))
        case ast.SlicingLine():
            once(shop, draft, draft.slicing, line, "分段")
            draft.slicing = slicing(shop, line)
        case ast.TimesLine():
            once(shop, draft, draft.times, line, "限次")
            draft.times = times(shop, line)
        case ast.ApplicationLine():
            once(shop, draft, draft.application, line, "申请")
            draft.application = application(shop, line)
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
        shop.clause = draft.origin.clause
        with shop.trying():
            deductible = open_account(shop, draft, "DEDUCTIBLE", accounts)
            cap = open_account(shop, draft, "CAP", accounts)
            if draft.base is None or draft.base_origin is None:
                if draft.based:
                    continue  # what is wrong with it has been said
                raise wrong("E509", draft.origin.span, name=draft.name, word="基数")
            check_shape(draft)
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
                draft.unbased,
                draft.slicing,
                draft.times,
                draft.application,
                tuple(limited_account(shop, draft, said, accounts) for said in draft.limited),
                draft.rounding,
                tuple(draft.notional),
            )
    return benefits, accounts


def limited_account(
    shop: Workshop,
    draft: Draft,
    said: tuple[ast.AccountLine, nodes.Origin],
    accounts: dict[str, nodes.Account],
) -> tuple[tuple[str, ...], str | None]:
    """起付 … 限于 甲、乙: the account of these categories."""
    line, _ = said
    names = tuple(name.text for name in line.among)
    return names, account_of(shop, draft, nodes.Column.DEDUCTIBLE, said, accounts, "、".join(names))


def check_shape(draft: Draft) -> None:
    """The lines and the table must say the same kind of thing."""
    columns = {entry.column for entry in draft.entries if entry.entitled}
    sliced = [entry for entry in draft.entries if entry.slice is not None]
    if sliced and draft.slicing is None:
        raise wrong("E541", sliced[0].origin.span, name=draft.name, word="“分段 基数 每次”这样的行")
    if draft.slicing is not None and not sliced:
        span = draft.slicing.origin.span
        raise wrong("E541", span, name=draft.name, word="表里“分段”一栏")
    for entry in sliced:
        if entry.column not in (nodes.Column.RATIO,):
            raise wrong("E541", entry.origin.span, name=draft.name, word="另一个表来写起付和限额")
    if draft.unbased and columns & {nodes.Column.RATIO, nodes.Column.DEDUCTIBLE}:
        raise wrong("E546", draft.origin.span, name=draft.name)


def open_account(
    shop: Workshop, draft: Draft, keyword: str, accounts: dict[str, nodes.Account]
) -> str | None:
    """The account of a 起付 or 限额 line: a new one, or another benefit's."""
    column = nodes.Column.DEDUCTIBLE if keyword == "DEDUCTIBLE" else nodes.Column.CAP
    said = draft.accounts.get(keyword)
    if said is None and keyword == "DEDUCTIBLE" and draft.limited:
        return None  # each category that has one is named
    if said is None:
        raise wrong("E509", draft.origin.span, name=draft.name, word=column.value)
    return account_of(shop, draft, column, said, accounts)


def account_of(
    shop: Workshop,
    draft: Draft,
    column: nodes.Column,
    said: tuple[ast.AccountLine, nodes.Origin],
    accounts: dict[str, nodes.Account],
    whose: str = "",
) -> str | None:
    """The account that a line means; `whose`: of these categories only."""
    line, origin = said
    if line.period == "不设":
        return None
    charged = line.period == TOPPED_UP
    if charged and (
        column is nodes.Column.CAP or line.feed is not None or line.shared_with is not None
    ):
        raise wrong("E550", line.span, what=column.value, period=line.period,
                    options="单独一项待遇的起付")  # fmt: skip
    period = nodes.Period.YEAR if charged else nodes.Period(line.period)
    if period is nodes.Period.HOSPITAL and not any(
        nodes.HOSPITAL_FIELD in fact.fields for fact in shop.facts.values()
    ):
        raise wrong("E551", line.span, what=column.value)
    if line.shared_with is not None and period is nodes.Period.CLAIM:
        raise wrong("E529", line.span, column=column.value)
    if line.shared_with is None:
        name = f"{draft.name}·{column.value}" + (f"·{whose}" if whose else "")
        feed = expect(typed(shop, line.feed), MONEY) if line.feed else None
        accounts[name] = nodes.Account(name, column, period, feed, (draft.name,), origin, charged)
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
        draft.rounding,
    )


# ── overlap ──────────────────────────────────────────────────────────────────


MODES = {
    ("HIGHEST", ""): nodes.Mode.CUMULATIVE,
    ("HIGHEST", "CUMULATIVE"): nodes.Mode.CUMULATIVE,
    ("HIGHEST", "PER_CLAIM"): nodes.Mode.PER_CLAIM,
    ("RANKED", ""): nodes.Mode.RANKED,
    ("STACKED", ""): nodes.Mode.STACKED,
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
            case ast.NamesLine(keyword="AMONG", names=names) if shop.active(line.guard):
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
