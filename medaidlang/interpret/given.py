"""Whether the data alone decide a condition: choices, texts and yes-or-no facts.

Takes a condition of core and facts as given, gives True, False, or None where more
than that is asked.  For what is told about a claim, never for what is paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack
from medaidlang.core.types import Kind
from medaidlang.interpret.values import TRUTHS

Given = Mapping[str, object]


def decided(pack: Pack, given: Given, expr: x.Expr) -> bool | None:
    """The answer, where the facts given decide it."""
    match expr:
        case x.Constant(value=bool() as value):
            return value
        case x.DefinitionRef(name=name):
            return decided(pack, given, pack.definitions[name].expr)
        case x.FactRef(type=kind) if kind.kind is Kind.BOOL:
            found = TRUTHS.get(str(value_of(pack, given, expr)).lower())
            return None if found is None else bool(found)
        case x.Compare(operator=x.Order.EQ, left=left, right=right):
            return among(pack, given, left, [right])
        case x.Compare(operator=x.Order.NE, left=left, right=right):
            return opposite(among(pack, given, left, [right]))
        case x.Among(operand=operand, choices=choices):
            return among(pack, given, operand, choices)
        case x.Not(operand=operand):
            return opposite(decided(pack, given, operand))
        case x.All(operands=operands):
            return joined([decided(pack, given, one) for one in operands], decisive=False)
        case x.Any(operands=operands):
            return joined([decided(pack, given, one) for one in operands], decisive=True)
        case _:
            return None


def among(pack: Pack, given: Given, operand: x.Expr, choices: Iterable[x.Expr]) -> bool | None:
    """Whether a text or choice is one of some words."""
    found = value_of(pack, given, operand) if isinstance(operand, x.FactRef) else None
    words = [one.value for one in choices if isinstance(one, x.Constant)]
    if not isinstance(found, str) or not all(isinstance(word, str) for word in words):
        return None
    return found in words


def value_of(pack: Pack, given: Given, fact: x.FactRef) -> object:
    """What is given of a fact, or its default."""
    found = given.get(fact.name)
    return pack.facts[fact.name].default if found is None or found == "" else found


def opposite(answer: bool | None) -> bool | None:
    """非."""
    return None if answer is None else not answer


def joined(answers: list[bool | None], *, decisive: bool) -> bool | None:
    """且 (False is decisive) or 或 (True is)."""
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive
