"""A ratio that can exceed 100%.

Takes the pack; follows the 若 of each 比例 cell along every way that some person
can take, and adds up the highest figure on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import Tabled, finding, row_words, tabled
from medaidlang.check.keys import asked, tests
from medaidlang.check.overpay.limits import limits
from medaidlang.check.possible.people import holder
from medaidlang.check.possible.problem import Case, Problem
from medaidlang.check.possible.words import facts, shown
from medaidlang.core import expr as x
from medaidlang.core.nodes import Column, Entry, Pack
from medaidlang.core.types import RATIO

WAYS = 64
"""Ways through the 若 of one cell that are followed."""

Way = tuple[tuple[tuple[x.Expr, bool], ...], x.Expr]


def ratio(pack: Pack) -> Iterator[Diagnostic]:
    """E510."""
    for item in tabled(pack):
        for entry in item.entries:
            if entry.column is Column.RATIO and entry.expr is not None:
                yield from too_much(pack, item, entry, entry.expr)


def too_much(pack: Pack, item: Tabled, entry: Entry, expr: x.Expr) -> Iterator[Diagnostic]:
    """The first way on which the cell exceeds 100%."""
    highest = limits(pack, expr).high
    if highest is None or highest <= 1:
        return
    for answers, value in ways(pack, expr):
        high = limits(pack, value).high
        if high is None or high <= 1:
            continue
        case = taken(pack, item, entry, answers)
        if case is not None:
            said = facts(pack, case)
            when = f"（例如{said}）" if said else ""
            args = {"benefit": item.name, "row": row_words(entry), "ratio": shown(high, RATIO)}
            yield finding("E510", entry.origin, when=when, **args)
            return


def ways(pack: Pack, expr: x.Expr) -> list[Way]:
    """The values of an expression without 若, each with the answers that lead to it."""
    found: list[Way] = []
    waiting: list[Way] = [((), expr)]
    while waiting and len(found) + len(waiting) < WAYS:
        tests, value = waiting.pop(0)
        split = first_if(pack, value)
        if split is None:
            found.append((tests, value))
            continue
        test, positive, negative = split
        waiting += [((*tests, (test, True)), positive), ((*tests, (test, False)), negative)]
    return found + waiting


def first_if(pack: Pack, expr: x.Expr) -> tuple[x.Expr, x.Expr, x.Expr] | None:
    """The outermost 若 in a sum, as its test and the sum with either branch in its place."""
    match expr:
        case x.DefinitionRef(name=name) if name in pack.definitions:
            return first_if(pack, pack.definitions[name].expr)
        case x.If(condition=test, positive=positive, negative=negative):
            return test, positive, negative
        case x.Calculate(operator=operator, left=left, right=right, type=kind, span=span):
            split = first_if(pack, left)
            if split is not None:
                test, *sides = split
                made = [x.Calculate(operator, side, right, kind, span) for side in sides]
                return test, made[0], made[1]
            split = first_if(pack, right)
            if split is not None:
                test, *sides = split
                made = [x.Calculate(operator, left, side, kind, span) for side in sides]
                return test, made[0], made[1]
    return None


def taken(
    pack: Pack, item: Tabled, entry: Entry, answers: tuple[tuple[x.Expr, bool], ...]
) -> Case | None:
    """A person and cost for which the answers come out so."""
    problem = Problem(pack)
    for name in entry.identities[:1]:
        holder(problem, name, item)
    for condition in (*asked(pack, item), *tests(pack, item, entry)):
        problem.require(condition)
    for test, wanted in answers:
        problem.require(test, wanted)
    return problem.find()
