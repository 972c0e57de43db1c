"""Which figures from outside there are for a stretch of days, and what fails without the others.

Takes the pack and the days, gives for every parameter the figures then in force,
the days without one, and the benefits and results that need it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from medaidlang.check.formulas import Formula, formulas, references
from medaidlang.check.reach import Node, Touched, touched
from medaidlang.core import expr as x
from medaidlang.core.nodes import Dated, Pack, Parameter

DAY = timedelta(days=1)
CALENDAR = (("参数", "节假日"), ("参数", "调休上班日"))
"""What counting working days reads."""


@attrs.frozen
class Figures:
    """A parameter over some days: its figures, the days without (first, last), what needs it."""

    parameter: Parameter
    values: tuple[Dated, ...]
    holes: tuple[tuple[date, date], ...]
    touched: tuple[Touched, ...]

    @property
    def missing(self) -> bool:
        """Whether something cannot be computed for want of it."""
        return bool(self.holes and self.touched)


def figures(pack: Pack, first: date, last: date) -> tuple[Figures, ...]:
    """Every parameter of the pack from `first` to `last`, in the order of the rule files."""
    mentioned = [(formula, set(read(formula))) for formula in formulas(pack)]
    return tuple(
        Figures(
            parameter,
            in_force(parameter.values, first, last),
            tuple(holes(parameter.values, first, last)),
            tuple(t for t in touched(mentioned, ("参数", parameter.name)) if t.sort != "参数"),
        )
        for parameter in pack.parameters.values()
    )


def read(formula: Formula) -> Iterator[Node]:
    """Everything that a formula reads, the calendar behind 工作日后 too."""
    yield from references(formula.expr)
    for part in x.walk(formula.expr):
        if isinstance(part, x.Apply) and part.function is x.Builtin.WORKDAYS_AFTER:
            yield from CALENDAR


def in_force(values: Sequence[Dated], first: date, last: date) -> tuple[Dated, ...]:
    """The figures that hold on one of the days, in their order."""
    kept = [
        value for value in values if (value.start or first) <= last and (value.end or last) >= first
    ]
    return tuple(sorted(kept, key=lambda value: value.start or date.min))


def holes(values: Sequence[Dated], first: date, last: date) -> Iterator[tuple[date, date]]:
    """The stretches of days without a figure."""
    at = first
    for value in in_force(values, first, last):
        start = value.start or first
        if start > at:
            yield at, start - DAY
        if value.end is None or value.end >= last:
            return
        at = max(at, value.end + DAY)
    yield at, last
