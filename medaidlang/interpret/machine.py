"""The machine: a program of the plan, ready to run on input slots and running totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from medaidlang.interpret.actions import Action, Registers, Split, Totals, actions
from medaidlang.plan import nodes as n
from medaidlang.plan.steps import Const


class Machine:
    """A program ready to run: constants in place, steps as closures.

    Registers 0…n−1 are the plan's input slots, so that inputs need no loading.
    """

    def __init__(self, program: n.Program, slots: int) -> None:
        self.program = program
        self.tail: list[Any] = [None] * (len(program.registers) - slots)
        for step in program.steps:
            if isinstance(step, Const):
                self.tail[step.to - slots] = step.value
        self.plain = [act for _, act in actions(program.steps, careful=False)]
        self.careful: list[tuple[int, Action]] | None = None
        self.needs = program.needs
        self.pays = [port.pay for port in program.ports]

    def knows_all(self, inputs: Sequence[Any]) -> bool:
        """Whether nothing that the program may need is unknown."""
        return None not in [inputs[slot] for slot in self.needs]

    def run(self, inputs: list[Any], totals: Totals) -> Registers:
        """Run with everything known; `totals` are updated in place."""
        registers = inputs + self.tail
        for act in self.plain:
            act(registers, totals)
        return registers

    def run_split(self, inputs: list[Any], totals: Totals, taken: dict[int, int]) -> Registers:
        """Run with unknowns; `taken` answers the splits met before.

        Raises `Split` at the first that has no answer yet.
        """
        if self.careful is None:
            self.careful = actions(self.program.steps, careful=True)
        registers = inputs + self.tail
        for to, act in self.careful:
            try:
                act(registers, totals)
            except Split as split:
                if split.key not in taken:
                    raise
                registers[to] = taken[split.key]
        return registers
