"""What a claim's settlement says, read off the worlds after it ran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from medaidlang.core.nodes import Pack
from medaidlang.core.types import Kind
from medaidlang.interpret.bind import BoundClaim
from medaidlang.interpret.chain import ChainRunner, Holding
from medaidlang.interpret.result import (
    ClaimResult,
    Comparison,
    Payment,
    Standing,
    TraceLine,
    Unresolved,
)  # fmt: skip
from medaidlang.interpret.worlds import Key, World, agreed
from medaidlang.plan import nodes as n
from medaidlang.runtime.dates import format_date_cn
from medaidlang.runtime.money import format_percent, format_yuan

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler


def missing(slot: n.Slot, pending: Mapping[str, str]) -> str:
    """What is not known about an input."""
    match slot.source:
        case n.Source.CLAIM:
            return f"这笔费用没有填“{slot.name}”"
        case n.Source.PARAMETER:
            why = pending.get(slot.name, "")
            return f"参数“{slot.name}”没有给出" + (f"（{why}）" if why else "")
        case n.Source.GAP:
            return f"原文缺失“{slot.name.partition(':')[0]}”"
        case _:
            return f"没有填“{slot.name}”"


def described(reason: n.Reason, inputs: Sequence[Any], plan: n.Plan) -> str:
    """A reason with the inputs that are in fact missing."""
    pending = {p.name: p.pending for p in plan.parameters}
    absent = [missing(plan.slots[s], pending) for s in reason.slots if inputs[s] is None]
    if absent:
        return f"{reason.text}：{'、'.join(dict.fromkeys(absent))}"
    if reason.slots:
        return f"{reason.text}：给出的数超出文件规定的范围"
    return reason.text


def shown_value(value: Any, register: n.Register, words: Mapping[int, str]) -> str:
    """A register as a worked sum prints it."""
    if value is None:
        return "？"
    match register.type.kind:
        case Kind.MONEY | Kind.RATE:
            exact = Fraction(value, register.scale)
            if value >= n.UNLIMITED * register.scale:
                return "不设"
            return format_yuan(int(exact)) if exact.denominator == 1 else str(float_free(exact))
        case Kind.RATIO | Kind.POINTS:
            return format_percent(Fraction(value, register.scale))
        case Kind.BOOL:
            return "是" if value else "否"
        case Kind.DATE | Kind.MONTH:
            from datetime import date

            return format_date_cn(date.fromordinal(value))
        case Kind.TEXT | Kind.CHOICE | Kind.IDENTITY:
            return words.get(value, "其他")
        case _:
            return f"{value}{register.type.unit}"


def float_free(exact: Fraction) -> str:
    """An amount that is not whole 分, in 元 with the decimals it has (at most six)."""
    millionths = exact * 10_000
    whole = millionths.numerator // millionths.denominator
    return f"{whole // 1_000_000}.{whole % 1_000_000:06d}".rstrip("0")


def trace_lines(
    runner: ChainRunner, plan: n.Plan, inputs: Sequence[Any], world: World | None = None
) -> list[TraceLine]:
    """The winning category's sum, line by line."""
    chosen = world or runner.worlds[0]
    registers = chosen.registers.get(chosen.winner)
    if registers is None:
        return []
    program = runner.machines[runner.programs[chosen.winner]].program
    words = {number: word for word, number in plan.words.items()}
    lines = []
    for note in program.notes:
        pieces = [
            part if isinstance(part, str)
            else shown_value(registers[part], program.registers[part], words)
            for part in note.parts
        ]  # fmt: skip
        value = registers[note.register]
        lines.append(TraceLine(note.topic, note.benefit, "".join(pieces), value, note.origin))
    return lines


