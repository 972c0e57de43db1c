"""What a benefit means: the one place where 起付, 比例 and 限额 become arithmetic.

For one claim, in order: is the cost admitted → base → part above what is left
of the 起付 → times 比例, rounded to 分 → at most what is left of the 限额.
Only admitted claims feed the accounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm

import attrs

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.chains import figures
from medaidlang.core.nodes import Column, Entry, Origin
from medaidlang.core.types import BOOL, MONEY, RATIO
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.formula import formula
from medaidlang.plan.lower import Lowering

Cells = Mapping[Column, tuple[Entry, ...]]


@attrs.define
class BenefitLowering:
    """One benefit under one treatment, inside the program of its chain."""

    low: Lowering
    name: str
    conditions: Sequence[core.Condition]
    unresolved: Sequence[core.Unresolved]
    cells: Cells
    origin: Origin
    on_claims: bool = True
    borne: int = -1  # whether anything is borne at all

    def note(
        self,
        topic: n.Topic,
        parts: Sequence[str | int],
        register: int,
        origin: Origin,
        when: int | None = None,
    ) -> None:
        """A line of the trace, shown only where register `when` holds."""
        self.low.notes.append(n.Note(topic, self.name, tuple(parts), register, origin, when))

    # ── who and which costs ──────────────────────────────────────────────────
    def admitted(self, burden: int) -> int:
        """Whether the benefit takes the cost at all; nothing is asked where nothing is borne."""
        low = self.low
        self.borne = low.compare(x.Order.GT, burden, low.const(0, MONEY))
        tests: list[int] = [self.borne]
        for condition in self.conditions:
            test = low.lower(condition.expr)
            words = " ".join(condition.expr.span.text.split())
            self.note(n.Topic.CONDITION, (words,), test, condition.origin)
            text = f"{self.name}的条件“{words}”不能判定"
            tests.append(self.asked(test, low.reason(text, [condition.expr], condition.origin)))
        rows = self.row_tests()
        if rows is not None:
            tests.append(rows)
        found = low.both(tests)
        for doubt in self.unresolved:
            found = self.doubted(found, doubt)
        return found

    def asked(self, test: int, why: int) -> int:
        """The test; where anything is borne, split into both answers if it is unknown."""
        if self.is_constant(test):
            return test
        where = self.borne
        return self.low.boolean(lambda to: s.Decide(to, test, where, why), (test,))

    def doubted(self, found: int, doubt: core.Unresolved) -> int:
        """`无法计算 当 …`: both answers are possible where the condition holds."""
        low = self.low
        test = low.lower(doubt.condition)
        why = low.reason(doubt.reason, [doubt.condition], doubt.origin)
        self.note(n.Topic.UNRESOLVED, (doubt.reason,), test, doubt.origin)
        return low.boolean(lambda to: s.Doubt(to, found, test, why), (test,))

    def row_tests(self) -> int | None:
        """Whether any row's key cells fit; None where a row has no key cells."""
        entries = self.cells.get(Column.RATIO) or self.cells.get(Column.FIXED) or ()
        if any(not entry.keys for entry in entries):
            return None
        return self.low.either([self.key_test(entry) for entry in entries])

    def key_test(self, entry: Entry) -> int:
        """Whether the key cells of a row fit."""
        tests = []
        for key in entry.keys:
            text = f"{self.name}表中“{key.word}”一栏不能判定"
            why = self.low.reason(text, [key.expr], key.origin)
            tests.append(self.asked(self.low.lower(key.expr), why))
        return self.low.both(tests)

    def is_constant(self, register: int) -> bool:
        """Whether a register holds a constant."""
        return register in self.low.literal

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
        if not self.is_constant(found):
            low = self.low
            if column is not Column.CAP and low.registers[found].low < 0:
                found = low.at_least(found, low.const(0, low.registers[found].type))
            if column is Column.RATIO:
                found = low.at_most(found, low.const(1, RATIO))
            exprs = [entry.expr for entry in entries if entry.expr is not None]
            text = f"{self.name}的{column.value}没有确定的数"
            why = self.low.reason(text, exprs, self.cell_origin(column), figure=True)
            found = self.bracket(found, top, why)
        return found

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

    def bracket(self, found: int, top: int, why: int, ceiling: int | None = None) -> int:
        """`found`, split into 0 and `top` (in units of its value) where it is unknown.

        `ceiling` is a register that bounds it more closely.
        """
        low = self.low
        here = low.registers[found]
        high = top * here.scale
        to = low.fresh(here.type, here.scale, max(here.low, 0), min(here.high, high), (found,))
        low.steps.append(s.Bracket(to, found, 0, high, why, ceiling))
        return to

    def burden(self, base: x.Expr, after: Sequence[str], origin: Origin) -> int:
        """The base: what the benefits before it have left, not below 0."""
        low = self.low
        found = low.rounded(low.lower(base))
        parts = list(formula(low, base))
        for name in after:
            paid = low.figures[name, x.Figure.PAID]
            found = low.subtract(found, paid)
            parts += [f" − {name} ", paid]
        if not self.is_constant(found):
            cost = low.shared.cost() if self.on_claims and part_of_cost(low, base) else None
            why = low.reason(f"{self.name}的基数不能确定", [base], origin, figure=True)
            found = self.bracket(found, n.LARGEST, why, cost)
        whole = low.most(found, low.const(0, MONEY))
        self.note(n.Topic.BASE, (*parts, " = ", whole), whole, origin)
        return whole

    def above(self, base: int, account: int | None, per_claim: bool, feed: int | None) -> int:
        """The part of the base above what is left of the 起付; feeds its account."""
        low = self.low
        zero = low.const(0, MONEY)
        standard = self.figure(Column.DEDUCTIBLE, zero, n.UNLIMITED)
        if standard == zero or (account is None and not per_claim):
            self.feed(account, feed if feed is not None else base)
            return base
        used = zero
        if account is not None:
            used = low.fresh(MONEY, 1, 0, n.UNLIMITED, ())
            low.steps.append(s.Read(used, account))
            self.note(n.Topic.USED_DEDUCTIBLE, (used,), used, self.cell_origin(Column.DEDUCTIBLE))
        left = low.most(low.subtract(standard, used), zero)
        result = low.most(low.subtract(base, left), zero)
        origin = self.cell_origin(Column.DEDUCTIBLE)
        self.row_notes(n.Topic.DEDUCTIBLE, Column.DEDUCTIBLE, standard)
        self.note(n.Topic.ABOVE, (base, " − 起付剩余 ", left, " = ", result), result, origin)
        self.feed(account, feed if feed is not None else base)
        return result

    def feed(self, account: int | None, amount: int) -> None:
        """Add to a running total."""
        if account is not None:
            self.low.steps.append(s.Feed(account, amount))

    def share(self, above: int, by_year: int | None) -> int:
        """Times 比例, rounded: each payment, or (by_year) the year's total of them."""
        low = self.low
        ratio = self.figure(Column.RATIO, low.const(1, RATIO), 1)
        exact = low.multiply(above, ratio, MONEY)
        origin = self.cell_origin(Column.RATIO)
        if by_year is None:
            amount = low.rounded(exact)
        else:
            exact = low.scaled(exact, by_year_scale(low, exact))
            before = low.fresh(MONEY, low.registers[exact].scale, 0, low.registers[exact].high, ())
            low.steps.append(s.Read(before, by_year))
            total = low.add(before, exact)
            low.steps.append(s.Feed(by_year, exact))
            amount = low.subtract(low.rounded(total), low.rounded(before))
        self.row_notes(n.Topic.RATIO, Column.RATIO, ratio)
        self.note(n.Topic.AMOUNT, (above, " × ", ratio, " = ", amount), amount, origin)
        return amount

    def capped(self, amount: int, account: int | None) -> int:
        """At most what is left of the 限额; feeds its account."""
        low = self.low
        unlimited = low.const(n.UNLIMITED, MONEY)
        limit = self.figure(Column.CAP, unlimited, n.UNLIMITED)
        if limit == unlimited:
            self.feed(account, amount)
            return amount
        left = limit = self.low.most(limit, self.low.const(0, MONEY))
        origin = self.cell_origin(Column.CAP)
        self.row_notes(n.Topic.CAP, Column.CAP, limit)
        if account is not None:
            used = low.fresh(MONEY, 1, 0, n.UNLIMITED, ())
            low.steps.append(s.Read(used, account))
            left = low.most(low.subtract(limit, used), low.const(0, MONEY))
            parts = (limit, " − 已用 ", used, " = ", left)
            self.note(n.Topic.CAP_LEFT, parts, left, origin)
        paid = low.least(amount, left)
        self.feed(account, paid)
        return paid

    def cell_origin(self, column: Column) -> Origin:
        """Where the figure of a column stands."""
        entries = self.cells.get(column, ())
        return entries[0].origin if entries else self.origin

    def nothing(self) -> n.Port:
        """A category that has no row: 0, and no account is touched."""
        zero = self.low.const(0, MONEY)
        self.low.figures[self.name, x.Figure.PAID] = zero
        self.low.figures[self.name, x.Figure.ABOVE] = zero
        self.low.figures[self.name, x.Figure.BASE] = zero
        return n.Port(self.name, self.low.const(0, BOOL), zero, zero, zero)


