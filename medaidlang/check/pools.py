"""Pools that leave a category out, limit nobody, or make an own limit useless.

Takes the pack; compares each 额度 with the 限额 of the benefits it includes, for every
category that gets something of them, where the figures are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import (
    Levels,
    cells,
    entitled,
    finding,
    fixed_category,
    ladders,
    leaves,
    listed,
    row_words,
)  # fmt: skip
from medaidlang.check.overpay.limits import Range, limits
from medaidlang.check.possible.words import shown
from medaidlang.core.nodes import Benefit, Column, Entry, Pack, Period, Pool, Target
from medaidlang.core.types import MONEY

NO_LIMIT = Fraction(10**15)
LENGTHS = (Period.CLAIM, Period.MONTH, Period.QUARTER, Period.YEAR)
Members = Mapping[str, list[Benefit]]


def pools(pack: Pack) -> Iterator[Diagnostic]:
    """W554 no row, E555 不享受, W556 useless, W557 an own limit that cannot be reached."""
    ladder = ladders(pack)
    for pool in pack.pools.values():
        for entry in pool.entries:
            if not entry.entitled:
                yield finding("E555", entry.origin, pool=pool.name, row=row_words(entry))
        members = having(pack, pool, ladder)
        without = [name for name in members if not cells(ladder[name], pool)]
        if without:
            drawn = dict.fromkeys(item.name for name in without for item in members[name])
            args = {"pool": pool.name, "categories": listed(without)}
            yield finding("W554", pool.origin, benefits="、".join(drawn), **args)
        why = useless(pack, pool, members, ladder)
        if why:
            yield finding("W556", pool.origin, pool=pool.name, why=why)
        yield from beyond(pack, pool, members, ladder)


def having(pack: Pack, pool: Pool, ladder: Mapping[str, Levels]) -> Members:
    """Each category that gets something of a member, with those members."""
    listed = [pack.benefits[name] for name in pool.benefits if name in pack.benefits]
    found = {
        name: [item for item in listed if entitled(cells(ladder[name], item))]
        for name in leaves(pack)
        if fixed_category(pack, name)
    }
    return {name: items for name, items in found.items() if items}


def limit(pack: Pack, rows: Sequence[Entry]) -> Range:
    """The smallest and largest limit that the rows set (不设, no row: none)."""
    found = [
        limits(pack, entry.expr) if entry.expr is not None else Range(NO_LIMIT, NO_LIMIT)
        for entry in rows
    ]
    lows = [one.low if one.low is not None else Fraction(0) for one in found]
    highs = [one.high if one.high is not None else NO_LIMIT for one in found]
    return Range(min(lows, default=NO_LIMIT), max(highs, default=NO_LIMIT))


def own(pack: Pack, item: Benefit, steps: Levels) -> Range:
    """A category's own 限额 of a benefit."""
    return limit(pack, cells(steps, item).get(Column.CAP, ()) if item.cap else ())


def period(pack: Pack, item: Benefit) -> Period | None:
    """How long the own 限额 of a benefit runs."""
    account = pack.accounts.get(item.cap) if item.cap else None
    return account.period if account is not None else None


def adjusted(pack: Pack, items: Sequence[Benefit]) -> bool:
    """Whether an 调整 changes a 限额 of one of them."""
    names = {item.name for item in items}
    return any(
        names & set(adjustment.benefits) and change.target is Target.CAP
        for adjustment in pack.adjustments
        for change in adjustment.changes
    )


def useless(
    pack: Pack, pool: Pool, members: Members, ladder: Mapping[str, Levels]
) -> str:  # fmt: skip
    """Why the pool limits nobody: nowhere a limit, or the own limits are reached first."""
    example = ""
    for name, items in members.items():
        top = limit(pack, cells(ladder[name], pool).get(Column.CAP, ())).low or Fraction(0)
        if top == NO_LIMIT:
            continue
        if adjusted(pack, items) or any(period(pack, i) is not pool.period for i in items):
            return ""
        highest = [own(pack, item, ladder[name]).high or NO_LIMIT for item in items]
        total = sum(highest, Fraction(0))
        if total > top:
            return ""
        figures = f"限额合计 {money(total)}，额度 {money(top)}"
        example = example or f"例如{name}，{figures}"
    return example or ("每种身份都不设" if members else "")


def beyond(
    pack: Pack, pool: Pool, members: Members, ladder: Mapping[str, Levels]
) -> Iterator[Diagnostic]:
    """W557: an own 限额 that is above the pool for everybody who has one."""
    for item in (pack.benefits[name] for name in pool.benefits if name in pack.benefits):
        mine = period(pack, item)
        if mine not in LENGTHS or pool.period not in LENGTHS or adjusted(pack, [item]):
            continue
        if LENGTHS.index(mine) > LENGTHS.index(pool.period):
            continue
        above: list[tuple[str, Fraction, Fraction]] = []
        for name, items in members.items():
            low = own(pack, item, ladder[name]).low
            high = limit(pack, cells(ladder[name], pool).get(Column.CAP, ())).high
            if item not in items or low is None or high is None or low == NO_LIMIT:
                continue
            if low <= high:
                break
            above.append((name, low, high))
        else:
            if above:
                name, low, high = above[0]
                args = {"benefit": item.name, "pool": pool.name, "category": name}
                figures = {"own": f"自己 {money(low)}", "limit": money(high)}
                label = Label(pool.origin.span, "defined")
                yield finding("W557", item.origin, label, **args, **figures)


def money(value: Fraction) -> str:
    """An amount of whole 分."""
    return shown(int(value), MONEY)
