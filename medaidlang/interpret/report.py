"""What a claim's settlement says, read off the worlds after it ran."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from medaidlang.core.nodes import Mode, Pack
from medaidlang.core.types import Kind
from medaidlang.interpret.actions import Split
from medaidlang.interpret.bind import BoundClaim
from medaidlang.interpret.chain import ChainRunner, reason_key
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import (
    ClaimResult,
    Comparison,
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
            return f"这笔费用没有填“{slot.name.partition(' 含 ')[0]}”"
        case n.Source.PARAMETER:
            why = pending.get(slot.name, "")
            return f"参数“{slot.name}”没有给出" + (f"（{why}）" if why else "")
        case n.Source.GAP:
            return f"原文缺失“{slot.name.partition(':')[0]}”"
        case _:
            return f"没有填“{slot.name.partition(' 含 ')[0]}”"


def described(reason: n.Reason, inputs: Sequence[Any], plan: n.Plan) -> str:
    """A reason with the inputs that are in fact missing."""
    pending = {p.name: p.pending for p in plan.parameters}
    absent = [missing(plan.slots[s], pending) for s in reason.slots if inputs[s] is None]
    if absent:
        return f"{reason.text}：{'、'.join(dict.fromkeys(absent))}"
    if reason.figure:
        return f"{reason.text}：给出的数超出文件规定的范围"
    return reason.text


def shown_value(value: Any, register: n.Register, words: Mapping[int, str]) -> str:
    """A register as a worked sum prints it."""
    if value is None:
        return "？"
    match register.type.kind:
        case Kind.MONEY | Kind.RATE:
            exact = Fraction(value, register.scale)
            if value >= n.UNLIMITED // 2 * register.scale:  # also what is left of 不设
                return "不设"
            return format_yuan(int(exact)) if exact.denominator == 1 else str(float_free(exact))
        case Kind.RATIO:
            return format_percent(Fraction(value, register.scale))
        case Kind.POINTS:
            return f"{format_percent(Fraction(value, register.scale))[:-1]}个百分点"
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
    program = runner.machines[program_of(runner, chosen.winner)].program
    words = {number: word for word, number in plan.words.items()}
    others = [w.registers[chosen.winner] for w in runner.worlds if chosen.winner in w.registers]
    registers = [
        agreed(list(values)) if None not in values else None for values in zip(*others, strict=True)
    ]
    lines = []
    for note in program.notes:
        if note.when is not None and not registers[note.when]:
            continue
        pieces = [
            part if isinstance(part, str)
            else shown_value(registers[part], program.registers[part], words)
            for part in note.parts
        ]  # fmt: skip
        value = registers[note.register]
        lines.append(TraceLine(note.topic, note.benefit, "".join(pieces), value, note.origin))
    return lines


def program_of(runner: ChainRunner, identity: str) -> int:
    """Which program a held category runs."""
    return next(h.program for h in runner.holdings if h.identity == identity)


class ClaimReport:
    """Collects the outcome of one claim over all chains."""

    identity = ""
    bounds: Mapping[str, tuple[int, int | None]] = MappingProxyType({})
    comparisons: tuple[Comparison, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    notes: tuple[str, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    layers: Mapping[str, int | None] = MappingProxyType({})

    def __init__(self, claim: BoundClaim) -> None:
        self.claim = claim

    def result(
        self,
        benefits: tuple[str, ...],
        amounts: tuple[int | None, ...],
        identity: str,
        shown: Mapping[str, object],
    ) -> ClaimResult:
        """The claim's result."""
        return ClaimResult(
            self.claim.number,
            self.claim.day,
            benefits,
            amounts,
            identity,
            shown,
            self.bounds,
            self.comparisons,
            self.notes,
            self.trace,
            self.layers,
        )

    def undecided(self, tag: str, reason: str, clause: str) -> None:
        """A line of 无法计算."""
        line = Unresolved(tag, reason, clause)
        if line not in self.unresolved:
            self.unresolved += (line,)

    # ── costs that the document does not govern ──────────────────────────────
    def unruled(self, why: str, pack: Pack) -> None:
        """A cost of before 施行 or after 失效."""
        origin = pack.document.origin
        self.undecided(self.claim.number, why, origin.clause if origin else "")

    def early(
        self, runner: ChainRunner, inputs: list[Any], why: str, pack: Pack
    ) -> tuple[int | None, ...]:
        """A cost of before 施行: nothing is computed, unless there is nothing to aid."""
        count = len(runner.worlds[0].totals)
        amounts: list[int | None] = []
        for place in range(len(runner.chain.benefits)):
            machines = [runner.machines[holding.program] for holding in runner.holdings]
            burdened = any(burden(machine, inputs, place, count) for machine in machines)
            amounts.append(None if burdened else 0)
        if None in amounts:
            self.unruled(why, pack)
        return tuple(amounts)

    # ── costs that it does ───────────────────────────────────────────────────
    def chain(
        self, runner: ChainRunner, settler: Settler, inputs: list[Any], tracing: bool
    ) -> tuple[int | None, ...]:
        """What one chain pays on the claim, in all worlds together."""
        benefits, worlds = runner.chain.benefits, runner.worlds
        if runner.lost:
            self.undecided(self.claim.number, "不能判定的情形太多，无法逐一比较", "")
            return (None,) * len(benefits)
        keys = [] if settled_alike(worlds) else runner.differing()
        winners = {world.winner for world in worlds if any(world.grown)}  # 0 is nobody's
        about_identity = any(concerns_identity(key, runner, winners) for key in keys)
        lowest = min(worlds, key=lambda world: (sum(world.paid), world.grown))
        owed = [due - had for due, had in zip(lowest.paid, runner.actual, strict=True)]
        floor = runner.floored or (runner.chain.known_best and about_identity and sum(owed) > 0)
        runner.floored = floor
        amounts: list[int | None] = []
        for place, benefit in enumerate(benefits):
            grown = [world.grown[place] for world in worlds]
            proven = certain(runner, place)
            amount = agreed(grown) if proven else None
            if amount is None:
                ends = (min(grown), max(grown)) if proven else (min(0, *grown), None)
                self.bounds = {**self.bounds, benefit: ends}
            amounts.append(owed[place] if floor else amount)
        runner.actual = [
            had + (paid or 0) for had, paid in zip(runner.actual, amounts, strict=True)
        ]
        self.identity = self.compare(runner, lowest)
        if keys:
            self.explain(runner, keys, about_identity, floor, settler, inputs)
        elif None in amounts:
            self.undecided(self.claim.number, "前面的费用没有判定，影响本笔的累计", "")
        if tracing:
            self.trace += tuple(trace_lines(runner, settler.plan, inputs, lowest))
        return tuple(amounts)

    def compare(self, runner: ChainRunner, lowest: World) -> str:
        """The standings of the held categories; gives the category taken."""
        worlds = runner.worlds
        standings = []
        for name in dict.fromkeys(holding.identity for holding in runner.holdings):
            sums = [sum(w.lanes[name].paid) if name in w.registers else 0 for w in worlds]
            standings.append(Standing(name, min(sums), max(sums)))
        for place, benefit in enumerate(runner.chain.benefits):
            if lowest.grown[place] < 0:
                self.notes += (f"{benefit}转列 {format_yuan(lowest.grown[place])} 元",)
        if not runner.holdings:
            return ""
        identity = agreed_name([world.winner for world in worlds]) or lowest.winner
        due = None if runner.open else agreed([sum(world.paid) for world in worlds])
        made = Comparison(
            runner.chain.benefits, identity, due, runner.paid_before, tuple(standings)
        )
        self.comparisons += (made,)
        return identity

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


