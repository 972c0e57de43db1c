"""Costs and payments of an example in Chinese."""

from __future__ import annotations

from typing import Any

from medaidlang.check.common import listed
from medaidlang.core.nodes import Missing
from medaidlang.interpret.result import Settlement
from medaidlang.probe.trial import Facts, Treated, Trials, Visit
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


def visit_words(trials: Trials, visit: Visit, others: tuple[Visit, ...] = ()) -> str:
    """`类型 住院，转诊备案 是`: what is out of the ordinary, or differs from the other claims."""
    told = []
    for facts, elsewhere in (
        (visit.person, ()),
        (visit.claim, tuple(other.claim for other in others)),
    ):
        given = dict(facts)
        for name, fact in trials.pack.facts.items():
            value = given.get(name, fact.default)
            differs = any(dict(o).get(name, fact.default) != value for o in elsewhere)
            if value is None or (name not in given and not differs):
                continue
            if differs or fact.missing is Missing.REQUIRED or value != ordinary(fact):
                told.append(f"{name} {value_words(value, fact.type.unit)}")
    return "，".join(told)


def claim_words(
    trials: Trials, visit: Visit, burden: int, others: tuple[Visit, ...] = ()
) -> str:
    """`63000元（类型 住院，转诊备案 是）`."""
    said = visit_words(trials, visit, others)
    return f"{yuan(burden)}（{said}）" if said else yuan(burden)


def aid_words(settlement: Settlement) -> str:
    """`63087元（医疗救助 60000元，倾斜救助 3087元）`."""
    totals = settlement.totals
    parts = [f"{name} {yuan(paid)}" for name, paid in totals.items() if paid]
    whole = yuan(sum(totals.values()))
    return f"{whole}（{'，'.join(parts)}）" if len(parts) > 1 else whole


def who_words(*treated: Treated) -> str:
    """`特困人员、孤儿`."""
    return listed(name for one in treated for name in one.names)


__all__ = ["Facts", "aid_words", "claim_words", "visit_words", "who_words", "yuan"]
