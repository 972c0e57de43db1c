"""申请: benefits paid on application, on costs that were settled before.

Takes the members of a household (or one person), each with settled years and
applications; gives for each application what is paid and how it is divided, to the
分.  A cost counts once per benefit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, assert_never

import attrs

from medaidlang.core import nodes as core
from medaidlang.core.nodes import Remainder
from medaidlang.interpret import report
from medaidlang.interpret.asking import Event
from medaidlang.interpret.bind import Bound, BoundClaim
from medaidlang.interpret.chain import ChainRunner
from medaidlang.interpret.periods import Periods, periods_of
from medaidlang.interpret.result import (
    Application,
    ClaimResult,
    Counted,
    Part,
    Settlement,
    Unresolved,
)
from medaidlang.interpret.standing import Standing
from medaidlang.interpret.worlds import World
from medaidlang.interpret.year import YearRun
from medaidlang.plan import nodes as n
from medaidlang.plan.benefit import uncertain_sum
from medaidlang.runtime.dates import add_months

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler

Use = tuple[str, str, str]  # benefit, member, claim


@attrs.frozen
class Year:
    """One calendar year of a member, settled."""

    bound: Bound
    settlement: Settlement


@attrs.frozen
class Member:
    """A member of the household: the name, the settled years, the applications made."""

    name: str
    years: tuple[Year, ...]
    events: tuple[Event, ...]

    def place(self, day: date) -> int:
        """Which of the years a day belongs to (the last, where none is that year)."""
        years = [year.bound.year for year in self.years]
        return years.index(day.year) if day.year in years else len(years) - 1


@attrs.define
class Desk:
    """The applications of one household in their order; accounts run on between them."""

    settler: Settler
    trace: bool
    members: Sequence[Member]
    periods: Periods
    runs: dict[tuple[str, int], YearRun] = attrs.field(factory=dict)
    runners: dict[tuple[str, str, int], ChainRunner] = attrs.field(factory=dict)
    used: set[Use] = attrs.field(factory=set)  # counted before
    doubtful: dict[Use, str] = attrs.field(factory=dict)  # perhaps counted, by which application

    def decide(self, member: Member, event: Event, place: int) -> Application:
        """One application; `place` is its place among all."""
        applied = self.settler.applied[event.benefit]
        clause = applied.application.origin.clause
        early = self.run_of(member, event.day).out_of_force(event.day)
        if early:
            result = ClaimResult(event.number, event.day, (event.benefit,), (None,), "", {})
            lines = (Unresolved(event.number, early, clause),)
            return Application(member.name, event.benefit, result, (), (), lines, clause)
        counted = tuple(self.counted(applied, member, event))
        made = self.paid(applied, member, event, counted, place)
        if made.amount is None or made.total is None:
            return made
        return attrs.evolve(
            made, parts=divided(made.amount, counted, applied.application, member.name)
        )

    def run_of(self, member: Member, day: date) -> YearRun:
        """What knows the person's standing in the year of a day."""
        place = member.place(day)
        key = (member.name, place)
        if key not in self.runs:
            self.runs[key] = YearRun(self.settler, member.years[place].bound, False)
        return self.runs[key]

    # ── what counts ──────────────────────────────────────────────────────────
    def counted(self, applied: n.Applied, applicant: Member, event: Event) -> Iterable[Counted]:
        """Every claim of the window that counts anything and was not counted before."""
        household = applied.application.household
        for member in self.members:
            if not household and member.name != applicant.name:
                continue
            for year in member.years:
                for given, result in zip(year.bound.claims, year.settlement.claims, strict=True):
                    claim = attrs.evolve(given, day=result.day)  # as it was attributed
                    use = (applied.benefit, member.name, claim.number)
                    inside = within(applied.application.months, event.day, claim.day)
                    if inside and use not in self.used:
                        one = self.count(applied, member, claim, result)
                        if one.amount != 0:
                            yield one

    def count(
        self, applied: n.Applied, member: Member, claim: BoundClaim, result: ClaimResult
    ) -> Counted:
        """What one claim counts, after what the benefits before have paid on it."""
        settler, run = self.settler, self.run_of(member, claim.day)
        standing, _ = run.standing(run.standing_days(claim))
        inputs = claim.values + standing.lasting
        settler.enter_layers(inputs, result)
        machine = settler.counting[applied.benefit]
        registers = machine.careful(inputs, run.totals, {})
        admitted, _, amount = [registers[r] for r in machine.program.results[:FIRST_ASKED]]
        made = Counted(member.name, claim.number, claim.day, 0)
        if admitted == 0:
            return made
        paid = [result.paid(name) for name in applied.after]
        if amount is not None and amount <= sum(least(result, name) for name in applied.after):
            return made  # nothing is left, whatever else is unknown
        unknown = self.unknown(applied, made, registers, inputs)
        if unknown is not None:
            return attrs.evolve(made, amount=None, reason=unknown[0], clause=unknown[1])
        known = [part for part in paid if part is not None]
        if len(known) < len(paid):
            why = f"费用 {claim.number} 的{applied.after[paid.index(None)]}无法计算"
            clause = applied.application.origin.clause
            return attrs.evolve(made, amount=None, reason=why, clause=clause)
        return attrs.evolve(made, amount=amount - sum(known))

    def unknown(
        self, applied: n.Applied, one: Counted, registers: Sequence[Any], inputs: Sequence[Any]
    ) -> tuple[str, str] | None:
        """Why it is not known what a claim counts, and by which clause; None if it is."""
        before = self.doubtful.get((applied.benefit, one.member, one.claim))
        if before is not None:
            why = f"费用 {one.claim} 是否已在申请 {before} 中计入，没有判定"
            return why, applied.application.origin.clause
        program = self.settler.counting[applied.benefit].program
        for result, reason in zip(program.results[FIRST_ASKED:], program.reasons, strict=True):
            value = registers[result]
            if value is None or (reason in applied.doubts and value):
                said = report.described(reason, inputs, self.settler.plan)
                return f"费用 {one.claim}：{said}", reason.origin.clause
        return None

    # ── what is paid ─────────────────────────────────────────────────────────
    def paid(
        self,
        applied: n.Applied,
        member: Member,
        event: Event,
        counted: tuple[Counted, ...],
        place: int,
    ) -> Application:
        """The benefit on the sum, for the categories that the applicant holds that day."""
        settler, run = self.settler, self.run_of(member, event.day)
        clause = applied.application.origin.clause
        standing, _ = run.standing([event.day])
        known = [one.amount for one in counted if one.amount is not None]
        inputs = list(standing.inputs)
        inputs[applied.slot] = sum(known) if len(known) == len(counted) else None
        runner = self.runner(applied, member, event.day.year)
        runner.begin(settler.standings.holdings(standing, applied.chain.treatments))
        swaps = self.periods.of(BoundClaim(str(place), event.day, []))
        runner.enter(swaps)
        runner.claim(inputs, place)
        whole = report.ClaimReport(BoundClaim(event.number, event.day, []))
        amounts = whole.chain(runner, settler, inputs, self.trace)
        self.use(runner, event, counted)
        runner.leave(swaps)
        runner.close()
        result = whole.result((event.benefit,), amounts, whole.identity, {})
        lines = tuple(reasons(settler, event, counted, whole, standing, amounts[0]))
        return Application(member.name, event.benefit, result, counted, (), lines, clause)

    def use(self, runner: ChainRunner, event: Event, counted: Sequence[Counted]) -> None:
        """Remember which claims are counted: those of an application that was admitted."""
        admitted = None if runner.lost else was_admitted(runner)
        for one in counted:
            use = (event.benefit, one.member, one.claim)
            if admitted:
                self.used.add(use)
            elif admitted is None:
                self.doubtful.setdefault(use, event.number)

    def runner(self, applied: n.Applied, applicant: Member, year: int) -> ChainRunner:
        """The accounts of a benefit in a year: the household's, or the applicant's."""
        owner = "" if applied.application.household else applicant.name
        key = (applied.benefit, owner, year)
        if key not in self.runners:
            machines = self.settler.applied_machines[applied.benefit]
            world = World({}, {}, [0] * self.periods.count, [0])
            before = self.settler.before(applied.chain)
            self.runners[key] = ChainRunner(applied.chain, machines, [world], before=before)
        return self.runners[key]


