"""A base that may be more than the person bears.

Takes the pack; compares each 基数 with the definition of 个人负担 (the common
vocabulary has it), as sums of facts that are never negative.  A line 基数 that hangs
on a 口径 has been decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import decided, finding
from medaidlang.check.overpay.limits import limits
from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Pack
from medaidlang.core.parts import deep

BURDEN = "个人负担"

Sum = Counter[x.Expr]


def base(pack: Pack) -> Iterator[Diagnostic]:
    """W524."""
    burden = pack.definitions.get(BURDEN)
    whole = summed(pack, burden.expr) if burden is not None else None
    if whole is None:
        return
    cost = Counter({part: 1 for part in whole if whole[part] > 0})
    for benefit in pack.benefits.values():
        if benefit.unbased or decided(benefit):
            continue
        bound = cost if insured(pack, benefit) else whole  # the insurances are taken off apart
        if not covered(pack, benefit.base, bound):
            words = " ".join(benefit.base.span.text.split())
            args = {"benefit": benefit.name, "base": words, "burden": BURDEN}
            yield finding("W524", benefit.base_origin, **args)


def insured(pack: Pack, benefit: Benefit) -> bool:
    """Whether what 保险 in the rules pay is taken off the base."""
    before, todo = set(benefit.after), list(benefit.after)
    while todo:
        more = pack.benefits.get(todo.pop())
        added = set(more.after) - before if more is not None else set()
        before |= added
        todo += added
    if before & set(pack.layers):
        return True
    asked = [part for part in deep(pack, benefit.base) if isinstance(part, x.FigureRef)]
    return any(part.benefit in pack.layers for part in asked)


def covered(pack: Pack, expr: x.Expr, whole: Sum) -> bool:
    """Whether `expr` is surely at most `whole`."""
    if sums(pack, expr, whole) or nothing(pack, expr):
        return True
    match expr:
        case x.DefinitionRef(name=name) if name in pack.definitions:
            return covered(pack, pack.definitions[name].expr, whole)
        case x.If(positive=positive, negative=negative):
            return covered(pack, positive, whole) and covered(pack, negative, whole)
        case x.Apply(function=function, arguments=parts):
            pick = {x.Builtin.MIN: any, x.Builtin.MAX: all, x.Builtin.TO_CENT: all}.get(function)
            return pick is not None and pick(covered(pack, part, whole) for part in parts)
        case x.Calculate(operator=x.Arith.MUL, left=left, right=right):
            return scaled(pack, left, right, whole) or scaled(pack, right, left, whole)
        case x.Calculate(operator=x.Arith.DIV | x.Arith.SUB, left=left):
            return covered(pack, left, whole)
        case x.FigureRef() | x.GapRef():
            return True  # at most that benefit's base, which is looked at itself; no figure at all
        case _:
            return False


def scaled(pack: Pack, part: x.Expr, factor: x.Expr, whole: Sum) -> bool:
    """Whether `part` times `factor` is surely at most `whole`."""
    high = limits(pack, factor).high
    return covered(pack, part, whole) and high is not None and high <= 1


def nothing(pack: Pack, expr: x.Expr) -> bool:
    """Whether `expr` is a constant of at most nothing."""
    high = limits(pack, expr).high
    return high is not None and high <= 0


def sums(pack: Pack, expr: x.Expr, whole: Sum) -> bool:
    """Whether `expr` is a sum with no more of anything than `whole`."""
    found = summed(pack, expr)
    if found is None:
        return False
    return all(found[part] <= whole[part] for part in (*found, *whole))


def summed(pack: Pack, expr: x.Expr) -> Sum | None:
    """How often each quantity is added (less: taken off); None where it is no such sum."""
    match expr:
        case x.DefinitionRef(name=name) if name in pack.definitions:
            return summed(pack, pack.definitions[name].expr)
        case x.FactRef() | x.FigureRef():
            return Counter({expr: 1})
        case x.Constant(value=0):
            return Counter()
        case x.Presumed(operand=operand):
            return Counter({operand: 1})
        case x.Calculate(operator=x.Arith.ADD | x.Arith.SUB as operator, left=left, right=right):
            one, other = summed(pack, left), summed(pack, right)
            if one is None or other is None:
                return None
            sign = 1 if operator is x.Arith.ADD else -1
            return Counter({part: one[part] + sign * other[part] for part in (*one, *other)})
        case _:
            return None
