"""What shapes a benefit beyond its table, in words: 分段, 限次, 申请, 额度, 调整, 分担.

Takes the nodes of `core.measures`, gives views for the rule sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

import attrs

from medaidlang.core.expr import Figure
from medaidlang.core.nodes import (
    Adjustment,
    Application,
    Benefit,
    Change,
    Manner,
    Pack,
    Period,
    Pool,
    Remainder,
    Slicing,
    Split,
    Times,
)  # fmt: skip
from medaidlang.sheet.grid import Grid, borne, joined
from medaidlang.sheet.parties import Cited
from medaidlang.sheet.words import Speaker

SPANS = {
    Period.CLAIM: "每次费用", Period.YEAR: "一个自然年度", Period.QUARTER: "一个季度",
    Period.MONTH: "一个月", Period.HOSPITAL: "同一家医院一个自然年度",
}  # fmt: skip
PERIODS = {
    Period.CLAIM: "每次费用单独计算", Period.YEAR: "一个自然年度内累计计算",
    Period.QUARTER: "一个季度内累计计算", Period.MONTH: "一个月内累计计算",
    Period.HOSPITAL: "同一家医院一个自然年度内累计计算；换一家医院从头计算",
}  # fmt: skip
TOPPED_UP = "一个自然年度只扣一次，以真正扣除的为准；以后的费用起付标准更高的，只补足差额"
REMAINDERS = {
    Remainder.APPLICANT: "申请人", Remainder.LARGEST: "金额最大的", Remainder.LAST: "最后一笔",
}  # fmt: skip


@attrs.frozen
class Limit:
    """One 额度: what draws on it, for how long, and its limits."""

    name: str
    period: str
    benefits: tuple[str, ...]
    grids: tuple[Grid, ...]
    clause: str


@attrs.frozen
class Adjusted:
    """One 调整: to what, for whom, when, and how it changes."""

    name: str
    benefits: tuple[str, ...]
    among: tuple[str, ...]
    when: tuple[Cited, ...]
    effects: tuple[Cited, ...]
    clause: str

    @property
    def brief(self) -> str:
        """The whole of it in one sentence, for the benefit concerned."""
        whom = [f"{'、'.join(self.among)}，"] if self.among else []
        when = "，并且".join(one.text for one in self.when) or "一律"
        effects = "；".join(one.text for one in self.effects)
        return f"{self.name}：{''.join(whom)}{when}{'的' if self.when else ''}，{effects}"


@attrs.frozen
class Borne:
    """One 分担: who pays how much."""

    name: str
    conditions: tuple[Cited, ...]
    unresolved: tuple[Cited, ...]
    grids: tuple[Grid, ...]
    payers: tuple[str, ...]
    clause: str


def slicing(item: Slicing, each: str = "每次费用") -> Cited:
    """分段: what is cut up, over which time, and whether the edges count the 起付.

    `each` is what the benefit is paid on: a claim, or an application.
    """
    if item.figure is Figure.BASE:
        what = "按基数分段，段的起止连同起付标准一起数：从基数的0元数起，起付标准占去最低的一段"
    else:
        what = "按起付标准以上的部分分段，段的起止不含起付标准：从超过起付标准的第一元数起"
    fresh = item.period is Period.CLAIM
    over = f"{each}从头分段" if fresh else f"当年各次{each[-2:]}接着往上分段"
    return Cited(f"{what}；各段乘各自的比例，再相加；{over}", item.origin.clause)


def times(item: Times) -> Cited:
    """限次."""
    return Cited(f"{SPANS[item.period]}内至多支付{item.count}次", item.origin.clause)


def application(item: Application) -> Cited:
    """申请."""
    costs = "当年" if item.months is None else f"申请之前{item.months}个月"
    whose = "全家" if item.household else "本人"
    shares = "各人" if item.household else "各笔"
    rest = f"除不尽的分归{REMAINDERS[item.remainder]}"
    text = f"依申请支付：把{whose}{costs}的费用合起来算一次，再分到{shares}；{rest}"
    return Cited(text, item.origin.clause)


# ── 额度 ─────────────────────────────────────────────────────────────────────


def limits(pack: Pack) -> Iterator[Limit]:
    """Every 额度."""
    for item in pack.pools.values():
        grids = tuple(joined(pack, item.tables))
        yield Limit(
            item.name, PERIODS[item.period], item.benefits, grids, item.origin.clause
        )  # fmt: skip


def drawn_on(pack: Pack, name: str) -> Iterator[Cited]:
    """The pools that a benefit draws on."""
    for item in pack.pools.values():
        if name in item.benefits:
            yield Cited(pool_words(item, name), item.origin.clause)


def pool_words(item: Pool, name: str) -> str:
    """年度总额度：与门诊救助合用，一个自然年度内累计计算."""
    others = [one for one in item.benefits if one != name]
    together = f"与{'、'.join(others)}合用，" if others else ""
    return f"{item.name}：{together}{PERIODS[item.period]}"


# ── 调整 ─────────────────────────────────────────────────────────────────────


def adjusted(speaker: Speaker, item: Adjustment) -> Adjusted:
    """One 调整."""
    effects = [Cited(effect(speaker, one), one.origin.clause) for one in item.changes]
    if item.withdrawn:
        effects.append(Cited("不享受", item.origin.clause))
    return Adjusted(
        item.name,
        item.benefits,
        item.among,
        tuple(Cited(speaker.say(c.expr), c.origin.clause) for c in item.conditions),
        tuple(effects),
        item.origin.clause,
    )


def effect(speaker: Speaker, change: Change) -> str:
    """`比例乘以50%`."""
    what, value = change.target.value, speaker.say(change.expr)
    match change.manner:
        case Manner.TIMES:
            return f"{what}乘以{value}"
        case Manner.PLUS:
            return f"{what}提高{value}"
        case Manner.MINUS:
            return f"{what}降低{value}"
        case Manner.SET:
            return f"{what}改为{value}"
        case Manner.AT_LEAST:
            return f"{what}不低于{value}"
        case Manner.AT_MOST:
            return f"{what}不高于{value}"
        case _:
            assert_never(change.manner)


def changing(speaker: Speaker, adjustments: Sequence[Adjustment], item: Benefit) -> Iterator[Cited]:
    """The 调整 that concern a benefit."""
    for one in adjustments:
        if item.name in one.benefits:
            yield Cited(adjusted(speaker, one).brief, one.origin.clause)


# ── 分担 ─────────────────────────────────────────────────────────────────────


def split(pack: Pack, speaker: Speaker, item: Split) -> Borne:
    """One 分担."""
    doubts = [
        Cited(f"{speaker.say(u.condition)}时：{u.reason}", u.origin.clause) for u in item.unresolved
    ]
    return Borne(
        item.name,
        tuple(Cited(speaker.say(c.expr), c.origin.clause) for c in item.conditions),
        tuple(doubts),
        tuple(borne(pack, table, item.payers) for table in item.tables),
        item.payers,
        item.origin.clause,
    )
