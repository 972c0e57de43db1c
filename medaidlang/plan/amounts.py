"""The arithmetic of one benefit: figures, 起付, 比例, 限额, 调整 as steps.

`benefit` puts them in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import assert_never

import attrs

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.nodes import Column, Entry, Origin, Rounding, Target
from medaidlang.core.types import BOOL, MONEY, RATIO
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.asking import Asking
from medaidlang.plan.asking import Cells as Cells
from medaidlang.plan.formula import formula, part_of_cost
from medaidlang.plan.lower import Lowering
from medaidlang.plan.registers import phases
from medaidlang.runtime.money import format_yuan

TARGETS = {
    Column.DEDUCTIBLE: Target.DEDUCTIBLE, Column.RATIO: Target.RATIO, Column.CAP: Target.CAP,
    Column.CLAIM_CAP: Target.CAP, Column.FIXED: Target.FIXED,
}  # fmt: skip


@attrs.frozen
class DeductibleAccount:
    """What a 起付 is drawn on: `account` (None: each claim anew), and what feeds it.

    `drawn`: there is a 起付 at all.  `charged`: what was deducted counts, and not the base.
    `first`: no benefit before this one in the program has fed it.
    """

    drawn: bool
    account: int | None = None
    feed: int | None = None
    charged: bool = False
    first: bool = True


def combined(low: Lowering, manner: core.Manner, before: int, found: int) -> int:
    """A figure after one change of its manner."""
    match manner:
        case core.Manner.TIMES:
            return low.multiply(before, found, low.registers[before].type)
        case core.Manner.PLUS:
            return low.add(before, found)
        case core.Manner.MINUS:
            return low.subtract(before, found)
        case core.Manner.SET:
            return found
        case core.Manner.AT_LEAST:
            return low.most(before, found)
        case core.Manner.AT_MOST:
            return low.least(before, found)
        case _:
            assert_never(manner)


def slice_words(band: core.Slice) -> str:
    """A slice as a trace prints it."""
    if band.high is None:
        return f"{format_yuan(band.low)} 以上："
    return f"{format_yuan(band.low)} 至 {format_yuan(band.high)}："


def by_year_scale(low: Lowering, exact: int) -> int:
    """The scale at which a year's unrounded amounts are added, the same for every program."""
    return lcm(low.shared.year_scale(), low.registers[exact].scale)


