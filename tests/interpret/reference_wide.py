"""An independent reading of what benefits mean, in plain arithmetic, for agreement tests.

Written from `docs/语言参考.md` and the notes on constructs, for the models of
`tests/strategies/wide.py`: known facts only, one calendar year, no plan and no worlds.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from tests.strategies.wide import TOPPED_UP, Benefit, Change, Wide

NEVER = 10**15
UNITS = {"": 1, "分": 1, "角": 10, "元": 100}
UP_FROM = {"四舍五入": Fraction(1, 2), "五舍六入": Fraction(6, 10), "去尾": Fraction(2)}
CONDITIONS = {
    "": lambda one, two: True,
    "条一": lambda one, two: one,
    "条二": lambda one, two: two,
    "非 条一": lambda one, two: not one,
    "条一 或 条二": lambda one, two: one or two,
    "条一 且 条二": lambda one, two: one and two,
}


def rounded(exact, how=""):
    """To the unit of `how`, by its rule; half up to 分 where nothing is said."""
    word, _, unit = (how or "四舍五入到分").partition("到")
    size = UNITS[unit]
    whole = math.floor(exact / size)
    rest = Fraction(exact) / size - whole
    up = rest > 0 if word == "进一" else rest >= UP_FROM[word]
    return (whole + up) * size


def period_key(period, claim):
    """What tells one period of a running total from another."""
    month = int(claim["日期"][5:7])
    keys = {
        "按年累计": 0,
        "按季累计": (month - 1) // 3,
        "按月累计": month,
        "每院每年": claim["医院"],
    }
    return keys.get(period, 0)


def holds(condition, claim):
    """Whether a condition on the claim's two answers, or on who the person is, holds."""
    if condition.startswith("身份 属于 "):
        return condition.removeprefix("身份 属于 ") in claim["持有"]
    return CONDITIONS[condition](claim["条一"], claim["条二"])


