"""Two benefits that would both pay one cost.

Takes the pack; benefits whose 费用 and 须 one cost can meet together, for one
person, must say who pays first (接续): otherwise each pays on the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import cells, entitled, finding, ladders
from medaidlang.check.overlap.chains import figures, spread
from medaidlang.check.possible.people import admitted, holder, possible
from medaidlang.check.possible.problem import Case, Problem
from medaidlang.check.possible.words import claim
from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Pack


def same_cost(pack: Pack) -> Iterator[Diagnostic]:
    """E607."""
    before = {name: taken(pack, name) for name in pack.benefits}
    for one, other in combinations(pack.benefits.values(), 2):
        if one.name in before[other.name] or other.name in before[one.name]:
            continue
        case = both(pack, one, other)
        if case is not None:
            args = {"first": one.name, "second": other.name, "claim": claim(pack, case)}
            yield finding("E607", other.origin, Label(one.origin.span, "first"), **args)


def taken(pack: Pack, name: str, seen: tuple[str, ...] = ()) -> set[str]:
    """The benefits whose payments are taken off before `name` is reckoned.

    接续 takes off what the named benefits and those before them pay; the 基数 or
    起付以上部分 of a benefit has been reduced as it was.
    """
    benefit = pack.benefits.get(name)
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
    return found


def both(pack: Pack, one: Benefit, other: Benefit) -> Case | None:
    """A cost that both would pay: of one category, else of a person with two."""
    conditions = [condition.expr for item in (one, other) for condition in item.conditions]
    if possible(pack, conditions) is None:
        return None  # whoever it is of
    ladder = ladders(pack)
    ours = [name for name in ladder if entitled(cells(ladder[name], one))]
    theirs = [name for name in ladder if entitled(cells(ladder[name], other))]
    shared = [name for name in ours if name in theirs]
    shared.sort(key=lambda name: bool(pack.identities[name].members))
    pairs = [(name, name) for name in shared]
    if not pairs:
        pairs = [(a, b) for a in ours for b in theirs]
    if not pack.identities:
        pairs = [("", "")]
    for first, second in pairs:
        problem = Problem(pack)
        if first:
            holder(problem, first, one)
            holder(problem, second, other)
        admitted(problem, one)
        admitted(problem, other)
        case = problem.find()
        if case is not None:
            return case
    return None