def by_year_scale(low: Lowering, exact: int) -> int:
    """The scale at which a year's unrounded amounts are added, the same for every program."""
    return lcm(low.shared.year_scale(), low.registers[exact].scale)


def lower_benefit(low: Lowering, pack: core.Pack, benefit: core.Benefit, cells: Cells) -> n.Port:
    """The steps of one benefit for one claim."""
    work = BenefitLowering(
        low, benefit.name, benefit.conditions, benefit.unresolved, cells, benefit.origin
    )
    if not any(entry.entitled for entries in cells.values() for entry in entries):
        return work.nothing()
    burden = work.burden(benefit.base, preceding(pack, benefit), benefit.base_origin)
    admitted = work.admitted(burden)
    base = low.choose(admitted, burden, low.const(0, MONEY))
    account, per_claim, feed = deductible_account(work, pack, benefit)
    above = work.above(base, account, per_claim, feed)
    by_year = None
    if pack.document.rounds_year:
        by_year = low.shared.total(f"{benefit.name}·未舍入", core.Period.YEAR)
    amount = work.share(above, by_year)
    cap = pack.accounts[benefit.cap] if benefit.cap else None
    lasting = cap is not None and cap.period is not core.Period.CLAIM
    pool = low.shared.total(cap.name, cap.period) if cap is not None and lasting else None
    paid = work.capped(amount, pool)
    work.note(n.Topic.PAY, (paid,), paid, benefit.origin)
    low.figures[benefit.name, x.Figure.PAID] = paid
    low.figures[benefit.name, x.Figure.ABOVE] = above
    low.figures[benefit.name, x.Figure.BASE] = base
    return n.Port(benefit.name, admitted, burden, base, paid, is_plain(pack, benefit, cells))


