"""What a benefit means: the one place where 起付, 比例 and 限额 get their order.

For one claim: is the cost admitted → base → part above what is left of the 起付 →
times 比例 (slice by slice where 分段 says so), or 定额 → 调整 of the payment → rounded →
at most 单次限额, what is left of the 限额, and of every 额度.  Only admitted claims
feed the accounts.  An 调整 changes each figure where it is first known.
"""

from __future__ import annotations

import attrs

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.chains import figures
from medaidlang.core.nodes import Column, Entry
from medaidlang.core.parts import deep
from medaidlang.core.types import MONEY, Kind, Type
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.amounts import BenefitLowering, Cells, DeductibleAccount
from medaidlang.plan.linked import asks_base, based_on, is_steady, preceding, same_cost
from medaidlang.plan.lower import Lowering


@attrs.frozen
class PoolShare:
    """An 额度 for a category: its limits, and the 调整 that concern them."""

    pool: core.Pool
    entries: tuple[Entry, ...]
    changes: tuple[core.Adjustment, ...]


@attrs.frozen
class Given:
    """What the document gives a category of one benefit.

    `deductible` is the account of its 起付, `pools` are the limits of each 额度 on which
    the benefit draws, `changes` the 调整 that may concern the category.
    """

    cells: Cells
    pools: tuple[PoolShare, ...] = ()
    changes: tuple[core.Adjustment, ...] = ()
    deductible: str | None = None

    @property
    def entitled(self) -> bool:
        """Whether it gives anything."""
        return any(entry.entitled for entries in self.cells.values() for entry in entries)


def lower_benefit(low: Lowering, pack: core.Pack, benefit: core.Benefit, given: Given) -> n.Port:
    """The steps of one benefit for one claim."""
    asked = benefit if benefit.application is None else of_the_sum(pack, benefit)
    work = BenefitLowering(
        low, benefit.name, asked.conditions, asked.unresolved, given.cells, benefit.origin,
        True, given.changes,
    )  # fmt: skip
    if not given.entitled:
        return work.nothing()
    burden = base_of(work, pack, benefit)
    low.figures[benefit.name, x.Figure.BASE] = burden  # as 基数 columns ask for it:
    if work.raw is not None and asks_base(given.cells):  # any tier, and not those of its extremes
        low.figures[benefit.name, x.Figure.BASE] = low.where_known(work.raw, burden)
    admitted = work.allowed(work.admitted(burden))
    counted = times_left(work, benefit)
    if counted is not None:
        admitted = low.both([admitted, counted.left])
    base = low.choose(admitted, burden, low.const(0, MONEY))
    on = deductible_account(work, pack, benefit.name, given.deductible)
    above = base if benefit.unbased else work.above(base, on)
    due = amount_due(work, pack, benefit, admitted, base, above)
    paid = limited(work, pack, benefit, given, due)
    if counted is not None:
        some = low.compare(x.Order.GT, paid, low.const(0, MONEY))
        one, none = low.const(1, counted.kind), low.const(0, counted.kind)
        work.feed(counted.account, low.choose(some, one, none))
    work.note(n.Topic.PAY, (paid,), paid, benefit.origin)
    made = {x.Figure.PAID: paid, x.Figure.ABOVE: above, x.Figure.BASE: base, x.Figure.DUE: due,
            x.Figure.OVER: low.subtract(due, paid)}  # fmt: skip
    low.figures |= {(benefit.name, figure): register for figure, register in made.items()}
    plain, sure = is_plain(pack, benefit, given), is_sure(pack, benefit, given)
    steady = is_steady(benefit, given.cells, bool(given.changes))
    tests = [low.lower(condition.expr) for condition in benefit.notional]
    notional = low.both(tests) if tests else None
    return n.Port(
        benefit.name, admitted, burden, base, paid, plain and steady, sure, work.phase, steady,
        notional,
    )  # fmt: skip


def of_the_sum(pack: core.Pack, benefit: core.Benefit) -> core.Benefit:
    """A benefit paid on application with the conditions that no single claim can answer."""
    kept = tuple(c for c in benefit.conditions if not of_claims(pack, c.expr))
    return attrs.evolve(benefit, conditions=kept, unresolved=())


def of_claims(pack: core.Pack, expr: x.Expr) -> bool:
    """Whether a condition of an application is asked of each claim."""
    facts = [part for part in deep(pack, expr) if isinstance(part, x.FactRef)]
    return any(pack.facts[fact.name].scope is core.Scope.CLAIM for fact in facts)


