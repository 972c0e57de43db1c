"""The fold over one person's claims of one year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.core.nodes import Period
from medaidlang.interpret import report
from medaidlang.interpret.bind import Bound, BoundClaim
from medaidlang.interpret.chain import ChainRunner, Holding
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import ClaimResult, Result, Settlement, Unresolved
from medaidlang.interpret.standing import Standing
from medaidlang.interpret.worlds import World
from medaidlang.plan import nodes as n

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler


class YearRun:
    """One person's year, claim by claim."""

    def __init__(self, settler: Settler, bound: Bound, trace: bool) -> None:
        self.settler, self.bound, self.trace = settler, bound, trace
        self.base = settler.base_inputs(bound)
        zero = [0] * len(settler.plan.totals)
        self.totals: list[Any] = list(zero)
        self.runners = [
            ChainRunner(chain, machines, [World({}, {}, list(zero), [0] * len(chain.benefits))])
            for chain, machines in settler.chains
        ]
        self.amounts: list[tuple[int | None, ...]] = []
        self.steady = not settler.dated and all(
            i.start is None and i.end is None for i in bound.listed
        )
        self.standings: dict[Any, tuple[Standing, list[list[Holding]]]] = {}
        self.unresolved: list[Unresolved] = []
        self.period: tuple[int, int] | None = None

    def settlement(self) -> Settlement:
        """Everything about the year."""
        settler, claims = self.settler, list(self.bound.claims)
        if settler.attribution is not None:
            claims = [self.attributed(claim) for claim in claims]
            self.check_attributed(claims)
        order = claims
        if settler.pack.document.by_date:
            order = sorted(claims, key=lambda claim: claim.day)
        if settler.periodic:
            self.check_order(order)
        results = {claim.number: self.claim(claim, place) for place, claim in enumerate(order)}
        standing, _ = self.standing(self.year_day(claims))
        asking = standing
        if settler.subsidies_ask:
            running = list(standing.inputs)
            self.fill_running(running)
            asking = attrs.evolve(standing, inputs=running)
        subsidies, trace, undecided = settler.subsidies.run(asking, self.trace)
        self.note_identities(standing)
        return Settlement(
            subsidies,
            trace,
            tuple([results[claim.number] for claim in claims]),
            {name: sum(paid) for name, paid in self.known_paid().items()},
            tuple(dict.fromkeys([*self.unresolved, *undecided])),
            tuple(name for name in standing.listed if standing.own.get(name) != 0),
            lambda: self.results(standing),
        )

    def year_day(self, claims: Sequence[BoundClaim]) -> date:
        """The day on which person-level results are asked: the last claim's, or 施行."""
        if claims:
            return max(claim.day for claim in claims)
        if self.bound.year is not None:
            return date(self.bound.year, 12, 31)
        return self.settler.pack.document.effective or date.max

    def check_attributed(self, claims: Sequence[BoundClaim]) -> None:
        """All claims must be attributed to one year, which is then the one settled."""
        astray = [claim for claim in claims if claim.day.year != claims[0].day.year]
        if astray:
            year = str(claims[0].day.year)
            raise Refusal(
                *(
                    Diagnostic(
                        "E905",
                        None,
                        {"date": claim.day.isoformat(), "year": year},
                        place=f"费用 {claim.number}·归属日期",
                    )
                    for claim in astray
                )
            )

    def check_order(self, claims: Sequence[BoundClaim]) -> None:
        """Totals by month or quarter run on only if claims come in the order of their dates."""
        for before, claim in pairwise(claims):
            if claim.day < before.day:
                place = f"费用 {claim.number}·日期"
                raise Refusal(Diagnostic("E925", None, {"id": claim.number}, place=place))

    def attributed(self, claim: BoundClaim) -> BoundClaim:
        """The claim with the date that the document attributes it to."""
        machine = self.settler.attribution
        assert machine is not None
        inputs = claim.values + self.base[len(claim.values) :]
        found = machine.quick(inputs, self.totals)
        if found is not None:
            day = found[0]
        else:
            day = machine.careful(inputs, self.totals, {})[machine.program.results[0]]
        if day is None or day == claim.day.toordinal():
            return claim
        return BoundClaim(claim.number, date.fromordinal(day), claim.values)

    # ── one claim ────────────────────────────────────────────────────────────
    def standing(self, day: date) -> tuple[Standing, list[list[Holding]]]:
        """The person's standing on a day, and the categories held in each chain."""
        key: Any = None
        if not self.steady or not self.standings:
            dated = self.settler.on_day(self.base, self.bound, day)
            if not self.steady:
                listed = tuple(i.name for i in self.bound.listed if i.holds(day))
                key = (listed, tuple(dated[p.slot] for p in self.settler.plan.parameters))
            if key not in self.standings:
                made = self.settler.standings.standing(dated, self.bound.listed, day)
                held = [
                    self.settler.standings.holdings(made, runner.chain.treatments)
                    for runner in self.runners
                ]
                self.standings[key] = (made, held)
        return self.standings[key]

    def new_period(self, day: date) -> None:
        """Quarterly and monthly totals begin anew."""
        now = (day.month, (day.month - 1) // 3)
        before, self.period = self.period, now
        if before is None or before == now:
            return
        for place, total in enumerate(self.settler.plan.totals):
            quarter = total.period is Period.QUARTER and before[1] != now[1]
            if quarter or total.period is Period.MONTH:
                for runner in self.runners:
                    runner.restart(place)

    def claim(self, claim: BoundClaim, place: int) -> ClaimResult:
        """One claim through every chain."""
        settler = self.settler
        if settler.periodic:
            self.new_period(claim.day)
        standing, holdings = self.standing(claim.day)
        inputs = claim.values + standing.lasting
        shown = self.shown(inputs)
        early = self.out_of_force(claim.day)
        amounts: tuple[int | None, ...] = ()
        identity = ""
        whole: report.ClaimReport | None = None
        for runner, held in zip(self.runners, holdings, strict=True):
            if held is not runner.holdings and held != runner.holdings:
                runner.begin(held)
            grown = None if early or self.trace else runner.simple(inputs)
            if grown is not None:
                amounts += grown
                identity = identity or runner.identity
            else:
                whole = whole or report.ClaimReport(claim)
                amounts += self.thorough(runner, inputs, place, early, whole)
                identity = identity or whole.identity
        self.amounts.append(amounts)
        if whole is None:
            return ClaimResult(claim.number, claim.day, settler.benefits, amounts, identity, shown)
        self.unresolved += whole.unresolved
        return whole.result(settler.benefits, amounts, identity, shown)

    def thorough(
        self,
        runner: ChainRunner,
        inputs: list[Any],
        place: int,
        early: str,
        whole: report.ClaimReport,
    ) -> tuple[int | None, ...]:
        """One chain on one claim with all that there is to say about it."""
        settler = self.settler
        if early:
            amounts = whole.early(runner, inputs, early, settler.pack)
            about = settler.pack.document
            before = about.effective is not None and whole.claim.day < about.effective
            if before and about.before_counts:
                runner.claim(inputs, place)
                runner.close()
            return amounts
        runner.claim(inputs, place)
        amounts = whole.chain(runner, settler, inputs, self.trace)
        runner.close()
        return amounts

    def shown(self, inputs: list[Any]) -> dict[str, object]:
        """Add the claim to the running totals; what is shown with it."""
        settler = self.settler
        found = None if settler.uses_running else settler.each.quick(inputs, self.totals)
        if found is not None:
            return settler.decoded(found)
        if settler.adding.quick(inputs, self.totals) is None:
            settler.adding.careful(inputs, self.totals, {})
        if settler.uses_running:
            self.fill_running(inputs)
        return {
            name: decoded(self.ask(machine, register, inputs))
            for name, machine, register, decoded in settler.shown
        }

    def known_paid(self) -> dict[str, list[int]]:
        """The payments of each benefit so far, in 分, without those that are not known."""
        columns = list(zip(*self.amounts, strict=True)) or [()] * len(self.settler.benefits)
        known = [[paid for paid in column if paid is not None] for column in columns]
        return dict(zip(self.settler.benefits, known, strict=True))

    def ask(self, machine: Any, register: int, inputs: list[Any]) -> Any:
        """One result of a claim, known or not."""
        found = machine.quick(inputs, self.totals)
        if found is not None:
            return found[0]
        if machine.all_strict:
            return None
        return machine.careful(inputs, self.totals, {})[register]

    def fill_running(self, inputs: list[Any]) -> None:
        """年度累计 and 本年已付 as of this claim; unknown once any payment is."""
        settler, paid = self.settler, self.known_paid()
        for place, slot in settler.running:
            if slot.source is n.Source.TOTAL:
                inputs[place] = self.totals[settler.total_place[slot.name]]
            else:
                amounts = paid[slot.name]
                inputs[place] = sum(amounts) if len(amounts) == len(self.amounts) else None

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
    def why_not(self, machine: Machine, inputs: list[Any]) -> str:
        """The inputs for want of which a result is not known."""
        slots, plan = self.settler.plan.slots, self.settler.plan
        pending = {p.name: p.pending for p in plan.parameters}
        absent = [slots[i] for i in machine.program.needs if inputs[i] is None]
        named = [report.missing(slot, pending) for slot in absent]
        return "、".join(dict.fromkeys(named)) or "给出的数超出文件规定的范围"

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
        inputs = list(standing.inputs)
        self.fill_running(inputs)
        made = []
        for item, machine, decoded in self.settler.ending:
            value = decoded(self.ask(machine, item.register, inputs))
            reason = "" if value is not None else self.why_not(machine, inputs)
            made.append(Result(item.name, value, reason, item.origin))
        unsure = {
            r.name.partition("·")[0] for r in made if r.name.endswith("·适用") and r.value is None
        }
        return tuple(
            attrs.evolve(r, value=None, reason="是否适用不能判定")
            if r.name.partition("·")[0] in unsure
            else r
            for r in made
        )
