"""Trying persons and costs on a pack: what one category alone is paid.

Runs the chains' programs directly, so that thousands of trials take no time; a
person holds one category, everything is known, all costs are of one day.  What
is reported in the end is settled again the ordinary way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from medaidlang.base.diagnostic import Refusal
from medaidlang.check.common import Cells, cells, fixed_category, ladders
from medaidlang.check.overlap.chains import formulas, spread
from medaidlang.check.possible.people import holder
from medaidlang.check.possible.problem import Problem
from medaidlang.check.possible.state import State
from medaidlang.core import expr as x
from medaidlang.core.nodes import Entry, Scope
from medaidlang.core.types import Kind, Type
from medaidlang.interpret.curves import STEPS, WAN, Curve, NotKnown, rounding_slack
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import Settlement
from medaidlang.interpret.settle import Settler
from medaidlang.plan.nodes import LARGEST
from medaidlang.runtime.money import as_decimal

Facts = tuple[tuple[str, Any], ...]
"""Facts with their values, in the order of the pack."""

FARTHEST = 400 * WAN
ANY_DAY = date(2025, 1, 1)


@attrs.frozen
class Visit:
    """A kind of cost: facts of the claim, and of whoever it is of (both as data may give them)."""

    claim: Facts
    person: Facts


@attrs.frozen
class Treated:
    """Categories that are treated alike, with the person facts that the first one asks for."""

    names: tuple[str, ...]
    programs: tuple[int, ...]
    facts: Facts

    @property
    def name(self) -> str:
        """The category that a person in an example holds."""
        return self.names[0]


@attrs.frozen
class Ready:
    """A person on the day: the machine of each chain (None: pays nothing), and lasting slots."""

    machines: tuple[Machine | None, ...]
    lasting: list[Any]


Totals = list[list[Any]]
"""The running totals of each chain."""


class Trials:
    """A pack with everything that its trials share."""

    def __init__(self, settler: Settler) -> None:
        self.settler = settler
        self.pack = settler.pack
        self.plan = settler.plan
        binder = settler.binder
        slots = self.plan.slots
        self.cost = binder.cost
        self.cost_name = slots[binder.cost].name if binder.cost is not None else ""
        self.payments = tuple(slots[place].name for place in binder.payments)
        self.day = working_day(settler)
        self.ladders = ladders(self.pack)
        self.parts = [
            part
            for benefit in self.pack.benefits.values()
            for part in spread(self.pack, formulas(self.pack, benefit))
        ]
        self.slack = rounding_slack(self.pack)
        self.bound: dict[Visit, list[Any] | None] = {}
        self.ready: dict[tuple[str, Facts], Ready | None] = {}
        self.treated = list(treatments(self))

    # ── data ─────────────────────────────────────────────────────────────────
    def person(self, who: Treated, facts: Facts) -> dict[str, Any]:
        """Somebody who holds only that category."""
        return {**dict(facts), **dict(who.facts), "身份": [who.name]}

    def claim(self, visit: Visit, number: int, burden: int) -> dict[str, Any]:
        """A claim on which no insurer paid anything."""
        paid = dict.fromkeys(self.payments, as_decimal(0))
        about = {"编号": str(number), "日期": self.day.isoformat(), **paid, **dict(visit.claim)}
        return {**about, self.cost_name: as_decimal(burden)}

    # ── running ──────────────────────────────────────────────────────────────
    def values(self, visit: Visit) -> list[Any] | None:
        """The slots of such a claim; None where the data would be refused."""
        if visit not in self.bound:
            try:
                bound = self.settler.binder.bind({"身份": []}, [self.claim(visit, 1, 0)], None)
                self.bound[visit] = bound.claims[0].values
            except Refusal:
                self.bound[visit] = None
        return self.bound[visit]

    def standing(self, who: Treated, facts: Facts) -> Ready | None:
        """The person on the day; None unless the category is held for certain."""
        key = (who.name, facts)
        if key not in self.ready:
            self.ready[key] = self.stand(who, facts)
        return self.ready[key]

    def stand(self, who: Treated, facts: Facts) -> Ready | None:
        """The same, asked anew."""
        settler = self.settler
        try:
            bound = settler.binder.bind(self.person(who, facts), [], self.day.year)
        except Refusal:
            return None
        inputs = settler.on_day(settler.base_inputs(bound), bound, self.day)
        made = settler.standings.standing(inputs, bound.listed, [self.day])
        if made.own.get(who.name) != 1:
            return None
        machines: list[Machine | None] = []
        for chain, listed, _ in settler.chains:
            held = settler.standings.holdings(made, chain.treatments)
            if any(one.doubt is not None for one in held):
                return None
            if not held and who.name in chain.treatments:
                return None
            machines.append(listed[held[0].program] if held else None)
        return Ready(tuple(machines), made.lasting)

    def fresh(self) -> Totals:
        """The accounts at the year's beginning."""
        return [[0] * len(self.plan.totals) for _ in self.settler.chains]

    def pay(self, ready: Ready, values: list[Any], burden: int, totals: Totals) -> int | None:
        """What is paid on one claim in all; None where that is not known.  Updates `totals`."""
        assert self.cost is not None
        inputs = values + ready.lasting
        inputs[self.cost] = burden
        paid = 0
        for machine, running in zip(ready.machines, totals, strict=True):
            if machine is not None:
                grown = machine.quick(inputs, running)
                if grown is None:
                    return None
                paid += sum(grown)
        return paid

    def year(self, who: Treated, claims: Sequence[tuple[Visit, int]]) -> int | None:
        """What is paid on the claims together; None where that is not known."""
        totals = self.fresh()
        ready = self.standing(who, claims[0][0].person)
        try:
            return sum(self.known(ready, visit, burden, totals) for visit, burden in claims)
        except NotKnown:
            return None

    def curve(self, who: Treated, visit: Visit, before: Sequence[tuple[Visit, int]] = ()) -> Curve:
        """What is paid in all for such a claim, by its burden.

        It raises `NotKnown` where that is not known.
        """
        totals = self.fresh()
        ready = self.standing(who, visit.person)
        paid = sum(self.known(ready, earlier, burden, totals) for earlier, burden in before)
        return lambda burden: paid + self.known(ready, visit, burden, [list(t) for t in totals])

    def known(self, ready: Ready | None, visit: Visit, burden: int, totals: Totals) -> int:
        """As `pay`; raises `NotKnown` where that is not known."""
        values = self.values(visit)
        paid = None if ready is None or values is None else self.pay(ready, values, burden, totals)
        if paid is None:
            raise NotKnown
        return paid

    def settled(self, who: Treated, claims: Sequence[tuple[Visit, int]]) -> Settlement:
        """The claims settled the ordinary way."""
        given = [self.claim(visit, at, burden) for at, (visit, burden) in enumerate(claims, 1)]
        return self.settler.settle(self.person(who, claims[0][0].person), given)

    # ── what the rules mention ───────────────────────────────────────────────
    def seeds(self) -> tuple[int, ...]:
        """Burdens from 0 on at which something may happen: every amount in the rules ± 1分."""
        said: list[tuple[x.Value, Type]] = [
            (part.value, part.type) for part in self.parts if isinstance(part, x.Constant)
        ]
        for parameter in self.pack.parameters.values():
            said += [(row.value, parameter.type) for row in parameter.values]
        named = {v for v, kind in said if kind.kind is Kind.MONEY and isinstance(v, int)}
        near = {value + by for value in named for by in (-1, 0, 1)}
        far = min(max(FARTHEST, 2 * max(named, default=0)), LARGEST)
        return tuple(sorted({0, far} | {value for value in near.union(STEPS) if 0 < value < far}))

    def named(self, who: Treated, benefit: str) -> str:
        """How the benefit's tables call the category: the names in its row."""
        row = self.row(who, benefit)
        return "、".join(row[1].identities if row and row[1].identities else who.names)

    def row(self, who: Treated, benefit: str) -> tuple[int, Entry] | None:
        """The first cell in the benefit's tables that applies to the category, and its place."""
        item = self.pack.benefits[benefit]
        given: Cells = cells(self.ladders[who.name], item)
        listed = [entry for entries in given.values() for entry in entries]
        places = [at for at, entry in enumerate(item.entries) if entry in listed]
        return (places[0], item.entries[places[0]]) if places else None


