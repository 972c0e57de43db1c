"""保险: the insurances before aid, run on each claim for everybody.

They run as a chain of one lane, so that what is unknown is taken both ways there
too; what they leave is read by the chains of aid as input slots.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from medaidlang.core.expr import Figure
from medaidlang.core.nodes import Mode
from medaidlang.interpret import report
from medaidlang.interpret.bind import BoundClaim
from medaidlang.interpret.chain import ChainRunner, Holding
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.periods import Swap
from medaidlang.interpret.worlds import World, agreed
from medaidlang.plan import nodes as n
from medaidlang.runtime.money import format_yuan

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler

NOBODY = "参保人"  # everybody, category or not; not empty, which would be no lane


def insurance_chain(program: n.Program) -> n.Chain:
    """The insurances as a chain with one treatment, that of everybody."""
    treatment = n.Treatment(NOBODY, 0, 0, ())
    benefits = tuple(port.benefit for port in program.ports)
    return n.Chain(benefits, Mode.CUMULATIVE, False, (program,), {NOBODY: treatment}, None)


class InsuredRun:
    """The insurances over one person's year."""

    def __init__(self, chain: n.Chain, machine: Machine, slots: Sequence[int], count: int) -> None:
        zero = [0] * count
        world = World({}, {}, list(zero), [0] * len(chain.benefits))
        self.runner = ChainRunner(chain, [machine], [world])
        self.runner.begin([Holding(NOBODY, 0, 0, None)])
        self.results = machine.program.results
        self.slots = slots
        self.kept: list[Any] = []  # their figures on a cost of before 施行

    def claim(
        self,
        inputs: list[Any],
        place: int,
        swaps: Sequence[Swap],
        settler: Settler,
        whole: report.ClaimReport,
        tracing: bool,
    ) -> tuple[int | None, ...]:
        """What they pay on a claim; their figures are entered into `inputs`."""
        runner = self.runner
        runner.enter(swaps)
        runner.claim(inputs, place)
        amounts = whole.chain(runner, settler, inputs, tracing)
        whole.comparisons = whole.comparisons[:-1] if runner.holdings else whole.comparisons
        if runner.lost:
            found: list[int | None] = [None] * len(self.slots)
        else:
            registers = [world.registers[NOBODY] for world in runner.worlds]
            found = [agreed([r[result] for r in registers]) for result in self.results]
        for slot, value in zip(self.slots, found, strict=True):
            inputs[slot] = value
        paid = len(Figure)
        for number, amount in enumerate(amounts):  # as certain as the report says, not more
            if amount is None:
                inputs[self.slots[number * paid]] = None
        paid_out = self.paid_out(amounts, whole)
        runner.leave(swaps)
        runner.close()
        return paid_out

    def unsaid(
        self,
        claim: BoundClaim,
        inputs: Sequence[Any],
        place: int,
        swaps: Sequence[Swap],
        settler: Settler,
    ) -> None:
        """A cost of before 施行 that feeds the accounts: what they pay on it is not told."""
        counting = list(inputs)
        self.claim(counting, place, swaps, settler, report.ClaimReport(claim), False)
        self.kept = [counting[slot] for slot in self.slots]

    def reckoned(self, inputs: Sequence[Any]) -> list[Any]:
        """The inputs of such a cost with their figures, for the accounts of aid."""
        counting = list(inputs)
        for slot, value in zip(self.slots, self.kept, strict=True):
            counting[slot] = value
        return counting

    def paid_out(
        self, amounts: Sequence[int | None], whole: report.ClaimReport
    ) -> tuple[int | None, ...]:
        """The amounts without those that are only reckoned (视同); these are noted."""
        found: list[int | None] = []
        ports = self.runner.machines[0].program.ports
        for port, amount in zip(ports, amounts, strict=True):
            if port.notional is None or not amount or self.runner.lost:
                found.append(amount)
                continue
            registers = [world.registers[NOBODY] for world in self.runner.worlds]
            notional = agreed([r[port.notional] for r in registers])
            if notional:
                whole.notes += (f"{port.benefit}视同支付 {format_yuan(amount)} 元，没有实际支付",)
            found.append(amount if notional == 0 else 0 if notional else None)
        return tuple(found)


def layer_slots(settler_slots: Sequence[n.Slot], chain: n.Chain) -> tuple[int, ...]:
    """The slots of the insurances' figures, in the order of the program's results."""
    index = {slot.name: i for i, slot in enumerate(settler_slots) if slot.source is n.Source.LAYER}
    return tuple(index[f"{name}·{figure.value}"] for name in chain.benefits for figure in Figure)
