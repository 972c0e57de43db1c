"""Can some person, with some claim, meet these conditions?

Takes conditions of core (and categories that the person shall be listed with);
gives one concrete case, or says that there is none.  Facts range over their
declared types; what is not a comparison with a constant is a quantity of its
own that may be anything, so that "none" is never said wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from medaidlang.check.possible.domains import domain, floored
from medaidlang.check.possible.state import (
    Assignment,
    Outcome,
    State,
    Term,
    among,
    chosen,
    compared,
    filled,
    joined,
    known,
    negated,
    presumed,
    unless_missing,
)  # fmt: skip
from medaidlang.core import expr as x
from medaidlang.core.nodes import Missing, Pack
from medaidlang.core.types import BOOL, INTEGER, Type

LIMIT = 4000
"""Steps of one search; beyond, the conditions count as possible."""


@attrs.frozen
class Listed:
    """The variable "the person is listed with this category"."""

    identity: str


@attrs.frozen
class Sign:
    """The variable "left is less than, equal to, more than right" (−1, 0, 1)."""

    left: x.Expr
    right: x.Expr


Key = x.Expr | Listed | Sign


@attrs.define
class Variable:
    """What may vary; `constants` are what it is compared with, `gaps`: may be unrecorded."""

    key: Key
    type: Type
    floor: bool
    gaps: bool = False
    constants: list[x.Value] = attrs.field(factory=list)

    def values(self) -> tuple[Outcome, ...]:
        """The values to try, in order."""
        if isinstance(self.key, Listed):
            return (False, True)
        if isinstance(self.key, Sign):
            return (1, 0, -1)
        found = domain(self.type, self.constants, self.floor)
        return (*found, State.MISSING) if self.gaps else found


@attrs.frozen
class Case:
    """One way of meeting the conditions: categories listed, and what was decided of the rest."""

    identities: tuple[str, ...]
    values: tuple[tuple[Key, Outcome], ...]


@attrs.define
class Problem:
    """Conditions collected for one question; `find` answers it."""

    pack: Pack
    variables: list[Variable] = attrs.field(factory=list)
    numbers: dict[Key, int] = attrs.field(factory=dict)
    terms: list[Term] = attrs.field(factory=list)
    forced: list[str] = attrs.field(factory=list)
    opened: list[str] = attrs.field(factory=list)

    # ── asking ───────────────────────────────────────────────────────────────
    def require(self, condition: x.Expr, wanted: bool = True) -> None:
        """The condition must come out as `wanted`."""
        term = self.boolean(condition)
        self.terms.append(term if wanted else negated(term))

    def hold(self, identity: str) -> None:
        """The person is listed with `identity` and meets its own conditions."""
        self.listed(identity)
        self.forced.append(identity)
        self.terms.append(self.conditions(identity))

    def find(self) -> Case | None:
        """A case, or None if there is none; an empty case where the search was too long."""
        self.exclude()
        env = Assignment([State.OPEN] * len(self.variables))
        for identity in self.forced:
            env.values[self.numbers[Listed(identity)]] = True
        steps = [0]
        if len(self.variables) > 300:
            return self.case(env)
        return self.case(env) if self.search(env, steps) else None

    def search(self, env: Assignment, steps: list[int]) -> bool:
        """Assign the first open variable that matters; True if all terms hold (or too long)."""
        steps[0] += 1
        if steps[0] > LIMIT:
            return True
        env.wanted = -1
        for term in self.terms:
            value = term(env)
            if value is False or value is State.MISSING:
                return False
        number = env.wanted
        if number < 0:
            return True
        for value in self.variables[number].values():
            env.values[number] = value
            if self.search(env, steps):
                return True
        env.values[number] = State.OPEN
        return False

    def case(self, env: Assignment) -> Case:
        """What was decided, as a case."""
        decided = [
            (variable.key, value)
            for variable, value in zip(self.variables, env.values, strict=True)
            if value is not State.OPEN
        ]
        held = tuple(k.identity for k, v in decided if isinstance(k, Listed) and v is True)
        rest = tuple((k, v) for k, v in decided if not isinstance(k, Listed))
        order = {name: index for index, name in enumerate(self.forced)}
        return Case(tuple(sorted(held, key=lambda name: order.get(name, len(order)))), rest)

    def exclude(self) -> None:
        """互斥: no two listed categories of which it says so."""
        names = [v.key.identity for v in self.variables if isinstance(v.key, Listed)]
        if len(names) < 2 or not self.pack.exclusives:
            return
        above = {name: groups(self.pack, name) for name in names}
        for index, one in enumerate(names):
            for other in names[index + 1 :]:
                if excluded(self.pack, above[one], above[other]):
                    pair = (self.listed(one), self.listed(other))
                    self.terms.append(negated(joined(pair, False)))

    # ── from expressions to terms ────────────────────────────────────────────
    def number(self, key: Key, kind: Type, floor: bool = False) -> int:
        """The variable of `key`, made when first asked for."""
        if key not in self.numbers:
            self.numbers[key] = len(self.variables)
            self.variables.append(Variable(key, kind, floor))
        return self.numbers[key]

    def variable(self, key: Key, kind: Type, floor: bool = False) -> Term:
        """A term that is that variable."""
        return self.value_of(self.number(key, kind, floor))

    def listed(self, identity: str) -> Term:
        """The person is listed with `identity`."""
        return self.variable(Listed(identity), BOOL)

    def conditions(self, identity: str) -> Term:
        """The category's own 须 hold."""
        if identity in self.opened:
            return known(True)
        self.opened.append(identity)
        tests = [self.boolean(c.expr) for c in self.pack.identities[identity].conditions]
        self.opened.pop()
        return joined(tests, False)

    def held(self, identity: str) -> Term:
        """The person is listed with `identity` or with a member of it, and meets its 须."""
        own = self.pack.identities.get(identity)
        if own is None:
            return self.listed(identity)
        if identity in self.opened:
            return self.listed(identity)
        tests = self.conditions(identity)
        self.opened.append(identity)
        ways = [self.listed(identity), *(self.held(member) for member in own.members)]
        self.opened.pop()
        return joined((joined(ways, True), tests), False)

    def boolean(self, expr: x.Expr) -> Term:
        """A condition as a term."""
        match expr:
            case x.Not(operand=operand):
                return negated(self.boolean(operand))
            case x.All(operands=parts):
                return joined([self.boolean(part) for part in parts], False)
            case x.Any(operands=parts):
                return joined([self.boolean(part) for part in parts], True)
            case x.If(condition=test, positive=positive, negative=negative):
                tests = (test, positive, negative)
                return chosen(*(self.boolean(part) for part in tests))
            case x.Holds(identities=names):
                return joined([self.held(name) for name in names], True)
            case x.Filled(operand=operand):
                return filled(self.recorded(operand))
            case x.Compare(operator=order, left=left, right=right):
                return self.comparison(order, left, right)
            case x.Among(operand=operand, choices=choices):
                return self.member(operand, [choice.value for choice in choices])
            case _:
                return self.value(expr)

    def comparison(self, order: x.Order, left: x.Expr, right: x.Expr) -> Term:
        """A comparison; of two quantities, a variable that says which is more."""
        left, right = self.opened_up(left), self.opened_up(right)
        ours, theirs = list(self.leaves(left)), list(self.leaves(right))
        free = [self.free(ours), self.free(theirs)]
        if all(free):
            if Sign(right, left) in self.numbers:
                left, right, order = right, left, MIRRORED[order]
            sign = self.variable(Sign(left, right), INTEGER)
            return compared(order, sign, known(0))
        self.tell((*ours, *theirs), ())
        return compared(order, self.value(left), self.value(right))

    def member(self, operand: x.Expr, values: list[x.Value]) -> Term:
        """属于."""
        self.tell(tuple(self.leaves(operand)), values)
        return among(self.value(operand), frozenset(values))

    def tell(self, leaves: Sequence[x.Expr], values: Iterable[x.Value]) -> None:
        """The quantities among the leaves are compared with the constants among them, and these."""
        constants = [*values, *(leaf.value for leaf in leaves if isinstance(leaf, x.Constant))]
        for leaf in leaves:
            if not isinstance(leaf, x.Constant):
                self.variables[self.number_of(leaf)].constants.extend(constants)

    def free(self, leaves: list[x.Expr]) -> bool:
        """Whether anything but constants is among the leaves."""
        return any(not isinstance(leaf, x.Constant) for leaf in leaves)

    def leaves(self, expr: x.Expr) -> Iterable[x.Expr]:
        """What the value of `expr` may be: constants and quantities."""
        expr = self.opened_up(expr)
        match expr:
            case x.If(positive=positive, negative=negative):
                yield from self.leaves(positive)
                yield from self.leaves(negative)
            case x.Presumed(operand=operand, default=default):
                yield from (operand, default)
            case _:
                yield expr

    def opened_up(self, expr: x.Expr) -> x.Expr:
        """A defined name as what it stands for."""
        while isinstance(expr, x.DefinitionRef) and expr.name in self.pack.definitions:
            expr = self.pack.definitions[expr.name].expr
        return expr

    def value(self, expr: x.Expr) -> Term:
        """Any expression as a term."""
        expr = self.opened_up(expr)
        match expr:
            case x.Constant(value=value):
                return known(value)
            case x.If(condition=test, positive=positive, negative=negative):
                return chosen(self.boolean(test), self.value(positive), self.value(negative))
            case x.Presumed(operand=operand, default=default):
                return presumed(self.recorded(operand), default.value)
            case x.Not() | x.All() | x.Any() | x.Holds() | x.Filled() | x.Compare() | x.Among():
                return self.boolean(expr)
            case _:
                return self.value_of(self.number_of(expr))

    def recorded(self, operand: x.FactRef | x.ParameterRef) -> Term:
        """A fact or parameter of which it is asked whether it was recorded."""
        fact = self.pack.facts.get(operand.name)
        always = fact is not None and (fact.default is not None or fact.missing is Missing.REQUIRED)
        self.variables[self.number_of(operand)].gaps = not always
        return self.value(operand)

    def number_of(self, expr: x.Expr) -> int:
        """The variable that stands for a fact, a parameter or a computed quantity."""
        known = expr in self.numbers
        number = self.number(expr, expr.type, floored(self.pack, expr))
        if not known and isinstance(expr, x.Apply) and expr.function is x.Builtin.YEAR_COUNT:
            self.count_itself(number, expr.arguments[0])
        return number

    def count_itself(self, number: int, counted: x.Expr) -> None:
        """年度次数 counts the claim in question too: at least 1 where it is one of those."""
        self.variables[number].constants.append(1)
        count = self.value_of(number)
        some = compared(x.Order.GE, count, known(1))
        self.terms.append(unless_missing(joined([some, negated(self.boolean(counted))], True)))

    def value_of(self, number: int) -> Term:
        """A variable as a term."""
        return lambda env: env.of(number)


MIRRORED = {
    x.Order.EQ: x.Order.EQ, x.Order.NE: x.Order.NE, x.Order.GE: x.Order.LE,
    x.Order.LE: x.Order.GE, x.Order.GT: x.Order.LT, x.Order.LT: x.Order.GT,
}  # fmt: skip


def groups(pack: Pack, identity: str) -> frozenset[str]:
    """`identity` and every category that contains it, through any number of steps."""
    found = {identity}
    waiting = [identity]
    while waiting:
        name = waiting.pop()
        for group in pack.identities.values():
            if name in group.members and group.name not in found:
                found.add(group.name)
                waiting.append(group.name)
    return frozenset(found)


def excluded(pack: Pack, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a 互斥 keeps a holder of the first from holding the second."""
    for rule in pack.exclusives:
        ours = [name for name in rule.identities if name in one]
        theirs = [name for name in rule.identities if name in other]
        if any(a != b for a in ours for b in theirs):
            return True
    return False