def base_of(work: BenefitLowering, pack: core.Pack, benefit: core.Benefit) -> int:
    """The base: what the benefits (and categories) before it have left, after 调整."""
    low = work.low
    if benefit.unbased:
        return low.lower(benefit.base)
    if benefit.application is not None:  # its conditions were asked of each claim
        burden = applied_sum(work, benefit)
    else:
        burden = work.burden(benefit.base, preceding(pack, benefit), benefit.base_origin)
    work.some(burden)
    before = paid_by_earlier(work, pack, benefit)
    if before is not None:
        burden = low.most(low.subtract(burden, before), low.const(0, MONEY))
        parts = ("已由前一身份支付 ", before, "，余 ", burden)
        work.note(n.Topic.BASE, parts, burden, benefit.base_origin)
    return work.changed(core.Target.BASE, burden)


def paid_by_earlier(work: BenefitLowering, pack: core.Pack, benefit: core.Benefit) -> int | None:
    """可同时享受: what earlier categories have paid on the same cost, by this or a linked benefit.

    None where categories do not stack, and where the base is what another benefit leaves:
    its own base has been reduced already.
    """
    low = work.low
    if benefit.name not in pack.benefits or based_on(pack, benefit):
        return None
    ours = same_cost(pack, benefit)
    slots = [low.shared.index.get((n.Source.BEFORE, name)) for name in ours]
    found = [slot for slot in slots if slot is not None]
    total = found[0] if found else None
    for slot in found[1:]:
        total = low.add(total, slot) if total is not None else slot
    return total


def applied_sum(work: BenefitLowering, benefit: core.Benefit) -> int:
    """What the claims of an application have counted together, taken both ways if unknown."""
    low = work.low
    total = low.shared.index[n.Source.APPLIED, benefit.name]
    why = low.reason(uncertain_sum(benefit.name), [], benefit.base_origin)
    burden = work.bracket(total, n.LARGEST, why)
    work.note(n.Topic.BASE, ("申请所计费用 ", burden), burden, benefit.base_origin)
    return burden


def uncertain_sum(name: str) -> str:
    """What is said where it is not known what the claims of an application count."""
    return f"{name}所计的费用不能确定"


@attrs.frozen
class Counted:
    """限次: its running total, and whether a payment is left."""

    account: int
    left: int
    kind: Type


def times_left(work: BenefitLowering, benefit: core.Benefit) -> Counted | None:
    """限次: whether fewer payments than allowed were made."""
    if benefit.times is None:
        return None
    low = work.low
    times = Type(Kind.INTEGER, "次")
    account = low.shared.total(f"{benefit.name}·限次", benefit.times.period)
    used = low.fresh(times, 1, 0, 10**6, ())
    low.steps.append(s.Read(used, account))
    left = low.compare(x.Order.LT, used, low.const(benefit.times.count, times))
    limit = str(benefit.times.count)
    parts = ("已支付 ", used, f"，至多 {limit}次")
    work.note(n.Topic.TIMES, parts, used, benefit.times.origin)
    return Counted(account, left, times)


def amount_due(
    work: BenefitLowering,
    pack: core.Pack,
    benefit: core.Benefit,
    admitted: int,
    base: int,
    above: int,
) -> int:
    """What is due before any limit."""
    low, how = work.low, rounding_of(pack, benefit)
    exact_total = None
    if pack.document.rounds_year and benefit.name not in pack.layers:
        exact_total = low.shared.total(f"{benefit.name}·未舍入", core.Period.YEAR)
    shared = None
    ratios = work.cells.get(Column.RATIO, ())
    if benefit.slicing is not None and any(entry.slice is not None for entry in ratios):
        start = slice_start(work, benefit, base, above)
        shared = work.sliced(start, above, exact_total, how)
    elif ratios:
        shared = work.share(above, exact_total, how)
    amount = work.fixed(shared, above, benefit.unbased)
    if work.cells.get(Column.FIXED):  # a share of nothing is nothing, and rounded, already
        amount = low.rounded(low.choose(admitted, amount, low.const(0, MONEY)), how)
    changed = work.changed(core.Target.PAYMENT, amount)
    if changed != amount:
        changed = low.rounded(low.choose(admitted, changed, low.const(0, MONEY)), how)
    grown = changed != amount or work.cells.get(Column.FIXED) or how.unit > 1
    if grown and not benefit.unbased:  # no more than is borne, even if that is no whole unit
        changed = low.least(changed, base)
    return changed


def rounding_of(pack: core.Pack, benefit: core.Benefit) -> core.Rounding:
    """How an amount due is rounded: as the item says, else aid as the document says."""
    if benefit.rounding is not None:
        return benefit.rounding
    return core.Rounding() if benefit.name in pack.layers else pack.document.rounding


