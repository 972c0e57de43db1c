"""Settlement: one person's year under one plan.

Takes the person and the claims, gives a `Settlement`.  This is the reference
meaning: every other executor must agree with it to the 分.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from medaidlang.core.nodes import Pack, Period
from medaidlang.interpret import report
from medaidlang.interpret.bind import Binder, Bound, BoundClaim
from medaidlang.interpret.chain import ChainRunner
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import ClaimResult, Result, Settlement, Unresolved
from medaidlang.interpret.standing import Standing, StandingMaker
from medaidlang.interpret.subsidy import SubsidyRunner
from medaidlang.interpret.worlds import World
from medaidlang.plan import nodes as n
from medaidlang.plan.build import build_plan
from medaidlang.plan.values import decode


class Settler:
    """A plan ready to settle; made once for a pack, used for every person."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.plan = build_plan(pack)
        count = len(self.plan.slots)
        self.binder = Binder(pack, self.plan)
        self.standings = StandingMaker(self.plan)
        self.chains = [
            (chain, [Machine(program, count) for program in chain.programs])
            for chain in self.plan.chains
        ]
        self.each = Machine(self.plan.each_claim, count)
        self.end = Machine(self.plan.at_end, count)
        self.attribution = Machine(self.plan.attribution, count) if self.plan.attribution else None
        self.subsidies = SubsidyRunner(self.plan, self.standings)
        self.slot = {(s.source, s.name): i for i, s in enumerate(self.plan.slots)}

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
        inputs: list[Any] = [None] * len(self.plan.slots)
        for slot, value in bound.person:
            inputs[slot] = value
        for parameter in self.plan.parameters:
            self.fill_calendar(parameter, inputs)
        for slot, value in bound.parameters.items():
            inputs[slot] = value
        return inputs

    def fill_calendar(self, parameter: n.Published, inputs: list[Any]) -> None:
        """A list of days is known for all years that any row covers."""
        values = [value for _, _, value in parameter.values]
        if values and all(isinstance(value, tuple) for value in values):
            days = frozenset(day for value in values for day in value[0])  # type: ignore[index]
            years = frozenset(year for value in values for year in value[1])  # type: ignore[index]
            inputs[parameter.slot] = (days, years)

    def on_day(self, inputs: list[Any], bound: Bound, day: date) -> list[Any]:
        """The inputs with parameters as published for `day`."""
        dated = list(inputs)
        for parameter in self.plan.parameters:
            if parameter.slot in bound.parameters:
                continue
            for start, end, value in parameter.values:
                if (
                    not isinstance(value, tuple)
                    and (start is None or start <= day)
                    and (end is None or day <= end)
                ):
                    dated[parameter.slot] = value
        return dated


