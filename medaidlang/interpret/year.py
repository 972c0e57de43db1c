"""The fold over one person's claims of one year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.interpret import report
from medaidlang.interpret.bind import Bound, BoundClaim
from medaidlang.interpret.chain import ChainRunner, Holding
from medaidlang.interpret.ending import other_results, undecided_identities, undecided_shares
from medaidlang.interpret.insured import InsuredRun
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.periods import Periods, Swap, periods_of
from medaidlang.interpret.result import ClaimResult, Settlement, Unresolved
from medaidlang.interpret.standing import Standing
from medaidlang.interpret.together import Together, alone
from medaidlang.interpret.worlds import World

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler


class YearRun:
    """One person's year, claim by claim."""

    def __init__(self, settler: Settler, bound: Bound, trace: bool) -> None:
        self.settler, self.bound, self.trace = settler, bound, trace
        self.base = settler.base_inputs(bound)
        self.totals: list[Any] = [0] * len(settler.plan.totals)
        self.periods = Periods(len(self.totals), {})
        self.runners: list[ChainRunner] = []
        self.insured: InsuredRun | None = None
        self.together: Together | None = None  # while everything is known
        self.granted: dict[tuple[str, str], int | None] = {}  # (subsidy, category) → 分
        self.counted = False  # whether the claim was added to the running totals already
        self.taken: list[list[str]] = []  # by claim, each chain's category
        about = settler.pack.document
        self.first, self.last = about.effective or date.min, about.expires or date.max
        self.amounts: list[tuple[int | None, ...]] = []
        self.sums: list[tuple[int, int | None]] = [(0, 0)] * len(settler.benefits)
        self.steady = not settler.dated and all(
            i.start is None and i.end is None for i in bound.listed
        )
        self.standings: dict[Any, tuple[Standing, list[list[Holding]]]] = {}
        self.always: tuple[Standing, list[list[Holding]]] | None = None  # where no day matters
        self.unresolved: list[Unresolved] = []
        self.open_layers: set[str] = set()  # insurances not known on some claim

    def open_accounts(self, claims: Sequence[BoundClaim]) -> None:
        """A lane of running totals for every chain, with a place for every period."""
        settler = self.settler
        if settler.periodic:
            self.periods = periods_of(settler.plan.totals, settler.hospital, claims)
        if settler.by_hospital:
            self.check_hospitals(claims)
        zero = [0] * self.periods.count
        self.runners = [
            ChainRunner(
                chain, machines, [World({}, {}, list(zero), [0] * len(chain.benefits))],
                before=before,
            )
            for chain, machines, before in settler.chains
        ]  # fmt: skip
        if settler.insurance is not None:
            chain, machine, slots = settler.insurance
            self.insured = InsuredRun(chain, machine, slots, self.periods.count)

    def settlement(self) -> Settlement:
        """Everything about the year."""
        settler, claims = self.settler, list(self.bound.claims)
        if settler.attribution is not None:
            claims = [self.attributed(claim) for claim in claims]
            self.check_attributed(claims)
        order = claims
        if settler.pack.document.by_date:
            order = sorted(claims, key=lambda claim: claim.day)
        self.open_accounts(order)
        results = {claim.number: self.claim(claim, place) for place, claim in enumerate(order)}
        standing, _ = self.standing([self.year_day(claims)])
        asking = standing
        if settler.subsidies_ask:
            running = list(standing.inputs)
            self.fill_running(running)
            asking = attrs.evolve(standing, inputs=running)
        subsidies, trace, undecided = settler.subsidies.run(asking, self.trace)
        taken = settler.subsidies.taken
        self.granted = {(n, taken.get(n, "")): p.amount for n, p in subsidies.items()}
        undecided = [
            *undecided_identities(settler, standing), *undecided,
            *undecided_shares(settler, standing, self.paid_as() if settler.shares else {}),
        ]  # fmt: skip
        return Settlement(
            subsidies,
            trace,
            tuple([results[claim.number] for claim in claims]),
            {name: sum(paid) for name, paid in self.known_paid().items()},
            tuple(dict.fromkeys([*self.unresolved, *undecided])),
            tuple(name for name in standing.listed if standing.own.get(name) != 0),
            lambda: other_results(self, standing),
        )

    def year_day(self, claims: Sequence[BoundClaim]) -> date:
        """The day on which person-level results are asked: the last claim's, or 施行."""
        if claims:
            return max(claim.day for claim in claims)
        if self.bound.year is not None:
            return date(self.bound.year, 12, 31)
        return self.settler.pack.document.effective or date.max

    def check_hospitals(self, claims: Sequence[BoundClaim]) -> None:
        """每院每年: every claim must say in which hospital."""
        slot = self.settler.hospital
        assert slot is not None
        name = self.settler.plan.slots[slot].name
        silent = [claim for claim in claims if claim.values[slot] is None]
        if silent:
            raise Refusal(
                *(
                    Diagnostic(
                        "E925", None, {"id": c.number, "field": name}, place=f"费用 {c.number}"
                    )
                    for c in silent
                )
            )

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
    def standing_days(self, claim: BoundClaim) -> tuple[date, ...]:
        """The claim's date, then the days on one of which a category must be held."""
        machine = self.settler.standing_days
        if machine is None or self.steady:
            return (claim.day,)
        inputs = claim.values + self.base[len(claim.values) :]
        registers = machine.careful(inputs, self.totals, {})
        found = [registers[result] for result in machine.program.results]
        days = [date.fromordinal(day) for day in found if day is not None]
        return (claim.day, *(days or [claim.day]))

    def standing(self, days: Sequence[date]) -> tuple[Standing, list[list[Holding]]]:
        """The person's standing on a day, and the categories held in each chain.

        `days`: the day of parameters, then those on one of which a category must be held.
        """
        key: Any = None
        day, asked = days[0], days[1:] or days
        if not self.steady or not self.standings:
            dated = self.settler.on_day(self.base, self.bound, day)
            if not self.steady:
                listed = tuple(i.name for i in self.bound.listed if any(map(i.holds, asked)))
                key = (listed, tuple(dated[p.slot] for p in self.settler.plan.parameters))
            if key not in self.standings:
                made = self.settler.standings.standing(dated, self.bound.listed, asked)
                held = [
                    self.settler.standings.holdings(made, runner.chain.treatments)
                    for runner in self.runners
                ]
                self.standings[key] = (made, held)
        if self.steady:
            self.always = self.standings[key]
        return self.standings[key]

    def claim(self, claim: BoundClaim, place: int) -> ClaimResult:
        """One claim through every chain."""
        settler = self.settler
        standing, holdings = self.always or self.entered(claim)
        inputs = claim.values + standing.lasting
        early = "" if self.first <= claim.day <= self.last else self.out_of_force(claim.day)
        if self.together is not None:
            quick = self.quickly(claim, inputs, early)
            if quick is not None:
                return quick
        whole: report.ClaimReport | None = None
        swaps = self.periods.of(claim) if settler.periodic else ()
        if self.insured is not None:
            whole = report.ClaimReport(claim)
            layers = self.insurances(inputs, place, early, whole, swaps)
            whole.layers = dict(zip(settler.layers, layers, strict=True))
            self.open_layers |= {name for name, paid in whole.layers.items() if paid is None}
        shown = self.shown(inputs)
        amounts: tuple[int | None, ...] = ()
        identity, paying = "", False
        takens: list[str] = []
        quickly = not early and not self.trace and not swaps
        for runner, held in zip(self.runners, holdings, strict=True):
            if held is not runner.held and held != runner.held:
                runner.begin(held)
            grown: tuple[int | None, ...] | None = runner.simple(inputs) if quickly else None
            taken = runner.identity
            if grown is None:
                whole = whole or report.ClaimReport(claim)
                runner.enter(swaps)
                grown = self.thorough(runner, inputs, place, early, whole)
                runner.leave(swaps)
                taken = whole.identity
            if settler.shares:
                takens.append(taken)
            if not paying:  # that of the first chain that pays, else of the first
                paying = any(grown)
                identity = taken if paying else identity or taken
            amounts += grown
        self.amounts.append(amounts)
        self.taken.append(takens)
        if whole is None:
            return ClaimResult(claim.number, claim.day, settler.benefits, amounts, identity, shown)
        self.unresolved += whole.unresolved
        return whole.result(settler.benefits, amounts, identity, shown)

    def entered(self, claim: BoundClaim) -> tuple[Standing, list[list[Holding]]]:
        """The standing on a claim; where it is the same all year, the quick way is taken."""
        found = self.standing(self.standing_days(claim))
        settler = self.settler
        slow = self.trace or settler.periodic or self.insured or self.amounts
        if self.always and not slow and alone(found[1]):
            inputs = claim.values + found[0].lasting
            self.together = Together(settler, self.runners, found[1], inputs)
        return found

    def quickly(self, claim: BoundClaim, inputs: list[Any], early: str) -> ClaimResult | None:
        """One claim the quick way; None, with the quick way given up, where it takes more."""
        assert self.together is not None
        if not early:
            if self.settler.uses_running:
                self.count(inputs)
            found = self.together.claim(claim, inputs, self.totals)
            if found is not None:
                self.amounts.append(found.amounts)
                self.taken.append(self.together.taken)
                return found
            self.counted = self.settler.uses_running
        self.together.part(self.totals)
        self.together = None
        return None

    def insurances(
        self,
        inputs: list[Any],
        place: int,
        early: str,
        whole: report.ClaimReport,
        swaps: Sequence[Swap],
    ) -> tuple[int | None, ...]:
        """What the insurances before aid pay; nothing is known where no rule is in force."""
        assert self.insured is not None
        self.add(self.settler.adding, inputs)
        self.fill_running(inputs)
        if early:
            whole.unruled(early, self.settler.pack)
            if self.settler.pack.document.counts_before(whole.claim.day):
                self.insured.unsaid(whole.claim, inputs, place, swaps, self.settler)
            return (None,) * len(self.settler.layers)
        return self.insured.claim(inputs, place, swaps, self.settler, whole, self.trace)

    def paid_as(self) -> dict[tuple[str, str], int | None]:
        """What each benefit has paid under each category; None where any of it is not known."""
        if self.together is not None:
            return {**self.together.paid_as(), **self.granted}
        found: dict[tuple[str, str], int | None] = dict(self.granted)
        chains = [(i, name) for i, r in enumerate(self.runners) for name in r.chain.benefits]
        for amounts, taken in zip(self.amounts, self.taken, strict=True):
            for (place, benefit), amount in zip(chains, amounts, strict=True):
                key = (benefit, taken[place])
                before = found.get(key, 0)
                unknown = amount is None or before is None
                found[key] = None if unknown else (before or 0) + (amount or 0)
        return found

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
            if settler.pack.document.counts_before(whole.claim.day):
                runner.claim(self.insured.reckoned(inputs) if self.insured else inputs, place)
                runner.close()
            return amounts
        runner.claim(inputs, place)
        amounts = whole.chain(runner, settler, inputs, self.trace)
        runner.close()
        return amounts

    def shown(self, inputs: list[Any]) -> Mapping[str, object]:
        """Add the claim to the running totals; what is shown with it."""
        settler = self.settler
        if self.counted:  # before the quick way was given up
            self.counted = False
        elif not settler.uses_running:
            found = settler.each.quick(inputs, self.totals)
            if found is not None:
                return settler.decoded(found)
            self.count(inputs)
        else:
            self.count(inputs)
        found = settler.results.quick(inputs, self.totals)
        if found is not None:
            return settler.decoded(found)
        return {
            name: decoded(self.ask(machine, register, inputs))
            for name, machine, register, decoded in settler.shown
        }

    def count(self, inputs: list[Any]) -> None:
        """Add the claim to the running totals, and enter those that the rules ask for."""
        settler = self.settler
        self.add(settler.adding_after if self.insured else settler.adding, inputs)
        for slot, total in settler.claim_totals:
            inputs[slot] = self.totals[total]
        for slot, column in settler.claim_paid:
            inputs[slot] = self.paid_so_far(column)

    def add(self, machine: Machine, inputs: list[Any]) -> None:
        """Feed the running totals of the year."""
        if machine.quick(inputs, self.totals) is None:
            machine.careful(inputs, self.totals, {})

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
        for place, total in self.settler.running_totals:
            inputs[place] = self.totals[total]
        for place, column in self.settler.running_paid:
            inputs[place] = self.paid_so_far(column)

    def paid_so_far(self, column: int) -> int | None:
        """What a benefit has paid on the claims before; summed where it was left off."""
        done, paid = self.sums[column]
        if paid is not None and done < len(self.amounts):
            more = [amounts[column] for amounts in self.amounts[done:]]
            paid = None if None in more else paid + sum(part or 0 for part in more)
            self.sums[column] = (len(self.amounts), paid)
        return paid

    def out_of_force(self, day: date) -> str:
        """Why the document does not govern a cost of that day, or nothing."""
        about = self.settler.pack.document
        if about.effective is not None and day < about.effective:
            governed = f"，适用{about.before}" if about.before else "，适用原有规定"
            return f"费用发生在{about.effective.isoformat()}施行之前{governed}"
        if about.expires is not None and day > about.expires:
            return f"费用发生在{about.expires.isoformat()}失效之后"
        return ""
