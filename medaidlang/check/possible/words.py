"""A case in Chinese: 一个同时是低保对象和重残人员的人（残疾等级 1级）.

Takes the cases that the search found; gives the words that messages show.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from medaidlang.check.possible.problem import Case, Key, Listed, Sign
from medaidlang.check.possible.state import Outcome, State
from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack, Scope
from medaidlang.core.types import Kind, Type
from medaidlang.runtime.dates import format_date_cn
from medaidlang.runtime.money import format_percent, format_yuan


def shown(value: Outcome, kind: Type) -> str:
    """A value as an author would write it."""
    if isinstance(value, State):
        return "未填"
    match value:
        case bool():
            return "是" if value else "否"
        case int():
            return amount(value, kind)
        case Fraction():
            text = format_percent(value)
            return f"{text[:-1]}个百分点" if kind.kind is Kind.POINTS else text
        case date():
            text = format_date_cn(value)
            return text[: text.index("月") + 1] if kind.kind is Kind.MONTH else text
        case tuple():
            return "、".join(shown(part, kind) for part in value)
        case _:
            return str(value)


def amount(value: int, kind: Type) -> str:
    """An integer with its unit; money in 元."""
    if kind.kind in (Kind.MONEY, Kind.RATE):
        text = format_yuan(value).removesuffix(".00")
        return f"{text}元/{kind.unit}" if kind.unit else f"{text}元"
    return f"{value}{kind.unit}"


def described(pack: Pack, key: Key, value: Outcome) -> str:
    """One decided fact or quantity."""
    match key:
        case Listed():
            return ""
        case Sign(left=left, right=right):
            word = {1: "高于", 0: "等于", -1: "低于"}[value] if isinstance(value, int) else "不明于"
            return f"{left.span.text}{word}{right.span.text}"
        case x.FactRef(name=name) | x.ParameterRef(name=name):
            return f"{name} {shown(value, key.type)}"
        case x.FigureRef(benefit=benefit, figure=figure):
            return f"{benefit}的{figure.value} {shown(value, key.type)}"
        case _:
            return f"{called(pack, key)} {shown(value, key.type)}"


def called(pack: Pack, quantity: x.Expr) -> str:
    """A computed quantity: the name that a 令 gives it, else the author's words."""
    names = (d.name for d in pack.definitions.values() if d.expr == quantity)
    return next(names, f"“{' '.join(quantity.span.text.split())}”")


def facts(pack: Pack, case: Case, scope: Scope | None = None) -> str:
    """The decided facts, separated by ，; of one scope only, if given (the rest is the claim's)."""
    listed = []
    for key, value in case.values:
        fact = pack.facts.get(key.name) if isinstance(key, x.FactRef) else None
        of = fact.scope if fact is not None else Scope.CLAIM
        if scope in (None, of):
            listed.append(described(pack, key, value))
    return "，".join(listed)


def together(names: Sequence[str]) -> str:
    """`甲、乙和丙`."""
    if len(names) < 2:
        return "".join(names)
    return f"{'、'.join(names[:-1])}和{names[-1]}"


def person(pack: Pack, case: Case) -> str:
    """The person of a case."""
    names = case.identities
    also = "同时" if len(names) > 1 else ""
    who = f"一个{also}是{together(names)}的人" if names else "一个人"
    said = facts(pack, case)
    return f"{who}（{said}）" if said else who


def claim(pack: Pack, case: Case) -> str:
    """The claim of a case, with whoever it is of."""
    about_person = facts(pack, case, Scope.PERSON)
    about_claim = facts(pack, case, Scope.CLAIM)
    owner = together(case.identities) or ("某人" if about_person else "")
    whose = f"{owner}（{about_person}）的" if about_person else f"{owner}的" if owner else ""
    return f"{whose}一笔费用（{about_claim}）" if about_claim else f"{whose}任何一笔费用"
