"""Refunds and late claims: what had been paid, what is due now, and the difference.

Takes a person's claims with events (a claim reversed, a claim reported late), gives
a `Replay`.  A refund is not a negative payment: the year is settled once without the
events and once with them, and only the two results are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.interpret.asking import refused
from medaidlang.interpret.result import ClaimResult, Settlement, Step, Unresolved
from medaidlang.runtime.money import format_yuan

if TYPE_CHECKING:
    from datetime import date

    from medaidlang.interpret.settle import Settler


@attrs.frozen
class Reversal:
    """A refund: its own number, and the number of the claim that it takes back."""

    number: str
    original: str


@attrs.frozen
class Events:
    """What has happened since the claims were settled; `late` are numbers of claims."""

    reversals: tuple[Reversal, ...] = ()
    late: frozenset[str] = frozenset()

    @property
    def reversed(self) -> frozenset[str]:
        """The numbers of the claims taken back."""
        return frozenset(reversal.original for reversal in self.reversals)


class Cause(Enum):
    """Why a claim's payment is, or is not, another now."""

    REVERSED = "冲销"
    LATE = "补报"
    FOLLOWS = "随之重算"
    SAME = "不变"


@attrs.frozen
class Shift:
    """A figure of the sum that is another now, as the trace words it."""

    what: str
    before: str
    after: str


@attrs.frozen
class Change:
    """One benefit, or one insurance (`layer`), on one claim, in 分 (None = 无法计算).

    `before` is 0 for a late claim, `after` for a reversed one.  `events` are the
    claims reversed or reported late that come before this one (or are this one),
    `doubts` say why an amount is not known.
    """

    claim: str
    day: date
    benefit: str
    before: int | None
    after: int | None
    cause: Cause
    events: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()
    doubts: tuple[Unresolved, ...] = ()
    layer: bool = False

    @property
    def difference(self) -> int | None:
        """What is due beyond what was paid; None where either is not known."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def owed(self) -> int | None:
        """应补: still to be paid to the person."""
        return None if self.difference is None else max(self.difference, 0)

    @property
    def returned(self) -> int | None:
        """应退: to be given back by the person."""
        return None if self.difference is None else max(-self.difference, 0)


@attrs.frozen
class Sums:
    """A person's sums over the changes about which all is known; `open` counts the others."""

    before: int
    after: int
    owed: int
    returned: int
    open: int


@attrs.frozen
class Replay:
    """A person's year without the events, with them, and the difference by claim and payment."""

    before: Settlement
    after: Settlement
    events: Events
    changes: tuple[Change, ...]

    @property
    def sums(self) -> Sums:
        """The sums of aid; `owed − returned = after − before`, to the 分."""
        return self.summed(layer=False)

    @property
    def insured(self) -> Sums:
        """The sums of the insurances before aid."""
        return self.summed(layer=True)

    def summed(self, *, layer: bool) -> Sums:
        """The sums over the insurances, or over the aid."""
        known = [(c.before, c.after) for c in self.changes if c.layer is layer]
        both = [(b, a) for b, a in known if b is not None and a is not None]
        return Sums(
            sum(before for before, _ in both),
            sum(after for _, after in both),
            sum(max(after - before, 0) for before, after in both),
            sum(max(before - after, 0) for before, after in both),
            len(known) - len(both),
        )


def replay(
    settler: Settler,
    person: Mapping[str, Any],
    claims: Sequence[Mapping[str, Any]],
    events: Events,
    *,
    year: int | None = None,
) -> Replay:
    """Settle the year without the events and with them, and compare.

    `claims` are all claims, reversed and late ones among them, in settlement order: a
    late claim counts where it stands in the list (or, under 结算次序 按日期, by its date).
    Raises `Refusal` where the data or the events cannot be used.
    """
    refused(person, "重算", "退费以后，办过的申请怎样改，要由人核定")
    bound = settler.binder.bind(person, claims, year)
    numbers = [claim.number for claim in bound.claims]
    found = list(wrong(events, numbers))
    if found:
        raise Refusal(*found)
    first = [claim for claim in bound.claims if claim.number not in events.late]
    last = [claim for claim in bound.claims if claim.number not in events.reversed]
    before = settler.settle_bound(attrs.evolve(bound, claims=tuple(first)), trace=True)
    after = settler.settle_bound(attrs.evolve(bound, claims=tuple(last)), trace=True)
    results = {claim.number: claim for claim in (*before.claims, *after.claims)}
    check_years([results[number] for number in numbers])
    order = numbers
    if settler.pack.document.by_date:
        order = sorted(numbers, key=lambda number: results[number].day)
    payments = {**dict.fromkeys(settler.layers, True), **dict.fromkeys(settler.benefits, False)}
    changes = tuple(compared(before, after, events, order, payments))
    return Replay(before, after, events, changes)