@attrs.define
class BenefitLowering(Asking):
    """One benefit under one treatment, inside the program of its chain."""

    phase: tuple[int, int, int] | None = None  # see `Port.phase`
    raw: int | None = None  # the base before it is taken at its extremes

    # ── figures ──────────────────────────────────────────────────────────────
    def figure(self, column: Column, absent: int, top: int) -> int:
        """The figure of a column: its row's cell, or `absent` for 不设.

        An unknown figure is taken at its extremes, 0 and `top`; only the row that
        applies can make it unknown.
        """
        entries = self.cells.get(column, ())
        found = absent
        for entry in reversed(entries):
            value = self.cell(entry, absent)
            if entry.keys:
                value = self.low.choose(self.key_test(entry), value, found)
            found = value
        return self.settled(column, entries, found, top)

    def settled(self, column: Column, entries: Sequence[Entry], found: int, top: int) -> int:
        """A figure within its bounds, taken at its extremes where it is unknown, then changed."""
        low = self.low
        if not self.is_constant(found):
            if column not in (Column.CAP, Column.CLAIM_CAP) and low.registers[found].low < 0:
                zero = low.const(0, low.registers[found].type)
                ratio = column is Column.RATIO  # 下调 beyond nothing leaves nothing
                found = low.most(found, zero) if ratio else low.at_least(found, zero)
            if column is Column.RATIO:
                found = low.at_most(found, low.const(1, RATIO))
            exprs = [entry.expr for entry in entries if entry.expr is not None]
            text = f"{self.name}的{column.value}没有确定的数"
            why = self.low.reason(text, exprs, self.cell_origin(column), figure=True)
            found = self.bracket(found, top, why)
        return self.changed(TARGETS[column], found)

    # ── 调整 ─────────────────────────────────────────────────────────────────
    def changed(self, target: Target, found: int) -> int:
        """A figure after every 调整 that is about it, in the document's order."""
        for adjustment in self.changes:
            for change in adjustment.changes:
                if change.target is target:
                    found = self.change(adjustment, change, found)
        return found

    def change(self, adjustment: core.Adjustment, change: core.Change, before: int) -> int:
        """One change; where it does not apply, or nothing is set, the figure stays."""
        low = self.low
        kind = low.registers[before].type
        found = low.lower(change.expr)
        if not self.is_constant(found):
            text = f"调整“{adjustment.name}”的数没有确定"
            why = low.reason(text, [change.expr], change.origin, figure=True)
            found = self.bracket(found, 1 if low.registers[found].type != MONEY else n.LARGEST, why)
        after = combined(low, change.manner, before, found)
        if kind == MONEY:
            after = low.rounded(after)
        after = low.most(after, low.const(0, kind))
        if change.target is Target.RATIO:
            after = low.least(after, low.const(1, kind))
        test = self.applies(adjustment)
        if change.target is Target.CAP:
            limited = low.compare(x.Order.LT, before, low.const(n.UNLIMITED, MONEY))
            test = low.both([test, limited])
        result = low.choose(test, after, before)
        words = f"{change.target.value}：{adjustment.name}，{change.manner.value} "
        parts = (words, found, "，", before, " → ", result)
        self.note(n.Topic.CHANGE, parts, result, change.origin, test)
        return result

    def applies(self, adjustment: core.Adjustment) -> int:
        """Whether the conditions of an 调整 hold; unknown ones are taken both ways."""
        if adjustment.name not in self.tested:
            tests = []
            for condition in adjustment.conditions:
                words = " ".join(condition.expr.span.text.split())
                text = f"调整“{adjustment.name}”的条件“{words}”不能判定"
                why = self.low.reason(text, [condition.expr], condition.origin)
                tests.append(self.asked(self.low.lower(condition.expr), why))
            where = [self.borne] if self.borne >= 0 else []  # what is not asked does not hold
            self.tested[adjustment.name] = self.low.both([*where, *tests])
        return self.tested[adjustment.name]

    def allowed(self, admitted: int) -> int:
        """Admitted, unless an 调整 takes the benefit away."""
        low = self.low
        tests = [admitted]
        for adjustment in self.changes:
            if adjustment.withdrawn:
                kept = low.invert(self.applies(adjustment))
                self.note(n.Topic.CONDITION, (f"非 {adjustment.name}",), kept, adjustment.origin)
                tests.append(kept)
        return low.both(tests)

    def cell(self, entry: Entry, absent: int) -> int:
        """One cell; amounts in whole 分."""
        if entry.expr is None:
            return absent
        found = self.low.lower(entry.expr)
        return found if entry.column is Column.RATIO else self.low.rounded(found)

    def row_notes(self, topic: n.Topic, column: Column, register: int) -> None:
        """The figure of a column, noted under the row it comes from."""
        for entry in self.cells.get(column, ()):
            when = self.key_test(entry) if entry.keys else None
            self.note(topic, (register,), register, entry.origin, when)

    def bracket(
        self, found: int, top: int, why: int, ceiling: int | None = None, *, always: bool = False
    ) -> int:
        """`found`, split into 0 and `top` (in units of its value) where it is unknown.

        `ceiling` is a register that bounds it more closely; unless `always`, nothing is
        asked where nothing is borne.
        """
        low = self.low
        here = low.registers[found]
        high = top * here.scale
        to = low.fresh(here.type, here.scale, max(here.low, 0), min(here.high, high), (found,))
        where = self.borne if self.borne >= 0 and not always else None
        low.steps.append(s.Bracket(to, found, 0, high, why, ceiling, where))
        return to

    def burden(self, base: x.Expr, after: Sequence[str], origin: Origin) -> int:
        """The base: what the benefits before it have left, not below 0."""
        low = self.low
        self.raw = found = low.rounded(low.lower(base))
        parts = list(formula(low, base))
        for name in after:
            paid = low.figure_of(name, x.Figure.PAID)
            self.raw = found = low.subtract(found, paid)
            parts += [f" − {name} ", paid]
        if not self.is_constant(found):
            cost = low.shared.cost() if self.on_claims and part_of_cost(low, base) else None
            why = low.reason(f"{self.name}的基数不能确定", [base], origin, figure=True)
            found = self.bracket(found, n.LARGEST, why, cost)
        whole = low.most(found, low.const(0, MONEY))
        self.note(n.Topic.BASE, (*parts, " = ", whole), whole, origin)
        return whole

    def above(self, base: int, on: DeductibleAccount) -> int:
        """The part of the base above what is left of the 起付; feeds its account."""
        low = self.low
        zero = low.const(0, MONEY)
        standard = self.figure(Column.DEDUCTIBLE, zero, n.UNLIMITED)
        account = on.account
        if standard == zero or not on.drawn:
            if account is not None and on.feed is not None:
                self.used(account, before=True)  # those who share it read it before the claim
            self.feed_deductible(on, base, base)
            return base
        used = zero
        if account is not None:
            used = self.used(account, before=on.feed is not None)
            self.note(n.Topic.USED_DEDUCTIBLE, (used,), used, self.cell_origin(Column.DEDUCTIBLE))
        left = low.most(low.subtract(standard, used), zero)
        result = low.most(low.subtract(base, left), zero)
        origin = self.cell_origin(Column.DEDUCTIBLE)
        self.row_notes(n.Topic.DEDUCTIBLE, Column.DEDUCTIBLE, standard)
        self.note(n.Topic.ABOVE, (base, " − 起付剩余 ", left, " = ", result), result, origin)
        self.feed_deductible(on, base, result)
        return result

    def used(self, account: int, *, before: bool) -> int:
        """What a running total holds; `before` the claim, whatever it has been fed since."""
        low = self.low
        if before and account in low.reads:
            return low.reads[account]
        used = low.fresh(MONEY, 1, 0, n.UNLIMITED, ())
        low.steps.append(s.Read(used, account))
        low.reads.setdefault(account, used)
        return used

    def feed_deductible(self, on: DeductibleAccount, base: int, above: int) -> None:
        """What counts towards the 起付: the base, what was deducted, or what 计入 says."""
        if on.feed is not None and on.account is not None:
            if on.first:  # 计入 is once for each claim, whoever shares the account
                self.low.steps.append(s.Feed(on.account, on.feed))
        else:
            self.feed(on.account, self.low.subtract(base, above) if on.charged else base)

    def feed(self, account: int | None, amount: int) -> None:
        """Add to a running total, unless the claim leaves the accounts alone."""
        if account is None:
            return
        low = self.low
        if self.uncounted:
            amount = low.choose(self.left_alone(), self.nothing_like(amount), amount)
        low.steps.append(s.Feed(account, amount))

    def left_alone(self) -> int:
        """Whether the claim leaves the accounts alone (不计入账户)."""
        low = self.low
        why = low.reason(f"{self.name}的账户是否计入不能判定", [], self.origin)
        return low.either([self.asked(test, why) for test in self.uncounted])

    def nothing_like(self, amount: int) -> int:
        """Zero of the kind and scale of an amount."""
        here = self.low.registers[amount]
        return self.low.const(0, here.type, here.scale)

    def share(self, above: int, exact_total: int | None, how: Rounding) -> int:
        """Times 比例, rounded: each payment, or (`exact_total`) the year's total of them."""
        low = self.low
        ratio = self.figure(Column.RATIO, low.const(1, RATIO), 1)
        exact = low.multiply(above, ratio, MONEY)
        amount = self.in_whole(exact, exact_total, how)
        self.row_notes(n.Topic.RATIO, Column.RATIO, ratio)
        origin = self.cell_origin(Column.RATIO)
        self.note(n.Topic.AMOUNT, (above, " × ", ratio, " = ", amount), amount, origin)
        return amount

    def in_whole(self, exact: int, exact_total: int | None, how: Rounding) -> int:
        """An exact amount rounded: by itself, or as the growth of the year's rounded total."""
        low = self.low
        if exact_total is None:
            return low.rounded(exact, how)
        exact = low.scaled(exact, by_year_scale(low, exact))
        scale = low.registers[exact].scale
        self.phase = (exact_total, *phases(scale, how))
        before = low.fresh(MONEY, scale, self.phase[1], low.registers[exact].high, ())
        low.steps.append(s.Read(before, exact_total))
        total = low.add(before, exact)
        self.feed(exact_total, exact)
        return low.subtract(low.rounded(total, how), low.rounded(before, how))

    def sliced(self, start: int, above: int, exact_total: int | None, how: Rounding) -> int:
        """Every slice of the part above the 起付 times its own 比例, added, then rounded.

        `start` is where that part begins on the scale of the slices' edges.
        """
        low = self.low
        zero = low.const(0, MONEY)
        end = low.add(start, above)
        total = low.const(0, MONEY)
        for entry in self.cells[Column.RATIO]:
            assert entry.slice is not None
            top = end
            if entry.slice.high is not None:
                top = low.least(end, low.const(entry.slice.high, MONEY))
            bottom = low.most(start, low.const(entry.slice.low, MONEY))
            slice_ = low.most(low.subtract(top, bottom), zero)
            ratio = self.settled(Column.RATIO, [entry], self.cell(entry, zero), 1)
            if entry.keys:
                slice_ = low.choose(self.key_test(entry), slice_, zero)
            total = low.add(total, low.multiply(slice_, ratio, MONEY))
            used = low.compare(x.Order.GT, slice_, zero)
            line = (slice_words(entry.slice), slice_, " × ", ratio)
            self.note(n.Topic.SLICE, line, slice_, entry.origin, used)
        amount = self.in_whole(total, exact_total, how)
        self.note(n.Topic.AMOUNT, ("各段合计 ", amount), amount, self.cell_origin(Column.RATIO))
        return amount

    def fixed(self, shared: int | None, base: int, unbased: bool) -> int:
        """定额, where its row applies, in place of a share (None: there is none)."""
        low = self.low
        zero = low.const(0, MONEY)
        if not self.cells.get(Column.FIXED):
            return shared if shared is not None else zero
        amount = self.figure(Column.FIXED, zero, n.LARGEST)
        if not unbased:
            amount = low.least(amount, base)
        rows = self.cells[Column.FIXED]
        when = None
        if all(entry.keys for entry in rows):
            when = low.either([self.key_test(entry) for entry in rows])
            amount = low.choose(when, amount, shared if shared is not None else zero)
        origin = self.cell_origin(Column.FIXED)
        self.note(n.Topic.AMOUNT, ("定额 ", amount), amount, origin, when)
        return amount

    def capped(self, amount: int, account: int | None, column: Column = Column.CAP) -> int:
        """At most what is left of the 限额; feeds its account."""
        paid, _ = self.within_cap(amount, account, column)
        self.feed(account, paid)
        return paid

    def within_cap(
        self, amount: int, account: int | None, column: Column, name: str = ""
    ) -> tuple[int, int | None]:
        """At most what is left of a limit, and what is left; nothing is fed."""
        low = self.low
        unlimited = low.const(n.UNLIMITED, MONEY)
        limit = self.figure(column, unlimited, n.UNLIMITED)
        if limit == unlimited:
            return amount, None
        left = limit = self.low.most(limit, self.low.const(0, MONEY))
        origin = self.cell_origin(column)
        self.row_notes(n.Topic.CAP, column, limit)
        if account is not None:
            used = low.fresh(MONEY, 1, 0, n.UNLIMITED, ())
            low.steps.append(s.Read(used, account))
            left = low.most(low.subtract(limit, used), low.const(0, MONEY))
            parts = (name, limit, " − 已用 ", used, " = ", left)
            self.note(n.Topic.CAP_LEFT, parts, left, origin)
        return low.least(amount, left), left

    def cell_origin(self, column: Column) -> Origin:
        """Where the figure of a column stands."""
        entries = self.cells.get(column, ())
        return entries[0].origin if entries else self.origin

    def nothing(self) -> n.Port:
        """A category that has no row: 0, and no account is touched."""
        zero = self.low.const(0, MONEY)
        for figure in x.Figure:
            self.low.figures[self.name, figure] = zero
        return n.Port(self.name, self.low.const(0, BOOL), zero, zero, zero)
