"""Benefits or insurances that rest on each other; categories that ask about each other.

Takes the pack; a benefit that needs its own payment, directly or around a circle,
has no meaning, nor has a category whose 须 asks whether it is itself held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding
from medaidlang.core import expr as x
from medaidlang.core.chains import needed
from medaidlang.core.nodes import Pack
from medaidlang.core.parts import deep

Graph = Mapping[str, set[str]]


def cycles(pack: Pack) -> Iterator[Diagnostic]:
    """E303."""
    for items in (pack.layers, pack.benefits):
        resting = {name: needed(pack, item) for name, item in items.items()}
        for way in circles(resting):
            yield finding("E303", items[way[0]].origin, chain=" → ".join(way))
    asked = {name: asks(pack, name) for name in pack.identities}
    for way in circles(asked):
        yield finding("E303", pack.identities[way[0]].origin, chain=" → ".join(way))


def asks(pack: Pack, identity: str) -> set[str]:
    """The categories that a category's own 须 asks about, with their members."""
    named = {
        name
        for condition in pack.identities[identity].conditions
        for part in deep(pack, condition.expr)
        if isinstance(part, x.Holds)
        for name in part.identities
    }
    todo = list(named)
    while todo:
        more = set(pack.identities[todo.pop()].members) - named
        named |= more
        todo += more
    return named


def circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """One way around for each circle, from the name that the document gives first."""
    told: set[str] = set()
    for start in graph:
        if start in told:
            continue
        ways: list[tuple[str, ...]] = [(start,)]
        seen: set[str] = set()
        for way in ways:
            for after in sorted(graph.get(way[-1], set())):
                if after == start:
                    told |= set(way)
                    yield (*way, start)
                    ways.clear()
                    break
                if after not in seen:
                    seen.add(after)
                    ways.append((*way, after))
