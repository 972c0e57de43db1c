"""Binding: the mappings of `settle` as the plan's input slots.

Takes a person and claims (vocabulary of the worked cases: 元 as Decimal, int or
text, dates as ISO text), gives encoded inputs; what cannot be used becomes
E9xx findings, all of them together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import attrs

from medaidlang.base.diagnostic import Diagnostic, Fix, Refusal
from medaidlang.core.nodes import Fact, Missing, Pack, Scope
from medaidlang.core.scope import nearest
from medaidlang.core.types import Kind, Type
from medaidlang.interpret.asking import APPLICATIONS, Event, events_of
from medaidlang.interpret.shapes import misshapen
from medaidlang.interpret.values import BadValue, read_value
from medaidlang.plan import nodes as n
from medaidlang.plan.values import encode
from medaidlang.runtime.dates import add_months

Mapped = Mapping[str, Any]

# Texts that no rule names are numbered from here on, anew for each person.
UNNAMED = 10**8

# The national interface's name for the cost, and how its names for payments end.
COST, PAYMENT = "inscp_scp_amt", "_pay"


@attrs.frozen
class Interval:
    """A category as listed for a person, with the days it holds (None = open)."""

    name: str
    start: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        """Whether it holds on `day`."""
        after = self.start is None or self.start <= day
        return after and (self.end is None or day <= self.end)


@attrs.frozen
class BoundClaim:
    """One claim: its number, its date, and the first slots, which are the claim's facts."""

    number: str
    day: date
    values: list[Any]


@attrs.frozen
class Bound:
    """A person's year: person slots, given parameters, listed categories, claims.

    `year` is None where neither the caller nor a claim says which.  `events` are the
    applications that the person made.
    """

    year: int | None
    person: tuple[tuple[int, Any], ...]
    parameters: Mapping[int, Any]
    listed: tuple[Interval, ...]
    claims: tuple[BoundClaim, ...]
    events: tuple[Event, ...] = ()