def working_day(settler: Settler) -> date:
    """The first day in force on which every published figure is there; else the first in force."""
    effective = settler.pack.document.effective or ANY_DAY
    figures = [
        parameter.values
        for parameter in settler.plan.parameters
        if parameter.values
        and not any(isinstance(value, tuple) for _, _, value in parameter.values)
    ]
    starts = {start for values in figures for start, _, _ in values if start is not None}
    for day in (effective, *sorted(start for start in starts if start > effective)):
        if all(any(covers(row, day) for row in values) for values in figures):
            return day
    return effective


def covers(row: tuple[date | None, date | None, object], day: date) -> bool:
    """Whether a published figure is in force."""
    start, end, _ = row
    return (start is None or start <= day) and (end is None or day <= end)


def treatments(trials: Trials) -> Iterator[Treated]:
    """Categories that a person is recognised as, gathered by treatment, in the document's order."""
    gathered: dict[tuple[int, ...], list[str]] = {}
    for name, identity in trials.pack.identities.items():
        if identity.members or not fixed_category(trials.pack, name):
            continue
        programs = tuple(
            chain.treatments[name].program if name in chain.treatments else -1
            for chain in trials.plan.chains
        )
        if any(program >= 0 for program in programs):
            gathered.setdefault(programs, []).append(name)
    for programs, names in gathered.items():
        facts = asked(trials, names[0])
        if facts is not None:
            yield Treated(tuple(names), programs, facts)


def asked(trials: Trials, name: str) -> Facts | None:
    """Person facts with which the category is held; None if it takes another category too."""
    bare = Treated((name,), (), ())
    if trials.stand(bare, ()) is not None:
        return ()
    problem = Problem(trials.pack)
    for benefit in trials.pack.benefits.values():
        holder(problem, name, benefit)
    case = problem.find()
    if case is None or case.identities != (name,):
        return None
    decided = [(key.name, value) for key, value in case.values if isinstance(key, x.FactRef)]
    return as_data(trials, {k: v for k, v in decided if v is not State.MISSING}, Scope.PERSON)


def as_data(trials: Trials, decided: Mapping[str, Any], scope: Scope) -> Facts:
    """Decided facts of that scope as data gives them; what data cannot give is left out."""
    found = []
    for name, fact in trials.pack.facts.items():
        if fact.scope is scope and name in decided:
            value = decided[name]
            if fact.type.kind is Kind.MONEY:
                value = as_decimal(value)
            elif isinstance(value, date):
                value = value.isoformat()
            found.append((name, value))
    return tuple(found)