def least(result: ClaimResult, benefit: str) -> int:
    """The least that a benefit may have paid on a claim; below 0 only where it was 转列."""
    paid = result.paid(benefit)
    return result.bounds.get(benefit, (0, None))[0] if paid is None else paid


def was_admitted(runner: ChainRunner) -> bool | None:
    """Whether the sum went into any category's calculation; None where the worlds differ."""
    answers: set[bool | None] = set()
    for world in runner.worlds:
        found = False
        for name, registers in world.registers.items():
            program = runner.machines[report.program_of(runner, name)].program
            found |= registers[program.ports[0].admitted] == 1
        answers.add(found)
    return answers.pop() if len(answers) == 1 else None


def reasons(
    settler: Settler,
    event: Event,
    counted: Sequence[Counted],
    whole: report.ClaimReport,
    standing: Standing,
    amount: int | None,
) -> Iterable[Unresolved]:
    """Why it is not known what is paid, under the number of the application."""
    open_ones = [one for one in counted if one.amount is None]
    if amount is None:
        for one in open_ones:
            yield Unresolved(event.number, one.reason, one.clause)
        for item in standing.undecided:
            reason = report.described(item.reason, standing.inputs, settler.plan)
            yield Unresolved(event.number, reason, item.reason.origin.clause)
        for name, target in standing.alias.items():
            if target is None:
                clause = settler.pack.identities[name].origin.clause
                yield Unresolved(event.number, f"“{name}”比照哪一类没有给出", clause)
    for line in whole.unresolved:
        said = line.reason
        if said == EARLIER_CLAIMS:
            said = "前面的申请没有判定，影响本次的累计"
        if not (open_ones and said.startswith(uncertain_sum(event.benefit))):
            yield Unresolved(event.number, said, line.clause)


