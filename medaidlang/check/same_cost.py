"""Two benefits that would both pay one cost.

Takes the pack; benefits (or insurances) whose 费用 and 须 one cost can meet together,
for one person, must say who pays first (接续): otherwise each pays on the whole.  One
without a base (基数 不设) pays whatever is borne, and one that an 调整 takes away
does not pay.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import Levels, cells, concerns, entitled, finding, ladders
from medaidlang.check.overlap.chains import figures, spread
from medaidlang.check.possible.people import admitted, holder, possible
from medaidlang.check.possible.problem import Case, Problem
from medaidlang.check.possible.words import claim
from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Pack


def same_cost(pack: Pack) -> Iterator[Diagnostic]:
    """E607."""
    every = {**pack.layers, **pack.benefits}
    before = {name: taken(pack, name) for name in every}
    pairs = [*combinations(pack.layers.values(), 2), *combinations(pack.benefits.values(), 2)]
    for one, other in pairs:
        if one.name in before[other.name] or other.name in before[one.name]:
            continue
        if one.unbased or other.unbased:
            continue
        case = both(pack, one, other)
        if case is not None:
            args = {"first": one.name, "second": other.name, "claim": claim(pack, case)}
            yield finding("E607", other.origin, Label(one.origin.span, "first"), **args)


def taken(pack: Pack, name: str, seen: tuple[str, ...] = ()) -> set[str]:
    """The benefits whose payments are taken off before `name` is reckoned.

    接续 takes off what the named benefits and those before them pay; the 基数 or
    起付以上部分 of a benefit has been reduced as it was; its 超限额部分 by its payment too.
    """
    benefit = pack.benefits.get(name) or pack.layers.get(name)
    if benefit is None or name in seen:
        return set()
    found = set(benefit.after)
    for before in benefit.after:
        found |= taken(pack, before, (*seen, name))
    for part in spread(pack, [benefit.base]):
        match part:
            case x.Calculate(operator=x.Arith.SUB, right=right):
                paid = [f for f in figures(pack, [right]) if f.figure is x.Figure.PAID]
                found |= {figure.benefit for figure in paid}
            case x.FigureRef(benefit=other, figure=x.Figure.BASE | x.Figure.ABOVE):
                found |= taken(pack, other, (*seen, name))
            case x.FigureRef(benefit=other, figure=x.Figure.OVER):  # what it could not pay
                found |= {other, *taken(pack, other, (*seen, name))}
    return found


def both(pack: Pack, one: Benefit, other: Benefit) -> Case | None:
    """A cost that both would pay: of one category, else of a person with two."""
    conditions = [condition for item in (one, other) for condition in item.conditions]
    costs = [condition.expr for condition in conditions if condition.word == "费用"]
    if possible(pack, costs) is None or possible(pack, [c.expr for c in conditions]) is None:
        return None  # whoever it is of; the kinds of cost alone mostly tell
    ladder = ladders(pack)
    ours = [name for name in ladder if entitled(cells(ladder[name], one))]
    theirs = [name for name in ladder if entitled(cells(ladder[name], other))]
    shared = [name for name in ours if name in theirs]
    shared.sort(key=lambda name: bool(pack.identities[name].members))
    pairs = [(name, name) for name in shared]
    if not pairs:
        pairs = [(a, b) for a in ours for b in theirs]
    if not pack.identities or one.name in pack.layers:
        pairs = [("", "")]
    for first, second in pairs:
        problem = Problem(pack)
        if first:
            holder(problem, first, one)
            holder(problem, second, other)
        for name, item in ((first, one), (second, other)):
            admitted(problem, item)
            kept(problem, item, ladder.get(name, ()))
        case = problem.find()
        if case is not None:
            return case
    return None


def kept(problem: Problem, item: Benefit, steps: Levels) -> None:
    """No 调整 takes the benefit away from a category with these levels."""
    for adjustment in problem.pack.adjustments:
        concerned = item.name in adjustment.benefits and concerns(adjustment, steps)
        if adjustment.withdrawn and concerned:
            tests = tuple(condition.expr for condition in adjustment.conditions)
            problem.require(x.All(tests, adjustment.origin.span), wanted=False)
