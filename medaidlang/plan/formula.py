"""Worked sums: an expression as text with registers in it, for traces."""

from __future__ import annotations

from medaidlang.core import expr as x
from medaidlang.plan.lower import Lowering

Parts = tuple[str | int, ...]


def formula(low: Lowering, expr: x.Expr) -> Parts:
    """`政策范围内费用 20000.00 − 基本医保支付 8000.00`: names with their figures and signs."""
    match expr:
        case x.Calculate(operator=operator, left=left, right=right):
            before, after = formula(low, left), formula(low, right)
            if operator in (x.Arith.MUL, x.Arith.DIV):
                before, after = bracketed(left, before), bracketed(right, after)
            if operator is x.Arith.SUB:
                after = bracketed(right, after)
            return (*before, f" {operator.value} ", *after)
        case x.Constant():
            return (low.lower(expr),)
        case x.FactRef(name=name) | x.ParameterRef(name=name):
            return (f"{name} ", low.lower(expr))
        case x.DefinitionRef(name=name):
            inner = low.shared.pack.definitions[name].expr
            return formula(low, inner) if isinstance(inner, x.Calculate) else (
                f"{name} ", low.lower(expr)
            )  # fmt: skip
        case x.FigureRef(benefit=benefit, figure=figure):
            return (f"{benefit}{figure.value} ", low.lower(expr))
        case x.Apply(function=function, arguments=arguments) if function in (
            x.Builtin.MAX, x.Builtin.MIN,
        ):  # fmt: skip
            inside: list[str | int] = []
            for part in arguments:
                inside += [*(("，",) if inside else ()), *formula(low, part)]
            return (f"{function.value}（", *inside, "）")
        case _:
            return (low.lower(expr),)


def bracketed(expr: x.Expr, parts: Parts) -> Parts:
    """Parts in parentheses where the expression is itself a sum or difference."""
    inner = expr
    if isinstance(inner, x.Calculate) and inner.operator in (x.Arith.ADD, x.Arith.SUB):
        return ("（", *parts, "）")
    if isinstance(inner, x.DefinitionRef) and len(parts) > 2:
        return ("（", *parts, "）")
    return parts


def part_of_cost(low: Lowering, expr: x.Expr) -> bool:
    """Whether a base is the policy-scope cost less something, and so never above it."""
    match expr:
        case x.DefinitionRef(name=name):
            return part_of_cost(low, low.shared.pack.definitions[name].expr)
        case x.Calculate(operator=x.Arith.SUB, left=left):
            return part_of_cost(low, left)
        case x.If(positive=positive, negative=negative):
            return part_of_cost(low, positive) and part_of_cost(low, negative)
        case x.FactRef():
            return low.lower(expr) == low.shared.cost()
        case _:
            return False