# ── events that cannot be ────────────────────────────────────────────────────
def wrong(events: Events, numbers: Sequence[str]) -> Iterable[Diagnostic]:
    """Events that mean no claim, or mean one twice."""
    taken = set(numbers)
    gone: set[str] = set()
    for reversal in events.reversals:
        own, original = reversal.number, reversal.original
        place = f"费用 {own}·冲销"
        if own in taken:
            yield Diagnostic("E907", None, {"id": own}, place=f"费用 {own}")
        if original not in numbers:
            yield Diagnostic("E927", None, {"id": own, "original": original}, place=place)
        elif original in gone:
            yield Diagnostic("E928", None, {"id": own, "original": original}, place=place)
        elif original in events.late:
            yield Diagnostic("E932", None, {"id": original}, place=place)
        taken.add(own)
        gone.add(original)
    for number in sorted(events.late - {*numbers}):
        args = {"id": "补报", "original": number}
        yield Diagnostic("E927", None, args, place=f"费用 {number}")


def check_years(claims: Sequence[ClaimResult]) -> None:
    """E905 where claims that one settlement alone holds are attributed to another year."""
    for claim in claims:
        if claim.day.year != claims[0].day.year:
            args = {"date": claim.day.isoformat(), "year": str(claims[0].day.year)}
            place = f"费用 {claim.number}·归属日期"
            raise Refusal(Diagnostic("E905", None, args, place=place))


# ── before and after ─────────────────────────────────────────────────────────
def compared(
    before: Settlement,
    after: Settlement,
    events: Events,
    order: Sequence[str],
    payments: Mapping[str, bool],
) -> Iterable[Change]:
    """Every claim in settlement order, payment by payment; `payments` says which are layers."""
    olds = {claim.number: claim for claim in before.claims}
    news = {claim.number: claim for claim in after.claims}
    met: tuple[str, ...] = ()
    for number in order:
        old, new = olds.get(number), news.get(number)
        gone = number in events.reversed
        if gone or number in events.late:
            met += (number,)
        day = (old or news[number]).day
        for benefit, layer in payments.items():
            had = old.paid(benefit) if old is not None else 0
            due = new.paid(benefit) if new is not None and not gone else 0
            cause = Cause.REVERSED if gone else Cause.LATE
            if not gone and number not in events.late:
                cause = Cause.SAME if had == due and (had is not None or not met) else Cause.FOLLOWS
            shifts = shifted(old, new, benefit) if cause is Cause.FOLLOWS else ()
            doubts = (*doubted(before, number, had), *doubted(after, number, due))
            told = () if cause is Cause.SAME else met
            whys = tuple(dict.fromkeys(doubts))
            yield Change(number, day, benefit, had, due, cause, told, shifts, whys, layer)


def doubted(settlement: Settlement, number: str, amount: int | None) -> list[Unresolved]:
    """Why a settlement does not know an amount."""
    if amount is not None:
        return []
    return [line for line in settlement.unresolved if line.tag in (number, "身份")]


_FIGURES = (
    Step.BASE, Step.DEDUCTIBLE, Step.USED_DEDUCTIBLE, Step.RATIO, Step.CAP, Step.CAP_LEFT,
)  # fmt: skip


def shifted(old: ClaimResult | None, new: ClaimResult | None, benefit: str) -> tuple[Shift, ...]:
    """The figures of the two sums that differ, and the category where it does."""
    if old is None or new is None:
        return ()
    made = [Shift("采用身份", old.identity, new.identity)]
    made += [
        Shift(step.value, figure(old, benefit, step), figure(new, benefit, step))
        for step in _FIGURES
    ]
    made.append(Shift("此前已付", paid_before(old, benefit), paid_before(new, benefit)))
    return tuple(s for s in made if s.before and s.after and s.before != s.after)


def figure(claim: ClaimResult, benefit: str, step: Step) -> str:
    """A figure of a benefit's sum as the trace words it; only its result where it is a sum."""
    said = [line.text for line in claim.trace if line.benefit == benefit and line.step is step]
    return said[-1].rpartition(" = ")[2] if said else ""


def paid_before(claim: ClaimResult, benefit: str) -> str:
    """What had been paid before the claim, where several categories are compared."""
    for comparison in claim.comparisons:
        if benefit in comparison.benefits and len(comparison.standings) > 1:
            return format_yuan(comparison.paid_before)
    return ""
