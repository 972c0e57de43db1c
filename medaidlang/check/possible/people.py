"""Questions about persons: who can hold what, and who can get a benefit.

Takes the pack; gives cases (see `problem`) for pairs of categories, for the
way from a category to its row, and for the conditions of benefits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from medaidlang.check.possible.problem import Case, Problem
from medaidlang.check.possible.state import Term, joined, known
from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Pack, Pool, Subsidy
from medaidlang.core.rows import parents


def way_to_row(
    problem: Problem, identity: str, rows: Collection[str], seen: tuple[str, ...] = ()
) -> Term:
    """The 须 of `identity` and of the groups through which it gets its row hold."""
    own = problem.conditions(identity)
    if identity in rows:
        return own
    above = [up for up in parents(problem.pack, identity) if up not in seen]
    if not above:
        return own
    ways = [way_to_row(problem, up, rows, (*seen, identity)) for up in above]
    return joined((own, joined(ways, True)), False)


def named_rows(paid: Benefit | Subsidy | Pool) -> frozenset[str]:
    """The categories that the benefit's tables name."""
    return frozenset(name for entry in paid.entries for name in entry.identities)


def holder(problem: Problem, identity: str, paid: Benefit | Subsidy | Pool) -> None:
    """The person holds `identity` and meets what leads from it to its row."""
    problem.hold(identity)
    rows = named_rows(paid)
    problem.terms.append(way_to_row(problem, identity, rows) if rows else known(True))


def person_with(pack: Pack, identities: Iterable[str], paid: Benefit | Subsidy) -> Case | None:
    """A person who holds all these categories and gets `paid` under each."""
    problem = Problem(pack)
    for identity in identities:
        holder(problem, identity, paid)
    return problem.find()


def admitted(problem: Problem, paid: Benefit | Subsidy) -> None:
    """The conditions of the benefit hold, and the document does not leave it undecided."""
    for condition in paid.conditions:
        problem.require(condition.expr)
    for doubt in paid.unresolved:
        problem.require(doubt.condition, wanted=False)


def possible(pack: Pack, wanted: Iterable[x.Expr], refused: Iterable[x.Expr] = ()) -> Case | None:
    """A case in which all of `wanted` hold and all of `refused` do not."""
    problem = Problem(pack)
    for expr in wanted:
        problem.require(expr)
    for expr in refused:
        problem.require(expr, wanted=False)
    return problem.find()
