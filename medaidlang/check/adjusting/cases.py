"""Whom an 调整 concerns in a benefit, and cases in which it does.

Takes the pack; the other files of this folder ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from medaidlang.check.common import Levels, concerns, is_layer, receivers
from medaidlang.check.possible.people import admitted, holder
from medaidlang.check.possible.problem import Case, Problem
from medaidlang.core import expr as x
from medaidlang.core.nodes import Adjustment, Benefit, Change, Pack

Ladder = Mapping[str, Levels]


def changed(pack: Pack, adjustment: Adjustment) -> list[Benefit]:
    """The benefits and insurances that it is about."""
    every = {**pack.layers, **pack.benefits}
    return [every[name] for name in dict.fromkeys(adjustment.benefits) if name in every]


def whom(pack: Pack, adjustment: Adjustment, item: Benefit, ladder: Ladder) -> list[str]:
    """The categories that get `item` and that the 调整 concerns; "" for everybody."""
    if is_layer(pack, item) or not pack.identities:
        return [""]
    having = receivers(pack, item, ladder)
    having.sort(key=lambda name: bool(pack.identities[name].members))
    return [name for name in having if concerns(adjustment, ladder[name])]


def holds(adjustment: Adjustment) -> x.Expr:
    """Its 费用 and 须 as one condition."""
    tests = tuple(condition.expr for condition in adjustment.conditions)
    return x.All(tests, adjustment.origin.span)


def case_of(
    pack: Pack,
    adjustment: Adjustment,
    item: Benefit,
    name: str,
    without: Iterable[Adjustment] = (),
) -> Case | None:
    """A cost of a holder of `name` that gets `item` and meets the conditions of the 调整,
    and not all conditions of any of the others.
    """
    problem = Problem(pack)
    if name:
        holder(problem, name, item)
    admitted(problem, item)
    problem.require(holds(adjustment))
    for other in without:
        problem.require(holds(other), wanted=False)
    return problem.find()


def said(change: Change) -> str:
    """A change as written."""
    text = " ".join(change.expr.span.text.split())
    return f"{change.target.value} {change.manner.value} {text}"
