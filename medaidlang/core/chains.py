"""Chains: the benefits whose payments must be compared together.

Benefits are linked by a base (接续, 的 支付), a shared 起付 or a shared 限额.
Comparing them one by one would pay more than any category grants; see
`overlap.md`, unit of comparison.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Overlap, Pack
from medaidlang.core.parts import deep

OWN = x.Figure.BASE.value  # a key column about the benefit's own base


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
        asked += [key.expr for key in entry.keys if key.word != OWN]
        asked += [entry.expr] if entry.expr else []
    for account in pack.accounts.values():
        if account.feed is not None and benefit.name in account.benefits:
            asked.append(account.feed)
    asked += [c.expr for c in benefit.notional]
    for pool in pack.pools.values():
        if benefit.name in pool.benefits:
            asked += [e.expr for e in pool.entries if e.expr is not None]
            asked += [key.expr for e in pool.entries for key in e.keys]
    for adjustment in pack.adjustments:
        if benefit.name in adjustment.benefits:
            asked += [c.expr for c in adjustment.conditions]
            asked += [c.expr for c in adjustment.changes]
    for expr in asked:
        found |= figures(pack, expr)
    if benefit.application is not None:
        found.discard(benefit.name)  # its sum, which its conditions may ask about
    return found


def figures(pack: Pack, expr: x.Expr) -> set[str]:
    """Benefits whose figures on the same claim an expression asks for."""
    return {part.benefit for part in deep(pack, expr) if isinstance(part, x.FigureRef)}


def linked(pack: Pack) -> dict[str, set[str]]:
    """For each benefit, those it is linked with.

    One that is paid on application is settled after all claims, by itself.
    """
    links: dict[str, set[str]] = {name: set() for name in pack.benefits}
    pairs = [
        (one, other)
        for one, benefit in pack.benefits.items()
        for other in needed(pack, benefit)
        if benefit.application is None
    ]
    for account in pack.accounts.values():
        pairs += [(account.benefits[0], other) for other in account.benefits[1:]]
    for pool in pack.pools.values():
        pairs += [(pool.benefits[0], other) for other in pool.benefits[1:]]
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
        order = computing_order(pack.benefits, pack, group)
        rule = next((r for r in pack.overlaps if set(r.benefits) & group), None)
        found.append(Chained(order, rule))
    return tuple(found)


def computing_order(
    benefits: Mapping[str, Benefit], pack: Pack, group: set[str]
) -> tuple[str, ...]:
    """The document's order, but a benefit after those it needs."""
    order: list[str] = []

    def place(name: str, above: tuple[str, ...]) -> None:
        if name in order or name in above:  # a cycle is reported by the checks
            return
        needs = needed(pack, benefits[name])
        for before in benefits:
            if before in needs and before in group:
                place(before, (*above, name))
        order.append(name)

    for name in benefits:
        if name in group:
            place(name, ())
    return tuple(order)
