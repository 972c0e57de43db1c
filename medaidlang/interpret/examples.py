"""示例: run each through the interpreter and say what came out otherwise.

Takes a pack (and how to make it again under other readings), gives an outcome
per example: what was expected, what came, and which table cells it exercised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from medaidlang.base.diagnostic import Refusal
from medaidlang.core.households import SELF
from medaidlang.core.nodes import Example, Origin, Pack
from medaidlang.interpret.application import merged, with_applications
from medaidlang.interpret.result import Part, Settlement, Step
from medaidlang.interpret.settle import Settler, prepare
from medaidlang.interpret.shape import amount, case_shape

Remake = Callable[[Mapping[str, str]], Pack]


@attrs.frozen
class Mismatch:
    """One expectation that was not met; `got` is what came instead."""

    path: tuple[str, ...]
    expected: object
    got: object
    origin: Origin


@attrs.frozen
class ExampleOutcome:
    """How an example went; `covered` are the places of the rules it exercised.

    `household` is what came of everybody in it, by name; `settlement` is the person's.
    """

    example: Example
    mismatches: tuple[Mismatch, ...]
    refused: Refusal | None
    settlement: Settlement | None
    covered: tuple[Origin, ...]
    household: Mapping[str, Settlement] = attrs.field(factory=dict)

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.mismatches and self.refused is None


def run_examples(pack: Pack, remake: Remake) -> list[ExampleOutcome]:
    """All examples of a pack, each under its own readings."""
    settlers: dict[tuple[tuple[str, str], ...], Settler] = {(): prepare(pack)}
    outcomes = []
    for example in pack.examples:
        if example.readings not in settlers:
            settlers[example.readings] = prepare(remake(dict(example.readings)))
        outcomes.append(run_example(settlers[example.readings], example))
    return outcomes


def run_example(settler: Settler, example: Example) -> ExampleOutcome:
    """One example."""
    try:
        settled = household_of(settler, example)
    except Refusal as refused:
        return ExampleOutcome(example, (), refused, None, ())
    outcome = Outcome.of(settler, settled)
    found = []
    for path, expected, origin in example.expected:
        got = outcome.looked_up(path)
        if not same(expected, got):
            found.append(Mismatch(path, expected, got, origin))
    touched = places(origin for one in settled.values() for origin in covered(one))
    return ExampleOutcome(example, tuple(found), None, settled[SELF], touched, settled)


def household_of(settler: Settler, example: Example) -> dict[str, Settlement]:
    """What came of everybody in an example, each with all the years as one."""
    people = {SELF: (example.person, example.claims)}
    people |= {member.name: (member.person, member.claims) for member in example.members}
    if not settler.applied:
        return {n: settler.settle(*given, trace=True) for n, given in people.items()}
    members = [settler.member(n, *given, trace=True) for n, given in people.items()]
    return {
        made.name: merged(made, [str(claim["编号"]) for claim in people[made.name][1]])
        for made in with_applications(settler, members, trace=True)
    }


@attrs.frozen
class Outcome:
    """What came out, as expectations name it; `shapes` by member, the person first."""

    settled: Mapping[str, Settlement]
    shapes: Mapping[str, Mapping[str, Any]]
    applied: frozenset[str]

    @classmethod
    def of(cls, settler: Settler, settled: Mapping[str, Settlement]) -> Outcome:
        """The outcome of an example."""
        shapes = {name: case_shape(one, settler.pack) for name, one in settled.items()}
        return cls(settled, shapes, frozenset(settler.applied))

    def looked_up(self, path: tuple[str, ...]) -> object:
        """The result that an expectation is about."""
        match path:
            case ("无法计算",):
                lines = [line for shape in self.shapes.values() for line in shape["无法计算"]]
                return sorted({line[1 : line.index("]")] for line in lines})
            case ("逐笔", number, benefit) if benefit in self.applied:
                return self.divided(benefit, lambda part: part.claim == number)
            case ("逐笔", number, benefit):
                claim = self.claim_of(number)
                return {**claim.get("保险", {}), **claim["救助"]}.get(benefit)
            case ("采用身份", number):
                return self.claim_of(number)["采用身份"]
            case ("医保调整", number, *names):
                return descend(self.claim_of(number)["医保调整"], names)
            case ("年度合计", benefit) if benefit in self.applied:
                return self.divided(benefit, lambda part: True)
            case ("成员合计", benefit, member) if benefit in self.applied:
                return self.divided(benefit, lambda part: part.member == member)
            case ("成员合计", benefit, member):
                return descend(self.shapes[member], ("年度合计", benefit))
            case _:
                return descend(self.shapes[SELF], path)

    def claim_of(self, number: str) -> Mapping[str, Any]:
        """The result of one claim, whoever's it is."""
        claims = [claim for shape in self.shapes.values() for claim in shape["逐笔"]]
        found: Mapping[str, Any] = next(c for c in claims if c["编号"] == number)
        return found

    def divided(self, benefit: str, wanted: Callable[[Part], bool]) -> Decimal | None:
        """What a benefit on application pays to whom is `wanted`; None where it is not known."""
        made = [a for a in self.settled[SELF].applications if a.benefit == benefit]
        if any(one.amount is None for one in made):
            return None
        shares = [part.share for one in made for part in one.parts if wanted(part)]
        return amount(sum(shares))


def descend(value: Any, names: Any) -> object:
    """The value under nested names; None where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def same(expected: object, got: object) -> bool:
    """Equal as values: figures by number, lists in order."""
    if isinstance(expected, list | tuple) and isinstance(got, list | tuple):
        return len(expected) == len(got) and all(map(same, expected, got))
    if expected is None or got is None or isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    try:
        return number(expected) == number(got)
    except (ValueError, ArithmeticError):
        return expected == got


def number(value: object) -> Fraction:
    """A figure as an exact number."""
    if isinstance(value, Fraction | int | Decimal):
        return Fraction(value)
    return Fraction(str(value))


FIGURES = (Step.DEDUCTIBLE, Step.RATIO, Step.SLICE, Step.CAP, Step.AMOUNT, Step.ABOVE)


def covered(settlement: Settlement) -> Iterator[Origin]:
    """The places of rules that took part in a sum with something to aid."""
    results = [*settlement.claims, *(made.result for made in settlement.applications)]
    for trace in (settlement.subsidy_trace, *(result.trace for result in results)):
        burdened = {line.benefit for line in trace if line.step is Step.BASE and line.value}
        for line in trace:
            if line.benefit in burdened and line.step in FIGURES:
                yield line.origin


def places(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Each place once: two cells of one clause are equal as origins, but not the same place."""
    return tuple({(o.span.source.name, o.span.start, o.span.end): o for o in origins}.values())
