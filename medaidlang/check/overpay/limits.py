"""The largest that a formula can be, where that can be known.

Takes the pack and an expression of a ratio or of points; gives its bounds.
Facts and figures from outside are unknown, which is no bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack

Bound = Fraction | None


@attrs.frozen
class Range:
    """From `low` to `high`; None is unbounded or unknown."""

    low: Bound
    high: Bound


UNKNOWN = Range(None, None)


def limits(pack: Pack, expr: x.Expr) -> Range:
    """The bounds of a number."""
    match expr:
        case x.Constant(value=value) if isinstance(value, int | Fraction):
            exact = Fraction(value)
            return Range(exact, exact)
        case x.DefinitionRef(name=name) if name in pack.definitions:
            return limits(pack, pack.definitions[name].expr)
        case x.ParameterRef(name=name) if name in pack.parameters:
            values = [dated.value for dated in pack.parameters[name].values]
            known = [Fraction(v) for v in values if isinstance(v, int | Fraction)]
            pending = pack.parameters[name].pending or len(known) != len(values) or not known
            return UNKNOWN if pending else Range(min(known), max(known))
        case x.If(positive=positive, negative=negative):
            return either([limits(pack, positive), limits(pack, negative)])
        case x.Presumed(operand=operand, default=default):
            return either([limits(pack, operand), limits(pack, default)])
        case x.Apply(function=x.Builtin.MIN, arguments=parts):
            return least([limits(pack, part) for part in parts])
        case x.Apply(function=x.Builtin.MAX, arguments=parts):
            return most([limits(pack, part) for part in parts])
        case x.Calculate(operator=operator, left=left, right=right):
            return calculated(operator, limits(pack, left), limits(pack, right))
        case _:
            return UNKNOWN


def either(parts: list[Range]) -> Range:
    """One of several, not known which."""
    return Range(
        every(min, [part.low for part in parts]), every(max, [part.high for part in parts])
    )


def least(parts: list[Range]) -> Range:
    """取小: one known upper bound is enough."""
    highs = [part.high for part in parts if part.high is not None]
    return Range(every(min, [part.low for part in parts]), min(highs) if highs else None)


def most(parts: list[Range]) -> Range:
    """取大: one known lower bound is enough."""
    lows = [part.low for part in parts if part.low is not None]
    return Range(max(lows) if lows else None, every(max, [part.high for part in parts]))


def every(pick: Callable[[Iterable[Fraction]], Fraction], bounds: list[Bound]) -> Bound:
    """`pick` of the bounds, if all are known."""
    known = [bound for bound in bounds if bound is not None]
    return pick(known) if known and len(known) == len(bounds) else None


def calculated(operator: x.Arith, left: Range, right: Range) -> Range:
    """Bounds of a sum, difference or product of numbers that are not negative."""
    match operator:
        case x.Arith.ADD:
            return Range(added(left.low, right.low), added(left.high, right.high))
        case x.Arith.SUB:
            return Range(added(left.low, right.high, -1), added(left.high, right.low, -1))
        case x.Arith.MUL:
            return Range(times(left.low, right.low), times(left.high, right.high))
        case _:
            return UNKNOWN


def added(left: Bound, right: Bound, sign: int = 1) -> Bound:
    """Left ± right."""
    return None if left is None or right is None else left + sign * right


def times(left: Bound, right: Bound) -> Bound:
    """Left × right, where both are known."""
    return None if left is None or right is None else left * right
