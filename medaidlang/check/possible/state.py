"""What a condition can come out as while not every fact is known.

Kleene's three values, and a fourth, OPEN, for "not decided by what has been
assigned so far"; the search assigns until nothing is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TypeAlias

import attrs

from medaidlang.core import expr as x


class State(Enum):
    """Not a value: nobody recorded it (MISSING), or not assigned yet (OPEN)."""

    OPEN = "open"
    MISSING = "missing"


Outcome: TypeAlias = x.Value | State


@attrs.define
class Assignment:
    """The values so far, by variable number; `wanted` is the first open one met."""

    values: list[Outcome]
    wanted: int = -1

    def of(self, number: int) -> Outcome:
        """The value of a variable; notes it as wanted where it is open."""
        value = self.values[number]
        if value is State.OPEN and self.wanted < 0:
            self.wanted = number
        return value


Term: TypeAlias = Callable[[Assignment], Outcome]


def known(value: x.Value | State) -> Term:
    """A term that is always `value`."""
    return lambda env: value


def negated(part: Term) -> Term:
    """非."""

    def term(env: Assignment) -> Outcome:
        value = part(env)
        return value if isinstance(value, State) else not value

    return term


def joined(parts: Sequence[Term], decisive: bool) -> Term:
    """且 (decisive = False) or 或 (decisive = True)."""

    def term(env: Assignment) -> Outcome:
        result: Outcome = not decisive
        for part in parts:
            value = part(env)
            if value is decisive:
                return decisive
            if value is State.OPEN or (value is State.MISSING and result is not State.OPEN):
                result = value
        return result

    return term


def chosen(test: Term, positive: Term, negative: Term) -> Term:
    """若 … 则 … 否则 …."""

    def term(env: Assignment) -> Outcome:
        value = test(env)
        if isinstance(value, State):
            return value
        return positive(env) if value else negative(env)

    return term


def presumed(part: Term, default: x.Value) -> Term:
    """未填视为."""

    def term(env: Assignment) -> Outcome:
        value = part(env)
        return default if value is State.MISSING else value

    return term


def filled(part: Term) -> Term:
    """已填."""

    def term(env: Assignment) -> Outcome:
        value = part(env)
        return value if value is State.OPEN else value is not State.MISSING

    return term


def unless_missing(part: Term) -> Term:
    """What is so of every case: it rules none out where nobody recorded the facts."""

    def term(env: Assignment) -> Outcome:
        value = part(env)
        return True if value is State.MISSING else value

    return term


def either(left: Outcome, right: Outcome) -> State | None:
    """The state that keeps two values from being compared, if any."""
    if left is State.OPEN or right is State.OPEN:
        return State.OPEN
    if left is State.MISSING or right is State.MISSING:
        return State.MISSING
    return None


def compared(order: x.Order, left: Term, right: Term) -> Term:
    """A comparison."""

    def term(env: Assignment) -> Outcome:
        one, other = left(env), right(env)
        state = either(one, other)
        return state if state is not None else ordered(order, one, other)

    return term


def among(part: Term, values: frozenset[x.Value]) -> Term:
    """属于."""

    def term(env: Assignment) -> Outcome:
        value = part(env)
        return value if isinstance(value, State) else value in values

    return term


def ordered(order: x.Order, one: Outcome, other: Outcome) -> bool:
    """`one order other` for two values of one type."""
    if order is x.Order.EQ or order is x.Order.NE:
        return (one == other) is (order is x.Order.EQ)
    less = bool(one < other)  # type: ignore[operator]
    if order is x.Order.LT or order is x.Order.GE:
        return less is (order is x.Order.LT)
    more = bool(one > other)  # type: ignore[operator]
    return more is (order is x.Order.GT)
