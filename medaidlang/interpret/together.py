"""The quick way through a year: all chains of one certain category in one step a claim.

Taken while everything is known and the person holds at most one category all year;
given up, with the accounts put where they belong, at the first claim that needs more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from medaidlang.interpret.actions import accounts, compiled
from medaidlang.interpret.bind import BoundClaim
from medaidlang.interpret.chain import ChainRunner, Holding
from medaidlang.interpret.fuse import fuse
from medaidlang.interpret.result import ClaimResult
from medaidlang.plan import nodes as n

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler


Held = Sequence[Sequence[Holding]]  # by chain


class Shown(Mapping[str, object]):
    """What is shown with a claim, put into words when it is read."""

    __slots__ = ("decoders", "values_")

    def __init__(self, decoders: Mapping[str, Any], values: Sequence[Any]) -> None:
        self.decoders, self.values_ = decoders, values

    def __getitem__(self, name: str) -> object:
        place, decoded = self.decoders[name]
        return decoded(self.values_[place])

    def __iter__(self) -> Iterator[str]:
        return iter(self.decoders)

    def __len__(self) -> int:
        return len(self.decoders)

    def __repr__(self) -> str:
        return repr(dict(self))


OFTEN = 10  # persons with the same facts missing, before a form of their own pays


def alone(held: Held) -> bool:
    """Whether no more than one category is held, for certain, in all chains together."""
    names = {mine[0].identity for mine in held if mine}
    return len(names) < 2 and all(
        len(mine) < 2 and (not mine or mine[0].doubt is None) for mine in held
    )


class Together:
    """The one program of a person's year, and what it has paid."""

    def __init__(
        self, settler: Settler, runners: Sequence[ChainRunner], held: Held, inputs: list[Any]
    ) -> None:
        self.settler, self.runners, self.held = settler, runners, held
        self.key = tuple(mine[0].program if mine else -1 for mine in held)
        self.run = fused(settler, self.key, self.often(missing(settler, self.key, inputs)))
        self.taken = [mine[0].identity if mine else "" for mine in held]
        self.identity = max(self.taken, default="")  # they are one category, or none
        self.paid: list[tuple[int, ...]] = []
        self.count = len(settler.benefits)

    def often(self, absent: frozenset[int]) -> frozenset[int] | None:
        """The missing facts, if that has been seen often enough to make a form for it."""
        seen = self.settler.seen
        seen[self.key, absent] = seen.get((self.key, absent), 0) + 1
        return absent if seen[self.key, absent] > OFTEN else None

    def claim(self, claim: BoundClaim, inputs: list[Any], totals: list[Any]) -> ClaimResult | None:
        """One claim; None, with nothing done, where something is not known."""
        found = self.run(inputs, totals)
        if found is None:  # other facts may be missing than on the first claim
            found = fused(self.settler, self.key, None)(inputs, totals)
        if found is None:
            return None
        amounts = found[: self.count]
        self.paid.append(amounts)
        shown = Shown(self.settler.placed, found[self.count :])
        benefits = self.settler.benefits
        return ClaimResult(claim.number, claim.day, benefits, amounts, self.identity, shown)

    def paid_as(self) -> dict[tuple[str, str], int | None]:
        """What each benefit has paid under the category."""
        benefits = [
            (name, taken)
            for runner, taken in zip(self.runners, self.taken, strict=True)
            for name in runner.chain.benefits
        ]
        sums = [sum(column) for column in zip(*self.paid, strict=True)] or [0] * self.count
        return dict(zip(benefits, sums, strict=True))

    def part(self, totals: Sequence[Any]) -> None:
        """Put payments and accounts where each chain keeps its own."""
        start = 0
        for runner, held in zip(self.runners, self.held, strict=True):
            end = start + len(runner.chain.benefits)
            runner.begin(held)
            if held:
                runner.simply += [amounts[start:end] for amounts in self.paid]
                lane = runner.worlds[0].lanes[runner.identity]
                touched, _ = accounts(runner.machines[runner.holdings[0].program].program.steps)
                for account in touched:
                    lane.totals[account] = totals[account]
            start = end


Run = Callable[[list[Any], list[Any]], "tuple[Any, ...] | None"]


def missing(settler: Settler, key: tuple[int, ...], inputs: Sequence[Any]) -> frozenset[int]:
    """The inputs that are not known on a claim and may stay so."""
    running = {slot for slot, _ in (*settler.running_totals, *settler.running_paid)}
    needs = program_of(settler, key).needs
    return frozenset(slot for slot in needs if inputs[slot] is None and slot not in running)


def fused(settler: Settler, key: tuple[int, ...], absent: frozenset[int] | None) -> Run:
    """The quick form for claims on which just these facts may be missing (None: any)."""
    if (key, absent) not in settler.fused:
        made = compiled(program_of(settler, key), careful=False, open_slots=absent)
        settler.fused[key, absent] = made
    run: Run = settler.fused[key, absent]
    return run


def program_of(settler: Settler, key: tuple[int, ...]) -> n.Program:
    """The programs of all chains for one category, and the results, as one."""
    if key not in settler.fusions:
        programs = [] if settler.uses_running else [settler.plan.adding]
        for (chain, machines, _), place in zip(settler.chains, key, strict=True):
            programs.append(machines[place].program if place >= 0 else nothing(settler, chain))
        settler.fusions[key] = fuse([*programs, settler.plan.each_result])
    return settler.fusions[key]


def nothing(settler: Settler, chain: n.Chain) -> n.Program:
    """A chain that pays nothing to somebody without a category."""
    from medaidlang.core.types import MONEY
    from medaidlang.plan.steps import Const

    plain = settler.plan.adding
    zero = n.Register(MONEY, 1, 0, 0, False)
    place = plain.inputs
    ports = tuple(n.Port(name, place, place, place, place) for name in chain.benefits)
    return n.Program(
        plain.inputs, (Const(place, 0),), (*plain.registers[:place], zero), (), (), ports, (), ()
    )