FIRST_ASKED = 3  # results of `Applied.counting` before those that its reasons are about
EARLIER_CLAIMS = "前面的费用没有判定，影响本笔的累计"


def within(months: int | None, asked: date, day: date) -> bool:
    """Whether a cost falls into the window of an application made on `asked`.

    The year up to that day; or so many months that end with it.
    """
    if months is None:
        return day.year == asked.year and day <= asked
    start = add_months(asked, -months)
    return (start is None or start < day) and day <= asked


# ── division ─────────────────────────────────────────────────────────────────
def divided(
    amount: int, counted: Sequence[Counted], application: core.Application, applicant: str
) -> tuple[Part, ...]:
    """The payment over the claims (by household: over the members), as their costs counted.

    Each share is rounded down to 分; what is left over is the named one's.
    """

    def key_of(one: Counted) -> tuple[str, str]:
        return (one.member, "" if application.household else one.claim)

    sums: dict[tuple[str, str], int] = {}
    for one in counted:
        sums[key_of(one)] = sums.get(key_of(one), 0) + (one.amount or 0)
    total = sum(sums.values())
    if not total:
        return ()
    shares = {key: amount * part // total for key, part in sums.items()}
    match application.remainder:
        case Remainder.APPLICANT:
            named = (applicant, "")
        case Remainder.LARGEST:
            named = max(sums, key=lambda key: sums[key])
        case Remainder.LAST:
            last = max(enumerate(counted), key=lambda pair: (pair[1].day, pair[0]))
            named = key_of(last[1])
        case _:
            assert_never(application.remainder)
    left = amount - sum(shares.values())
    if left:
        shares[named] = shares.get(named, 0) + left
    return tuple(Part(*key, sums.get(key, 0), share) for key, share in shares.items())


# ── the years ─────────────────────────────────────────────────────────────────
def years_of(settler: Settler, bound: Bound, *, trace: bool = False) -> tuple[Year, ...]:
    """Each calendar year by itself: those of the claims, and those of the applications.

    One year, unless a benefit on application reaches back.
    """
    asked = {event.day.year for event in bound.events}
    if not settler.reaches:
        one = attrs.evolve(bound, year=bound.year or max(asked, default=None))
        return (Year(one, settler.settle_bound(one, trace=trace)),)
    days = settler.days(bound)
    years = {day.year for day in days} | asked
    made = []
    wanted: list[int | None] = [*sorted(years)]
    for year in wanted or [bound.year]:
        own = zip(bound.claims, days, strict=True)
        claims = tuple(claim for claim, day in own if day.year == year)
        part = attrs.evolve(bound, year=year, claims=claims)
        made.append(Year(part, settler.settle_bound(part, trace=trace)))
    return tuple(made)


def merged(member: Member, order: Sequence[str]) -> Settlement:
    """A person's years as one: claims in `order`, sums added, the rest as of the last year."""
    settled = [year.settlement for year in member.years]
    claims = {claim.number: claim for one in settled for claim in one.claims}
    totals: dict[str, int] = {}
    for one in settled:
        for name, amount in one.totals.items():
            totals[name] = totals.get(name, 0) + amount
    return attrs.evolve(
        settled[-1],
        claims=tuple(claims[number] for number in order),
        totals=totals,
        unresolved=tuple(dict.fromkeys(line for one in settled for line in one.unresolved)),
        applications=tuple(made for one in settled for made in one.applications),
    )


# ── the household ────────────────────────────────────────────────────────────
def with_applications(
    settler: Settler, members: Sequence[Member], *, trace: bool = False
) -> tuple[Member, ...]:
    """The members of one household with what came of their applications, taken by day."""
    order = sorted(
        ((member, event) for member in members for event in member.events),
        key=lambda pair: pair[1].day,
    )
    periods = Periods(len(settler.plan.totals), {})
    if settler.periodic:
        nowhere: list[Any] = [None] * len(settler.plan.slots)
        days = [BoundClaim(str(at), event.day, nowhere) for at, (_, event) in enumerate(order)]
        periods = periods_of(settler.plan.totals, settler.hospital, days)
    desk = Desk(settler, trace, members, periods)
    made = [desk.decide(member, event, at) for at, (member, event) in enumerate(order)]
    return tuple(entered(settler, member, made) for member in members)


def entered(settler: Settler, member: Member, made: Sequence[Application]) -> Member:
    """A member with the applications in the years in which they were made."""
    years = []
    for place, year in enumerate(member.years):
        mine = tuple(
            one for one in made if one.applicant == member.name and member.place(one.day) == place
        )
        totals = dict.fromkeys(settler.applied, 0)
        for one in mine:
            totals[one.benefit] += one.amount or 0
        settlement = year.settlement
        lines = [line for one in mine for line in one.unresolved]
        years.append(
            attrs.evolve(
                year,
                settlement=attrs.evolve(
                    settlement,
                    totals={**settlement.totals, **totals},
                    unresolved=tuple(dict.fromkeys([*settlement.unresolved, *lines])),
                    applications=mine,
                ),
            )
        )
    return attrs.evolve(member, years=tuple(years))
