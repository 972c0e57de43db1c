"""The kinds of cost worth trying, from the pack's own rules.

The solver of `check.possible` finds, for every set of benefits, a cost that
exactly these admit (and for every row with keys, one that the row is for); from
there, single facts that the rules ask for are changed.  Of kinds that make no
difference to anybody the plainest is kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import Any

import attrs

from medaidlang.check.possible.problem import Case, Problem
from medaidlang.check.possible.state import State, joined, negated
from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Condition, Fact, Missing, Scope
from medaidlang.core.types import Kind
from medaidlang.interpret.curves import WAN
from medaidlang.probe.trial import Facts, Trials, Visit, as_data

PROBES = (WAN // 50, WAN // 4, WAN, 3 * WAN, 10 * WAN, 40 * WAN)
"""分; the burdens at which kinds of cost are told apart."""
MOST = 12
"""Kinds of cost that are tried in all."""
MOST_BENEFITS = 6
"""Of more benefits, not every set is tried, only each alone and all together."""
NUMBER = 10
"""What an integer that the rules ask for is where they compare it with nothing."""


def visits(trials: Trials) -> list[Visit]:
    """Kinds of cost that differ for somebody, the plainest of each."""
    kept: dict[Hashable, Visit] = {}
    for visit in solved(trials):
        plain = simplified(trials, visit)
        kept.setdefault(outcome(trials, plain), plain)
    for visit in list(kept.values()):
        for other in varied(trials, visit):
            if len(kept) >= MOST:
                break
            seen = outcome(trials, other)
            if seen not in kept:
                kept[seen] = simplified(trials, other)
    return [visit for seen, visit in kept.items() if seen is not None]


def outcome(trials: Trials, visit: Visit) -> Hashable:
    """What such costs give everybody and do to the accounts; None if they do nothing at all."""
    values = trials.values(visit)
    if values is None:
        return None
    seen: list[Hashable] = []
    some = False
    for who in trials.treated:
        ready = trials.standing(who, visit.person)
        for burden in PROBES:
            totals = trials.fresh()
            paid = None if ready is None else trials.pay(ready, values, burden, totals)
            some = some or bool(paid) or any(any(running) for running in totals)
            seen.append((paid, tuple(map(tuple, totals))))
            if paid is None:
                break
    return tuple(seen) if some else None


# ── from the solver ──────────────────────────────────────────────────────────


def solved(trials: Trials) -> Iterator[Visit]:
    """A kind for each set of benefits and each row with keys, as far as there is one."""
    benefits = list(trials.pack.benefits.values())
    sizes = range(len(benefits), 0, -1)
    if len(benefits) > MOST_BENEFITS:
        sizes = range(len(benefits), 0, 1 - len(benefits))
    for size in sizes:
        for admitting in combinations(benefits, size):
            others = [benefit for benefit in benefits if benefit not in admitting]
            for keys in key_rows(admitting):
                case = solve(trials, admitting, others, keys)
                if case is not None:
                    yield from_case(trials, case)


def key_rows(benefits: Sequence[Benefit]) -> list[tuple[Condition, ...]]:
    """The keys of rows; () where there are none."""
    keyed = [entry.keys for benefit in benefits for entry in benefit.entries if entry.keys]
    return list({tuple(key.expr for key in keys): keys for keys in keyed}.values()) or [()]


def solve(
    trials: Trials,
    admitting: Sequence[Benefit],
    others: Sequence[Benefit],
    keys: Sequence[Condition],
) -> Case | None:
    """A cost that these benefits admit and the others do not, in the row of these keys."""
    problem = Problem(trials.pack)
    for benefit in admitting:
        for condition in benefit.conditions:
            problem.require(condition.expr)
        for doubt in benefit.unresolved:
            problem.require(doubt.condition, wanted=False)
    for key in keys:
        problem.require(key.expr)
    for benefit in others:
        tests = [problem.boolean(condition.expr) for condition in benefit.conditions]
        problem.terms.append(negated(joined(tests, False)))
    return problem.find()


def from_case(trials: Trials, case: Case) -> Visit:
    """The facts that were decided, and something for every other fact that is asked for."""
    decided: dict[str, Any] = {fact.name: usual(fact) for fact in asked_for(trials)}
    for key, value in case.values:
        if isinstance(key, x.FactRef) and value is not State.MISSING:
            decided[key.name] = value
    for fact in trials.pack.facts.values():
        if fact.scope is Scope.CLAIM and fact.missing is Missing.REQUIRED:
            decided.setdefault(fact.name, usual(fact))
    left_out = {trials.cost_name, *trials.payments, "编号", "日期"}
    decided = {k: v for k, v in decided.items() if k not in left_out and v is not None}
    parts = (as_data(trials, decided, scope) for scope in (Scope.CLAIM, Scope.PERSON))
    return Visit(*parts)


def asked_for(trials: Trials) -> list[Fact]:
    """The facts that decide what benefits pay, in the order of the pack."""
    named = {part.name for part in trials.parts if isinstance(part, x.FactRef)}
    return [fact for name, fact in trials.pack.facts.items() if name in named]


def usual(fact: Fact) -> Any:
    """What a fact is in a kind of cost before anything is tried; None where nothing can be said."""
    if fact.default is not None:
        return fact.default
    match fact.type.kind:
        case Kind.BOOL:
            return False
        case Kind.CHOICE:
            return fact.type.choices[0]
        case Kind.INTEGER:
            return NUMBER
        case _:
            return None


# ── plainer and other kinds ──────────────────────────────────────────────────


def simplified(trials: Trials, visit: Visit) -> Visit:
    """The same kind with as few facts out of the ordinary as may be."""
    seen = outcome(trials, visit)
    for name, value in visit.person:
        visit = plainer(trials, visit, name, value, seen)
    for name, value in visit.claim:
        visit = plainer(trials, visit, name, value, seen)
    return visit


def plainer(trials: Trials, visit: Visit, name: str, value: Any, seen: Hashable) -> Visit:
    """Without the fact, or with its ordinary value, if that makes no difference."""
    fact = trials.pack.facts[name]
    tries = [] if fact.missing is Missing.REQUIRED else [replaced(visit, fact, None)]
    if ordinary(fact) not in (None, value):
        tries.append(replaced(visit, fact, ordinary(fact)))
    return next((tried for tried in tries if outcome(trials, tried) == seen), visit)


def ordinary(fact: Fact) -> Any:
    """The value of which an example need not speak; for a choice that must be made, none."""
    if fact.default is not None:
        return fact.default
    choice = fact.type.kind is Kind.CHOICE and fact.scope is Scope.PERSON
    return fact.type.choices[0] if choice else None


def replaced(visit: Visit, fact: Fact, value: Any) -> Visit:
    """The kind with another value of one fact (None: not recorded)."""

    def changed(facts: Facts) -> Facts:
        rest = tuple((name, old) for name, old in facts if name != fact.name)
        return rest if value is None else (*rest, (fact.name, value))

    if fact.scope is Scope.CLAIM:
        return attrs.evolve(visit, claim=changed(visit.claim))
    return attrs.evolve(visit, person=changed(visit.person))


def varied(trials: Trials, visit: Visit) -> Iterator[Visit]:
    """The kind with one yes-or-no fact or choice changed."""
    given = dict(visit.claim) | dict(visit.person)
    for fact in asked_for(trials):
        values = (True, False) if fact.type.kind is Kind.BOOL else fact.type.choices
        for value in values:
            if given.get(fact.name, fact.default) != value:
                yield replaced(visit, fact, value)
