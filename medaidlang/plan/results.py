"""Core to plan: the results beside the payments, running totals, and who pays what share."""

from __future__ import annotations

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.parts import deep
from medaidlang.core.types import BANDS, BOOL, MONEY, Kind, Type
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.lower import Lowering
from medaidlang.plan.shared import RATIO_UNIT, Shared, paid_as, split_parts


def adding(shared: Shared, *, after_layers: bool) -> n.Program:
    """What every claim adds to the running totals that do (not) hang on an insurance."""
    low = Lowering(shared)
    feed_totals(low, after_layers)
    return low.program()


def feed_totals(low: Lowering, after_layers: bool | None) -> None:
    """Feeds of 年度累计, 年度次数 and 年度最高 (None: all)."""
    for (function, inner), total in low.shared.year_totals.items():
        late = any(isinstance(part, x.FigureRef) for part in deep(low.shared.pack, inner))
        if after_layers is None or late is after_layers:
            low.steps.append(s.Feed(total, grown(low, function, inner, total)))


def grown(low: Lowering, function: x.Builtin, inner: x.Expr, total: int) -> int:
    """By how much a claim raises a running total."""
    found = low.lower(inner)
    if function is x.Builtin.YEAR_TOTAL:
        return low.rounded(found)
    if function is x.Builtin.YEAR_COUNT:
        times = Type(Kind.INTEGER, "次")
        return low.choose(found, low.const(1, times), low.const(0, times))
    before = low.fresh(MONEY, 1, 0, n.LARGEST, ())
    low.steps.append(s.Read(before, total))
    return low.most(low.subtract(low.rounded(found), before), low.const(0, MONEY))


def each_claim(shared: Shared) -> tuple[n.Program, tuple[tuple[n.Shown, n.Program], ...]]:
    """The running totals fed and all results of a claim together; and each result by itself."""
    outputs = [output for output in shared.pack.outputs if output.each_claim]
    whole = Lowering(shared)
    if not shared.pack.layers:
        feed_totals(whole, None)
    results = [settled(whole, output.expr) for output in outputs]
    shown = tuple(shown_by(shared, output) for output in outputs)
    return whole.program(results=results), shown


def results_of(shared: Shared) -> n.Program:
    """All results of a claim, where the running totals have been fed before."""
    low = Lowering(shared)
    outputs = [output for output in shared.pack.outputs if output.each_claim]
    return low.program(results=[settled(low, output.expr) for output in outputs])


def at_end(shared: Shared) -> tuple[tuple[n.Shown, n.Program], ...]:
    """A program for each result of the person's year."""
    outputs = [output for output in shared.pack.outputs if not output.each_claim]
    shown = [shown_by(shared, output) for output in outputs]
    for change in shared.pack.insurance:
        shown += insurance(shared, change)
    return tuple(shown)


def shown_by(shared: Shared, output: core.Output) -> tuple[n.Shown, n.Program]:
    """One result and its program."""
    low = Lowering(shared)
    register = settled(low, output.expr)
    made = n.Shown(output.kind, output.name, register, output.expr.type, output.origin)
    return made, low.program(results=[register])


def settled(low: Lowering, expr: x.Expr) -> int:
    """A result, money rounded to whole 分."""
    found = low.lower(expr)
    return low.rounded(found) if expr.type == MONEY else found


def insurance(shared: Shared, change: core.InsuranceChange) -> list[tuple[n.Shown, n.Program]]:
    """医保调整: whether it applies, its 起付 and bands, and what it pays on the year's cost."""
    low = Lowering(shared)
    zero = low.const(0, MONEY)
    applies = low.both([low.lower(condition.expr) for condition in change.conditions])
    deductible = zero
    if change.deductible is not None:
        deductible = low.rounded(low.lower(change.deductible))
    bands = low.lower(change.bands)
    above = low.most(low.subtract(low.rounded(low.lower(change.cost)), deductible), zero)
    exact = low.function(x.Builtin.BANDS_PAY, (above, bands), MONEY, RATIO_UNIT)
    paid = low.rounded(exact)
    if change.cap is not None:
        paid = low.least(paid, low.rounded(low.lower(change.cap)))
    parts = (("适用", applies, BOOL), ("起付标准", deductible, MONEY), ("分段", bands, BANDS),
             ("年度应付", paid, MONEY))  # fmt: skip
    return [
        (n.Shown(None, f"{change.name}·{w}", r, k, change.origin), low.program(results=[r]))
        for w, r, k in parts
    ]


def sharings(shared: Shared) -> tuple[n.Sharing, ...]:
    """分担: each with its program."""
    return tuple(sharing(shared, split) for split in shared.pack.splits)


def sharing(shared: Shared, split: core.Split) -> n.Sharing:
    """The parts of each payer, in the order of the payers, after: applies, in doubt.

    The year's payments of a row are added up; its shares are rounded to 分, half up,
    and the payer with the rest (else the last) has what is left.  An amount of 0 is
    nobody's, also where a share is not known.
    """
    low = Lowering(shared)
    applies = low.both([low.lower(condition.expr) for condition in split.conditions])
    doubts = []
    for doubt in split.unresolved:
        doubts.append(low.lower(doubt.condition))
        low.reason(doubt.reason, [doubt.condition], doubt.origin)
    parts = {payer: low.const(0, MONEY) for payer in split.payers}
    paid: list[tuple[int, str, tuple[str, ...]]] = []
    for row in split.rows:
        amount = low.const(0, MONEY)
        for own, item, identities in split_parts(shared.pack, split):
            if own is row:
                slot = shared.index[n.Source.PAID_AS, paid_as(item, identities)]
                paid.append((slot, item, identities))
                amount = low.add(amount, slot)
        share_out(low, row, amount, parts)
    results = [applies, low.either(doubts), *parts.values()]
    unique = tuple(dict.fromkeys(paid))
    return n.Sharing(split.name, split.payers, low.program(results=results), unique, split.origin)


def share_out(low: Lowering, row: core.SplitRow, amount: int, parts: dict[str, int]) -> None:
    """Add the shares of a row's amount to what each payer bears."""
    zero = low.const(0, MONEY)
    nothing = low.compare(x.Order.EQ, amount, zero)
    left = amount
    last = bears_rest(row)
    for share in row.shares:
        if share is last or share.expr is None:
            continue
        exact = low.multiply(amount, low.lower(share.expr), MONEY)
        part = low.least(low.choose(nothing, zero, low.rounded(exact)), left)
        left = low.subtract(left, part)
        parts[share.payer] = low.add(parts[share.payer], part)
    if last is not None:
        parts[last.payer] = low.add(parts[last.payer], left)


def bears_rest(row: core.SplitRow) -> core.Share | None:
    """Who has what rounding leaves: 其余, or the last of ratios that add up to 100%."""
    rest = next((share for share in row.shares if share.expr is None), None)
    whole = all(isinstance(share.expr, x.Constant) for share in row.shares)
    return rest or (row.shares[-1] if whole else None)