@attrs.define
class ClaimReport:
    """Collects the outcome of one claim over all chains."""

    claim: BoundClaim
    shown: Mapping[str, object]
    tracing: bool
    payments: list[Payment] = attrs.field(factory=list)
    comparisons: list[Comparison] = attrs.field(factory=list)
    unresolved: list[Unresolved] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)
    trace: list[TraceLine] = attrs.field(factory=list)
    identity: str = ""

    def result(self) -> ClaimResult:
        """The claim's result."""
        return ClaimResult(
            self.claim.number, self.claim.day, tuple(self.payments), self.identity, self.shown,
            tuple(self.comparisons), tuple(self.notes), tuple(self.trace),
        )  # fmt: skip

    def undecided(self, tag: str, reason: str, clause: str) -> None:
        """A line of 无法计算."""
        line = Unresolved(tag, reason, clause)
        if line not in self.unresolved:
            self.unresolved.append(line)

    # ── costs that the document does not govern ──────────────────────────────
    def early(
        self, runner: ChainRunner, held: Sequence[Holding], inputs: list[Any], why: str, pack: Pack
    ) -> None:
        """A cost of before 施行: nothing is computed, unless there is nothing to aid."""
        for place, benefit in enumerate(runner.chain.benefits):
            burdened = False
            for holding in held:
                machine = runner.machines[holding.program]
                answers: dict[int, int] = {}
                burdened |= bool(
                    burden(machine, inputs, answers, place, len(runner.worlds[0].totals))
                )
            amount = None if burdened else 0
            self.payments.append(Payment(benefit, amount, 0, None if burdened else 0))
            if burdened:
                origin = pack.document.origin
                self.undecided(self.claim.number, why, origin.clause if origin else "")

    # ── costs that it does ───────────────────────────────────────────────────
    def chain(
        self,
        runner: ChainRunner,
        held: Sequence[Holding],
        paid_before: int,
        settler: Settler,
        inputs: list[Any],
    ) -> None:
        """What one chain pays on the claim, in all worlds together."""
        if runner.lost:
            for benefit in runner.chain.benefits:
                self.payments.append(Payment(benefit, None, 0, None))
            self.undecided(self.claim.number, "不能判定的情形太多，无法逐一比较", "")
            return
        worlds = runner.worlds
        keys = [] if settled_alike(worlds) else runner.differing()
        about_identity = any(concerns_identity(key, runner, held) for key in keys)
        lowest = min(worlds, key=lambda world: (sum(world.grown), world.grown))
        floor = runner.chain.known_best and about_identity and sum(lowest.grown) > 0
        for place, benefit in enumerate(runner.chain.benefits):
            grown = [world.grown[place] for world in worlds]
            amount = agreed(grown)
            if amount is None and floor:
                amount = lowest.grown[place]
            self.payments.append(Payment(benefit, amount, min(grown), max(grown)))
        self.compare(runner, held, paid_before, lowest)
        if keys:
            self.explain(runner, keys, about_identity, floor, settler, inputs)
        if self.tracing:
            self.trace += trace_lines(runner, settler.plan, inputs, lowest)

    def compare(
        self, runner: ChainRunner, held: Sequence[Holding], paid_before: int, lowest: World
    ) -> None:
        """The standings of the held categories."""
        worlds = runner.worlds
        standings = []
        for name in dict.fromkeys(holding.identity for holding in held):
            sums = [sum(w.lanes[name].paid) if name in w.registers else 0 for w in worlds]
            standings.append(Standing(name, min(sums), max(sums)))
        due = agreed([sum(world.paid) for world in worlds])
        identity = agreed_name([world.winner for world in worlds]) or lowest.winner
        if held:
            self.identity = self.identity or identity
            self.comparisons.append(
                Comparison(runner.chain.benefits, identity, due, paid_before, tuple(standings))
            )
        for place, benefit in enumerate(runner.chain.benefits):
            if lowest.grown[place] < 0:
                self.notes.append(f"{benefit}转列 {format_yuan(lowest.grown[place])} 元")

    def explain(
        self,
        runner: ChainRunner,
        keys: Sequence[Key],
        about_identity: bool,
        floor: bool,
        settler: Settler,
        inputs: list[Any],
    ) -> None:
        """Why the worlds differ, as lines of 无法计算."""
        tag = "身份" if about_identity else self.claim.number
        for key in keys:
            if key[0] == "身份":
                continue  # said once for the person, with the condition that is unknown
            reason = reason_for(runner, key)
            text = described(reason, inputs, settler.plan) if reason else str(key[0])
            clause = reason.origin.clause if reason else ""
            self.undecided(tag, text + ("；已按能算的最高身份先付" if floor else ""), clause)
        if not any(key[0] != "身份" for key in keys) and not about_identity:
            self.undecided(tag, "前面的费用没有判定，影响本笔的累计", "")


def settled_alike(worlds: Sequence[World]) -> bool:
    """Whether all worlds pay the same on the claim."""
    return all(world.grown == worlds[0].grown for world in worlds)


def agreed_name(names: Sequence[str]) -> str:
    """The name that all worlds give, if it is one."""
    return names[0] if all(name == names[0] for name in names) else ""


def concerns_identity(key: Key, runner: ChainRunner, held: Sequence[Holding]) -> bool:
    """Whether an unknown is about which category holds, or about one of several."""
    if key[0] == "身份":
        return True
    several = len({holding.identity for holding in held}) > 1
    return several and len(runner.shared_keys.get(key, set())) < len(held)


def reason_for(runner: ChainRunner, key: Key) -> n.Reason | None:
    """The reason behind a key."""
    for program in runner.chain.programs:
        for reason in program.reasons:
            if (reason.text, reason.slots, reason.origin.clause) == key[:3]:
                return reason
    return None


def burden(machine: Any, inputs: list[Any], answers: dict[int, int], place: int, count: int) -> Any:
    """A benefit's base on a claim, taking every unknown at its upper answer."""
    from medaidlang.interpret.actions import Split

    totals = [0] * count
    while True:
        try:
            registers = machine.run_split(inputs, list(totals), answers)
        except Split as split:
            answers[split.key] = split.answers[1]
            continue
        return registers[machine.program.ports[place].base]
