"""Two categories of one person, and no rule which of them counts.

Takes the pack; for each benefit and subsidy, every pair that one person can
hold must be covered by a 重叠.  None is assumed: a document that is silent
needs a 口径.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import Paid, finding, paid
from medaidlang.check.overlap.pairs import held_by_one, pairs, rules_for, within
from medaidlang.check.possible.problem import Case
from medaidlang.check.possible.words import person
from medaidlang.core.nodes import Pack

LIMIT = 200
"""Pairs looked into per benefit; beyond, the count says 以上."""


def undeclared(pack: Pack) -> Iterator[Diagnostic]:
    """E601."""
    for item in paid(pack):
        rules = rules_for(pack, item)
        if any(not rule.identities for rule in rules):
            continue
        first: tuple[tuple[str, str], Case] | None = None
        count, looked = 0, 0
        for pair in pairs(pack, item):
            if any(within(pack, rule, pair) for rule in rules):
                continue
            if looked == LIMIT:
                break
            looked += 1
            case = held_by_one(pack, pair, item)
            if case is not None:
                first = first or (pair, case)
                count += 1
        if first is not None:
            yield refused(pack, item, *first, f"{count}{' 种以上' if looked == LIMIT else ' 种'}")


def refused(pack: Pack, item: Paid, pair: tuple[str, str], case: Case, count: str) -> Diagnostic:
    """The first pair with a person, and how many there are."""
    places = dict.fromkeys(pack.identities[name].origin.span for name in pair)
    labels = [Label(span, "defined") for span in places]
    args = {"benefit": item.name, "person": person(pack, case), "count": count}
    names = {"first": pair[0], "second": pair[1]}
    return finding("E601", item.origin, *labels, **args, **names)