@attrs.define
class Binder:
    """Reads mappings for one plan; made once, used for every person."""

    pack: Pack
    plan: n.Plan
    found: list[Diagnostic] = attrs.field(factory=list)
    index: dict[tuple[n.Source, str], int] = attrs.field(init=False)
    readers: dict[Scope, dict[str, tuple[int, Fact, Any]]] = attrs.field(init=False)
    cost: int | None = attrs.field(init=False)
    payments: list[int] = attrs.field(init=False)
    usual: dict[str, int] = attrs.field(factory=dict)  # texts that stand in for missing ones
    texts: dict[str, int] = attrs.field(factory=dict)  # the same, and those of this person

    def __attrs_post_init__(self) -> None:
        self.index = {(s.source, s.name): i for i, s in enumerate(self.plan.slots)}
        self.readers = {
            scope: {f.name: self.reader(f) for f in self.pack.facts.values() if f.scope is scope}
            for scope in Scope
        }
        facts = [fact for fact in self.pack.facts.values() if fact.scope is Scope.CLAIM]
        costs = [fact for fact in facts if COST in fact.fields]
        paying = [f for f in facts if any(field.endswith(PAYMENT) for field in f.fields)]
        self.cost = self.index[n.Source.CLAIM, costs[0].name] if costs else None
        self.payments = [self.index[n.Source.CLAIM, fact.name] for fact in paying]

    def bind(
        self, person: Mapped, claims: Sequence[Mapped], year: int | None, *, several: bool = False
    ) -> Bound:
        """Everything about one person's year; raises `Refusal` with all that is wrong.

        `several`: the claims may be of several years.
        """
        self.found, self.texts = [], dict(self.usual)
        self.found += misshapen(person, claims)
        if self.found:
            raise Refusal(*self.found)
        flat = self.flattened(person)
        facts = self.facts(Scope.PERSON, flat, "人员")
        parameters = self.parameters(person.get("参数") or {})
        if person.get("身份") is None:
            self.wrong("E901", "人员·身份", field="身份")
        listed = self.intervals(person.get("身份") or [])
        bound = [self.claim(claim, place) for place, claim in enumerate(claims, 1)]
        self.check_numbers(bound)
        kept = [claim for claim in bound if claim is not None]
        wanted = year if year is not None else (kept[0].day.year if kept else None)
        if not several:
            self.check_year(kept, wanted)
        events = events_of(self, person.get(APPLICATIONS), {claim.number for claim in kept})
        if self.found:
            raise Refusal(*self.found)
        return Bound(wanted, tuple(facts), parameters, listed, tuple(kept), events)

    def wrong(self, code: str, place: str, *, fix: str = "", **args: str) -> None:
        """A finding about the data."""
        self.found.append(Diagnostic(code, None, args, place=place, fix=Fix(fix) if fix else None))

    # ── facts ────────────────────────────────────────────────────────────────
    def flattened(self, person: Mapped) -> dict[str, Any]:
        """Group mappings as 组·名; 身份, 参数 and 申请 are read apart."""
        groups = {fact.group for fact in self.pack.facts.values() if fact.group}
        flat: dict[str, Any] = {}
        for key, value in person.items():
            if key in ("身份", "参数", APPLICATIONS):
                continue
            if key in groups:
                if isinstance(value, Mapping):
                    flat |= {f"{key}·{inner}": part for inner, part in value.items()}
                elif value is not None:
                    self.wrong(
                        "E911", f"人员·{key}", field=key, value=str(value), options="一组事实"
                    )
            else:
                flat[key] = value
        return flat

    def facts(self, scope: Scope, given: Mapped, place: str) -> list[tuple[int, Any]]:
        """Declared facts as slots; undeclared fields are refused."""
        values: list[tuple[int, Any]] = []
        readers = self.readers[scope]
        searched = self.plan.searched
        asked: list[tuple[int, Any]] = []
        for name, (slot, fact, default) in readers.items():
            raw = given.get(name)
            value = default
            if raw is not None and raw != "":
                value = self.value(raw, fact.type, place, name)
            elif fact.missing is Missing.REQUIRED:
                self.wrong("E901", f"{place}·{name}", field=name)
            values.append((slot, value))
            if name in searched:
                asked += search(raw, fact.default, searched[name])
        values += sorted(asked)  # their slots follow those of the facts
        for name in given:
            if name not in readers:
                near = nearest(name, readers)
                self.wrong("E910", f"{place}·{name}", fix=near, field=name, nearest=near)
        return values

    def reader(self, fact: Fact) -> tuple[int, Fact, Any]:
        """A fact's slot, and what stands in for it where nobody recorded it."""
        source = n.Source.CLAIM if fact.scope is Scope.CLAIM else n.Source.PERSON
        default = None
        if fact.default is not None:
            default = encode(self.plan.words, fact.default, fact.type)
            if default == -1 and fact.type.kind is Kind.TEXT:
                default = numbered(self.usual, str(fact.default))
        return self.index[source, fact.name], fact, default

    def value(self, raw: Any, kind: Type, place: str, name: str) -> Any:
        """One value, encoded; a finding and None where it cannot be read."""
        try:
            found = read_value(raw, kind, self.plan.words, self.pack.identities)
            if found == -1 and kind.kind is Kind.TEXT:
                return numbered(self.texts, str(raw))
            return found
        except BadValue as bad:
            text = shown(raw)
            args = {"field": name, "value": text, "options": bad.options, "name": text}
            near = nearest(text, self.pack.identities) if bad.code == "E906" else ""
            where = place if place.endswith(name) else f"{place}·{name}"
            self.wrong(bad.code, where, fix=near, nearest=near, **args)
            return None

    def parameters(self, given: Mapped) -> dict[int, Any]:
        """Figures given with the person; they stand for those of the pack."""
        values: dict[int, Any] = {}
        for name, raw in given.items():
            parameter = self.pack.parameters.get(name)
            if parameter is None:
                near = nearest(name, self.pack.parameters)
                self.wrong("E910", f"参数·{name}", fix=near, field=name, nearest=near)
                continue
            value = self.value(raw, parameter.type, f"参数·{name}", name)
            if value is not None:
                values[self.index[n.Source.PARAMETER, name]] = value
        return values

    # ── categories ───────────────────────────────────────────────────────────
    def intervals(self, listed: Any) -> tuple[Interval, ...]:
        """身份: names, or mappings 名称, 起, 止."""
        made: list[Interval] = []
        known: list[Interval] = []  # without 追溯, by which a renewal reaches into what it renews
        for item in [listed] if isinstance(listed, str | Mapping) else listed:
            entry = item if isinstance(item, Mapping) else {"名称": item}
            name = str(entry.get("名称", ""))
            for key in entry:
                if key not in ("名称", "起", "止"):
                    self.wrong("E910", f"人员·身份·{key}", field=str(key), nearest="起、止")
            if name not in self.pack.identities:
                near = nearest(name, self.pack.identities)
                self.wrong("E906", "人员·身份", fix=near, name=name, nearest=near)
                continue
            start = self.value(entry.get("起"), Type(Kind.DATE), "人员·身份·起", "起")
            end = self.value(entry.get("止"), Type(Kind.DATE), "人员·身份·止", "止")
            first = date.fromordinal(start) if start else None
            last = date.fromordinal(end) if end else None
            ended = self.ended(Interval(name, first, last))
            if (start and end and start > end) or any(overlaps(ended, o) for o in known):
                self.wrong("E922", "人员·身份", name=name)
            known.append(ended)
            made.append(self.begun(ended))
        self.check_exclusive(made)
        return tuple(made)

    def ended(self, listed: Interval) -> Interval:
        """A listing without a last day, which 有效 gives it; it counts from the first."""
        first, valid = listed.start, self.pack.identities[listed.name].valid
        if first is None or valid is None or listed.end is not None:
            return listed
        ends = add_months(first, valid)
        return attrs.evolve(listed, end=ends - timedelta(days=1) if ends is not None else None)

    def begun(self, listed: Interval) -> Interval:
        """A listing from the day to which 追溯 takes it back."""
        first, backdated = listed.start, self.pack.identities[listed.name].backdated
        if first is None or backdated is None:
            return listed
        start = add_months(first, -backdated) if backdated else date(first.year, 1, 1)
        return attrs.evolve(listed, start=start)

    def check_exclusive(self, made: Sequence[Interval]) -> None:
        """互斥: categories that nobody holds on the same day."""
        for one, other in combinations(made, 2):
            for rule in self.pack.exclusives:
                sides = [
                    {group for group in rule.identities if self.within(item.name, group)}
                    for item in (one, other)
                ]
                if all(sides) and sides[0] != sides[1] and same_days(one, other):
                    self.wrong("E924", "人员·身份", one=one.name, other=other.name)

    def within(self, name: str, group: str) -> bool:
        """Whether a category is, or is contained in, another."""
        return any(way[0] == name for way in self.plan.memberships[group])

    # ── claims ───────────────────────────────────────────────────────────────
    def claim(self, given: Mapped, place: int) -> BoundClaim | None:
        """One claim; None where its number or date cannot be read."""
        number = given.get("编号")
        label = f"费用 {number}" if number not in (None, "") else f"第{place}笔费用"
        before = len(self.found)
        values = self.facts(Scope.CLAIM, given, label)
        if len(self.found) > before:
            return None
        slots = [value for _, value in values]
        if self.overpaid(slots):
            self.wrong("E904", label)
            return None
        day = slots[self.index[n.Source.CLAIM, "日期"]]
        if not isinstance(day, int):
            return None
        return BoundClaim(str(number), date.fromordinal(day), slots)

    def overpaid(self, slots: Sequence[Any]) -> bool:
        """Whether the insurers paid more than the cost within the policy.

        Which facts are cost and payments is known by their national field names.
        """
        cost = slots[self.cost] if self.cost is not None else None
        return cost is not None and sum(slots[part] or 0 for part in self.payments) > cost

    def check_numbers(self, claims: Sequence[BoundClaim | None]) -> None:
        """No number twice."""
        seen: set[str] = set()
        for claim in claims:
            if claim is not None and claim.number in seen:
                self.wrong("E907", f"费用 {claim.number}", id=claim.number)
            if claim is not None:
                seen.add(claim.number)

    def check_year(self, claims: Sequence[BoundClaim], year: int | None) -> None:
        """All claims of one calendar year: accounts run by the year."""
        for claim in claims:
            if claim.day.year != year:
                place = f"费用 {claim.number}·日期"
                self.wrong("E905", place, date=claim.day.isoformat(), year=str(year))


def numbered(texts: dict[str, int], text: str) -> int:
    """The number of a text that no rule names: one text has one, so that two differ."""
    return texts.setdefault(text, UNNAMED + len(texts))


def search(
    raw: Any, default: object, wanted: Mapping[int, tuple[str, ...]]
) -> list[tuple[int, int | None]]:
    """Whether the text has one of these in it; not known where nothing was recorded."""
    text = default if raw is None or raw == "" else raw
    if text is None:
        return [(slot, None) for slot in wanted]
    return [(slot, int(any(part in str(text) for part in parts))) for slot, parts in wanted.items()]


def shown(raw: object) -> str:
    """A value as a message quotes it."""
    if isinstance(raw, int) and abs(raw) > 10**30:
        return "位数过多的整数"
    return str(raw)


def overlaps(one: Interval, other: Interval) -> bool:
    """Whether the same category is listed twice for the same days."""
    return one.name == other.name and same_days(one, other)


def same_days(one: Interval, other: Interval) -> bool:
    """Whether two listings share a day."""
    first, last = date.min, date.max
    return (one.start or first) <= (other.end or last) and (other.start or first) <= (
        one.end or last
    )
