"""Expressions to steps.

Takes typed core expressions, gives registers.  Equal expressions share a
register; scales are aligned here, so that every step works on plain integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Origin
from medaidlang.core.parts import deep
from medaidlang.core.types import BOOL, DATE, MONEY, Kind, Type
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.registers import Registers
from medaidlang.plan.shared import RATIO_UNIT, encoded, limits, scale_of

HOLIDAYS, WORKED = "节假日", "调休上班日"


@attrs.define
class Lowering(Registers):
    """One program in the making."""

    notes: list[n.Note] = attrs.field(factory=list)
    reasons: list[n.Reason] = attrs.field(factory=list)
    memo: dict[x.Expr, int] = attrs.field(factory=dict)
    figures: dict[tuple[str, x.Figure], int] = attrs.field(factory=dict)
    explicit: set[int] = attrs.field(factory=set)  # accounts that 计入 has fed
    reads: dict[int, int] = attrs.field(factory=dict)  # account → what it held before the claim
    decided: dict[int, int] = attrs.field(factory=dict)  # test → the register of its answer

    def reason(
        self, text: str, exprs: Sequence[x.Expr], origin: Origin, *, figure: bool = False
    ) -> int:
        """A reason for which something may be undecided, with the inputs it hangs on."""
        slots = tuple(dict.fromkeys(s for e in exprs for s in self.inputs(e)))
        self.reasons.append(n.Reason(text, slots, origin, figure))
        return len(self.reasons) - 1

    def inputs(self, expr: x.Expr) -> list[int]:
        """The slots an expression reads, through definitions."""
        found: list[int] = []
        for part in deep(self.shared.pack, expr):
            match part:
                case x.ParameterRef(name=name):
                    found.append(self.raw(part))
                    bounds = self.shared.pack.parameters[name].bounds
                    found += [slot for bound in bounds for slot in self.inputs(bound.expr)]
                case x.FactRef() | x.GapRef() | x.Contains():
                    found.append(self.lower(part))
                case _:
                    pass
        return found

    # ── expressions ──────────────────────────────────────────────────────────
    def lower(self, expr: x.Expr) -> int:
        """The register that holds the value of `expr`."""
        if expr not in self.memo:
            self.memo[expr] = self.lowered(expr)
        return self.memo[expr]

    def lowered(self, expr: x.Expr) -> int:  # noqa: C901 - one case per node
        """The same, computed anew."""
        match expr:
            case x.Constant(value=value, type=kind):
                encoding, scale = encoded(self.shared, value, kind)
                return self.const(encoding, kind, scale)
            case x.FactRef() | x.GapRef():
                return self.slot(expr)
            case x.ParameterRef():
                return self.parameter(expr)
            case x.DefinitionRef(name=name):
                return self.lower(self.shared.pack.definitions[name].expr)
            case x.FigureRef(benefit=benefit, figure=figure):
                return self.figure_of(benefit, figure)
            case x.Holds(identities=names):
                return self.either([self.shared.index[n.Source.HELD, name] for name in names])
            case x.Filled(operand=operand):
                slot = self.raw(operand)
                return self.boolean(lambda to: s.Known(to, slot), ())
            case x.Presumed(operand=operand, default=default):
                slot = self.raw(operand)
                given = self.boolean(lambda to: s.Known(to, slot), ())
                return self.choose(given, self.lower(operand), self.lower(default))
            case x.Apply():
                return self.applied(expr)
            case x.Calculate():
                return self.calculated(expr)
            case x.Compare():
                return self.compared(expr)
            case x.Among(operand=operand, choices=(only,)) if only.type == BOOL:
                test = self.lower(operand)  # 是 and 否 are one question
                return test if only.value else self.invert(test)
            case x.Among(operand=operand, choices=choices):
                return self.among(self.lower(operand), choices)
            case x.Contains(name=name):
                return self.searched(name)
            case x.Not(operand=operand):
                return self.invert(self.lower(operand))
            case x.All(operands=operands):
                return self.both([self.lower(part) for part in operands])
            case x.Any(operands=operands):
                return self.either([self.lower(part) for part in operands])
            case x.If(condition=condition, positive=positive, negative=negative):
                test = self.lower(condition)
                return self.choose(test, self.lower(positive), self.lower(negative))
            case _:
                assert_never(expr)

    def figure_of(self, benefit: str, figure: x.Figure) -> int:
        """A figure of a benefit in this program, or of an insurance that ran before."""
        made = self.figures.get((benefit, figure))
        if made is not None:
            return made
        return self.shared.index[n.Source.LAYER, f"{benefit}·{figure.value}"]

    def slot(self, expr: x.FactRef | x.GapRef) -> int:
        """The input slot of a fact or a gap."""
        index = self.shared.index
        if isinstance(expr, x.GapRef):
            return index[n.Source.GAP, f"{expr.name}:{expr.type.kind.value}"]
        claim = (n.Source.CLAIM, expr.name)
        return index[claim] if claim in index else index[n.Source.PERSON, expr.name]

    def searched(self, name: str) -> int:
        """The input slot of what was searched in a text."""
        index = self.shared.index
        claim = (n.Source.CLAIM, name)
        return index[claim] if claim in index else index[n.Source.PERSON, name]

    def raw(self, operand: x.FactRef | x.ParameterRef) -> int:
        """The input slot itself."""
        if isinstance(operand, x.FactRef):
            return self.lower(operand)
        return self.shared.index[n.Source.PARAMETER, operand.name]

    def parameter(self, expr: x.ParameterRef) -> int:
        """The figure, unknown where it breaks a bound that the document sets."""
        found = self.raw(expr)
        for bound in self.shared.pack.parameters[expr.name].bounds:
            limit = self.lower(bound.expr)
            value, limit = self.aligned(found, limit)
            here = self.registers[value]
            found = self.fresh(here.type, here.scale, here.low, here.high, (value, limit))
            self.steps.append(s.Within(found, value, limit, bound.floor))
        return found

    def among(self, operand: int, choices: Sequence[x.Constant]) -> int:
        """Membership in constants, all of the operand's scale (words and whole numbers)."""
        values: set[int] = set()
        for choice in choices:
            value, scale = encoded(self.shared, choice.value, choice.type)
            assert isinstance(value, int)
            values.add(value * self.registers[operand].scale // scale)
        return self.boolean(lambda to: s.OneOf(to, operand, frozenset(values)), (operand,))

    def calculated(self, expr: x.Calculate) -> int:
        """Arithmetic; a quotient outside a comparison is rounded to whole 分."""
        a, b = self.lower(expr.left), self.lower(expr.right)
        match expr.operator:
            case x.Arith.ADD:
                return self.add(a, b)
            case x.Arith.SUB:
                return self.subtract(a, b)
            case x.Arith.MUL:
                return self.multiply(a, b, expr.type)
            case x.Arith.DIV:
                return self.quotient(a, b, expr.type)
            case _:
                assert_never(expr.operator)

    def quotient(self, a: int, b: int, kind: Type) -> int:
        """A ÷ b: money to whole 分, a ratio to a millionth."""
        one, two = self.registers[a], self.registers[b]
        scale = scale_of(kind)
        _, high = limits(kind)
        to = self.fresh(kind, scale, -high, high, (a, b))
        self.steps.append(s.Quotient(to, a, b, two.scale * scale, one.scale))
        return to

    def compared(self, expr: x.Compare) -> int:
        """A comparison; divisions are multiplied out, so that nothing is rounded."""
        (a, over), (b, under) = self.fraction(expr.left), self.fraction(expr.right)
        for divisor in under:
            a = self.multiply(a, divisor, MONEY)
        for divisor in over:
            b = self.multiply(b, divisor, MONEY)
        found = self.compare(expr.operator, a, b)
        for divisor in (*over, *under):
            found = self.where_positive(divisor, found)
        return found

    def fraction(self, expr: x.Expr) -> tuple[int, tuple[int, ...]]:
        """A value as dividend and divisors, seen through definitions, factors and divisions."""
        match expr:
            case x.DefinitionRef(name=name):
                dividend, divisors = self.fraction(self.shared.pack.definitions[name].expr)
                return (dividend, divisors) if divisors else (self.lower(expr), ())
            case x.Calculate(operator=x.Arith.DIV, left=left, right=right):
                dividend, divisors = self.fraction(left)
                return dividend, (*divisors, self.lower(right))
            case x.Calculate(operator=x.Arith.MUL, left=left, right=right):
                (one, over), (other, under) = self.fraction(left), self.fraction(right)
                if over or under:
                    return self.multiply(one, other, expr.type), (*over, *under)
                return self.lower(expr), ()
            case _:
                return self.lower(expr), ()

    def where_positive(self, divisor: int, result: int) -> int:
        """The result, unknown where the divisor is not above zero."""
        zero = self.const(0, self.registers[divisor].type)
        positive = self.compare(x.Order.GT, divisor, zero)
        kept = self.fresh(BOOL, 1, 0, 1, (positive,))
        self.steps.append(s.Within(kept, positive, self.const(1, BOOL), True))
        return self.multiply(result, kept, BOOL)  # 1, or unknown

    # ── built-ins ────────────────────────────────────────────────────────────
    def applied(self, expr: x.Apply) -> int:
        """A built-in."""
        match expr.function:
            case x.Builtin.MAX | x.Builtin.MIN:
                parts = [self.lower(part) for part in expr.arguments]
                found = parts[0]
                for part in parts[1:]:
                    larger = expr.function is x.Builtin.MAX
                    found = self.most(found, part) if larger else self.least(found, part)
                return found
            case x.Builtin.YEAR_TOTAL | x.Builtin.YEAR_COUNT | x.Builtin.YEAR_MOST:
                return self.year_total(expr.function, expr.arguments[0])
            case x.Builtin.TO_CENT:
                return self.rounded(self.lower(expr.arguments[0]))
            case x.Builtin.BANDS_PAY:
                amount, bands = (self.lower(part) for part in expr.arguments)
                return self.function(
                    expr.function, (self.rounded(amount), bands), MONEY, RATIO_UNIT
                )
            case (
                x.Builtin.BANDS_RAISE | x.Builtin.BANDS_FLOOR | x.Builtin.BANDS_FIRST
                | x.Builtin.BANDS_TIMES
            ):  # fmt: skip
                bands, ratio = (self.lower(part) for part in expr.arguments)
                parts = [bands, self.scaled(ratio, RATIO_UNIT)]
                return self.function(expr.function, parts, expr.type, 1)
            case x.Builtin.WORKDAYS_AFTER:
                calendars = [self.calendar(HOLIDAYS), self.calendar(WORKED)]
                parts = [*(self.lower(part) for part in expr.arguments), *calendars]
                return self.function(expr.function, parts, DATE, 1)
            case (
                x.Builtin.DAY_OF_MONTH | x.Builtin.YEAR_OF | x.Builtin.MONTHS_BEFORE
                | x.Builtin.MONTHS_AFTER | x.Builtin.SPAN_TOTAL
            ):  # fmt: skip
                parts = [self.lower(part) for part in expr.arguments]
                return self.function(expr.function, parts, expr.type, 1)
            case _:
                assert_never(expr.function)

    def function(self, name: x.Builtin, parts: Sequence[int], kind: Type, scale: int) -> int:
        """A step that calls a built-in."""
        low, high = limits(kind)
        to = self.fresh(kind, scale, low * scale, high * scale, parts)
        self.steps.append(s.Function(to, name, tuple(parts)))
        return to

    def calendar(self, name: str) -> int:
        """The days-off parameter; a constant unknown where the pack declares none."""
        slot = self.shared.index.get((n.Source.PARAMETER, name))
        return slot if slot is not None else self.const(None, Type(Kind.DATES))

    def year_total(self, function: x.Builtin, inner: x.Expr) -> int:
        """年度累计: what a benefit has paid this year, or a running total of claims."""
        if isinstance(inner, x.FigureRef) and inner.benefit in self.shared.pack.benefits:
            return self.shared.index[n.Source.PAID, inner.benefit]
        name = self.shared.totals[self.shared.year_totals[function, inner]].name
        return self.shared.index[n.Source.TOTAL, name]

    # ── the finished program ─────────────────────────────────────────────────
    def program(self, ports: Sequence[n.Port] = (), results: Sequence[int] = ()) -> n.Program:
        """What was lowered, with the slots it needs."""
        count = len(self.shared.slots)
        used = {part for step in self.steps for part in s.operands(step)}
        used |= set(results) | {s for p in ports for s in (p.admitted, p.base, p.pay)}
        return n.Program(
            count,
            tuple(self.steps), tuple(self.registers), tuple(sorted(s for s in used if s < count)),
            tuple(self.notes), tuple(ports), tuple(self.reasons), tuple(results),
        )  # fmt: skip
