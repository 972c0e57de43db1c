"""A chain: benefits compared together, for the categories that a person holds.

累计: the person has received, after each claim, the largest of what each held
category alone would have given so far (`overlap.md`).  按笔 pays each claim under
the category that gives most for it, on shared accounts.  顺位 follows a rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from medaidlang.core.nodes import Mode
from medaidlang.interpret.actions import Registers, Split
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.worlds import Key, Lane, TooMany, Unknown, World, advance, forget
from medaidlang.plan import nodes as n


@attrs.frozen
class Holding:
    """A category held on the day: its treatment, and whether that is certain.

    `doubt` is None where it is; otherwise the key under which it is undecided.
    """

    identity: str
    program: int
    rank: int
    doubt: Key | None


@attrs.define
class ChainRunner:
    """One chain of one person's year."""

    chain: n.Chain
    machines: Sequence[Machine]
    worlds: list[World]
    held: tuple[str, ...] = ()
    lost: bool = False
    place: int = -1
    programs: dict[str, int] = attrs.field(factory=dict)  # held category → its program
    shared_keys: dict[Key, set[str]] = attrs.field(factory=dict)  # who met which unknown

    def begin(self, held: Sequence[Holding]) -> None:
        """A spell of constant categories begins where the accounts now stand."""
        names = tuple(holding.identity for holding in held)
        if names == self.held:
            return
        self.held = names
        count = len(self.chain.benefits)
        for world in self.worlds:
            if world.winner:
                world.totals = list(world.lanes[world.winner].totals)
            world.lanes = {name: Lane(list(world.totals), [0] * count) for name in names}
            world.paid = [0] * count
            world.winner = ""

    def claim(self, inputs: list[Any], held: Sequence[Holding], place: int) -> None:
        """Settle one claim in every world; `grown` of each world is what it pays."""
        if self.lost:
            return
        self.place = place
        self.programs = {holding.identity: holding.program for holding in held}
        self.shared_keys = {}
        try:
            self.worlds = advance(self.worlds, lambda world: self.settle(world, inputs, held))
        except TooMany:
            self.lost = True

    def close(self) -> None:
        """After a claim's results are read: forget what concerned it alone."""
        self.worlds = forget(self.worlds, self.place)

    # ── one world ────────────────────────────────────────────────────────────
    def settle(self, world: World, inputs: list[Any], held: Sequence[Holding]) -> None:
        """One claim in one world."""
        world.met = set()
        world.registers = {}
        present = [holding for holding in held if self.is_held(world, holding)]
        if self.chain.mode is Mode.PER_CLAIM:
            self.per_claim(world, inputs, present)
            return
        if self.chain.mode is Mode.RANKED:
            present = sorted(present, key=lambda holding: holding.rank)[:1]
        for holding in present:
            lane = world.lanes[holding.identity]
            grown, registers = self.run(world, holding, inputs, lane.totals)
            lane.paid = [before + more for before, more in zip(lane.paid, grown, strict=True)]
            world.registers[holding.identity] = registers
        self.pay_growth(world, present)

    def pay_growth(self, world: World, present: Sequence[Holding]) -> None:
        """Pay what the best category's total has grown beyond what was paid.

        Ties go to the category named first in the document.
        """
        world.grown = [0] * len(self.chain.benefits)
        if not present:
            return
        first = sorted(present, key=lambda holding: holding.rank)
        best = max(first, key=lambda holding: sum(world.lanes[holding.identity].paid))
        due = world.lanes[best.identity].paid
        world.grown = [new - old for new, old in zip(due, world.paid, strict=True)]
        world.paid = list(due)
        world.winner = best.identity

    def per_claim(self, world: World, inputs: list[Any], present: Sequence[Holding]) -> None:
        """按笔: the category that gives most for this claim, on one shared account."""
        best: tuple[int, Holding, list[int], list[Any]] | None = None
        shared = world.lanes[world.winner].totals if world.winner else world.totals
        for holding in sorted(present, key=lambda h: h.rank):
            totals = list(shared)
            grown, registers = self.run(world, holding, inputs, totals)
            world.registers[holding.identity] = registers
            if best is None or sum(grown) > best[0]:
                best = (sum(grown), holding, grown, totals)
        world.grown = [0] * len(self.chain.benefits)
        if best is not None:
            _, holding, world.grown, totals = best
            world.winner = holding.identity
            world.lanes[holding.identity].totals = totals
            world.paid = [old + new for old, new in zip(world.paid, world.grown, strict=True)]
            world.lanes[holding.identity].paid = list(world.paid)

    def is_held(self, world: World, holding: Holding) -> bool:
        """Whether this world holds the category."""
        if holding.doubt is None:
            return True
        world.met.add(holding.doubt)
        if holding.doubt not in world.taken:
            raise Unknown(holding.doubt, 2)
        return bool(world.taken[holding.doubt])

    def run(
        self, world: World, holding: Holding, inputs: list[Any], totals: list[Any]
    ) -> tuple[list[int], Registers]:
        """One category's program on one claim; `totals` are updated in place."""
        machine = self.machines[holding.program]
        registers: Registers | None = None
        if machine.knows_all(inputs):
            kept = list(totals)
            try:
                registers = machine.run(inputs, totals)
            except Split:  # 无法计算 当 …: the document leaves this claim undecided
                totals[:] = kept
        if registers is None:
            registers = self.run_split(world, holding, inputs, totals)
        return [registers[pay] for pay in machine.pays], registers

    def run_split(
        self, world: World, holding: Holding, inputs: list[Any], totals: list[Any]
    ) -> Registers:
        """The same with unknowns, answered as this world has taken them."""
        machine = self.machines[holding.program]
        program = machine.program
        answers: dict[int, int] = {}
        while True:
            attempt = list(totals)
            try:
                registers = machine.run_split(inputs, attempt, answers)
            except Split as split:
                key = self.key(program, split)
                world.met.add(key)
                self.shared_keys.setdefault(key, set()).add(holding.identity)
                if key not in world.taken:
                    raise Unknown(key, 2) from None
                answers[split.key] = split.answers[world.taken[key]]
                continue
            totals[:] = attempt
            return registers

    def key(self, program: n.Program, split: Split) -> Key:
        """What is unknown: its reason and inputs, and the claim if it concerns only that."""
        reason = program.reasons[split.why]
        scoped = program.registers[split.key].claim_scoped
        return (reason.text, reason.slots, reason.origin.clause, self.place if scoped else -1)

    # ── what the worlds say together ─────────────────────────────────────────
    def differing(self) -> list[Key]:
        """The unknowns of this claim whose answer changes what is paid."""
        met = {key for world in self.worlds for key in world.met}
        telling = []
        for key in sorted(met, key=repr):
            by_answer: dict[int, set[tuple[int, ...]]] = {}
            for world in self.worlds:
                if key in world.taken:
                    by_answer.setdefault(world.taken[key], set()).add(tuple(world.grown))
            if len(by_answer) > 1 and len(set(map(frozenset, by_answer.values()))) > 1:
                telling.append(key)
        return telling or sorted(met, key=repr)


def reasons_of(chain: n.Chain) -> Mapping[tuple[Any, ...], n.Reason]:
    """Reasons by the part of their key that does not depend on the claim."""
    found: dict[tuple[Any, ...], n.Reason] = {}
    for program in chain.programs:
        for reason in program.reasons:
            found.setdefault((reason.text, reason.slots, reason.origin.clause), reason)
    return found
