"""What all programs of a plan share: input slots, numbered words, running totals."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import lcm

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Origin, Pack, Period, Scope, Subsidy
from medaidlang.core.types import BOOL, MONEY, Kind, Type
from medaidlang.plan.nodes import LARGEST, Slot, Source, Total

# 100% as an integer, for ratios that come from outside (four decimals of a percent).
RATIO_UNIT = 1_000_000


@attrs.define
class Shared:
    """Slots, words and totals; filled before any program is lowered, then only read."""

    pack: Pack
    slots: list[Slot] = attrs.field(factory=list)
    index: dict[tuple[Source, str], int] = attrs.field(factory=dict)
    words: dict[str, int] = attrs.field(factory=dict)
    totals: list[Total] = attrs.field(factory=list)
    total_index: dict[str, int] = attrs.field(factory=dict)
    year_totals: dict[x.Expr, int] = attrs.field(factory=dict)

    def word(self, text: str) -> int:
        """The number of a word."""
        return self.words.setdefault(text, len(self.words))

    def slot(self, source: Source, name: str, kind: Type, origin: Origin) -> int:
        """The slot for an input, made when first asked for."""
        key = (source, name)
        if key not in self.index:
            self.index[key] = len(self.slots)
            self.slots.append(Slot(source, name, kind, origin))
        return self.index[key]

    def year_scale(self) -> int:
        """A scale at which every program's unrounded amounts can be added exactly."""
        parts = [p for found in expressions(self.pack) for p in x.walk(found)]
        ratios = [p.value for p in parts if isinstance(p, x.Constant)]
        scales = [value.denominator for value in ratios if isinstance(value, Fraction)]
        return (RATIO_UNIT * lcm(1, *scales)) ** 2

    def cost(self) -> int | None:
        """The slot of the cost that a base cannot exceed, by its national field name."""
        for fact in self.pack.facts.values():
            if "inscp_scp_amt" in fact.fields:
                return self.index[Source.CLAIM, fact.name]
        return None

    def total(self, name: str, period: Period) -> int:
        """The running total of that name, made when first asked for."""
        if name not in self.total_index:
            self.total_index[name] = len(self.totals)
            self.totals.append(Total(name, period))
        return self.total_index[name]


def shared_of(pack: Pack) -> Shared:
    """Every input of the pack: what changes with each claim first, then the rest."""
    shared = Shared(pack)
    parts = [part for found in expressions(pack) for part in x.walk(found)]
    collect_facts(shared, Scope.CLAIM)
    for benefit in pack.benefits.values():
        shared.slot(Source.PAID, benefit.name, MONEY, benefit.origin)
    for part in parts:
        collect_total(shared, part)
    collect_facts(shared, Scope.PERSON)
    for parameter in pack.parameters.values():
        shared.slot(Source.PARAMETER, parameter.name, parameter.type, parameter.origin)
    for identity in pack.identities.values():
        shared.word(identity.name)
        shared.slot(Source.HELD, identity.name, BOOL, identity.origin)
    for part in parts:
        if isinstance(part, x.GapRef):
            name = f"{part.name}:{part.type.kind.value}"
            shared.slot(Source.GAP, name, part.type, pack.gaps[part.name].origin)
    return shared


def collect_facts(shared: Shared, scope: Scope) -> None:
    """A slot for each fact of a scope."""
    for fact in shared.pack.facts.values():
        if fact.scope is scope:
            source = Source.CLAIM if scope is Scope.CLAIM else Source.PERSON
            shared.slot(source, fact.name, fact.type, fact.origin)
        for choice in fact.type.choices:
            shared.word(choice)


def collect_total(shared: Shared, part: x.Expr) -> None:
    """A slot and a running total for each 年度累计."""
    if isinstance(part, x.Apply) and part.function is x.Builtin.YEAR_TOTAL:
        inner = part.arguments[0]
        if not isinstance(inner, x.FigureRef) and inner not in shared.year_totals:
            name = f"年度累计{len(shared.year_totals) + 1}"
            shared.year_totals[inner] = shared.total(name, Period.YEAR)
            shared.slot(Source.TOTAL, name, MONEY, Origin(part.span))


def expressions(pack: Pack) -> list[x.Expr]:
    """Every expression of the pack."""
    found: list[x.Expr] = [d.expr for d in pack.definitions.values()]
    for identity in pack.identities.values():
        found += [c.expr for c in identity.conditions]
    for parameter in pack.parameters.values():
        found += [b.expr for b in parameter.bounds]
    found += [account.feed for account in pack.accounts.values() if account.feed]
    paid: list[Benefit | Subsidy] = [*pack.benefits.values(), *pack.subsidies.values()]
    for item in paid:
        found += [c.expr for c in item.conditions] + [u.condition for u in item.unresolved]
        found += [item.base] if item.base is not None else []
        for entry in item.entries:
            found += [k.expr for k in entry.keys] + ([entry.expr] if entry.expr else [])
    for change in pack.insurance:
        parts = (change.cost, change.deductible, change.bands, change.cap)
        found += [c.expr for c in change.conditions] + [p for p in parts if p is not None]
    found += [output.expr for output in pack.outputs]
    return found


def limits(kind: Type) -> tuple[int, int]:
    """The range that input of a type may take."""
    match kind.kind:
        case Kind.MONEY | Kind.RATE:
            return 0, LARGEST
        case Kind.RATIO | Kind.POINTS:
            return 0, 10 * RATIO_UNIT
        case Kind.BOOL:
            return 0, 1
        case Kind.INTEGER:
            return 0, 10**6
        case Kind.DATE | Kind.MONTH:
            return 1, date.max.toordinal()
        case _:
            return -1, 10**9


def scale_of(kind: Type) -> int:
    """The scale of input of a type."""
    return RATIO_UNIT if kind.kind in (Kind.RATIO, Kind.POINTS) else 1


def encoded(shared: Shared, value: x.Value, kind: Type) -> tuple[object, int]:
    """A constant as an integer and its scale (ratios at their own denominator)."""
    match value:
        case bool():
            return int(value), 1
        case Fraction():
            return value.numerator, value.denominator
        case int():
            return value, 1
        case date():
            return value.toordinal(), 1
        case str():
            return shared.word(value), 1
        case _:
            return tuple(encoded(shared, part, kind)[0] for part in value), 1
