"""Two benefits that would both pay one cost.

Takes the pack; benefits whose 费用 and 须 one cost can meet together, for one
person, must say who pays first (接续): otherwise each pays on the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import cells, entitled, finding, ladders
from medaidlang.check.overlap.chains import figures
from medaidlang.check.possible.people import admitted, holder
from medaidlang.check.possible.problem import Case, Problem
from medaidlang.check.possible.words import claim
from medaidlang.core.expr import Figure
from medaidlang.core.nodes import Benefit, Pack


def same_cost(pack: Pack) -> Iterator[Diagnostic]:
    """E607."""
    before = {benefit.name: ancestors(pack, benefit.name) for benefit in pack.benefits.values()}
    for one, other in combinations(pack.benefits.values(), 2):
        if one.name in before[other.name] or other.name in before[one.name]:
            continue
        case = both(pack, one, other)
        if case is not None:
            args = {"first": one.name, "second": other.name, "claim": claim(pack, case)}
            yield finding("E607", other.origin, Label(one.origin.span, "first"), **args)


def ancestors(pack: Pack, name: str) -> set[str]:
    """The benefits whose payments are taken off before `name` is reckoned."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        benefit = pack.benefits.get(waiting.pop())
        if benefit is None:
            continue
        taken = [f.benefit for f in figures(pack, [benefit.base]) if f.figure is Figure.PAID]
        for earlier in (*benefit.after, *taken):
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found


def both(pack: Pack, one: Benefit, other: Benefit) -> Case | None:
    """A cost that both would pay: of one category, else of a person with two."""
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
