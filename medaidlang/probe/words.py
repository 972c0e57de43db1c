"""Costs and payments of an example in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from medaidlang.core.nodes import Missing
from medaidlang.interpret.result import Settlement
from medaidlang.probe.trial import Trials, Visit
from medaidlang.probe.visits import ordinary
from medaidlang.runtime.money import format_yuan


def yuan(fen: int) -> str:
    """`3500元`, `0.01元`."""
    return f"{format_yuan(fen).removesuffix('.00')}元"


def value_words(value: Any, unit: str) -> str:
    """A fact's value as an author would write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value}{unit}"


def visit_words(trials: Trials, visit: Visit, others: Sequence[Visit] = ()) -> str:
    """`类型 住院，转诊备案 是`: what is out of the ordinary, or differs from the other claims."""
    told = []
    given = dict(visit.person) | dict(visit.claim)
    elsewhere = [dict(other.person) | dict(other.claim) for other in others]
    for name, fact in trials.pack.facts.items():
        value = given.get(name, fact.default)
        differs = any(facts.get(name, fact.default) != value for facts in elsewhere)
        required = fact.missing is Missing.REQUIRED
        if value is not None and (
            differs or (name in given and (required or value != ordinary(fact)))
        ):
            told.append(f"{name} {value_words(value, fact.type.unit)}")
    return "，".join(told)


def claim_words(trials: Trials, visit: Visit, burden: int, others: Sequence[Visit] = ()) -> str:
    """`63000元（类型 住院，转诊备案 是）`."""
    said = visit_words(trials, visit, others)
    return f"{yuan(burden)}（{said}）" if said else yuan(burden)


def aid_words(settlement: Settlement) -> str:
    """`63087元（医疗救助 60000元，倾斜救助 3087元）`."""
    totals = settlement.totals
    parts = [f"{name} {yuan(paid)}" for name, paid in totals.items() if paid]
    whole = yuan(sum(totals.values()))
    return f"{whole}（{'，'.join(parts)}）" if len(parts) > 1 else whole
