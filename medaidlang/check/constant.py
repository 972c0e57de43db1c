"""Conditions that are always so, or never; branches that no case takes.

Takes the pack; asks of each condition whether some case meets it and some case
does not, and of each 若 whether both ways can be taken after those outside it.
Conditions that hold a literal 是 or a reading test are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding, words
from medaidlang.check.formulas import Formula, formulas
from medaidlang.check.possible.people import possible
from medaidlang.core import expr as x
from medaidlang.core.nodes import Origin, Pack
from medaidlang.core.types import Kind

Way = tuple[tuple[x.Expr, ...], tuple[x.Expr, ...]]
TESTS = ("须", "无法计算")  # 费用 may well list every kind of cost

NEVER = {"无法计算", "分担"}  # parts and items of which nothing else says that they never apply


def constant(pack: Pack) -> Iterator[Diagnostic]:
    """W722 a condition, W723 a branch."""
    for formula in formulas(pack):
        if formula.part in TESTS:
            yield from always(pack, formula)
        yield from branches(pack, formula.expr, formula.origin, ((), ()))


def decided(expr: x.Expr) -> bool:
    """Whether a literal 是 or 否, or a decided reading, is part of the condition."""
    return any(isinstance(p, x.Constant) and p.type.kind is Kind.BOOL for p in x.walk(expr))


def always(pack: Pack, formula: Formula) -> Iterator[Diagnostic]:
    """W722; that the 须 of a category, benefit or 调整 cannot hold is an error elsewhere."""
    expr = formula.expr
    if decided(expr):
        return
    args = {"owner": formula.owner, "condition": words(expr)}
    if possible(pack, [], [expr]) is None:
        yield finding("W722", formula.origin, answer="总是成立", **args)
    elif NEVER & {formula.part, formula.sort} and possible(pack, [expr]) is None:
        yield finding("W722", formula.origin, answer="永远不成立", **args)


def branches(pack: Pack, expr: x.Expr, origin: Origin, way: Way) -> Iterator[Diagnostic]:
    """W723 for each 若 in `expr`, given the answers on the way to it."""
    if not isinstance(expr, x.If):
        for part in x.children(expr):
            yield from branches(pack, part, origin, way)
        return
    yes, no = way
    test = expr.condition
    yield from branches(pack, test, origin, way)
    ways: tuple[tuple[x.Expr, str, Way], ...] = (
        (expr.positive, "则", ((*yes, test), no)),
        (expr.negative, "否则", (yes, (*no, test))),
    )
    for branch, word, taken in ways:
        if decided(test) or possible(pack, *taken) is not None:
            yield from branches(pack, branch, origin, taken)
            continue
        place = Origin(branch.span, origin.clause)
        yield finding("W723", place, branch=word, condition=words(test))
