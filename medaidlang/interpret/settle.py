"""Settlement: one person's year under one plan.

Takes the person and the claims, gives a `Settlement`.  This is the reference
meaning: every other executor must agree with it to the 分.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from medaidlang.core.expr import Figure
from medaidlang.core.nodes import HOSPITAL_FIELD, Pack, Period
from medaidlang.core.types import Kind
from medaidlang.interpret.application import Member, Year, with_applications, years_of
from medaidlang.interpret.bind import Binder, Bound
from medaidlang.interpret.insured import insurance_chain, layer_slots
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import ClaimResult, Settlement
from medaidlang.interpret.standing import StandingMaker
from medaidlang.interpret.subsidy import SubsidyRunner
from medaidlang.interpret.year import YearRun
from medaidlang.plan import nodes as n
from medaidlang.plan.build import build_plan
from medaidlang.plan.values import decode


def as_it_is(value: object) -> object:
    """分 and whole numbers are what they are as results."""
    return value


TRUTH: Callable[[Any], object] = {0: False, 1: True, None: None}.get


class Settler:
    """A plan ready to settle; made once for a pack, used for every person."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.plan = build_plan(pack)
        self.count = len(self.plan.slots)
        self.binder = Binder(pack, self.plan)
        self.standings = StandingMaker(self.plan)
        self.make_machines()
        self.make_results()
        self.blank = self.blank_values()
        self.published = [p for p in self.plan.parameters if self.is_dated(p)]
        self.dated = bool(self.published)
        self.subsidies = SubsidyRunner(self.plan, self.standings)
        self.benefits = tuple(name for chain in self.plan.chains for name in chain.benefits)
        self.fusions: dict[tuple[int, ...], n.Program] = {}
        self.seen: dict[tuple[tuple[int, ...], frozenset[int]], int] = {}
        self.fused: dict[tuple[tuple[int, ...], frozenset[int] | None], Any] = {}
        self.ask()

    def make_machines(self) -> None:
        """What computes a claim: categories, insurances, applications, totals."""
        self.chains = [
            (chain, [self.machine(program) for program in chain.programs], self.before(chain))
            for chain in self.plan.chains
        ]
        self.insurance = self.insured()
        self.applied = {item.benefit: item for item in self.plan.applied}
        self.counting = {i.benefit: self.machine(i.counting) for i in self.plan.applied}
        self.applied_machines = {
            item.benefit: [self.machine(program) for program in item.chain.programs]
            for item in self.plan.applied
        }
        self.reaches = any(i.application.months is not None for i in self.plan.applied)
        self.layers = tuple(port.benefit for port in self.plan.layers.ports)
        self.spoken = {number: word for word, number in self.plan.words.items()}
        self.adding = self.machine(self.plan.adding)
        self.adding_after = self.machine(self.plan.adding_after)
        self.attribution = self.machine(self.plan.attribution) if self.plan.attribution else None
        days = self.plan.standing
        self.standing_days = self.machine(days) if days is not None else None
        self.shares = [(item, self.machine(item.program)) for item in self.plan.splits]

    def make_results(self) -> None:
        """What is shown of a claim and of the year, and how its values are read."""
        self.each = self.machine(self.plan.each_claim)
        self.results = self.machine(self.plan.each_result)
        self.shown = [
            (item.name, self.machine(program), item.register, self.decoder(item, program))
            for item, program in self.plan.each_claim_shown
        ]
        self.ending = [
            (item, self.machine(program), self.decoder(item, program))
            for item, program in self.plan.at_end_shown
        ]
        self.names = [name for name, *_ in self.shown]
        self.placed = {name: (i, decoded) for i, (name, _, _, decoded) in enumerate(self.shown)}
        self.decoded = self.all_decoders()

    def blank_values(self) -> list[Any]:
        """The slots before anything of a person is known; calendar figures stand in them."""
        before = n.Source.BEFORE
        blank: list[Any] = [0 if s.source is before else None for s in self.plan.slots]
        for parameter in self.plan.parameters:
            if self.is_calendar(parameter):
                fill_calendar(parameter, blank)
        return blank

    def ask(self) -> None:
        """What this document asks of a claim: only that is kept up from claim to claim."""
        self.running_totals, self.running_paid = self.running()
        programs = [program for chain in self.plan.chains for program in chain.programs]
        programs += [program for _, program in self.plan.each_claim_shown]
        self.uses_running = bool(self.layers) or self.ask_running(programs)
        asked = {need for program in programs for need in program.needs}
        self.claim_totals = [pair for pair in self.running_totals if pair[0] in asked]
        self.claim_paid = [pair for pair in self.running_paid if pair[0] in asked]
        grants = [p for grant in self.plan.grants for p in (*grant.programs, grant.doubt)]
        self.subsidies_ask = self.ask_running(grants)
        self.periodic = any(total.period is not Period.YEAR for total in self.plan.totals)
        self.by_hospital = any(t.period is Period.HOSPITAL for t in self.plan.totals)
        self.hospital = self.hospital_slot()

    def before(self, chain: n.Chain) -> list[int | None]:
        """For each benefit, the slot of what earlier categories paid on the claim."""
        index = {
            slot.name: i for i, slot in enumerate(self.plan.slots) if slot.source is n.Source.BEFORE
        }
        return [index.get(name) for name in chain.benefits]

    def insured(self) -> tuple[n.Chain, Machine, tuple[int, ...]] | None:
        """The insurances before aid, where the pack has any."""
        if not self.plan.layers.ports:
            return None
        chain = insurance_chain(self.plan.layers)
        return chain, self.machine(self.plan.layers), layer_slots(self.plan.slots, chain)

    def enter_layers(self, inputs: list[Any], result: ClaimResult) -> None:
        """What the insurances have paid on a settled claim, as the inputs of what comes after."""
        for place, slot in enumerate(self.plan.slots):
            name, _, figure = slot.name.rpartition("·")
            if slot.source is n.Source.LAYER and figure == Figure.PAID.value:
                inputs[place] = result.layers.get(name)

    def running(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The slots of 年度累计 with their totals, and of 本年已付 with their benefits."""
        places = {total.name: i for i, total in enumerate(self.plan.totals)}
        slots = list(enumerate(self.plan.slots))
        totals = [(i, places[s.name]) for i, s in slots if s.source is n.Source.TOTAL]
        paid = [
            (i, self.benefits.index(s.name))  # not those that are paid on application
            for i, s in slots
            if s.source is n.Source.PAID and s.name in self.benefits
        ]
        return totals, paid

    def hospital_slot(self) -> int | None:
        """The slot of the fact that names the hospital, by its national field name."""
        for place, slot in enumerate(self.plan.slots):
            fact = self.pack.facts.get(slot.name)
            if slot.source is n.Source.CLAIM and fact and HOSPITAL_FIELD in fact.fields:
                return place
        return None

    def machine(self, program: n.Program) -> Machine:
        """A program ready to run."""
        return Machine(program)

    def decoder(self, item: n.Shown, program: n.Program) -> Callable[[Any], object]:
        """How a register becomes a result."""
        scale = program.registers[item.register].scale
        match item.type.kind:
            case Kind.BOOL:
                return TRUTH
            case Kind.MONEY | Kind.INTEGER | Kind.RATE:
                return as_it_is
            case Kind.TEXT | Kind.CHOICE | Kind.IDENTITY:
                return self.spoken.get
            case _:
                return lru_cache(256)(
                    lambda value: decode(self.plan.words, value, item.type, scale)
                )

    def all_decoders(self) -> Callable[[Sequence[Any]], dict[str, object]]:
        """How all that is shown with a claim becomes results."""
        names, decoders = self.names, [decoded for *_, decoded in self.shown]
        if all(decoded is TRUTH for decoded in decoders):
            return lambda found: dict(zip(names, map(TRUTH, found), strict=True))
        return lambda found: {
            name: decoded(value)
            for name, decoded, value in zip(names, decoders, found, strict=True)
        }

    def ask_running(self, programs: Sequence[n.Program]) -> bool:
        """Whether any of the programs asks for 年度累计 or 本年已付."""
        places = {place for place, _ in (*self.running_totals, *self.running_paid)}
        return any(places & set(program.needs) for program in programs)

    def is_dated(self, parameter: n.Published) -> bool:
        """Whether a parameter's figure depends on the day."""
        return bool(parameter.values) and not self.is_calendar(parameter)

    def is_calendar(self, parameter: n.Published) -> bool:
        """Whether it is a list of days, known for whole years."""
        return self.plan.slots[parameter.slot].type.kind is Kind.DATES

    def settle(
        self,
        person: Mapping[str, Any],
        claims: Sequence[Mapping[str, Any]],
        *,
        trace: bool = False,
        year: int | None = None,
    ) -> Settlement:
        """Settle one person's claims of one calendar year, in settlement order.

        Raises `Refusal` with E9xx findings where the data cannot be used.
        """
        bound = self.binder.bind(person, claims, year)
        made = self.settle_bound(bound, trace=trace)
        if not self.applied:
            return made
        member = Member("", (Year(bound, made),), bound.events)
        (member,) = with_applications(self, [member], trace=trace)
        return member.years[0].settlement

    def member(
        self,
        name: str,
        person: Mapping[str, Any],
        claims: Sequence[Mapping[str, Any]],
        *,
        trace: bool = False,
        year: int | None = None,
    ) -> Member:
        """One person's claims, each calendar year by itself, before any application.

        Claims may be of several years where a benefit on application reaches back, unless
        a year is asked for.
        """
        several = self.reaches and year is None
        bound = self.binder.bind(person, claims, year, several=several)
        return Member(name, years_of(self, bound, trace=trace), bound.events)

    def settle_bound(self, bound: Bound, *, trace: bool = False) -> Settlement:
        """The same for data that is already bound."""
        return YearRun(self, bound, trace).settlement()

    def days(self, bound: Bound) -> list[date]:
        """The day that the document attributes each of the claims to."""
        if self.attribution is None:
            return [claim.day for claim in bound.claims]
        run = YearRun(self, bound, trace=False)
        return [run.attributed(claim).day for claim in bound.claims]

    def base_inputs(self, bound: Bound) -> list[Any]:
        """Slots that hold for the whole year."""
        inputs = list(self.blank)
        for slot, value in bound.person:
            inputs[slot] = value
        for slot, value in bound.parameters.items():
            inputs[slot] = value
        return inputs

    def on_day(self, inputs: list[Any], bound: Bound, day: date) -> list[Any]:
        """The inputs with parameters as published for `day`."""
        dated = list(inputs)
        for parameter in self.published:
            if parameter.slot in bound.parameters:
                continue
            for start, end, value in parameter.values:
                after = start is None or start <= day
                if after and (end is None or day <= end):
                    dated[parameter.slot] = value
        return dated


def fill_calendar(parameter: n.Published, inputs: list[Any]) -> None:
    """A list of days is known for all years that any row covers."""
    listed: list[Any] = [value for _, _, value in parameter.values]
    if listed:
        days = frozenset(day for row, _ in listed for day in row)
        years = frozenset(year for _, covered in listed for year in covered)
        inputs[parameter.slot] = (days, years)


def prepare(pack: Pack) -> Settler:
    """Compile a pack for settling."""
    return Settler(pack)
