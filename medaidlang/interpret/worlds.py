"""Worlds: what is unknown, taken every way.

A world is one complete, determinate settlement so far.  Where a step meets an
unknown answer, the world splits in two, and both go on.  Where it meets an unknown
figure, it splits into the figure's extremes; after the claim those worlds become
the corners of the box that holds every value between (`corners`).  Payments rise
or fall steadily with each figure and each running total, so a payment that is the
same in all worlds is the payment, whatever the unknowns are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, TypeAlias

import attrs

# What is unknown; its last two parts: whether its answers are all there are (and not
# the extremes of a figure), and the place of the claim it concerns (−1: all).
Key: TypeAlias = tuple[Any, ...]
EXACT, PLACE = -2, -1

MOST_WORLDS = 256

# Unrounded totals by place, each with the least and most that rounding leaves of it.
Phases: TypeAlias = Mapping[int, tuple[int, int]]


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
    stacked: bool = False  # every lane pays, and not the best alone
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
            self.stacked, list(self.grown), set(self.met), dict(self.registers),
        )  # fmt: skip

    def state(self) -> Key:
        """What makes this world different from another for all that follows."""
        lanes = tuple((k, tuple(v.totals), tuple(v.paid)) for k, v in self.lanes.items())
        taken = tuple(sorted(self.taken.items(), key=repr))
        return (taken, lanes, tuple(self.totals), tuple(self.paid), self.winner)


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


def settled(worlds: list[World], place: int, phases: Phases) -> list[World]:
    """The worlds after a claim.

    Those that agree on every lasting answer become the corners of one box; what
    concerned this claim alone, or only some of the worlds, is forgotten.
    """
    shared = set.intersection(*({*world.taken} for world in worlds))
    lasting = {key for key in shared if key[EXACT] and key[PLACE] != place}
    groups: dict[Key, list[World]] = {}
    for world in worlds:
        world.taken = {key: world.taken[key] for key in world.taken if key in lasting}
        answers = tuple(sorted(world.taken.items(), key=repr))
        groups.setdefault(answers, []).append(world)
    kept: dict[Key, World] = {}
    for group in groups.values():
        for world in corners(group, phases):
            kept.setdefault(world.state(), world)
    return list(kept.values())


def corners(group: list[World], phases: Phases) -> list[World]:
    """Every combination of what lies outermost in a group of worlds.

    Axes are the lanes' running totals, and what each lane has paid where lanes are
    compared.
    """
    if len(group) == 1:
        return group
    axes: list[list[Callable[[World], None]]] = []
    if not group[0].lanes:
        axes += total_axes("", [world.totals for world in group], phases)
    for name in group[0].lanes:
        lanes = [world.lanes[name] for world in group]
        axes += total_axes(name, [lane.totals for lane in lanes], phases)
        paid = sorted((lane.paid for lane in lanes), key=sum)
        if paid[0] != paid[-1] and len(group[0].lanes) > 1:
            axes.append([paid_setter(name, end) for end in (paid[0], paid[-1])])
    if 2 ** len(axes) > MOST_WORLDS:
        raise TooMany
    made = []
    for choice in product(*axes):
        world = group[0].copy()
        for set_corner in choice:
            set_corner(world)
        if world.stacked:
            made_by = [lane.paid for lane in world.lanes.values()]
            world.paid = [sum(parts) for parts in zip(*made_by, strict=True)]
        elif world.lanes:  # the first of the best, as payments choose it
            best = max(world.lanes, key=lambda name: sum(world.lanes[name].paid))
            world.winner, world.paid = best, list(world.lanes[best].paid)
        made.append(world)
    return made


def total_axes(
    name: str, totals: list[list[Any]], phases: Phases
) -> list[list[Callable[[World], None]]]:
    """Both ends of each running total that differs, of a lane or (no name) the person.

    What is paid rises and falls again as an unrounded total grows; of one that is not
    known it may lie anywhere between two roundings.
    """
    axes = []
    for place, values in enumerate(zip(*totals, strict=True)):
        ends = (min(values), max(values))
        if ends[0] < ends[1]:
            ends = phases.get(place, ends)
            axes.append([total_setter(name, place, end) for end in ends])
    return axes


def total_setter(name: str, place: int, value: Any) -> Callable[[World], None]:
    """Puts a running total at one end of its range."""

    def act(world: World) -> None:
        totals = world.lanes[name].totals if name else world.totals
        totals[place] = value

    return act


def paid_setter(name: str, paid: list[int]) -> Callable[[World], None]:
    """Puts what a lane has paid at one end of its range."""

    def act(world: World) -> None:
        world.lanes[name].paid = list(paid)

    return act


def agreed(values: list[int]) -> int | None:
    """The value that all worlds give, if it is one."""
    return values[0] if all(value == values[0] for value in values) else None
