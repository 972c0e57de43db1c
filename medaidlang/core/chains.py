"""Chains: the benefits whose payments must be compared together.

Benefits are linked by a base (接续, 的 支付), a shared 起付 or a shared 限额.
Comparing them one by one would pay more than any category grants; see
`overlap.md`, unit of comparison.
"""

from __future__ import annotations

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Overlap, Pack
from medaidlang.core.parts import deep


@attrs.frozen
class Chained:
    """Linked benefits in the order in which they are computed, and their overlap rule."""

    benefits: tuple[str, ...]
    rule: Overlap | None


def needed(pack: Pack, benefit: Benefit) -> set[str]:
    """Benefits whose figures this one uses."""
    found = set(benefit.after)
    asked: list[x.Expr] = [benefit.base, *(c.expr for c in benefit.conditions)]
    asked += [u.condition for u in benefit.unresolved]
    for entry in benefit.entries:
        asked += [key.expr for key in entry.keys] + ([entry.expr] if entry.expr else [])
    for account in pack.accounts.values():
        if account.feed is not None and benefit.name in account.benefits:
            asked.append(account.feed)
    for expr in asked:
        found |= figures(pack, expr)
    return found


def figures(pack: Pack, expr: x.Expr) -> set[str]:
    """Benefits whose figures on the same claim an expression asks for."""
    return {part.benefit for part in deep(pack, expr) if isinstance(part, x.FigureRef)}


def linked(pack: Pack) -> dict[str, set[str]]:
    """For each benefit, those it is linked with."""
    links: dict[str, set[str]] = {name: set() for name in pack.benefits}
    pairs = [
        (one, other) for one, benefit in pack.benefits.items() for other in needed(pack, benefit)
    ]
    for account in pack.accounts.values():
        pairs += [(account.benefits[0], other) for other in account.benefits[1:]]
    for one, other in pairs:
        if one in links and other in links:
            links[one].add(other)
            links[other].add(one)
    return links


def chains_of(pack: Pack) -> tuple[Chained, ...]:
    """The chains, each in computing order, in the document's order."""
    links = linked(pack)
    done: set[str] = set()
    found: list[Chained] = []
    for name in pack.benefits:
        if name in done:
            continue
        group, todo = {name}, [name]
        while todo:
            more = links[todo.pop()] - group
            group |= more
            todo += more
        done |= group
        order = computing_order(pack, group)
        rule = next((r for r in pack.overlaps if set(r.benefits) & group), None)
        found.append(Chained(order, rule))
    return tuple(found)


def computing_order(pack: Pack, group: set[str]) -> tuple[str, ...]:
    """The document's order, but a benefit after those it needs."""
    order: list[str] = []

    def place(name: str, above: tuple[str, ...]) -> None:
        if name in order or name in above:  # a cycle is reported by the checks
            return
        needs = needed(pack, pack.benefits[name])
        for before in pack.benefits:
            if before in needs and before in group:
                place(before, (*above, name))
        order.append(name)

    for name in pack.benefits:
        if name in group:
            place(name, ())
    return tuple(order)