def is_plain(pack: core.Pack, benefit: core.Benefit, cells: Cells) -> bool:
    """Whether the payment is steady in every unknown; see `Port.plain`."""
    asked = [benefit.base, *(c.expr for c in benefit.conditions)]
    asked += [u.condition for u in benefit.unresolved]
    for entry in (entry for entries in cells.values() for entry in entries):
        asked += [key.expr for key in entry.keys] + ([entry.expr] if entry.expr else [])
    accounts = [pack.accounts[name] for name in (benefit.deductible, benefit.cap) if name]
    asked += [account.feed for account in accounts if account.feed is not None]
    sharing = {name for account in accounts for name in account.benefits}
    shares = bool(sharing & set(preceding(pack, benefit)))
    return not shares and not any(figures(pack, expr) for expr in asked)


def part_of_cost(low: Lowering, expr: x.Expr) -> bool:
    """Whether a base is the policy-scope cost less something, and so never above it."""
    match expr:
        case x.DefinitionRef(name=name):
            return part_of_cost(low, low.shared.pack.definitions[name].expr)
        case x.Calculate(operator=x.Arith.SUB, left=left):
            return part_of_cost(low, left)
        case x.If(positive=positive, negative=negative):
            return part_of_cost(low, positive) and part_of_cost(low, negative)
        case x.FactRef():
            return low.lower(expr) == low.shared.cost()
        case _:
            return False


def preceding(pack: core.Pack, benefit: core.Benefit) -> tuple[str, ...]:
    """接续, all the way back: every benefit that pays on the cost before this one."""
    found: dict[str, None] = {}
    todo = list(benefit.after)
    while todo:
        name = todo.pop(0)
        if name not in found and name != benefit.name:
            found[name] = None
            todo += pack.benefits[name].after
    return tuple(found)


def deductible_account(
    work: BenefitLowering, pack: core.Pack, benefit: core.Benefit
) -> tuple[int | None, bool, int | None]:
    """The 起付 account, whether it starts anew with each claim, and what feeds it."""
    if benefit.deductible is None:
        return None, False, None
    low, account = work.low, pack.accounts[benefit.deductible]
    feed = None
    if account.feed is not None:
        found = low.rounded(low.lower(account.feed))
        why = low.reason(
            f"{benefit.name}的{account.column.value}账户计入多少不能确定",
            [account.feed],
            account.origin,
            figure=True,
        )
        feed = low.most(work.bracket(found, n.LARGEST, why), low.const(0, MONEY))
    if account.period is core.Period.CLAIM:
        return None, True, feed
    return low.shared.total(account.name, account.period), False, feed


def lower_subsidy(low: Lowering, subsidy: core.Subsidy, cells: Cells) -> n.Port:
    """The steps of a subsidy: 比例 of the base, or 定额 but no more than the base."""
    work = BenefitLowering(
        low, subsidy.name, subsidy.conditions, subsidy.unresolved, cells, subsidy.origin, False
    )
    if not any(entry.entitled for entries in cells.values() for entry in entries):
        return work.nothing()
    zero = low.const(0, MONEY)
    top = low.const(n.UNLIMITED, MONEY)
    burden = top
    if subsidy.base is not None:
        burden = work.burden(subsidy.base, (), subsidy.origin)
    admitted = work.admitted(burden)
    fixed = work.figure(Column.FIXED, top, n.UNLIMITED) if cells.get(Column.FIXED) else top
    base = low.choose(admitted, burden, zero)
    amount = base
    if cells.get(Column.RATIO):
        amount = work.share(base, None)
    if fixed != top:
        work.note(n.Topic.AMOUNT, ("定额 ", fixed), fixed, work.cell_origin(Column.FIXED))
        amount = low.least(amount, fixed)
    paid = low.choose(admitted, amount, zero)
    work.note(n.Topic.PAY, (paid,), paid, subsidy.origin)
    return n.Port(subsidy.name, admitted, burden, base, paid)