def slice_start(work: BenefitLowering, benefit: core.Benefit, base: int, above: int) -> int:
    """Where the part above the 起付 begins on the scale of the slices' edges.

    Counting the 起付 (基数) it begins after what was deducted; over the year it begins
    where the claims before have ended.
    """
    low = work.low
    assert benefit.slicing is not None
    counts_deducted = benefit.slicing.figure is x.Figure.BASE
    start = low.subtract(base, above) if counts_deducted else low.const(0, MONEY)
    if benefit.slicing.period is core.Period.CLAIM:
        return start
    account = low.shared.total(f"{benefit.name}·分段", benefit.slicing.period)
    before = low.fresh(MONEY, 1, 0, n.UNLIMITED, ())
    low.steps.append(s.Read(before, account))
    work.feed(account, base if counts_deducted else above)
    return low.add(before, start)


def limited(
    work: BenefitLowering, pack: core.Pack, benefit: core.Benefit, given: Given, due: int
) -> int:
    """At most 单次限额, what is left of the 限额, and what is left of every 额度."""
    low = work.low
    amount = work.capped(due, None, Column.CLAIM_CAP)
    cap = pack.accounts[benefit.cap] if benefit.cap else None
    lasting = cap is not None and cap.period is not core.Period.CLAIM
    account = low.shared.total(cap.name, cap.period) if cap is not None and lasting else None
    amount, _ = work.within_cap(amount, account, Column.CAP)
    pools: list[int] = []
    for share in given.pools:
        pool = share.pool
        place = low.shared.total(pool.name, pool.period)
        held = attrs.evolve(work, cells={Column.CAP: share.entries}, changes=share.changes)
        amount, _ = held.within_cap(amount, place, Column.CAP, f"额度“{pool.name}” ")
        pools.append(place)
    for fed in (account, *pools):
        work.feed(fed, amount)
    return amount


def is_sure(pack: core.Pack, benefit: core.Benefit, given: Given) -> bool:
    """Whether no figure decides if a claim is admitted; see `Port.sure`."""
    asked = [c.expr for c in benefit.conditions] + [u.condition for u in benefit.unresolved]
    for entry in (entry for entries in given.cells.values() for entry in entries):
        asked += [key.expr for key in entry.keys]
    asked += [c.expr for change in given.changes for c in change.conditions]
    return benefit.times is None and not any(figures(pack, expr) for expr in asked)


def is_plain(pack: core.Pack, benefit: core.Benefit, given: Given) -> bool:
    """Whether the payment is steady in every unknown; see `Port.plain`."""
    asked = [benefit.base, *(c.expr for c in benefit.conditions)]
    asked += [u.condition for u in benefit.unresolved]
    for entry in (entry for entries in given.cells.values() for entry in entries):
        asked += [key.expr for key in entry.keys] + ([entry.expr] if entry.expr else [])
    for adjustment in given.changes:
        asked += [c.expr for c in adjustment.conditions] + [c.expr for c in adjustment.changes]
    accounts = [pack.accounts[name] for name in (benefit.deductible, benefit.cap) if name]
    asked += [account.feed for account in accounts if account.feed is not None]
    sharing = {name for account in accounts for name in account.benefits}
    sharing |= {name for share in given.pools for name in share.pool.benefits}
    shares = bool(sharing & set(preceding(pack, benefit)))
    steady = benefit.times is None and Column.FIXED not in given.cells
    return steady and not shares and not any(figures(pack, expr) for expr in asked)


def deductible_account(
    work: BenefitLowering, pack: core.Pack, benefit: str, name: str | None
) -> DeductibleAccount:
    """What the 起付 is drawn on, and what feeds it."""
    if name is None:
        return DeductibleAccount(False)
    low, account = work.low, pack.accounts[name]
    feed = None
    if account.feed is not None:
        found = low.rounded(low.lower(account.feed))
        why = low.reason(
            f"{benefit}的{account.column.value}账户计入多少不能确定",
            [account.feed],
            account.origin,
            figure=True,
        )
        feed = low.most(work.bracket(found, n.LARGEST, why, always=True), low.const(0, MONEY))
    if account.period is core.Period.CLAIM:
        return DeductibleAccount(True, None, feed)
    place = low.shared.total(account.name, account.period)
    first = account.feed is None or place not in low.explicit
    if account.feed is not None:
        low.explicit.add(place)
    return DeductibleAccount(True, place, feed, account.charged, first)


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
        how = subsidy.rounding or low.shared.pack.document.rounding
        amount = work.share(base, None, how)
    if fixed != top:
        work.note(n.Topic.AMOUNT, ("定额 ", fixed), fixed, work.cell_origin(Column.FIXED))
        amount = low.least(amount, fixed)
    before = low.shared.index.get((n.Source.BEFORE, subsidy.name))
    if before is not None:  # several categories together: no more than the base
        amount = low.least(amount, low.most(low.subtract(base, before), zero))
    paid = low.choose(admitted, amount, zero)
    work.note(n.Topic.PAY, (paid,), paid, subsidy.origin)
    return n.Port(subsidy.name, admitted, burden, base, paid)
