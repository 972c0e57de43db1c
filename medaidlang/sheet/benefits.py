"""Benefits and subsidies: conditions, base, running totals, order, and the officer's tables.

Takes the pack, gives views for the rule sheet.  Tables of one benefit that stand
under several clauses (续) are joined side by side; each column names its clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from medaidlang.core.nodes import Account, Benefit, Column, Condition, Pack, Subsidy
from medaidlang.sheet.grid import Grid, joined
from medaidlang.sheet.parties import Cited
from medaidlang.sheet.words import Speaker

PERIODS = {
    "每次": "每次费用单独计算", "按年累计": "一个自然年度内累计计算",
    "按季累计": "一个季度内累计计算", "按月累计": "一个月内累计计算",
}  # fmt: skip


@attrs.frozen
class Provision:
    """A benefit or a subsidy as the sheet shows it."""

    name: str
    clause: str
    costs: tuple[Cited, ...]
    conditions: tuple[Cited, ...]
    unresolved: tuple[Cited, ...]
    base: Cited | None
    after: tuple[str, ...]
    deductible: Cited | None
    cap: Cited | None
    grids: tuple[Grid, ...]


@attrs.frozen
class Stage:
    """Benefits that work side by side, and what they share or wait for."""

    names: tuple[str, ...]
    note: str


def cited(speaker: Speaker, conditions: Sequence[Condition], word: str) -> tuple[Cited, ...]:
    """The conditions under one keyword, in words."""
    return tuple(Cited(speaker.say(c.expr), c.origin.clause) for c in conditions if c.word == word)


def unresolved(speaker: Speaker, item: Benefit | Subsidy) -> tuple[Cited, ...]:
    """What cannot be computed, when and why."""
    listed = []
    for one in item.unresolved:
        when = speaker.say(one.condition)
        always = when == "是"
        text = one.reason if always else f"{when}时：{one.reason}"
        listed.append(Cited(text, one.origin.clause))
    return tuple(listed)


def account(pack: Pack, speaker: Speaker, owner: str, name: str | None) -> Cited | None:
    """How the running total behind a 起付 or 限额 works; None where there is none."""
    if name is None:
        return None
    found: Account = pack.accounts[name]
    parts = [PERIODS[found.period.value]]
    if found.feed is not None:
        parts.append(f"计入每笔费用的{speaker.say(found.feed)}")
    others = [b for b in found.benefits if b != owner]
    if others:
        what = "起付标准" if found.column is Column.DEDUCTIBLE else "限额"
        parts.append(f"与{'、'.join(others)}共用一个{what}")
    return Cited("；".join(parts), found.origin.clause)


def benefit(pack: Pack, speaker: Speaker, item: Benefit) -> Provision:
    """One benefit."""
    return Provision(
        item.name,
        item.origin.clause,
        cited(speaker, item.conditions, "费用"),
        cited(speaker, item.conditions, "须"),
        unresolved(speaker, item),
        Cited(speaker.equation(item.base), item.base_origin.clause),
        item.after,
        account(pack, speaker, item.name, item.deductible),
        account(pack, speaker, item.name, item.cap),
        tuple(joined(pack, item.tables)),
    )


def subsidy(pack: Pack, speaker: Speaker, item: Subsidy) -> Provision:
    """One participation subsidy."""
    base = Cited(speaker.equation(item.base), item.origin.clause) if item.base is not None else None
    return Provision(
        item.name,
        item.origin.clause,
        (),
        (*cited(speaker, item.conditions, "费用"), *cited(speaker, item.conditions, "须")),
        unresolved(speaker, item),
        base,
        (),
        None,
        None,
        tuple(joined(pack, item.tables)),
    )


def chains(benefits: Mapping[str, Benefit]) -> list[list[str]]:
    """Benefits linked by 接续, a shared 起付 or a shared 限额, each chain in working order."""
    links: dict[str, set[str]] = {name: {name} for name in benefits}
    for name, item in benefits.items():
        shared = [
            other.name
            for other in benefits.values()
            if (item.cap is not None and item.cap == other.cap)
            or (item.deductible is not None and item.deductible == other.deductible)
        ]
        for other in (*item.after, *shared):
            merged = links[name] | links[other]
            for one in merged:
                links[one] = merged
    seen: list[set[str]] = []
    for name in benefits:
        if links[name] not in seen:
            seen.append(links[name])
    return [[name for name in benefits if name in linked] for linked in seen]


def stages(benefits: Mapping[str, Benefit]) -> list[list[list[str]]]:
    """Each chain as stages: what stands in one stage does not wait for the others."""
    depth: dict[str, int] = {}
    for name, item in benefits.items():
        depth[name] = max((depth[before] + 1 for before in item.after), default=0)
    made = []
    for chain in chains(benefits):
        steps = sorted({depth[name] for name in chain})
        made.append([[name for name in chain if depth[name] == step] for step in steps])
    return made


def stage(pack: Pack, names: Sequence[str]) -> Stage:
    """One stage of a chain."""
    items = [pack.benefits[name] for name in names]
    before = dict.fromkeys(b for item in items for b in item.after)
    notes = [f"在{'、'.join(before)}支付之后"] if before else []
    if len(items) > 1:
        columns = (("起付标准", {i.deductible for i in items}), ("限额", {i.cap for i in items}))
        shared = [word for word, used in columns if len(used) == 1 and None not in used]
        notes += [f"共用{'和'.join(shared)}"] if shared else []
    return Stage(tuple(names), "，".join(notes) or "先算")
