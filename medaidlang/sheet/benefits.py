"""Benefits and subsidies: conditions, base, running totals, order, and the officer's tables.

Takes the pack, gives views for the rule sheet.  Tables of one benefit that stand
under several clauses (续) are joined side by side; each column names its clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from medaidlang.core.nodes import Account, Benefit, Column, Condition, Pack, Period, Subsidy
from medaidlang.sheet.grid import Grid, joined
from medaidlang.sheet.parties import Cited
from medaidlang.sheet.shaping import (
    PERIODS,
    TOPPED_UP,
    application,
    changing,
    drawn_on,
    slicing,
    times,
)  # fmt: skip
from medaidlang.sheet.words import Speaker


@attrs.frozen
class Provision:
    """A benefit, an insurance or a subsidy as the sheet shows it.

    `shape` are the further lines of the benefit, each (word, sentences).
    """

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
    shape: tuple[tuple[str, tuple[Cited, ...]], ...] = ()


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


def deductibles(pack: Pack, speaker: Speaker, item: Benefit) -> Cited | None:
    """How the 起付 works, where it works otherwise for some categories too."""
    usual = account(pack, speaker, item.name, item.deductible)
    said = [] if usual is None else [usual.text]
    clauses = [] if usual is None else [usual.clause]
    for names, name in item.deductibles:
        own = account(pack, speaker, item.name, name)
        said.append(f"{'、'.join(names)}：{own.text if own is not None else '不设'}")
        clauses += [own.clause] if own is not None else []
    return Cited("；".join(said), clauses[0]) if clauses else None


def account(pack: Pack, speaker: Speaker, owner: str, name: str | None) -> Cited | None:
    """How the running total behind a 起付 or 限额 works; None where there is none."""
    if name is None:
        return None
    found: Account = pack.accounts[name]
    parts = [TOPPED_UP if found.charged else runs_for(pack, owner, found.period)]
    if found.feed is not None:
        parts.append(f"计入每笔费用的{speaker.say(found.feed)}")
    others = [b for b in found.benefits if b != owner]
    if others:
        what = "起付标准" if found.column is Column.DEDUCTIBLE else "限额"
        parts.append(f"与{'、'.join(others)}共用一个{what}")
    return Cited("；".join(parts), found.origin.clause)


def runs_for(pack: Pack, owner: str, period: Period) -> str:
    """How long it runs; of a benefit on application, over the applications."""
    item = pack.benefits.get(owner)
    if item is None or item.application is None:
        return PERIODS[period]
    if period is Period.CLAIM:
        return "每次申请单独计算"
    whose = "全家" if item.application.household else "本人"
    return f"{whose}各次申请{PERIODS[period]}"


def shape(pack: Pack, speaker: Speaker, item: Benefit) -> tuple[tuple[str, tuple[Cited, ...]], ...]:
    """分段, 限次, 申请, 额度 and 调整 of a benefit, those that it has."""
    each = "每次申请" if item.application else "每次费用"
    lines = {
        "分段": [slicing(item.slicing, each)] if item.slicing else [],
        "限次": [times(item.times)] if item.times else [],
        "申请": [application(item.application)] if item.application else [],
        "额度": list(drawn_on(pack, item.name)),
        "调整": list(changing(speaker, pack.adjustments, item)),
    }
    return tuple((word, tuple(said)) for word, said in lines.items() if said)


UNBASED = "不设：按定额支付，不看这笔费用还剩多少负担"


def base_words(speaker: Speaker, item: Benefit) -> str:
    """The base, less what is paid before."""
    if item.unbased:
        return UNBASED
    words = speaker.equation(item.base)
    return f"{words}，减去{'、'.join(item.after)}已支付的金额" if item.after else words


def benefit(pack: Pack, speaker: Speaker, item: Benefit) -> Provision:
    """One benefit or insurance."""
    return Provision(
        item.name,
        item.origin.clause,
        cited(speaker, item.conditions, "费用"),
        cited(speaker, item.conditions, "须"),
        unresolved(speaker, item),
        Cited(base_words(speaker, item), item.base_origin.clause),
        item.after,
        deductibles(pack, speaker, item),
        account(pack, speaker, item.name, item.cap),
        tuple(joined(pack, item.tables)),
        shape(pack, speaker, item),
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
        for other in (*(one for one in item.after if one in benefits), *shared):
            merged = links[name] | links[other]
            for one in merged:
                links[one] = merged
    seen: list[set[str]] = []
    for name in benefits:
        if links[name] not in seen:
            seen.append(links[name])
    return [[name for name in benefits if name in linked] for linked in seen]


def depths(benefits: Mapping[str, Benefit]) -> dict[str, int]:
    """How many benefits stand before each; the document may name a later one first."""
    found: dict[str, int] = {}

    def depth(name: str, above: tuple[str, ...]) -> int:
        if name not in found:
            before = [b for b in benefits[name].after if b in benefits and b not in above]
            found[name] = max((depth(b, (*above, name)) + 1 for b in before), default=0)
        return found[name]

    for name in benefits:
        depth(name, ())
    return found


def stages(benefits: Mapping[str, Benefit]) -> list[list[list[str]]]:
    """Each chain as stages: what stands in one stage does not wait for the others."""
    depth = depths(benefits)
    made = []
    for chain in chains(benefits):
        steps = sorted({depth[name] for name in chain})
        made.append([[name for name in chain if depth[name] == step] for step in steps])
    return made


def stage(benefits: Mapping[str, Benefit], names: Sequence[str]) -> Stage:
    """One stage of a chain."""
    items = [benefits[name] for name in names]
    before = dict.fromkeys(b for item in items for b in item.after)
    notes = [f"在{'、'.join(before)}支付之后"] if before else []
    notes += ["按申请"] if all(item.application for item in items) else []
    if len(items) > 1:
        columns = (("起付标准", {i.deductible for i in items}), ("限额", {i.cap for i in items}))
        shared = [word for word, used in columns if len(used) == 1 and None not in used]
        notes += [f"共用{'和'.join(shared)}"] if shared else []
    return Stage(tuple(names), "，".join(notes) or "先算")


def flow(benefits: Mapping[str, Benefit]) -> tuple[tuple[Stage, ...], ...]:
    """The working order of all chains."""
    return tuple(tuple(stage(benefits, names) for names in chain) for chain in stages(benefits))
