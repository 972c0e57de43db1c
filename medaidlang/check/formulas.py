"""Every formula of a pack, with what it belongs to.

Takes the pack; the checks on conditions, branches and unused names, and the
reach of missing figures, all go over the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import (
    Adjustment,
    Benefit,
    Condition,
    Entry,
    Origin,
    Pack,
    Split,
    Subsidy,
)


@attrs.frozen
class Formula:
    """One expression; `sort` and `owner` name the item, `part` the line (起付, 须, 基数…).

    `categories` are those of the row, where it stands in one; `changes` are the
    benefits and insurances that an 调整 or 额度 changes, and nothing for others.
    """

    sort: str
    owner: str
    part: str
    expr: x.Expr
    origin: Origin
    categories: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def formulas(pack: Pack) -> Iterator[Formula]:
    """All formulas, in the order of the pack."""
    yield from of_vocabulary(pack)
    for layer in pack.layers.values():
        yield from of_paid(pack, "保险", layer)
    for item in pack.benefits.values():
        yield from of_paid(pack, "待遇", item)
    yield from of_shaping(pack)
    for subsidy in pack.subsidies.values():
        yield from of_paid(pack, "资助", subsidy)
    yield from of_results(pack)


def of_shaping(pack: Pack) -> Iterator[Formula]:
    """The formulas of pools, changes and shares."""
    for pool in pack.pools.values():
        for entry in pool.entries:
            for formula in of_entry("额度", pool.name, entry):
                yield attrs.evolve(formula, changes=pool.benefits)
    for adjustment in pack.adjustments:
        for formula in of_adjustment(adjustment):
            yield attrs.evolve(formula, categories=adjustment.among, changes=adjustment.benefits)
    for split in pack.splits:
        yield from of_split(split)


def of_adjustment(adjustment: Adjustment) -> Iterator[Formula]:
    """The formulas of an 调整."""
    yield from tests("调整", adjustment.name, adjustment.conditions)
    for change in adjustment.changes:
        yield Formula("调整", adjustment.name, change.target.value, change.expr, change.origin)


def of_split(split: Split) -> Iterator[Formula]:
    """The formulas of a 分担; each row rests on what its 款项 have paid."""
    yield from tests("分担", split.name, split.conditions)
    for doubt in split.unresolved:
        yield Formula("分担", split.name, "无法计算", doubt.condition, doubt.origin)
    for row in split.rows:
        for item in row.items:
            paid = x.FigureRef(item, x.Figure.PAID, row.origin.span)
            yield Formula("分担", split.name, "款项", paid, row.origin, row.identities)
        for share in row.shares:
            if share.expr is not None:
                about = (share.payer, share.expr, share.origin, row.identities)
                yield Formula("分担", split.name, *about)


def of_vocabulary(pack: Pack) -> Iterator[Formula]:
    """The formulas of categories, definitions, figures from outside and lists."""
    for identity in pack.identities.values():
        yield from tests("身份", identity.name, identity.conditions)
        if identity.as_if is not None:
            yield Formula("身份", identity.name, "比照", identity.as_if, identity.origin)
    for definition in pack.definitions.values():
        yield Formula("令", definition.name, "", definition.expr, definition.origin)
    for parameter in pack.parameters.values():
        for bound in parameter.bounds:
            word = "不低于" if bound.floor else "不高于"
            yield Formula("参数", parameter.name, word, bound.expr, bound.origin)
    for roster in pack.rosters.values():
        for _, condition in roster.entries:
            if condition is not None:
                yield Formula("名录", roster.name, "须", condition, roster.origin)


def tests(sort: str, owner: str, conditions: Iterable[Condition]) -> Iterator[Formula]:
    """费用 and 须."""
    for condition in conditions:
        yield Formula(sort, owner, condition.word, condition.expr, condition.origin)


def of_paid(pack: Pack, sort: str, item: Benefit | Subsidy) -> Iterator[Formula]:
    """The formulas of a benefit or subsidy."""
    yield from tests(sort, item.name, item.conditions)
    for doubt in item.unresolved:
        yield Formula(sort, item.name, "无法计算", doubt.condition, doubt.origin)
    if isinstance(item, Benefit):
        yield from tests(sort, item.name, item.notional)
    if item.base is not None:
        origin = item.base_origin if isinstance(item, Benefit) else item.origin
        yield Formula(sort, item.name, "基数", item.base, origin)
    for entry in item.entries:
        yield from of_entry(sort, item.name, entry)
    if isinstance(item, Benefit):
        for name in item.accounts:
            account = pack.accounts.get(name)
            if account is not None and account.feed is not None:
                yield Formula(sort, item.name, "计入", account.feed, account.origin)


def of_entry(sort: str, owner: str, entry: Entry) -> Iterator[Formula]:
    """The formulas of one cell and its row's keys."""
    names = entry.identities or ("其余",)
    for key in entry.keys:
        yield Formula(sort, owner, key.word, key.expr, key.origin, names)
    if entry.expr is not None:
        yield Formula(sort, owner, entry.column.value, entry.expr, entry.origin, names)


def of_results(pack: Pack) -> Iterator[Formula]:
    """Insurance changes, other results, and the attribution date."""
    for change in pack.insurance:
        yield from tests("医保调整", change.name, change.conditions)
        parts = {"费用": change.cost, "起付": change.deductible, "分段": change.bands,
                 "限额": change.cap}  # fmt: skip
        for word, expr in parts.items():
            if expr is not None:
                yield Formula("医保调整", change.name, word, expr, change.origin)
    for output in pack.outputs:
        yield Formula(output.kind.value, output.name, "", output.expr, output.origin)
    about = pack.document
    if about.attribution is not None and about.origin is not None:
        yield Formula("文件", about.title, "归属日期", about.attribution, about.origin)
    for day in about.standing:
        assert about.origin is not None
        yield Formula("文件", about.title, "身份日期", day, about.origin)


def references(expr: x.Expr) -> Iterator[tuple[str, str]]:
    """(sort, name) of everything an expression mentions."""
    for part in x.walk(expr):
        match part:
            case x.FactRef(name=name):
                yield "事实", name
            case x.ParameterRef(name=name):
                yield "参数", name
            case x.DefinitionRef(name=name):
                yield "令", name
            case x.GapRef(name=name):
                yield "原文缺失", name
            case x.FigureRef(benefit=name):
                yield "待遇", name
            case x.Holds(identities=names):
                yield from (("身份", name) for name in names)