class Run:
    """One category (or the insurances) on one claim; `totals` are its running totals."""

    def __init__(self, made: Wide, category, claim, totals, figures, before) -> None:
        self.made, self.category, self.claim = made, category, claim
        self.totals, self.figures, self.before = totals, figures, before

    # ── running totals ───────────────────────────────────────────────────────
    def used(self, name, period):
        """What has run up in the period of this claim; nothing 每次."""
        if period in ("每次", "不设"):
            return 0
        return self.totals.get((name, period_key(period, self.claim)), 0)

    def feed(self, name, period, amount):
        """Add to it."""
        if period not in ("每次", "不设"):
            key = (name, period_key(period, self.claim))
            self.totals[key] = self.totals.get(key, 0) + amount

    # ── 调整 ─────────────────────────────────────────────────────────────────
    def changes(self, one: Benefit, target) -> list[Change]:
        """Those that concern a figure of this benefit on this claim."""
        return [
            c for c in self.made.changes
            if one.name in c.benefits and c.target == target and holds(c.condition, self.claim)
            and (not c.among or self.category in c.among)
        ]  # fmt: skip

    def changed(self, one: Benefit, target, figure):
        """A figure after every change; money to the 分, ratios from 0 to 1."""
        for c in self.changes(one, target):
            ratio = target == "比例"
            by = Fraction(c.figure, 100) if ratio or c.manner == "乘" else c.figure
            figure = {"乘": figure * by, "加": figure + by, "减": figure - by, "取": by}[c.manner]
            figure = max(0, figure)
            figure = min(Fraction(1), figure) if ratio else rounded(figure)
        return figure

    # ── one benefit ──────────────────────────────────────────────────────────
    def benefit(self, one: Benefit, burden):
        """What it pays; its 支付 and 超限额部分 are left in `figures`."""
        self.figures[one.name] = (0, 0)
        row = one.rows[self.category]
        if row is None:
            return 0
        base = NEVER
        if one.base != "不设":
            if one.base == "负担":
                base = max(0, burden - sum(self.figures[name][0] for name in self.all_before(one)))
                base = max(0, base - self.before)  # what earlier categories paid on this cost
            else:
                base = self.figures[one.base][1]
            base = self.changed(one, "基数", base)
        if not self.admits(one, row, base):
            return 0
        above = self.above(one, row, base)
        due = self.due(one, row, base, above)
        paid = self.limited(one, row, due)
        if one.times and paid:
            self.feed(f"{one.name}次", one.times[0], 1)
        self.figures[one.name] = (paid, due - paid)
        return paid

    def all_before(self, one: Benefit):
        """接续, all the way back."""
        named = {b.name: b for b in (*self.made.layers, *self.made.benefits)}
        found: set[str] = set()
        todo = list(one.after)
        if one.base == "负担" and one not in self.made.layers:
            todo += [layer.name for layer in self.made.layers]
        while todo:
            name = todo.pop()
            if name in named and name not in found:
                found.add(name)
                todo += [*named[name].after, named[name].base]
        return found

    def admits(self, one: Benefit, row, base) -> bool:
        """Whether the benefit takes the cost."""
        right = (
            base > 0 and one.kind in ("", self.claim["类型"]) and holds(one.condition, self.claim)
        )
        if not right or self.changes(one, "不享受"):
            return False
        if one.times and self.used(f"{one.name}次", one.times[0]) >= one.times[1]:
            return False
        return bool(self.shares(one, row, base))

    def shares(self, one: Benefit, row, base):
        """The figures that apply: all slices, the one tier, the one level."""
        if one.shape == "档":
            return [
                part for part in row.shares
                if part[0][0] <= base and (part[0][1] is None or base < part[0][1])
            ]  # fmt: skip
        if one.shape == "次":
            return [row.shares[max(0, min(self.claim["第几次"], 3) - 1)]]
        if one.shape == "级":
            return [part for part in row.shares if part[0] == self.claim["医院级别"]]
        return row.shares

    def above(self, one: Benefit, row, base):
        """The part above what is left of the 起付."""
        if one.start == "不设":
            return base
        period = "按年累计" if one.start == TOPPED_UP else one.start
        account = f"{one.start_with}起付"
        standard = self.changed(one, "起付", row.start or 0)
        above = max(0, base - max(0, standard - self.used(account, period)))
        self.feed(account, period, base - above if one.start == TOPPED_UP else base)
        return above

    def due(self, one: Benefit, row, base, above):
        """What is due before any limit."""
        by, how = self.made.rounding
        if one in self.made.layers:  # 舍入 is about aid
            by, how = "每笔", ""
        if one.shape == "定额":
            amount = rounded(min(self.changed(one, "定额", row.shares[0][1]), above), how)
        else:
            exact = self.exact(one, row, base, above)
            amount = rounded(exact, how)
            if by == "按年度合计":
                total = self.used(f"{one.name}未舍", "按年累计")
                amount = rounded(total + exact, how) - rounded(total, how)
                self.feed(f"{one.name}未舍", "按年累计", exact)
        if self.changes(one, "支付"):
            amount = rounded(self.changed(one, "支付", amount), how)
        return min(amount, base)

    def exact(self, one: Benefit, row, base, above):
        """The unrounded share of the part above the 起付."""
        if one.slicing is None:
            ((_, percent),) = self.shares(one, row, base)
            return above * self.changed(one, "比例", Fraction(percent, 100))
        figure, period = one.slicing
        start = base - above if figure == "基数" else 0
        if period == "按年累计":
            start += self.used(f"{one.name}段", period)
            self.feed(f"{one.name}段", period, base if figure == "基数" else above)
        total = Fraction(0)
        for (low, high), percent in row.shares:
            part = min(start + above, NEVER if high is None else high) - max(start, low)
            total += max(0, part) * self.changed(one, "比例", Fraction(percent, 100))
        return total

    def limited(self, one: Benefit, row, due):
        """At most 单次限额, what is left of the 限额 and of every 额度."""
        paid = due if row.claim_cap is None else min(due, row.claim_cap)
        account = f"{one.cap_with}限额"
        if one.cap != "不设" and row.cap is not None:
            limit = self.changed(one, "限额", row.cap)
            paid = min(paid, max(0, limit - self.used(account, one.cap)))
        pools = [p for p in self.made.pools if one.name in p.members]
        for pool in pools:
            limit = pool.limits[self.category]
            if limit is not None:
                paid = min(paid, max(0, limit - self.used(pool.name, pool.period)))
        if one.cap != "不设":
            self.feed(account, one.cap, paid)
        for pool in pools:
            self.feed(pool.name, pool.period, paid)
        return paid


# ── several categories ───────────────────────────────────────────────────────


def linked(made: Wide) -> list[list[Benefit]]:
    """Benefits that are compared together."""
    groups = [{one.name, *one.after, one.start_with, one.cap_with}
              | ({one.base} if one.base not in ("负担", "不设") else set())
              for one in made.benefits]  # fmt: skip
    groups += [set(pool.members) for pool in made.pools]
    merged: list[set[str]] = []
    for group in groups:
        for other in [m for m in merged if m & group]:
            merged.remove(other)
            group = group | other
        merged.append(group)
    return [[one for one in made.benefits if one.name in group] for group in merged]


