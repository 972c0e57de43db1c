"""What arithmetic and the built-ins do to types: one table of what may meet what."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from medaidlang.base.source import Span
from medaidlang.core import expr as x
from medaidlang.core.parts import through
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.types import (
    BANDS,
    BOOL,
    DATE,
    FLOWS,
    INTEGER,
    MONEY,
    MONTH,
    POINTS,
    RATIO,
    Kind,
    Type,
    compatible,
)  # fmt: skip
from medaidlang.syntax import ast

A = x.Arith

# (operator, left kind, right kind) → kind of the result; units are checked apart.
RESULTS: dict[tuple[x.Arith, Kind, Kind], Type] = {
    (A.ADD, Kind.MONEY, Kind.MONEY): MONEY,
    (A.SUB, Kind.MONEY, Kind.MONEY): MONEY,
    (A.ADD, Kind.RATIO, Kind.POINTS): RATIO,
    (A.SUB, Kind.RATIO, Kind.POINTS): RATIO,
    (A.ADD, Kind.POINTS, Kind.POINTS): POINTS,
    (A.MUL, Kind.MONEY, Kind.RATIO): MONEY,
    (A.MUL, Kind.RATIO, Kind.MONEY): MONEY,
    (A.MUL, Kind.RATIO, Kind.RATIO): RATIO,
    (A.MUL, Kind.MONEY, Kind.INTEGER): MONEY,
    (A.MUL, Kind.INTEGER, Kind.MONEY): MONEY,
    (A.DIV, Kind.MONEY, Kind.INTEGER): MONEY,
    (A.DIV, Kind.MONEY, Kind.MONEY): RATIO,
}


def arithmetic(operator: x.Arith, left: x.Expr, right: x.Expr, span: Span) -> x.Expr:
    """`left operator right`, if the two types may meet."""
    kinds = (left.type.kind, right.type.kind)
    result = RESULTS.get((operator, *kinds))
    if kinds == (Kind.INTEGER, Kind.INTEGER) and operator in (A.ADD, A.SUB):
        if not compatible(left.type, right.type):
            raise wrong("E402", span, expected=left.type.unit, found=right.type.unit)
        result = left.type if left.type.unit else right.type
    if kinds == (Kind.RATE, Kind.INTEGER) and operator is A.MUL:
        if right.type.unit and left.type.unit != right.type.unit:
            raise wrong("E402", span, expected=left.type.unit, found=right.type.unit)
        result = MONEY
    if result is None:
        raise wrong(
            "E403", span, operator=operator.value, left=str(left.type), right=str(right.type)
        )
    return x.Calculate(operator, left, right, result, span)


@attrs.frozen
class Signature:
    """Argument types of a built-in and the type it gives; None = same type for all."""

    arguments: tuple[Type, ...] | None
    result: Callable[[list[x.Expr]], Type]


SIGNATURES: dict[x.Builtin, Signature] = {
    x.Builtin.MAX: Signature(None, lambda given: given[0].type),
    x.Builtin.MIN: Signature(None, lambda given: given[0].type),
    x.Builtin.YEAR_TOTAL: Signature((MONEY,), lambda given: MONEY),
    x.Builtin.BANDS_PAY: Signature((MONEY, BANDS), lambda given: MONEY),
    x.Builtin.BANDS_RAISE: Signature((BANDS, POINTS), lambda given: BANDS),
    x.Builtin.BANDS_FLOOR: Signature((BANDS, RATIO), lambda given: BANDS),
    x.Builtin.BANDS_FIRST: Signature((BANDS, RATIO), lambda given: BANDS),
    x.Builtin.BANDS_TIMES: Signature((BANDS, RATIO), lambda given: BANDS),
    x.Builtin.WORKDAYS_AFTER: Signature((DATE, Type(Kind.INTEGER, "工作日")), lambda given: DATE),
    x.Builtin.DAY_OF_MONTH: Signature((MONTH, Type(Kind.INTEGER, "日")), lambda given: DATE),
    x.Builtin.YEAR_OF: Signature((DATE,), lambda given: INTEGER),
    x.Builtin.TO_CENT: Signature((MONEY,), lambda given: MONEY),
    x.Builtin.YEAR_COUNT: Signature((BOOL,), lambda given: Type(Kind.INTEGER, "次")),
    x.Builtin.YEAR_MOST: Signature((MONEY,), lambda given: MONEY),
    x.Builtin.MONTHS_BEFORE: Signature((DATE, Type(Kind.INTEGER, "月")), lambda given: DATE),
    x.Builtin.MONTHS_AFTER: Signature((DATE, Type(Kind.INTEGER, "月")), lambda given: DATE),
    x.Builtin.SPAN_TOTAL: Signature((FLOWS, DATE, DATE), lambda given: MONEY),
}


def check_totalled(shop: Workshop, function: x.Builtin, inner: x.Expr) -> None:
    """What runs on over the year: facts and insurances, or what one benefit has paid."""
    paid = isinstance(inner, x.FigureRef) and inner.figure is x.Figure.PAID
    if function is x.Builtin.YEAR_TOTAL and paid:
        return
    for part in through(shop.definitions, inner):
        if isinstance(part, x.FigureRef) and part.benefit not in shop.layers:
            raise wrong("E419", inner.span, text=inner.span.text)


def builtin(shop: Workshop, node: ast.Call, given: list[x.Expr]) -> x.Expr:
    """A built-in applied to elaborated arguments."""
    name = node.function.text
    try:
        function = x.Builtin(name)
    except ValueError:
        known = [item.value for item in x.Builtin]
        span, options = node.function.span, "、".join(known)
        raise wrong("E405", span, fix=nearest(name, known), name=name, options=options) from None
    signature = SIGNATURES[function]
    wanted = signature.arguments or tuple(given[0].type for _ in given)
    least = 2 if signature.arguments is None else len(wanted)
    if len(given) != len(wanted) or len(given) < least:
        raise wrong("E417", node.span, name=name, expected=str(least), found=str(len(given)))
    for argument, kind in zip(given, wanted, strict=True):
        if not compatible(argument.type, kind):
            raise wrong("E401", argument.span, expected=str(kind), found=str(argument.type))
    if function.value in x.YEARLY:
        check_totalled(shop, function, given[0])
    return x.Apply(function, tuple(given), signature.result(given), node.span)
