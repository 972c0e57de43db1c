"""Registers: the arithmetic of a plan, one step at a time.

Takes registers, gives registers.  Scales are aligned here, ranges follow from the
operands', and constants are shared and multiplied out, so that every step works on
plain integers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, lcm

import attrs

from medaidlang.core import expr as x
from medaidlang.core.paper import Rounding
from medaidlang.core.types import BOOL, Type
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.shared import Shared, limits, scale_of

HALF_UP = Rounding()


def parts_of(scale: int, how: Rounding) -> tuple[int, int]:
    """The whole to which is rounded, and the least remainder that is rounded up."""
    whole = scale * how.unit
    return whole, max(1, ceil(whole * how.up))


def phases(scale: int, how: Rounding) -> tuple[int, int]:
    """How far below and above what it is rounded to an exact amount may lie."""
    whole, up = parts_of(scale, how)
    return up - whole, up - 1


@attrs.define
class Registers:
    """The registers and steps of one program in the making."""

    shared: Shared
    registers: list[n.Register] = attrs.field(factory=list)
    steps: list[s.Step] = attrs.field(factory=list)
    constants: dict[tuple[object, int, Type], int] = attrs.field(factory=dict)
    inverted: dict[int, int] = attrs.field(factory=dict)  # register → what it is the opposite of
    literal: dict[int, object] = attrs.field(factory=dict)  # constant register → its value

    def __attrs_post_init__(self) -> None:
        for slot in self.shared.slots:
            low, high = limits(slot.type)
            scale = scale_of(slot.type)
            self.registers.append(n.Register(slot.type, scale, low, high, slot.claim_scoped))

    # ── registers ────────────────────────────────────────────────────────────
    def fresh(self, kind: Type, scale: int, low: int, high: int, parts: Sequence[int]) -> int:
        """A new register computed from `parts`."""
        claim_scoped = any(self.registers[part].claim_scoped for part in parts)
        self.registers.append(n.Register(kind, scale, low, high, claim_scoped))
        return len(self.registers) - 1

    def const(self, value: object, kind: Type, scale: int = 1) -> int:
        """A constant register."""
        key = (value, scale, kind)  # 0% is not 0.00元: a trace prints it by its type
        if key not in self.constants:
            self.literal[len(self.registers)] = value
            bound = value if isinstance(value, int) else 0
            to = self.fresh(kind, scale, bound, bound, ())
            self.constants[key] = to
            self.steps.append(s.Const(to, value))
        return self.constants[key]

    def add(self, a: int, b: int) -> int:
        """A + b at a common scale."""
        a, b = self.aligned(a, b)
        one, two = self.registers[a], self.registers[b]
        to = self.fresh(one.type, one.scale, one.low + two.low, one.high + two.high, (a, b))
        self.steps.append(s.Add(to, a, b))
        return to

    def subtract(self, a: int, b: int) -> int:
        """A − b at a common scale."""
        a, b = self.aligned(a, b)
        one, two = self.registers[a], self.registers[b]
        to = self.fresh(one.type, one.scale, one.low - two.high, one.high - two.low, (a, b))
        self.steps.append(s.Subtract(to, a, b))
        return to

    def least(self, a: int, b: int) -> int:
        """The smaller of a and b."""
        a, b = self.aligned(a, b)
        one, two = self.registers[a], self.registers[b]
        known = (self.literal.get(a), self.literal.get(b))
        if isinstance(known[0], int) and isinstance(known[1], int):
            return a if known[0] < known[1] else b
        low, high = min(one.low, two.low), min(one.high, two.high)
        to = self.fresh(one.type, one.scale, low, high, (a, b))
        self.steps.append(s.Least(to, a, b))
        return to

    def most(self, a: int, b: int) -> int:
        """The larger of a and b."""
        a, b = self.aligned(a, b)
        one, two = self.registers[a], self.registers[b]
        known = (self.literal.get(a), self.literal.get(b))
        if isinstance(known[0], int) and isinstance(known[1], int):
            return a if known[0] > known[1] else b
        low, high = max(one.low, two.low), max(one.high, two.high)
        to = self.fresh(one.type, one.scale, low, high, (a, b))
        self.steps.append(s.Most(to, a, b))
        return to

    def multiply(self, a: int, b: int, kind: Type) -> int:
        """A × b; exact, since the scales multiply."""
        one, two = self.registers[a], self.registers[b]
        known = (self.literal.get(a), self.literal.get(b))
        if isinstance(known[0], int) and isinstance(known[1], int):
            return self.const(known[0] * known[1], kind, one.scale * two.scale)
        corners = [p * q for p in (one.low, one.high) for q in (two.low, two.high)]
        to = self.fresh(kind, one.scale * two.scale, min(corners), max(corners), (a, b))
        self.steps.append(s.Multiply(to, a, b))
        return to

    def scaled(self, a: int, scale: int) -> int:
        """The same value at another scale, of which its own is a divisor."""
        here = self.registers[a]
        factor = scale // here.scale
        assert here.scale * factor == scale, (here.scale, scale)
        if factor == 1:
            return a
        known = self.literal.get(a)
        if isinstance(known, int):
            return self.const(known * factor, here.type, scale)
        to = self.fresh(here.type, scale, here.low * factor, here.high * factor, (a,))
        self.steps.append(s.Rescale(to, a, factor))
        return to

    def aligned(self, a: int, b: int) -> tuple[int, int]:
        """Both at the smallest common scale."""
        common = lcm(self.registers[a].scale, self.registers[b].scale)
        return self.scaled(a, common), self.scaled(b, common)

    def rounded(self, a: int, how: Rounding = HALF_UP) -> int:
        """To whole 分 (or the unit of `how`), half up (or from its part of the unit on)."""
        here = self.registers[a]
        if here.scale == 1 and how.unit == 1:
            return a
        whole, up = parts_of(here.scale, how)
        low, high = ((end + whole - up) // whole * how.unit for end in (here.low, here.high))
        to = self.fresh(here.type, 1, low, high, (a,))
        self.steps.append(s.Round(to, a, here.scale, up, how.unit))
        return to

    def compare(self, order: x.Order, a: int, b: int) -> int:
        """Whether a `order` b."""
        a, b = self.aligned(a, b)
        return self.boolean(lambda to: s.Compare(to, order, a, b), (a, b))

    def boolean(self, make: Callable[[int], s.Step], parts: Sequence[int]) -> int:
        """A register of 0 or 1."""
        to = self.fresh(BOOL, 1, 0, 1, parts)
        self.steps.append(make(to))
        return to

    def both(self, parts: Sequence[int]) -> int:
        """All of them; 1 for none."""
        if not parts:
            return self.const(1, BOOL)
        return (
            parts[0]
            if len(parts) == 1
            else self.boolean(lambda to: s.Both(to, tuple(parts)), parts)
        )

    def either(self, parts: Sequence[int]) -> int:
        """Any of them; 0 for none."""
        if not parts:
            return self.const(0, BOOL)
        return (
            parts[0]
            if len(parts) == 1
            else self.boolean(lambda to: s.Either(to, tuple(parts)), parts)
        )

    def choose(self, test: int, a: int, b: int) -> int:
        """A where the test holds, else b."""
        a, b = self.aligned(a, b)
        one, two = self.registers[a], self.registers[b]
        low, high = min(one.low, two.low), max(one.high, two.high)
        to = self.fresh(one.type, one.scale, low, high, (test, a, b))
        self.steps.append(s.Choose(to, test, a, b))
        return to

    def at_most(self, a: int, limit: int) -> int:
        """a, unknown where it is above the limit."""
        a, limit = self.aligned(a, limit)
        here = self.registers[a]
        to = self.fresh(here.type, here.scale, here.low, self.registers[limit].high, (a, limit))
        self.steps.append(s.Within(to, a, limit, False))
        return to

    def at_least(self, a: int, limit: int) -> int:
        """a, unknown where it is below the limit."""
        a, limit = self.aligned(a, limit)
        here = self.registers[a]
        to = self.fresh(here.type, here.scale, self.registers[limit].low, here.high, (a, limit))
        self.steps.append(s.Within(to, a, limit, True))
        return to

    def where_known(self, known: int, a: int) -> int:
        """a, unknown where register `known` is."""
        return self.add(a, self.subtract(known, known))

    def invert(self, a: int) -> int:
        """Not a."""
        to = self.boolean(lambda to: s.Invert(to, a), (a,))
        self.inverted[to] = a
        return to
