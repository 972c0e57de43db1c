"""The values worth trying for a variable.

Takes its type and the constants it is compared with; gives the values that
together stand for all: each constant, a neighbour on either side, and where it
can happen that nobody recorded it.  Conjunctions and disjunctions of
comparisons with these constants have a solution if and only if they have one
among these values.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from medaidlang.check.possible.state import Outcome
from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack
from medaidlang.core.types import Kind, Type

OTHER_TEXT = "（别的）"


def domain(kind: Type, constants: Iterable[x.Value], floor: bool) -> tuple[Outcome, ...]:
    """The values to try, the ones that read best first; `floor`: never below zero."""
    named = tuple(dict.fromkeys(constants))
    match kind.kind:
        case Kind.BOOL:
            return (True, False)
        case Kind.CHOICE:
            return tuple(dict.fromkeys((*named, *kind.choices)))
        case Kind.TEXT | Kind.IDENTITY:
            return (*named, OTHER_TEXT)
        case Kind.DATE:
            return days(named)
        case Kind.MONTH:
            return months(named)
        case Kind.RATIO | Kind.POINTS:
            return ratios([Fraction(value) for value in named if isinstance(value, int | Fraction)])
        case _:
            return whole([value for value in named if isinstance(value, int)], floor)


COUNTS = (x.Builtin.YEAR_COUNT, x.Builtin.YEAR_MOST)
SUMS = (x.Builtin.YEAR_TOTAL, x.Builtin.TO_CENT, x.Builtin.MIN)


def floored(pack: Pack, expr: x.Expr) -> bool:
    """Whether a quantity is never below zero: recorded, paid, counted, or added up of such."""
    match expr:
        case x.FactRef() | x.ParameterRef() | x.FigureRef():
            return True
        case x.Constant(value=value) if isinstance(value, int | Fraction):
            return value >= 0
        case x.Presumed(operand=operand, default=default):
            return floored(pack, operand) and floored(pack, default)
        case x.DefinitionRef(name=name) if name in pack.definitions:
            return floored(pack, pack.definitions[name].expr)
        case x.Apply(function=function) if function in COUNTS:
            return True
        case x.Apply(function=x.Builtin.MAX, arguments=parts):
            return any(floored(pack, part) for part in parts)
        case x.Apply(function=function, arguments=parts) if function in SUMS:
            return all(floored(pack, part) for part in parts)
        case x.Calculate(operator=operator, left=left, right=right):
            return operator is not x.Arith.SUB and floored(pack, left) and floored(pack, right)
        case x.If(positive=positive, negative=negative):
            return floored(pack, positive) and floored(pack, negative)
        case _:
            return False


def whole(named: list[int], floor: bool) -> tuple[int, ...]:
    """Integers (units of a thing, or 分)."""
    around = [*named, *(n + 1 for n in named), *(n - 1 for n in named)] or [1]
    return tuple(n for n in dict.fromkeys(around) if n >= 0 or not floor)


def ratios(named: list[Fraction]) -> tuple[Fraction, ...]:
    """Ratios: each constant, something between two, something beyond the ends."""
    edges = sorted(named)
    if not edges:
        return (Fraction(1, 2),)
    between = [(a + b) / 2 for a, b in pairwise(edges)]
    return tuple(dict.fromkeys((*named, *between, edges[0] / 2, edges[-1] + 1)))


def days(named: tuple[x.Value, ...]) -> tuple[date, ...]:
    """Days: each constant, the day before and the day after."""
    stated = [day for day in named if isinstance(day, date)]
    step = timedelta(days=1)
    after = [day + step for day in stated if day < date.max]
    before = [day - step for day in stated if day > date.min]
    return tuple(dict.fromkeys((*stated, *after, *before))) or (date(2025, 1, 1),)


def months(named: tuple[x.Value, ...]) -> tuple[date, ...]:
    """Months as their first days: each constant, the one before and the one after."""
    stated = [day for day in named if isinstance(day, date)]
    near = [moved(day, by) for by in (0, 1, -1) for day in stated]
    return tuple(dict.fromkeys(near)) or (date(2025, 1, 1),)


def moved(month: date, by: int) -> date:
    """`month` moved by some months, inside the calendar."""
    years, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(min(max(years, 1), 9999), index + 1, 1)
