"""Settlement: one person's year under one plan.

Takes the person and the claims, gives a `Settlement`.  This is the reference
meaning: every other executor must agree with it to the 分.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from medaidlang.core.nodes import Pack, Period
from medaidlang.core.types import Kind
from medaidlang.interpret.bind import Binder, Bound
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import Settlement
from medaidlang.interpret.standing import StandingMaker
from medaidlang.interpret.subsidy import SubsidyRunner
from medaidlang.interpret.year import YearRun
from medaidlang.plan import nodes as n
from medaidlang.plan.build import build_plan
from medaidlang.plan.values import decode

TRUTH: Callable[[Any], object] = {0: False, 1: True, None: None}.get


class Settler:
    """A plan ready to settle; made once for a pack, used for every person."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.plan = build_plan(pack)
        self.count = len(self.plan.slots)
        self.binder = Binder(pack, self.plan)
        self.standings = StandingMaker(self.plan)
        self.chains = [
            (chain, [self.machine(program) for program in chain.programs])
            for chain in self.plan.chains
        ]
        self.adding = self.machine(self.plan.adding)
        self.each = self.machine(self.plan.each_claim)
        self.shown = [
            (item.name, self.machine(program), item.register, self.decoder(item, program))
            for item, program in self.plan.each_claim_shown
        ]
        self.ending = [
            (item, self.machine(program), self.decoder(item, program))
            for item, program in self.plan.at_end_shown
        ]
        self.attribution = self.machine(self.plan.attribution) if self.plan.attribution else None
        self.blank: list[Any] = [None] * self.count
        for parameter in self.plan.parameters:
            fill_calendar(parameter, self.blank)
        self.subsidies = SubsidyRunner(self.plan, self.standings)
        self.names = [name for name, *_ in self.shown]
        self.decoded = self.all_decoders()
        self.benefits = tuple(name for chain in self.plan.chains for name in chain.benefits)
        self.running = [
            (place, slot)
            for place, slot in enumerate(self.plan.slots)
            if slot.source in (n.Source.PAID, n.Source.TOTAL)
        ]
        self.total_place = {total.name: i for i, total in enumerate(self.plan.totals)}
        programs = [program for chain in self.plan.chains for program in chain.programs]
        programs += [program for _, program in self.plan.each_claim_shown]
        self.uses_running = self.ask_running(programs)
        grants = [p for grant in self.plan.grants for p in (*grant.programs, grant.doubt)]
        self.subsidies_ask = self.ask_running(grants)
        self.dated = any(self.is_dated(parameter) for parameter in self.plan.parameters)
        self.periodic = any(total.period is not Period.YEAR for total in self.plan.totals)

    def machine(self, program: n.Program) -> Machine:
        """A program ready to run."""
        return Machine(program)

    def decoder(self, item: n.Shown, program: n.Program) -> Callable[[Any], object]:
        """How a register becomes a result."""
        if item.type.kind is Kind.BOOL:
            return TRUTH
        scale = program.registers[item.register].scale
        return lambda value: decode(self.plan.words, value, item.type, scale)

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
        places = {place for place, _ in self.running}
        return any(places & set(program.needs) for program in programs)

    def is_dated(self, parameter: n.Published) -> bool:
        """Whether a parameter's figure depends on the day."""
        return any(not isinstance(value, tuple) for _, _, value in parameter.values)

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
        return self.settle_bound(self.binder.bind(person, claims, year), trace=trace)

    def settle_bound(self, bound: Bound, *, trace: bool = False) -> Settlement:
        """The same for data that is already bound."""
        return YearRun(self, bound, trace).settlement()

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
        for parameter in self.plan.parameters:
            if parameter.slot in bound.parameters:
                continue
            for start, end, value in parameter.values:
                after = start is None or start <= day
                if after and (end is None or day <= end) and not isinstance(value, tuple):
                    dated[parameter.slot] = value
        return dated


def fill_calendar(parameter: n.Published, inputs: list[Any]) -> None:
    """A list of days is known for all years that any row covers."""
    listed = [value for _, _, value in parameter.values if isinstance(value, tuple)]
    if listed:
        days = frozenset(day for row, _ in listed for day in row)
        years = frozenset(year for _, covered in listed for year in covered)
        inputs[parameter.slot] = (days, years)


def prepare(pack: Pack) -> Settler:
    """Compile a pack for settling."""
    return Settler(pack)
