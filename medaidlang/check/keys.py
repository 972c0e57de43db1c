"""The key cells of a row as conditions, and when its table is asked at all.

Takes a benefit, insurance, pool or subsidy; a column 基数 asks for the benefit's own
base, which is what its 基数 says wherever nothing is taken off, and more than 0
wherever the table is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.check.common import Tabled
from medaidlang.core import expr as x
from medaidlang.core.chains import OWN
from medaidlang.core.nodes import Benefit, Entry, Mode, Pack, Pool, Target
from medaidlang.core.types import MONEY


def tests(pack: Pack, item: Tabled, entry: Entry) -> list[x.Expr]:
    """The conditions of a row's key cells."""
    return [
        plain(pack, item, key.expr) if key.word == OWN else key.expr for key in entry.keys
    ]  # fmt: skip


def fits(pack: Pack, item: Tabled, entry: Entry) -> x.Expr:
    """The key cells of a row, as one condition."""
    return x.All(tuple(tests(pack, item, entry)), entry.origin.span)


def asked(pack: Pack, item: Tabled) -> list[x.Expr]:
    """What holds whenever the table of `item` is asked."""
    if isinstance(item, Pool):
        members = [pack.benefits[name] for name in item.benefits if name in pack.benefits]
        ways = tuple(x.All(tuple(asked(pack, one)), item.origin.span) for one in members)
        return [x.Any(ways, item.origin.span)] if ways else []
    found = [condition.expr for condition in item.conditions]
    if isinstance(item, Benefit) and any(k.word == OWN for e in item.entries for k in e.keys):
        found.append(something_borne(pack, item))
    return found


def something_borne(pack: Pack, item: Benefit) -> x.Expr:
    """The own base is more than 0; without a base it is one figure above all amounts."""
    own: x.Expr = x.FigureRef(item.name, x.Figure.BASE, item.base_origin.span)
    span = item.base_origin.span
    if item.unbased:
        return x.Compare(x.Order.EQ, own, item.base, span)
    return x.Compare(x.Order.GT, plain(pack, item, own), x.Constant(0, MONEY, span), span)


def plain(pack: Pack, item: Tabled, expr: x.Expr) -> x.Expr:
    """`expr` with the own base as its formula, where it is just that."""
    if not isinstance(item, Benefit) or not is_formula(pack, item):
        return expr
    match expr:
        case x.FigureRef(benefit=item.name, figure=x.Figure.BASE):
            return item.base
        case x.Compare(operator=order, left=left, right=right, span=span):
            return x.Compare(order, plain(pack, item, left), right, span)
        case x.Among(operand=operand, choices=choices, span=span):
            return x.Among(plain(pack, item, operand), choices, span)
        case x.All(operands=parts, span=span):
            return x.All(tuple(plain(pack, item, part) for part in parts), span)
        case x.Any(operands=parts, span=span):
            return x.Any(tuple(plain(pack, item, part) for part in parts), span)
        case _:
            return expr


def is_formula(pack: Pack, item: Benefit) -> bool:
    """Whether the base is what 基数 says: nothing paid before, no 调整, no year's costs."""
    if item.after or item.unbased or item.application is not None:
        return False
    if any(rule.mode is Mode.STACKED and item.name in rule.benefits for rule in pack.overlaps):
        return False  # a second category finds what the first has left
    return not any(
        item.name in adjustment.benefits and change.target is Target.BASE
        for adjustment in pack.adjustments
        for change in adjustment.changes
    )


def lower_bounds(item: Benefit, entry: Entry) -> Iterator[int]:
    """From which own base on (in 分) a row applies, where its 基数 cell says so."""
    own = x.FigureRef(item.name, x.Figure.BASE, entry.origin.span)
    for key in entry.keys:
        parts = key.expr.operands if isinstance(key.expr, x.All) else (key.expr,)
        for part in parts:
            match part:
                case x.Compare(
                    operator=x.Order.GE | x.Order.GT, left=left, right=x.Constant(value=int(low))
                ) if left == own:
                    yield low