class Chain:
    """Linked benefits over one person's year."""

    def __init__(self, made: Wide, benefits: list[Benefit]) -> None:
        self.made, self.benefits = made, benefits
        self.own: dict[Any, int] = {}  # what the person has run up
        self.lanes: dict[str, tuple[dict[Any, int], list[int]]] = {}
        self.paid = [0] * len(benefits)
        self.winner = ""
        self.held: list[str] | None = None

    def begin(self, held: list[str]) -> None:
        """A spell of constant categories; where they stack each keeps its own accounts."""
        if held == self.held:
            return
        stacked = self.made.mode == "可同时享受"
        if self.winner and not stacked:
            self.own = self.lanes[self.winner][0]
        kept = self.lanes if stacked else {}
        none = [0] * len(self.benefits)
        self.lanes = dict(kept) | {
            name: (dict(kept[name][0] if name in kept else self.own), list(none)) for name in held
        }
        self.paid, self.winner, self.held = none, "", held

    def run(self, category, claim, totals, burden, layers, before):
        """One category on one claim."""
        run = Run(self.made, category, claim, totals, dict(layers), before)
        return [run.benefit(one, burden) for one in self.benefits]

    def claim(self, held, claim, burden, layers):
        """What the chain pays on a claim, by benefit."""
        self.begin(held)
        if not held:
            return [0] * len(self.benefits)
        match self.made.mode:
            case "就高不就低 按笔":
                return self.per_claim(claim, burden, layers)
            case "可同时享受":
                return self.stacked(claim, burden, layers)
            case "按顺位":
                held = [next(name for name in self.made.ranking if name in held)]
        for name in held:
            totals, paid = self.lanes[name]
            grown = self.run(name, claim, totals, burden, layers, 0)
            paid[:] = [a + b for a, b in zip(paid, grown, strict=True)]
        self.winner = max(held, key=lambda name: sum(self.lanes[name][1]))
        due = self.lanes[self.winner][1]
        grown = [new - old for new, old in zip(due, self.paid, strict=True)]
        self.paid = list(due)
        return grown

    def per_claim(self, claim, burden, layers):
        """按笔: the category that gives most for this claim, on one account."""
        assert self.held is not None
        found = []
        for name in self.held:
            totals = dict(self.lanes[self.held[0]][0])
            found.append((name, self.run(name, claim, totals, burden, layers, 0), totals))
        self.winner, grown, totals = max(found, key=lambda item: sum(item[1]))
        for name in self.held:
            self.lanes[name] = (dict(totals), self.lanes[name][1])
        return grown

    def stacked(self, claim, burden, layers):
        """可同时享受: one after the other on what is left."""
        assert self.held is not None
        total = [0] * len(self.benefits)
        for name in self.held:
            pairs = zip(self.benefits, total, strict=True)
            before = sum(paid for one, paid in pairs if one.base != "不设")
            grown = self.run(name, claim, self.lanes[name][0], burden, layers, before)
            total = [a + b for a, b in zip(total, grown, strict=True)]
        return total


def settled(made: Wide, person, claims):
    """For each claim what every benefit and every insurance pays, in 分."""
    insured: dict[Any, int] = {}
    chains = [Chain(made, benefits) for benefits in linked(made)]
    rows = []
    times = 0
    for claim in claims:
        paid_before = 0 if made.layers else sum(
            claim[name] for name in ("基本医保支付", "大病保险支付", "其他补充支付")
        )  # fmt: skip
        burden = int((claim["政策范围内费用"] - paid_before) * 100)
        listed = [name for name in made.identities if holding(person["身份"], name, claim["日期"])]
        held = [name for name in listed if person["知否"] or not made.identities[name]]
        times += claim["类型"] == "住院"
        claim = claim | {"持有": held, "第几次": times}
        run = Run(made, "", claim, insured, {}, 0)
        amounts = {one.name: run.benefit(one, burden) for one in made.layers}
        for chain in chains:
            grown = chain.claim(held, claim, burden, run.figures)
            amounts |= dict(zip([one.name for one in chain.benefits], grown, strict=True))
        rows.append(amounts)
    return rows


def holding(listed, name, day):
    """Whether a category is listed on a day."""
    for item in listed:
        spell = item if isinstance(item, dict) else {"名称": item}
        if spell["名称"] == name:
            return spell.get("起", "") <= day <= spell.get("止", "9")
    return False
