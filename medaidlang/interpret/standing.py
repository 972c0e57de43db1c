"""Standing: which categories a person really holds on a day, and how each is treated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from medaidlang.interpret.actions import both, either
from medaidlang.interpret.bind import Interval
from medaidlang.interpret.chain import Holding
from medaidlang.interpret.machine import Machine
from medaidlang.plan import nodes as n


@attrs.frozen
class Undecided:
    """A listed category whose own conditions cannot be decided, and why."""

    identity: str
    reason: n.Reason


@attrs.frozen
class Standing:
    """A person on a day: listed categories, and for each its own conditions (1, 0, None).

    `inputs` are the person's slots with the HELD slots filled; `alias` names, for
    a category that is treated as another, which one (None = unknown).
    """

    listed: tuple[str, ...]
    own: Mapping[str, Any]
    alias: Mapping[str, str | None]
    undecided: tuple[Undecided, ...]
    inputs: list[Any]
    lasting: list[Any]  # the slots after those of the claim
    fixed: bool = False  # the same for everybody listed so: no condition is asked

    def path(self, names: Sequence[str]) -> Any:
        """Whether all categories on a way hold their own conditions."""
        return both(*[self.own.get(name) for name in names])


class StandingMaker:
    """Evaluates qualifications; made once for a plan."""

    def __init__(self, plan: n.Plan) -> None:
        self.plan = plan
        self.claim_slots = sum(slot.source is n.Source.CLAIM for slot in plan.slots)
        self.machines = [(item, Machine(item.program)) for item in plan.qualifications]
        self.held_slots = {
            slot.name: place
            for place, slot in enumerate(plan.slots)
            if slot.source is n.Source.HELD
        }
        self.free: dict[str, Any] = {q.identity: 1 for q in plan.qualifications if q.free}
        self.fixed: dict[tuple[str, ...], list[tuple[int, Any]]] = {}  # HELD slots by listing
        self.lists: dict[tuple[tuple[str, ...], int], list[Holding]] = {}
        self.names = {number: word for word, number in plan.words.items()}
        self.rests_on: dict[str, set[str]] = {}  # listed category → whose conditions count
        tables = [chain.treatments for chain in plan.chains]
        tables += [grant.treatments for grant in plan.grants]
        tables += [applied.chain.treatments for applied in plan.applied]
        for treatment in (t for table in tables for t in table.values()):
            self.rests_on.setdefault(treatment.identity, set()).update(treatment.path)
        self.upward: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for goal, ways in plan.memberships.items():
            for way in ways:
                self.upward.setdefault(way[0], []).append((goal, way))

    def standing(
        self, inputs: list[Any], intervals: Sequence[Interval], days: Sequence[date]
    ) -> Standing:
        """The standing on any of `days`; `inputs` are copied, then filled."""
        listed = tuple(dict.fromkeys([i.name for i in intervals if any(map(i.holds, days))]))
        filled = list(inputs)
        if listed in self.fixed:
            for slot, value in self.fixed[listed]:
                filled[slot] = value
            return Standing(listed, self.free, {}, (), filled, filled[self.claim_slots :], True)
        ways = [pair for name in listed for pair in self.upward[name]]
        asked = {part for _, way in ways for part in way}
        asked |= {part for name in listed for part in self.rests_on.get(name, ())}
        own = dict(self.free)
        alias: dict[str, str | None] = {}
        undecided: list[Undecided] = []
        for item, machine in self.machines:
            if item.identity in asked and not item.free:
                if item.asks:
                    self.fill_held(filled, ways, own)
                registers = machine.careful(filled, [], {})
                result = own[item.identity] = registers[item.program.results[0]]
                if result is None:
                    undecided += self.why(item, registers)
            if item.alias_slot is not None and item.identity in listed:
                number = filled[item.alias_slot]
                alias[item.identity] = None if number is None else self.names.get(number)
        self.fill_held(filled, ways, own)
        if asked <= self.free.keys() and not alias:
            slots = self.held_slots.values()
            self.fixed[listed] = [(slot, filled[slot]) for slot in slots]
        lasting = filled[self.claim_slots :]
        return Standing(listed, own, alias, tuple(undecided), filled, lasting)

    def fill_held(
        self,
        filled: list[Any],
        ways: Sequence[tuple[str, tuple[str, ...]]],
        own: Mapping[str, Any],
    ) -> None:
        """The HELD slots: whether the person holds a category, itself or through a member."""
        held: dict[str, Any] = {}
        for goal, way in ways:
            answer = both(*[own.get(part) for part in way])
            held[goal] = either(held.get(goal, 0), answer)
        for name, slot in self.held_slots.items():
            filled[slot] = held.get(name, 0)

    def why(self, item: n.Qualification, registers: list[Any]) -> list[Undecided]:
        """The conditions of a category that could not be decided."""
        found = []
        for note, reason in zip(item.program.notes, item.program.reasons, strict=True):
            if registers[note.register] is None:
                found.append(Undecided(item.identity, reason))
        return found

    def holdings(self, standing: Standing, treatments: Mapping[str, n.Treatment]) -> list[Holding]:
        """The listed categories that a chain treats, with their doubts."""
        if not standing.fixed:
            return self.asked_holdings(standing, treatments)
        key = (standing.listed, id(treatments))  # treatments live as long as the plan
        if key not in self.lists:
            self.lists[key] = self.asked_holdings(standing, treatments)
        return self.lists[key]

    def asked_holdings(
        self, standing: Standing, treatments: Mapping[str, n.Treatment]
    ) -> list[Holding]:
        """The same, asked anew."""
        found: list[Holding] = []
        for name in standing.listed:
            target = name if name in treatments else standing.alias.get(name, name)
            if target is None:
                found += self.unknown_alias(name, treatments)
                continue
            treatment = treatments.get(target)
            if treatment is None:
                continue
            way = treatment.path if target == name else (name, *treatment.path[1:])
            holds = standing.path(way)
            if holds == 0:
                continue
            doubt = None if holds else ("身份", name, True, -1)
            rank = treatments[name].rank if name in treatments else treatment.rank
            found.append(Holding(name, treatment.program, rank, doubt))
        return sorted(found, key=lambda holding: holding.rank)

    def unknown_alias(self, name: str, treatments: Mapping[str, n.Treatment]) -> list[Holding]:
        """A category treated as an unknown other: as any of them, or as none."""
        programs = {t.program: t.rank for t in reversed(list(treatments.values()))}
        return [
            Holding(f"{name}", program, rank, ("身份", name, program, True, -1))
            for program, rank in programs.items()
        ]
