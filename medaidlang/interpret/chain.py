"""A chain: benefits compared together, for the categories that a person holds.

累计: the person has received, after each claim, the largest of what each held
category alone would have given so far (`overlap.md`).  按笔 pays each claim under
the category that gives most for it, on shared accounts.  顺位 follows a rank.
可同时享受 pays every category, one on what the other left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from medaidlang.core.nodes import Mode
from medaidlang.interpret.actions import Split
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.periods import Swap, put
from medaidlang.interpret.worlds import (
    Key,
    Lane,
    Phases,
    TooMany,
    Unknown,
    World,
    advance,
    settled,
)
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


def reason_key(reason: n.Reason) -> Key:
    """What tells one reason from another: its words, its inputs and its place."""
    return (reason.text, reason.slots, reason.origin.clause, reason.origin.span.start)


@attrs.define
class ChainRunner:
    """One chain of one person's year."""

    chain: n.Chain
    machines: Sequence[Machine]
    worlds: list[World]
    holdings: Sequence[Holding] = ()
    held: Sequence[Holding] | None = None  # as listed, with those treated alike
    plain: bool = False  # at most one category, held for certain
    identity: str = ""  # that category
    alone: Callable[[list[Any], list[Any]], tuple[Any, ...] | None] | None = None  # its program
    nothing: tuple[int, ...] = ()
    simply: list[tuple[int, ...]] = attrs.field(factory=list)  # not yet entered
    lost: bool = False  # too many worlds: nothing more is known
    actual: list[int] = attrs.field(factory=list)  # what the spell has paid, where it was known
    floored: bool = False  # a payment was made at the known best
    open: bool = False  # some earlier payment of the spell is not known
    place: int = -1
    paid_before: int = 0
    before: Sequence[int | None] = ()  # slots of what earlier categories paid on the claim
    shared_keys: dict[Key, set[str]] = attrs.field(factory=dict)  # who met which unknown

    def begin(self, held: Sequence[Holding]) -> None:
        """A spell of constant categories begins where the accounts now stand."""
        same = self.told_apart(held)
        if self.held is not None and same == self.holdings:
            self.held = held
            return  # treated as before: no new comparison
        self.held = held
        self.book()
        self.open = False
        self.actual = [0] * len(self.chain.benefits)
        self.floored = False
        self.holdings = held = same
        count = len(self.chain.benefits)
        certain = len(held) <= 1 and all(holding.doubt is None for holding in held)
        self.plain = certain and not self.lost
        self.identity = held[0].identity if self.plain and held else ""
        stacked = self.chain.mode is Mode.STACKED
        for world in self.worlds:
            if world.winner and not stacked:
                world.totals = list(world.lanes[world.winner].totals)
            names = dict.fromkeys(holding.identity for holding in held)
            kept = world.lanes if stacked else {}  # each category has accounts of its own
            world.lanes = {
                name: Lane(list(kept[name].totals if name in kept else world.totals), [0] * count)
                for name in (*kept, *(n for n in names if n not in kept))
            }
            world.stacked = stacked
            world.paid = [0] * count
            world.winner = ""
        self.alone = None
        self.nothing = (0,) * count
        if self.plain and held:
            self.alone = self.machines[held[0].program].quick

    def told_apart(self, held: Sequence[Holding]) -> Sequence[Holding]:
        """The held categories without those that are treated as one before them.

        They would be paid the same on every claim, and the first one named wins ties.
        """
        if len(held) < 2 or self.chain.mode is Mode.STACKED:
            return held
        known: set[int] = set()
        kept = []
        for holding in sorted(held, key=lambda one: one.rank):
            if holding.program not in known:
                kept.append(holding)
            if holding.doubt is None:
                known.add(holding.program)
        return kept

    def enter(self, swaps: Sequence[Swap]) -> None:
        """Put the totals of a claim's periods in place."""
        self.put(swaps, back=False)

    def leave(self, swaps: Sequence[Swap]) -> None:
        """Put them back where they are kept."""
        self.put(swaps, back=True)

    def put(self, swaps: Sequence[Swap], *, back: bool) -> None:
        """The same for every list of totals."""
        for world in self.worlds if swaps else ():
            put(world.totals, swaps, back=back)
            for lane in world.lanes.values():
                put(lane.totals, swaps, back=back)

    def simple(self, inputs: list[Any]) -> tuple[int, ...] | None:
        """The payments on a claim about which all is known, for at most one category.

        None, with nothing done, where it takes more: `claim` then does all of it.
        """
        if not self.plain or self.lost or len(self.worlds) != 1:
            return None
        world = self.worlds[0]
        if world.taken:
            return None
        if self.alone is None:
            return self.nothing
        grown = self.alone(inputs, world.lanes[self.identity].totals)
        if grown is not None:
            self.simply.append(grown)
        return grown

    def book(self) -> None:
        """Enter the payments that `simple` made."""
        if self.simply:
            world = self.worlds[0]
            lane = world.lanes[self.identity]
            lane.paid = [
                before + sum(more) for before, *more in zip(lane.paid, *self.simply, strict=True)
            ]
            world.paid = list(lane.paid)
            world.winner = self.identity
            self.simply.clear()

    def claim(self, inputs: list[Any], place: int) -> None:
        """Settle one claim in every world; `grown` of each world is what it pays."""
        if self.lost:
            return
        self.book()
        self.place = place
        self.paid_before = min(sum(world.paid) for world in self.worlds)
        self.shared_keys = {}
        try:
            self.worlds = advance(self.worlds, lambda world: self.settle(world, inputs))
        except TooMany:
            self.lost = True

    @property
    def phases(self) -> Phases:
        """The totals of which only the rounding matters, with the range of that."""
        ports = [port for program in self.chain.programs for port in program.ports]
        return {port.phase[0]: port.phase[1:] for port in ports if port.phase is not None}

    def close(self) -> None:
        """After a claim's results are read: what concerned it alone is forgotten."""
        self.open |= len({tuple(world.paid) for world in self.worlds}) > 1
        try:
            self.worlds = settled(self.worlds, self.place, self.phases)
        except TooMany:
            self.lost = True

    # ── one world ────────────────────────────────────────────────────────────
    def settle(self, world: World, inputs: list[Any]) -> None:
        """One claim in one world."""
        world.met = set()
        world.registers = {}
        present = [holding for holding in self.holdings if self.is_held(world, holding)]
        if self.chain.mode is Mode.PER_CLAIM:
            self.per_claim(world, inputs, present)
            return
        if self.chain.mode is Mode.STACKED:
            self.stacked(world, inputs, present)
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
            for lane in world.lanes.values():  # one account for all
                lane.totals = list(totals)
            world.paid = [old + new for old, new in zip(world.paid, world.grown, strict=True)]
            world.lanes[holding.identity].paid = list(world.paid)

    def stacked(self, world: World, inputs: list[Any], present: Sequence[Holding]) -> None:
        """可同时享受: one category after the other, each on what those before it have left."""
        world.grown = [0] * len(self.chain.benefits)
        best = 0
        for holding in sorted(present, key=lambda h: h.rank):
            seen = list(inputs)
            for slot, paid in zip(self.before, world.grown, strict=True):
                if slot is not None:
                    seen[slot] = paid
            lane = world.lanes[holding.identity]
            grown, registers = self.run(world, holding, seen, lane.totals)
            lane.paid = [old + new for old, new in zip(lane.paid, grown, strict=True)]
            world.registers[holding.identity] = registers
            world.grown = [old + new for old, new in zip(world.grown, grown, strict=True)]
            if sum(grown) > best or not world.winner:
                best, world.winner = sum(grown), holding.identity
        world.paid = [old + new for old, new in zip(world.paid, world.grown, strict=True)]

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
    ) -> tuple[list[int], list[Any]]:
        """One category's program on one claim, unknowns answered as this world takes them.

        Gives payments and registers; `totals` are updated in place.
        """
        machine = self.machines[holding.program]
        answers: dict[int, int] = {}
        while True:
            try:
                registers = machine.careful(inputs, totals, answers)
            except Split as split:
                key = self.key(machine.program, split)
                world.met.add(key)
                self.shared_keys.setdefault(key, set()).add(holding.identity)
                if key not in world.taken:
                    raise Unknown(key, 2) from None
                answers[split.key] = split.answers[world.taken[key]]
            else:
                return [registers[pay] for pay in machine.pays], registers

    def key(self, program: n.Program, split: Split) -> Key:
        """What is unknown: its reason and inputs, and the claim if it concerns only that.

        The extremes of a figure are taken anew with each claim (see `worlds`).
        """
        reason = program.reasons[split.why]
        exact = split.exact
        lasting = exact and not program.registers[split.key].claim_scoped
        place = -1 if lasting else self.place
        return (*reason_key(reason), exact, place)

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
