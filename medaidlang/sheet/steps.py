"""The sum of one benefit step by step, and the comparison of several categories.

Takes what a settlement says of one claim or one application, gives views.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import attrs

from medaidlang.interpret.result import ClaimResult, Comparison, Step, TraceLine
from medaidlang.interpret.telling import caption, pool_of, telling
from medaidlang.sheet.figures import yuan
from medaidlang.sheet.outcomes import UNKNOWN, amount


@attrs.frozen
class Line:
    """One step of a sum."""

    step: str
    text: str
    clause: str


@attrs.frozen
class Sum:
    """The sum of one benefit on one claim; `unfit` are the conditions it fails.

    `layer`: it is an insurance before aid.
    """

    benefit: str
    lines: tuple[Line, ...]
    unfit: tuple[str, ...]
    paid: str
    layer: bool = False


@attrs.frozen
class Compared:
    """就高不就低 after one claim."""

    benefits: str
    standings: tuple[tuple[str, str], ...]
    due: str
    before: str
    now: str
    parts: tuple[tuple[str, str], ...]
    identity: str


def one_sum(result: ClaimResult, name: str, paid: int | None, *, layer: bool = False) -> Sum:
    """The sum of one benefit or insurance."""
    mine = telling([line for line in result.trace if line.benefit == name])
    unfit = [line.text for line in mine if line.step is Step.CONDITION and line.value == 0]
    lines = () if unfit else tuple(steps(mine, paid, layer))
    return Sum(name, lines, tuple(unfit), amount(paid), layer)


def steps(mine: Sequence[TraceLine], paid: int | None, layer: bool) -> Iterator[Line]:
    """The steps of one benefit, up to where it cannot be computed, without the bare result."""
    stops = [line for line in mine if line.step is Step.UNRESOLVED and line.value != 0]
    told = stops if paid is None and stops else mine
    for line, after in zip_longest(told, told[1:]):
        idle = line.step is Step.CONDITION or (line.step is Step.UNRESOLVED and line.value == 0)
        bare = line.step is Step.PAY and f"{line.text}元" == amount(paid)
        if not idle and not bare:
            step = "应支付" if layer and line.step is Step.AMOUNT else caption(line, after)
            yield Line(step, pool_of(line)[1], line.origin.clause)
        if not idle and line.value is None:
            return


def several(result: ClaimResult) -> tuple[Compared, ...]:
    """The comparisons of more than one category."""
    compared = (comparison(result, one) for one in result.comparisons)
    return tuple(one for one in compared if len(one.standings) > 1)


def comparison(result: ClaimResult, one: Comparison) -> Compared:
    """Cumulative due, paid before, difference, and who is behind the maximum."""
    now = [result.paid(benefit) for benefit in one.benefits]
    booked = tuple((name, in_yuan(paid)) for name, paid in zip(one.benefits, now, strict=True))
    known = [n for n in now if n is not None]
    return Compared(
        "、".join(one.benefits),
        tuple((s.identity, bounds(s.low, s.high)) for s in one.standings),
        in_yuan(one.due),
        yuan(one.paid_before),
        in_yuan(sum(known) if len(known) == len(now) else None),
        booked,
        one.identity,
    )


def in_yuan(fen: int | None) -> str:
    """An amount in a column headed 元."""
    return UNKNOWN if fen is None else yuan(fen)


def bounds(low: int, high: int | None) -> str:
    """A standing that may be known only between bounds."""
    if high == low:
        return yuan(low)
    return f"不低于{yuan(low)}" + (f"，不超过{yuan(high)}" if high is not None else "")
