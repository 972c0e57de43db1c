"""The rule file mirrors the document.

Takes the pack; every clause of the 目录 has its heading, in the same order, with
rules or with a reason for having none, and every rule stands under a clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Protocol

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import finding, in_document
from medaidlang.check.coverage import Status, coverage
from medaidlang.core.nodes import Origin, Pack


class Named(Protocol):
    """A rule with a name."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def origin(self) -> Origin:
        """Where it stands."""


def clauses(pack: Pack) -> Iterator[Diagnostic]:
    """E701, E702, E703 the 目录; E704, E707 the content of a clause; W724 no 目录."""
    about = pack.document
    if about.origin is None:
        return
    if not about.contents:
        yield finding("W724", about.origin)
    for clause in coverage(pack):
        if clause.origin is None:
            yield finding("E701", about.origin, clause=clause.mark)
        elif about.contents and clause.mark not in about.contents:
            yield finding("E702", clause.origin, clause=clause.mark)
        elif clause.status is Status.EMPTY:
            yield finding("E704", clause.origin, clause=clause.mark)
        elif clause.uncoded and clause.rules:
            rules = "、".join(clause.rules)
            yield finding("E707", clause.origin, clause=clause.mark, rules=rules)
    yield from order(pack)


def order(pack: Pack) -> Iterator[Diagnostic]:
    """E703: the first heading that stands before one that the 目录 puts earlier."""
    places = {mark: index for index, mark in enumerate(pack.document.contents)}
    listed = [record for record in pack.clauses if record.mark in places]
    for before, record in pairwise(listed):
        if places[record.mark] < places[before.mark]:
            label = Label(before.origin.span, "first")
            args = {"clause": record.mark, "before": before.mark}
            yield finding("E703", record.origin, label, **args)
            return


def uncited(pack: Pack) -> Iterator[Diagnostic]:
    """E709: a rule of the document's file before its first clause heading."""
    for word, name, origin in rules(pack):
        if not origin.clause and in_document(pack, origin):
            yield finding("E709", origin, word=word, name=name)


def rules(pack: Pack) -> Iterator[tuple[str, str, Origin]]:
    """Everything that says what the document requires: its keyword, name and place."""
    named: tuple[tuple[str, Iterable[Named]], ...] = (
        ("保险", pack.layers.values()), ("待遇", pack.benefits.values()),
        ("额度", pack.pools.values()), ("调整", pack.adjustments),
        ("资助", pack.subsidies.values()), ("医保调整", pack.insurance),
        ("分担", pack.splits), ("身份", pack.identities.values()),
        ("令", pack.definitions.values()), ("参数", pack.parameters.values()),
        ("名录", pack.rosters.values()), ("原文缺失", pack.gaps.values()),
    )  # fmt: skip
    for word, nodes in named:
        for node in nodes:
            yield word, node.name, node.origin
    for rule in pack.overlaps:
        yield "重叠", "、".join(rule.benefits), rule.origin
    for rule_of in pack.exclusives:
        yield "互斥", "、".join(rule_of.identities), rule_of.origin
    for output in pack.outputs:
        yield output.kind.value, output.name, output.origin
