"""What a settlement says: amounts in 分, or 无法计算 with reason and clause, and the trace.

`Settlement` is what `settle` makes for one person's year; `case_shape` turns it
into the plain mapping of the worked cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

import attrs

from medaidlang.core.nodes import Origin
from medaidlang.plan.nodes import Topic as Step


@attrs.frozen
class TraceLine:
    """One step of the sum.

    `text` is the arithmetic with its figures (`10000.00 × 95% = 9500.00`); for a
    condition, its words.  `value` is in 分 for money, 0/1 for conditions, a ratio
    as its numerator over `Plan.ratio_unit`, None where it could not be decided.
    """

    step: Step
    benefit: str
    text: str
    value: int | None
    origin: Origin


@attrs.frozen
class Payment:
    """A benefit's payment on one claim, in 分.

    None = 无法计算; `low` and `high` then bound it (`high` None: no bound known).
    May be negative where a change of category books a benefit anew (转列).
    """

    benefit: str
    amount: int | None
    low: int
    high: int | None


@attrs.frozen
class Standing:
    """What one held category alone would have given so far this spell, in 分."""

    identity: str
    low: int
    high: int | None


@attrs.frozen
class Comparison:
    """就高不就低 on one chain of benefits, after one claim.

    `due` is the largest of `standings` so far (None = not decided), `paid_before`
    what the chain had paid before this claim, `identity` the category behind `due`.
    """

    benefits: tuple[str, ...]
    identity: str
    due: int | None
    paid_before: int
    standings: tuple[Standing, ...]


@attrs.frozen
class Unresolved:
    """One line of 无法计算: `tag` is 编号, 身份 or 参保资助."""

    tag: str
    reason: str
    clause: str


class ClaimResult(NamedTuple):
    """One claim: what each benefit pays (分, None = 无法计算) and everything beside it.

    `identity` is the category taken, `shown` the other results (医保调整), `bounds`
    the least and most of amounts that are not decided.  `comparisons` stand only
    where several categories were held or a trace was asked for.  `layers` are the
    payments of the insurances before aid (保险).
    """

    number: str
    day: date
    benefits: tuple[str, ...]
    amounts: tuple[int | None, ...]
    identity: str
    shown: Mapping[str, object]
    bounds: Mapping[str, tuple[int, int | None]] = {}
    comparisons: tuple[Comparison, ...] = ()
    notes: tuple[str, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    layers: Mapping[str, int | None] = {}

    @property
    def payments(self) -> tuple[Payment, ...]:
        """Each benefit's payment with its bounds."""
        return tuple(
            Payment(benefit, amount, *self.bounds.get(benefit, (amount or 0, amount)))
            for benefit, amount in zip(self.benefits, self.amounts, strict=True)
        )

    def paid(self, benefit: str) -> int | None:
        """The payment of a benefit; 0 where it has none on this claim."""
        if benefit in self.layers:
            return self.layers[benefit]
        if benefit not in self.benefits:
            return 0
        return self.amounts[self.benefits.index(benefit)]


@attrs.frozen
class Counted:
    """What one claim counts towards an application, in 分; None = not known, and why."""

    member: str
    claim: str
    day: date
    amount: int | None
    reason: str = ""
    clause: str = ""


@attrs.frozen
class Part:
    """What a claim (by household: a member, `claim` empty) counted, and its share, in 分."""

    member: str
    claim: str
    counted: int
    share: int


@attrs.frozen
class Application:
    """What came of an application of `applicant`: its sum as `result`, and the division.

    `clause` is where the document says that the benefit is paid on application.
    """

    applicant: str
    benefit: str
    result: ClaimResult
    counted: tuple[Counted, ...]
    parts: tuple[Part, ...]
    unresolved: tuple[Unresolved, ...]
    clause: str

    @property
    def number(self) -> str:
        """Its number in the data."""
        return self.result.number

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return self.result.day

    @property
    def amount(self) -> int | None:
        """What is paid, in 分; None = 无法计算."""
        return self.result.amounts[0]

    @property
    def total(self) -> int | None:
        """What all claims counted together."""
        known = [one.amount for one in self.counted if one.amount is not None]
        return sum(known) if len(known) == len(self.counted) else None


@attrs.frozen
class Result:
    """A result beside the payments (其他): `value` None = not decided, `reason` says why."""

    name: str
    value: object
    reason: str
    origin: Origin


@attrs.frozen(slots=False)
class Settlement:
    """One person's year under one pack.

    `totals` are in 分 over the claims and applications that could be computed;
    `subsidies` by name.  `applications` are those that the person made.
    """

    subsidies: Mapping[str, Payment]
    subsidy_trace: tuple[TraceLine, ...]
    claims: tuple[ClaimResult, ...]
    totals: Mapping[str, int]
    unresolved: tuple[Unresolved, ...]
    held: tuple[str, ...]
    _ending: Callable[[], tuple[Result, ...]] = attrs.field(repr=False, eq=False)
    applications: tuple[Application, ...] = ()

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """监测, 时限, 列示, 资金 and 医保调整 of the year, computed when first asked for."""
        return self._ending()


__all__ = [
    "Application", "ClaimResult", "Comparison", "Counted", "Part", "Payment", "Result",
    "Settlement", "Standing", "Step", "TraceLine", "Unresolved",
]  # fmt: skip