class YearRun:
    """The fold over one person's claims."""

    def __init__(self, settler: Settler, bound: Bound, trace: bool) -> None:
        self.settler, self.bound, self.trace = settler, bound, trace
        plan = settler.plan
        self.base = settler.base_inputs(bound)
        zero = [0] * len(plan.totals)
        self.totals: list[Any] = list(zero)
        self.runners = [
            ChainRunner(chain, machines, [World({}, {}, list(zero), [0] * len(chain.benefits))])
            for chain, machines in settler.chains
        ]
        self.paid: dict[str, int | None] = dict.fromkeys(settler.pack.benefits, 0)
        self.standing_cache: dict[Any, Standing] = {}
        self.unresolved: list[Unresolved] = []
        self.period: tuple[int, int] | None = None

    def settlement(self) -> Settlement:
        """Everything about the year."""
        claims = list(self.bound.claims)
        if self.settler.attribution is not None:
            claims = [self.attributed(claim) for claim in claims]
        order = claims
        if self.settler.pack.document.by_date:
            order = sorted(claims, key=lambda claim: claim.day)
        results = {c.number: self.claim(c, place) for place, c in enumerate(order)}
        day = self.year_day(claims)
        standing = self.standing(day)
        subsidies, trace, undecided = self.settler.subsidies.run(standing, self.trace)
        self.note_identities(standing)
        ending = self.results(standing)
        return Settlement(
            subsidies,
            trace,
            tuple(results[claim.number] for claim in claims),
            {name: sum(r.paid(name) or 0 for r in results.values()) for name in self.paid},
            ending,
            tuple(dict.fromkeys([*self.unresolved, *undecided])),
            tuple(h for h in standing.listed if standing.own.get(h) != 0),
        )

    def year_day(self, claims: Sequence[BoundClaim]) -> date:
        """The day on which person-level results are asked: the last claim's, or 施行."""
        if claims:
            return max(claim.day for claim in claims)
        return self.settler.pack.document.effective or date.max

    def attributed(self, claim: BoundClaim) -> BoundClaim:
        """The claim with the date that the document attributes it to."""
        machine = self.settler.attribution
        assert machine is not None
        registers = machine.run_split(self.inputs(claim, self.base), list(self.totals), {})
        day = registers[machine.program.results[0]]
        return (
            claim if day is None else BoundClaim(claim.number, date.fromordinal(day), claim.inputs)
        )

    # ── one claim ────────────────────────────────────────────────────────────
    def inputs(self, claim: BoundClaim, base: list[Any]) -> list[Any]:
        """The slots for one claim."""
        filled = list(base)
        for slot, value in claim.inputs:
            filled[slot] = value
        return filled

    def standing(self, day: date) -> Standing:
        """The person's standing on a day; the same object while nothing changes."""
        dated = self.settler.on_day(self.base, self.bound, day)
        listed = tuple(i.name for i in self.bound.listed if i.holds(day))
        key = (listed, tuple(dated[p.slot] for p in self.settler.plan.parameters))
        if key not in self.standing_cache:
            made = self.settler.standings.standing(dated, self.bound.listed, day)
            self.standing_cache[key] = made
        return self.standing_cache[key]

    def new_period(self, day: date) -> None:
        """Quarterly and monthly totals begin anew."""
        now = (day.month, (day.month - 1) // 3)
        before, self.period = self.period, now
        if before is None or before == now:
            return
        for place, total in enumerate(self.settler.plan.totals):
            ended = total.period is Period.MONTH or (
                total.period is Period.QUARTER and before[1] != now[1]
            )
            if ended:
                for runner in self.runners:
                    for world in runner.worlds:
                        world.totals[place] = 0
                        for lane in world.lanes.values():
                            lane.totals[place] = 0

    def claim(self, claim: BoundClaim, place: int) -> ClaimResult:
        """One claim through every chain."""
        settler = self.settler
        self.new_period(claim.day)
        standing = self.standing(claim.day)
        inputs = self.inputs(claim, standing.inputs)
        registers = settler.each.run_split(inputs, self.totals, {})
        self.fill_running(inputs)
        shown = {
            item.name: decode(
                settler.plan.words, registers[item.register], item.type,
                settler.plan.each_claim.registers[item.register].scale,
            )
            for item in settler.plan.each_claim_shown
        }  # fmt: skip
        outcome = report.ClaimReport(claim, shown, self.trace)
        early = self.out_of_force(claim.day)
        for runner in self.runners:
            held = settler.standings.holdings(standing, runner.chain.treatments)
            runner.begin(held)
            if early:
                outcome.early(runner, held, inputs, early, settler.pack)
                if settler.pack.document.before_counts:
                    runner.claim(inputs, held, place)
                    runner.close()
                continue
            paid_before = agreed_paid(runner)
            runner.claim(inputs, held, place)
            outcome.chain(runner, held, paid_before, settler, inputs)
            runner.close()
        self.unresolved += outcome.unresolved
        made = outcome.result()
        for payment in made.payments:
            before = self.paid[payment.benefit]
            known = payment.amount is not None and before is not None
            self.paid[payment.benefit] = before + payment.amount if known else None  # type: ignore[operator]
        return made

    def fill_running(self, inputs: list[Any]) -> None:
        """年度累计 and 本年已付 as of this claim."""
        plan = self.settler.plan
        for place, slot in enumerate(plan.slots):
            if slot.source is n.Source.TOTAL:
                number = next(i for i, t in enumerate(plan.totals) if t.name == slot.name)
                inputs[place] = self.totals[number]
            elif slot.source is n.Source.PAID:
                inputs[place] = self.paid[slot.name]

    def out_of_force(self, day: date) -> str:
        """Why the document does not govern a cost of that day, or nothing."""
        about = self.settler.pack.document
        if about.effective is not None and day < about.effective:
            governed = f"，适用{about.before}" if about.before else "，适用原有规定"
            return f"费用发生在{about.effective.isoformat()}施行之前{governed}"
        if about.expires is not None and day > about.expires:
            return f"费用发生在{about.expires.isoformat()}失效之后"
        return ""

    # ── the year's other results ─────────────────────────────────────────────
    def note_identities(self, standing: Standing) -> None:
        """Categories that cannot be decided, once."""
        for item in standing.undecided:
            reason = report.described(item.reason, standing.inputs, self.settler.plan)
            self.unresolved.append(Unresolved("身份", reason, item.reason.origin.clause))
        for name, target in standing.alias.items():
            if target is None:
                origin = self.settler.pack.identities[name].origin
                text = f"“{name}”比照哪一类没有给出"
                self.unresolved.append(Unresolved("身份", text, origin.clause))

    def results(self, standing: Standing) -> tuple[Result, ...]:
        """监测, 时限, 列示, 资金 and 医保调整."""
        plan = self.settler.plan
        inputs = list(standing.inputs)
        self.fill_running(inputs)
        registers = self.settler.end.run_split(inputs, list(self.totals), {})
        made = []
        for item in plan.at_end_shown:
            scale = plan.at_end.registers[item.register].scale
            value = decode(plan.words, registers[item.register], item.type, scale)
            reason = "" if value is not None else "所需的事实或参数没有给出，或者文件没有规定"
            made.append(Result(item.name, value, reason, item.origin))
        return tuple(made)


def agreed_paid(runner: ChainRunner) -> int:
    """What the chain has paid so far in this spell (the least, where worlds differ)."""
    return min(sum(world.paid) for world in runner.worlds)


def prepare(pack: Pack) -> Settler:
    """Compile a pack for settling."""
    return Settler(pack)
