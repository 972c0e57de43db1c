"""示例: run each through the interpreter and say what came out otherwise.

Takes a pack (and how to make it again under other readings), gives an outcome
per example: what was expected, what came, and which table cells it exercised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from medaidlang.base.diagnostic import Refusal
from medaidlang.core.nodes import Example, Origin, Pack
from medaidlang.interpret.result import Settlement, Step
from medaidlang.interpret.settle import Settler, prepare
from medaidlang.interpret.shape import case_shape

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
    """How an example went; `covered` are the places of the rules it exercised."""

    example: Example
    mismatches: tuple[Mismatch, ...]
    refused: Refusal | None
    settlement: Settlement | None
    covered: frozenset[Origin]

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
        settlement = settler.settle(example.person, example.claims, trace=True)
    except Refusal as refused:
        return ExampleOutcome(example, (), refused, None, frozenset())
    shape = case_shape(settlement, settler.pack)
    found = []
    for path, expected, origin in example.expected:
        got = looked_up(shape, path)
        if not same(expected, got):
            found.append(Mismatch(path, expected, got, origin))
    return ExampleOutcome(example, tuple(found), None, settlement, covered(settlement))


def looked_up(shape: Mapping[str, Any], path: tuple[str, ...]) -> object:
    """The result that an expectation is about."""
    match path:
        case ("无法计算",):
            return sorted({line[1 : line.index("]")] for line in shape["无法计算"]})
        case ("逐笔", number, benefit):
            return claim_of(shape, number)["救助"].get(benefit)
        case ("采用身份", number):
            return claim_of(shape, number)["采用身份"]
        case ("医保调整", number, *names):
            return descend(claim_of(shape, number)["医保调整"], names)
        case _:
            return descend(shape, path)


def claim_of(shape: Mapping[str, Any], number: str) -> Mapping[str, Any]:
    """The result of one claim."""
    found: Mapping[str, Any] = next(c for c in shape["逐笔"] if c["编号"] == number)
    return found


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


FIGURES = (Step.DEDUCTIBLE, Step.RATIO, Step.CAP, Step.AMOUNT, Step.ABOVE)


def covered(settlement: Settlement) -> frozenset[Origin]:
    """The places of rules that took part in a sum with something to aid."""
    traces = [settlement.subsidy_trace, *(claim.trace for claim in settlement.claims)]
    found: set[Origin] = set()
    for trace in traces:
        burdened = {t.benefit for t in trace if t.step is Step.BASE and t.value}
        found |= {t.origin for t in trace if t.benefit in burdened and t.step in FIGURES}
    return frozenset(found)
