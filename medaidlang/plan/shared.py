"""What all programs of a plan share: input slots, numbered words, running totals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import (
    Benefit,
    Entry,
    Mode,
    Origin,
    Pack,
    Period,
    Scope,
    Split,
    SplitRow,
    Subsidy,
)
from medaidlang.core.rows import levels
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
    searched: dict[str, dict[int, tuple[str, ...]]] = attrs.field(factory=dict)
    year_totals: dict[tuple[x.Builtin, x.Expr], int] = attrs.field(factory=dict)

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
    collect_searched(shared, parts, Scope.CLAIM)
    for benefit in pack.benefits.values():
        shared.slot(Source.PAID, benefit.name, MONEY, benefit.origin)
    for part in parts:
        collect_total(shared, part)
    collect_running(shared)
    collect_facts(shared, Scope.PERSON)
    collect_searched(shared, parts, Scope.PERSON)
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


def collect_running(shared: Shared) -> None:
    """Slots for what other programs leave: insurances, earlier categories, applications."""
    pack = shared.pack
    for layer in pack.layers.values():
        for figure in x.Figure:
            shared.slot(Source.LAYER, f"{layer.name}·{figure.value}", MONEY, layer.origin)
    stacked = {b for r in pack.overlaps if r.mode is Mode.STACKED for b in r.benefits}
    paid: list[Benefit | Subsidy] = [*pack.benefits.values(), *pack.subsidies.values()]
    for item in paid:
        if item.name in stacked:
            shared.slot(Source.BEFORE, item.name, MONEY, item.origin)
    for benefit in pack.benefits.values():
        if benefit.application is not None:
            shared.slot(Source.APPLIED, benefit.name, MONEY, benefit.origin)
    for split in pack.splits:
        for row, benefit_name, identities in split_parts(pack, split):
            shared.slot(Source.PAID_AS, paid_as(benefit_name, identities), MONEY, row.origin)


def split_parts(pack: Pack, split: Split) -> list[tuple[SplitRow, str, tuple[str, ...]]]:
    """Each row's benefits with the categories whose payments the row is about.

    A category belongs to the row nearest to it, as in benefit tables.
    """
    found = []
    for row in split.rows:
        for item in row.items:
            rivals = [other for other in split.rows if item in other.items]
            mine = tuple(name for name in pack.identities if nearest_row(pack, name, rivals) is row)
            found.append((row, item, mine))
    return found


def nearest_row(pack: Pack, identity: str, rows: Sequence[SplitRow]) -> SplitRow | None:
    """The row of a category: its own, its groups', or 其余."""
    for level in levels(pack, identity):
        for row in rows:
            if set(level) & set(row.identities):
                return row
    return next((row for row in rows if not row.identities), None)


def paid_as(item: str, identities: Sequence[str]) -> str:
    """The name of what a benefit has paid this year under these categories."""
    return f"{item}@{'、'.join(identities)}"


def collect_facts(shared: Shared, scope: Scope) -> None:
    """A slot for each fact of a scope."""
    for fact in shared.pack.facts.values():
        if fact.scope is scope:
            source = Source.CLAIM if scope is Scope.CLAIM else Source.PERSON
            shared.slot(source, fact.name, fact.type, fact.origin)
        for choice in fact.type.choices:
            shared.word(choice)


def collect_searched(shared: Shared, parts: Sequence[x.Expr], scope: Scope) -> None:
    """A slot for each 含 about a fact of a scope: the binder answers it from the text."""
    for part in parts:
        if isinstance(part, x.Contains):
            fact = shared.pack.facts[part.operand.name]
            if fact.scope is scope:
                source = Source.CLAIM if scope is Scope.CLAIM else Source.PERSON
                key = shared.slot(source, part.name, BOOL, fact.origin)
                shared.searched.setdefault(fact.name, {})[key] = part.texts


def collect_total(shared: Shared, part: x.Expr) -> None:
    """A slot and a running total for each 年度累计."""
    if isinstance(part, x.Apply) and part.function.value in x.YEARLY:
        inner = part.arguments[0]
        key = (part.function, inner)
        of_benefit = isinstance(inner, x.FigureRef) and inner.benefit in shared.pack.benefits
        if not of_benefit and key not in shared.year_totals:
            name = f"{part.function.value}{len(shared.year_totals) + 1}"
            shared.year_totals[key] = shared.total(name, Period.YEAR)
            shared.slot(Source.TOTAL, name, part.type, Origin(part.span))


def expressions(pack: Pack) -> list[x.Expr]:
    """Every expression of the pack."""
    found: list[x.Expr] = [d.expr for d in pack.definitions.values()]
    for identity in pack.identities.values():
        found += [c.expr for c in identity.conditions]
    for parameter in pack.parameters.values():
        found += [b.expr for b in parameter.bounds]
    found += [account.feed for account in pack.accounts.values() if account.feed]
    paid: list[Benefit | Subsidy] = [
        *pack.layers.values(), *pack.benefits.values(), *pack.subsidies.values()
    ]  # fmt: skip
    for item in paid:
        found += [c.expr for c in item.conditions] + [u.condition for u in item.unresolved]
        found += [c.expr for c in item.notional] if isinstance(item, Benefit) else []
        found += [item.base] if item.base is not None else []
        found += of_entries(item.entries)
    for pool in pack.pools.values():
        found += of_entries(pool.entries)
    for adjustment in pack.adjustments:
        found += [c.expr for c in adjustment.conditions]
        found += [change.expr for change in adjustment.changes]
    for split in pack.splits:
        found += [c.expr for c in split.conditions] + [u.condition for u in split.unresolved]
        found += [s.expr for row in split.rows for s in row.shares if s.expr is not None]
    for change in pack.insurance:
        parts = (change.cost, change.deductible, change.bands, change.cap)
        found += [c.expr for c in change.conditions] + [p for p in parts if p is not None]
    found += [output.expr for output in pack.outputs]
    about = pack.document
    found += [*about.standing, *([about.attribution] if about.attribution is not None else [])]
    return found


def of_entries(entries: Sequence[Entry]) -> list[x.Expr]:
    """The expressions of table cells and of their rows' keys."""
    found = [key.expr for entry in entries for key in entry.keys]
    return found + [entry.expr for entry in entries if entry.expr is not None]


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
