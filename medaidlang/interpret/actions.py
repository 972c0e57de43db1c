"""What each step of a plan does: one small function per step, in one table.

This is where the steps' meaning stands, once.  Registers hold integers, or None
where something is not known.  Strict steps never see None (`cautious` keeps it
from them); the steps in `LENIENT` may know their answer although something is
unknown.  A test asserts that the two tables together are total.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from medaidlang.core.expr import Order
from medaidlang.interpret.functions import FUNCTIONS
from medaidlang.plan import steps as n

Registers: TypeAlias = list[Any]
Totals: TypeAlias = list[Any]
Action: TypeAlias = Callable[[Registers, Totals], None]


class Split(Exception):
    """An unknown that must be taken both ways: why, which register, its two answers."""

    def __init__(self, why: int, key: int, answers: tuple[int, int]) -> None:
        super().__init__(why)
        self.why, self.key, self.answers = why, key, answers


def both(values: Sequence[Any]) -> Any:
    """All of three-valued answers."""
    if 0 in values:
        return 0
    return None if None in values else 1


def either(values: Sequence[Any]) -> Any:
    """Any of three-valued answers."""
    if 1 in values:
        return 1
    return None if None in values else 0


# ── strict steps ─────────────────────────────────────────────────────────────


def add(step: n.Add) -> Action:
    """A + b."""
    to, a, b = step.to, step.a, step.b

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[a] + r[b]

    return act


def subtract(step: n.Subtract) -> Action:
    """A − b."""
    to, a, b = step.to, step.a, step.b

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[a] - r[b]

    return act


def least(step: n.Least) -> Action:
    """The smaller."""
    to, a, b = step.to, step.a, step.b

    def act(r: Registers, t: Totals) -> None:
        x, y = r[a], r[b]
        r[to] = x if x < y else y

    return act


def most(step: n.Most) -> Action:
    """The larger."""
    to, a, b = step.to, step.a, step.b

    def act(r: Registers, t: Totals) -> None:
        x, y = r[a], r[b]
        r[to] = x if x > y else y

    return act


def multiply(step: n.Multiply) -> Action:
    """A × b."""
    to, a, b = step.to, step.a, step.b

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[a] * r[b]

    return act


def rescale(step: n.Rescale) -> Action:
    """A × factor."""
    to, a, factor = step.to, step.a, step.factor

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[a] * factor

    return act


def half_up(step: n.Round) -> Action:
    """A ÷ scale to the nearest whole, halves up."""
    to, a, scale = step.to, step.a, step.scale
    half = scale // 2

    def act(r: Registers, t: Totals) -> None:
        r[to] = (r[a] + half) // scale

    return act


def quotient(step: n.Quotient) -> Action:
    """A ÷ b to the nearest whole, halves up; unknown where b is not above zero."""
    to, a, b, up, down = step.to, step.a, step.b, step.numerator, step.denominator

    def act(r: Registers, t: Totals) -> None:
        below = r[b] * down
        r[to] = (r[a] * up * 2 + below) // (below * 2) if below > 0 else None

    return act


def within(step: n.Within) -> Action:
    """A if it respects the bound, else unknown."""
    to, a, b, floor = step.to, step.a, step.b, step.floor

    def act(r: Registers, t: Totals) -> None:
        kept = r[a] >= r[b] if floor else r[a] <= r[b]
        r[to] = r[a] if kept else None

    return act


def invert(step: n.Invert) -> Action:
    """Not a."""
    to, a = step.to, step.a

    def act(r: Registers, t: Totals) -> None:
        r[to] = 1 - r[a]

    return act


def one_of(step: n.OneOf) -> Action:
    """Whether a is one of constants."""
    to, a, values = step.to, step.a, step.values

    def act(r: Registers, t: Totals) -> None:
        r[to] = 1 if r[a] in values else 0

    return act


ORDERS: Mapping[Order, Callable[[Any, Any], bool]] = {
    Order.EQ: lambda a, b: a == b,
    Order.NE: lambda a, b: a != b,
    Order.GE: lambda a, b: a >= b,
    Order.LE: lambda a, b: a <= b,
    Order.GT: lambda a, b: a > b,
    Order.LT: lambda a, b: a < b,
}


def compare(step: n.Compare) -> Action:
    """Whether a stands to b in the order."""
    to, a, b, test = step.to, step.a, step.b, ORDERS[step.order]

    def act(r: Registers, t: Totals) -> None:
        r[to] = 1 if test(r[a], r[b]) else 0

    return act


def function(step: n.Function) -> Action:
    """A built-in over dates or bands."""
    to, call, parts = step.to, FUNCTIONS[step.function], step.parts

    def act(r: Registers, t: Totals) -> None:
        r[to] = call(*[r[part] for part in parts])

    return act


# ── lenient steps ────────────────────────────────────────────────────────────


def all_of(step: n.Both) -> Action:
    """All parts."""
    to, parts = step.to, step.parts

    def act(r: Registers, t: Totals) -> None:
        r[to] = both([r[part] for part in parts])

    return act


def any_of(step: n.Either) -> Action:
    """Any part."""
    to, parts = step.to, step.parts

    def act(r: Registers, t: Totals) -> None:
        r[to] = either([r[part] for part in parts])

    return act


def choose(step: n.Choose) -> Action:
    """A or b; with an unknown test, their common value if they have one."""
    to, test, a, b = step.to, step.test, step.a, step.b

    def act(r: Registers, t: Totals) -> None:
        known = r[test]
        if known is None:
            r[to] = r[a] if r[a] == r[b] else None
        else:
            r[to] = r[a] if known else r[b]

    return act


def known(step: n.Known) -> Action:
    """Whether a slot was filled."""
    to, slot = step.to, step.slot

    def act(r: Registers, t: Totals) -> None:
        r[to] = 0 if r[slot] is None else 1

    return act


def fallback(step: n.Fallback) -> Action:
    """a, or b where a is unknown."""
    to, a, b = step.to, step.a, step.b

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[b] if r[a] is None else r[a]

    return act


def read(step: n.Read) -> Action:
    """A running total."""
    to, account = step.to, step.account

    def act(r: Registers, t: Totals) -> None:
        r[to] = t[account]

    return act


def feed(step: n.Feed) -> Action:
    """Add to a running total; an unknown addition makes the total unknown."""
    account, a = step.account, step.a

    def act(r: Registers, t: Totals) -> None:
        held, more = t[account], r[a]
        t[account] = None if held is None or more is None else held + more

    return act


def decide(step: n.Decide) -> Action:
    """a; an unknown a splits into no and yes."""
    to, a, why = step.to, step.a, step.why

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[a]
        if r[a] is None:
            raise Split(why, to, (0, 1))

    return act


def doubt(step: n.Doubt) -> Action:
    """a; where it holds and the doubt may hold too, it splits into no and yes."""
    to, a, test, why = step.to, step.a, step.doubt, step.why

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[a]
        if r[a] and r[test] != 0:
            raise Split(why, to, (0, 1))

    return act


def bracket(step: n.Bracket) -> Action:
    """a; an unknown a splits into its extremes."""
    to, a, low, high, why = step.to, step.a, step.low, step.high, step.why

    def act(r: Registers, t: Totals) -> None:
        r[to] = r[a]
        if r[a] is None:
            raise Split(why, to, (low, high))

    return act


STRICT: Mapping[type, Callable[[Any], Action]] = {
    n.Add: add, n.Subtract: subtract, n.Least: least, n.Most: most, n.Multiply: multiply,
    n.Rescale: rescale, n.Round: half_up, n.Quotient: quotient, n.Within: within,
    n.Invert: invert, n.OneOf: one_of, n.Compare: compare, n.Function: function,
}  # fmt: skip

LENIENT: Mapping[type, Callable[[Any], Action]] = {
    n.Both: all_of, n.Either: any_of, n.Choose: choose, n.Known: known, n.Fallback: fallback,
    n.Read: read, n.Feed: feed, n.Decide: decide, n.Doubt: doubt, n.Bracket: bracket,
}  # fmt: skip


def cautious(step: Any, act: Action) -> Action:
    """A strict step that gives None where an operand is None."""
    parts, to = n.operands(step), step.to

    def careful(r: Registers, t: Totals) -> None:
        for part in parts:
            if r[part] is None:
                r[to] = None
                return
        act(r, t)

    return careful


def actions(program_steps: Sequence[n.Step], *, careful: bool) -> list[tuple[int, Action]]:
    """Steps as closures, each with the register it assigns (−1: none); constants stand apart."""
    listed: list[tuple[int, Action]] = []
    for step in program_steps:
        if isinstance(step, n.Const):
            continue
        strict = STRICT.get(type(step))
        if strict is not None:
            act = cautious(step, strict(step)) if careful else strict(step)
        else:
            act = LENIENT[type(step)](step)
        listed.append((getattr(step, "to", -1), act))
    return listed