def certain(runner: ChainRunner, place: int) -> bool:
    """Whether worlds that agree on a benefit's payment prove it.

    The total of a chain rises or falls steadily with each unknown; what one benefit
    has of it does so only along one lane whose formulas are plain.  With several
    lanes, one must win in every world, whatever the others could have given.
    """
    worlds = runner.worlds
    ports = [runner.machines[h.program].program.ports[place] for h in runner.holdings]
    only = len(runner.chain.benefits) == 1 and all(port.steady for port in ports)
    if len(worlds) == 1 or only or refused(runner, place):
        return True
    if not all(port.plain for port in ports):
        return False
    winner = worlds[0].winner
    if len({holding.identity for holding in runner.holdings}) == 1:
        return True
    if any(world.winner != winner for world in worlds) or not winner:
        return settled_alike(worlds) and sum(worlds[0].grown) == 0
    least = min(sum(world.lanes[winner].paid) for world in worlds)
    others = [
        sum(lane.paid) for world in worlds for name, lane in world.lanes.items() if name != winner
    ]
    return all(other <= least for other in others)


def refused(runner: ChainRunner, place: int) -> bool:
    """Whether a benefit takes the claim in no world, for no category: then it pays nothing."""
    for holding in runner.holdings:
        port = runner.machines[holding.program].program.ports[place]
        registers = [w.registers.get(holding.identity) for w in runner.worlds]
        if any(known is not None and known[port.admitted] != 0 for known in registers):
            return False
        if not port.sure:
            return False
    return runner.chain.mode is not Mode.CUMULATIVE or len(runner.holdings) < 2


def settled_alike(worlds: Sequence[World]) -> bool:
    """Whether all worlds pay the same on the claim."""
    return all(world.grown == worlds[0].grown for world in worlds)


def agreed_name(names: Sequence[str]) -> str:
    """The name that all worlds give, if it is one."""
    return names[0] if all(name == names[0] for name in names) else ""


def concerns_identity(key: Key, runner: ChainRunner, winners: Collection[str]) -> bool:
    """Whether an unknown is about which category holds, or decides which one wins."""
    if key[0] == "身份":
        return True
    if len(winners) < 2:
        return False
    held = {holding.identity for holding in runner.holdings}
    return len(held) > 1 and len(runner.shared_keys.get(key, set())) < len(held)


def reason_for(runner: ChainRunner, key: Key) -> n.Reason | None:
    """The reason behind a key."""
    for program in runner.chain.programs:
        for reason in program.reasons:
            if reason_key(reason) == key[:4]:
                return reason
    return None


def burden(machine: Machine, inputs: list[Any], place: int, count: int) -> Any:
    """A benefit's base on a claim, taking every unknown at its upper answer."""
    answers: dict[int, int] = {}
    while True:
        try:
            registers = machine.careful(inputs, [0] * count, answers)
        except Split as split:
            answers[split.key] = split.answers[1]
        else:
            return registers[machine.program.ports[place].burden]
