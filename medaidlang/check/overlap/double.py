"""Two overlap rules that decide one person's case differently.

Takes the pack; two rules for one benefit must not both cover a pair that one
person can hold, nor divide three categories that one person can hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import Paid, finding, paid
from medaidlang.check.overlap.pairs import held_by_one, pairs, rules_for, within
from medaidlang.check.possible.words import person
from medaidlang.core.nodes import Overlap, Pack

LIMIT = 400
"""Threes looked into per benefit."""


def double(pack: Pack) -> Iterator[Diagnostic]:
    """E602 two rules for one pair, E608 three categories under different rules."""
    for item in paid(pack):
        rules = rules_for(pack, item)
        clashes = [clash for two in combinations(rules, 2) for clash in clash_of(pack, item, *two)]
        yield from clashes
        if len(rules) > 1 and not clashes:
            yield from divided(pack, item, rules)


def clash_of(pack: Pack, item: Paid, one: Overlap, other: Overlap) -> Iterator[Diagnostic]:
    """E602."""
    for pair in pairs(pack, item):
        if within(pack, one, pair) and within(pack, other, pair):
            case = held_by_one(pack, pair, item)
            if case is not None:
                args = {"benefit": item.name, "person": person(pack, case)}
                yield finding("E602", other.origin, Label(one.origin.span, "first"), **args)
                return


def divided(pack: Pack, item: Paid, rules: list[Overlap]) -> Iterator[Diagnostic]:
    """E608."""
    rule_of = {
        pair: rule for pair in pairs(pack, item) for rule in rules if within(pack, rule, pair)
    }
    names = list(dict.fromkeys(name for pair in rule_of for name in pair))
    for looked, three in enumerate(combinations(names, 3)):
        if looked == LIMIT:
            return
        governing = [rule_of[p] for p in combinations(three, 2) if p in rule_of]
        if len(governing) < 2 or all(rule is governing[0] for rule in governing):
            continue
        case = held_by_one(pack, three, item)
        if case is not None:
            other = next(rule for rule in governing if rule is not governing[0])
            args = {"benefit": item.name, "person": person(pack, case)}
            yield finding("E608", other.origin, Label(governing[0].origin.span, "first"), **args)
            return
