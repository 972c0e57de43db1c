"""Worlds: what is unknown, taken every way.

A world is one complete, determinate settlement so far.  Where a step meets an
unknown, the world splits in two; a result is known exactly when it is the same
in all worlds.  An unknown condition takes both answers; an unknown figure takes
its extremes, which bracket every value between them because payments grow or
fall steadily with each figure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import attrs

Key: TypeAlias = tuple[Any, ...]  # what is unknown; claim-scoped keys end with the claim's place

MOST_WORLDS = 64


@attrs.define
class Lane:
    """One held category, settled as if it alone were held, since the spell began.

    `paid` is cumulative by benefit, in the order of the chain.
    """

    totals: list[Any]
    paid: list[int]


@attrs.define
class World:
    """One way the unknowns may be: answers taken, lanes, and what was really paid.

    `totals` are the person's running totals when the spell began; `paid` is what
    the chain has paid in this spell, by benefit; `winner` the category behind it.
    """

    taken: dict[Key, int]
    lanes: dict[str, Lane]
    totals: list[Any]
    paid: list[int]
    winner: str = ""
    grown: list[int] = attrs.field(factory=list)  # the last claim's payments
    met: set[Key] = attrs.field(factory=set)  # unknowns that the last claim met
    registers: dict[str, list[Any]] = attrs.field(factory=dict)  # for the trace

    def copy(self) -> World:
        """A world that goes its own way from here."""
        lanes = {
            name: Lane(list(lane.totals), list(lane.paid)) for name, lane in self.lanes.items()
        }
        return World(
            dict(self.taken), lanes, list(self.totals), list(self.paid), self.winner,
            list(self.grown), set(self.met), dict(self.registers),
        )  # fmt: skip

    def state(self) -> Key:
        """What makes this world different from another for all that follows."""
        lanes = tuple((k, tuple(v.totals), tuple(v.paid)) for k, v in self.lanes.items())
        return (tuple(sorted(self.taken.items(), key=repr)), lanes, tuple(self.paid))


class Unknown(Exception):
    """A split without an answer yet: its key and how many answers it has."""

    def __init__(self, key: Key, answers: int) -> None:
        super().__init__(key)
        self.key, self.answers = key, answers


class TooMany(Exception):
    """More worlds than can be followed: nothing more is known."""


def advance(worlds: list[World], act: Callable[[World], None]) -> list[World]:
    """Every world after `act`, split wherever it met an unknown."""
    done: list[World] = []
    todo = list(worlds)
    while todo:
        world = todo.pop(0)
        attempt = world.copy() if len(worlds) > 1 or world.taken else world
        before = world.copy() if attempt is world else world
        try:
            act(attempt)
        except Unknown as unknown:
            if len(todo) + len(done) + unknown.answers > MOST_WORLDS:
                raise TooMany from None
            branches = []
            for answer in range(unknown.answers):
                branch = before.copy()
                branch.taken[unknown.key] = answer
                branches.append(branch)
            todo = branches + todo
        else:
            done.append(attempt)
    return done


def forget(worlds: list[World], place: int) -> list[World]:
    """Drop the answers that concerned one claim only; worlds that became equal are one."""
    kept: dict[Key, World] = {}
    for world in worlds:
        world.taken = {k: v for k, v in world.taken.items() if k[-1] != place}
        kept.setdefault(world.state(), world)
    return list(kept.values())


def agreed(values: list[int]) -> int | None:
    """The value that all worlds give, if it is one."""
    return values[0] if all(value == values[0] for value in values) else None
