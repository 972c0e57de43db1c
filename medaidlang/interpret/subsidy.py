"""Subsidies: the highest of what each held category grants, once for the year."""

from __future__ import annotations

from collections.abc import Sequence

from medaidlang.interpret.chain import ChainRunner, reason_key
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.report import described, trace_lines
from medaidlang.interpret.result import Payment, TraceLine, Unresolved
from medaidlang.interpret.standing import Standing, StandingMaker
from medaidlang.interpret.worlds import World, agreed
from medaidlang.plan import nodes as n


class SubsidyRunner:
    """The grants of a plan, each settled as a chain of one claim."""

    def __init__(self, plan: n.Plan, standings: StandingMaker) -> None:
        self.plan, self.standings = plan, standings
        self.before = {s.name: i for i, s in enumerate(plan.slots) if s.source is n.Source.BEFORE}
        self.taken: dict[str, str] = {}  # subsidy → the category behind the last payment
        self.grants = [
            (grant, [Machine(p) for p in grant.programs], Machine(grant.doubt))
            for grant in plan.grants
        ]

    def run(
        self, standing: Standing, trace: bool
    ) -> tuple[dict[str, Payment], tuple[TraceLine, ...], list[Unresolved]]:
        """Payments by subsidy, the trace of the winning category, what is undecided."""
        payments: dict[str, Payment] = {}
        self.taken = {}
        lines: list[TraceLine] = []
        undecided: list[Unresolved] = []
        for grant, machines, doubt in self.grants:
            reasons = self.doubts(grant, doubt, standing) if grant.doubt.results[1:] else []
            if reasons:
                payments[grant.name] = Payment(grant.name, None, 0, None)
                undecided += reasons
                continue
            quick = None if trace else self.quick(grant, machines, standing)
            if quick is not None:
                payments[grant.name] = Payment(grant.name, quick, quick, quick)
                held = self.standings.holdings(standing, grant.treatments)
                self.taken[grant.name] = held[0].identity if held else ""
                continue
            runner = self.settled(grant, machines, standing)
            grown = [world.grown[0] for world in runner.worlds]
            amount = agreed(grown)
            self.taken[grant.name] = runner.worlds[0].winner
            payments[grant.name] = Payment(grant.name, amount, min(grown), max(grown))
            if amount is None:
                undecided += self.why(runner, grant, standing)
            if trace:
                lines += trace_lines(runner, self.plan, standing.inputs)
        return payments, tuple(lines), undecided

    def quick(self, grant: n.Grant, machines: Sequence[Machine], standing: Standing) -> int | None:
        """The amount for a person of at most one category about whom all is known."""
        held = self.standings.holdings(standing, grant.treatments)
        if not held:
            return 0
        if len(held) > 1 or held[0].doubt is not None:
            return None
        zero = [0] * len(self.plan.totals)
        found = machines[held[0].program].quick(standing.inputs, zero)
        return None if found is None else found[0]

    def doubts(self, grant: n.Grant, doubt: Machine, standing: Standing) -> list[Unresolved]:
        """The grounds on which the document leaves the subsidy undecided."""
        registers = doubt.careful(standing.inputs, [], {})
        *tests, result = grant.doubt.results
        if registers[result] == 0:
            return []
        return [
            Unresolved(grant.name, reason.text, reason.origin.clause)
            for test, reason in zip(tests, grant.doubt.reasons, strict=True)
            if registers[test] != 0
        ]

    def settled(
        self, grant: n.Grant, machines: Sequence[Machine], standing: Standing
    ) -> ChainRunner:
        """The subsidy as a chain that has seen one claim."""
        chain = n.Chain((grant.name,), grant.mode, False, grant.programs, grant.treatments, None)
        zero = [0] * len(self.plan.totals)
        world = World({}, {}, zero, [0], grown=[0])
        before = [self.before.get(grant.name)]
        runner = ChainRunner(chain, machines, [world], before=before)
        held = self.standings.holdings(standing, grant.treatments)
        runner.begin(held)
        runner.claim(standing.inputs, 0)
        return runner

    def why(self, runner: ChainRunner, grant: n.Grant, standing: Standing) -> list[Unresolved]:
        """The unknowns on which the amount hangs."""
        found = []
        for key in runner.differing():
            if key[0] == "身份":
                found.append(Unresolved(grant.name, f"“{key[1]}”的身份不能判定", ""))
                continue
            for program in grant.programs:
                for reason in program.reasons:
                    if reason_key(reason) == key[:4]:
                        text = described(reason, standing.inputs, self.plan)
                        found.append(Unresolved(grant.name, text, reason.origin.clause))
        return list(dict.fromkeys(found)) or [Unresolved(grant.name, "不能判定", "")]
