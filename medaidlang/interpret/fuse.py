"""Several programs as one: what they have in common is computed once.

Takes programs that run one after the other on the same claim, gives one program in
the quick form's sense: equal steps share a register, an unknown is asked once.  The
order of reads and feeds of running totals is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s

REGISTERS = ("a", "b", "test", "doubt", "where", "ceiling", "slot")
# What the quick form does not look at: it gives up where it would have to ask.
UNSEEN = ("to", "why", "where", "ceiling")


def fuse(programs: Sequence[n.Program]) -> n.Program:
    """The programs as one, with all their payments and all their results in order."""
    work = Fusing(list(programs[0].registers[: programs[0].inputs]))
    for program in programs:
        work.enter(program)
    return n.Program(
        programs[0].inputs, tuple(work.steps), tuple(work.registers), tuple(sorted(work.needs)), (),
        tuple(work.ports), (), tuple(work.results),
    )  # fmt: skip


@attrs.define
class Fusing:
    """The one program in the making."""

    registers: list[n.Register]
    steps: list[s.Step] = attrs.field(factory=list)
    needs: set[int] = attrs.field(factory=set)
    ports: list[n.Port] = attrs.field(factory=list)
    results: list[int] = attrs.field(factory=list)
    made: dict[Any, int] = attrs.field(factory=dict)  # what a step computes → its register
    fed: dict[int, int] = attrs.field(factory=dict)  # account → how often it was fed

    def enter(self, program: n.Program) -> None:
        """Add one program after those before."""
        names = list(range(program.inputs)) + [-1] * (len(program.registers) - program.inputs)
        for step in program.steps:
            moved = self.renamed(step, names)
            if isinstance(step, s.Feed):
                self.steps.append(moved)
                self.fed[step.account] = self.fed.get(step.account, 0) + 1
            else:
                names[step.to] = self.placed(moved, program.registers[step.to])
        self.needs |= set(program.needs)
        self.results += [names[result] for result in program.results]
        self.ports += [
            attrs.evolve(
                port, admitted=names[port.admitted], burden=names[port.burden],
                base=names[port.base], pay=names[port.pay],
            )
            for port in program.ports
        ]  # fmt: skip

    def renamed(self, step: s.Step, names: Sequence[int]) -> s.Step:
        """The step on the registers of the one program."""
        changes: dict[str, Any] = {}
        for field in attrs.fields(type(step)):
            value = getattr(step, field.name)
            if field.name in REGISTERS and value is not None:
                changes[field.name] = names[value]
            elif field.name == "parts":
                changes["parts"] = tuple(names[part] for part in value)
        return attrs.evolve(step, **changes)

    def placed(self, step: Any, register: n.Register) -> int:
        """The register of what a step computes; the step is added where nobody did."""
        seen = tuple(
            getattr(step, field.name)
            for field in attrs.fields(type(step))
            if field.name not in UNSEEN
        )
        turn = self.fed.get(step.account, 0) if isinstance(step, s.Read) else 0
        key = (type(step), seen, turn, register.scale)
        if key not in self.made:
            self.made[key] = len(self.registers)
            self.registers.append(register)
            self.steps.append(attrs.evolve(step, to=self.made[key]))
        return self.made[key]
