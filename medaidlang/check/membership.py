"""Categories that cannot be held, or contain themselves.

Takes the pack; follows 包括 and 比照, and asks whether the 须 of a category (with
those of the groups it is in) can hold at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import finding
from medaidlang.check.possible.people import possible
from medaidlang.check.possible.problem import groups
from medaidlang.core.nodes import Identity, Pack
from medaidlang.core.rows import parents


def membership(pack: Pack) -> Iterator[Diagnostic]:
    """E609 a cycle, E610 in two exclusive groups, E611 须 that cannot hold."""
    looped: set[str] = set()
    for identity in pack.identities.values():
        chain = cycle(pack, identity.name)
        if chain and not looped & set(chain):
            looped |= set(chain)
            yield finding("E609", identity.origin, chain=" → ".join(chain))
    for identity in pack.identities.values():
        yield from doubly_excluded(pack, identity)
        yield from impossible(pack, identity)


def cycle(pack: Pack, start: str) -> tuple[str, ...]:
    """The way from `start` back to it, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        own = pack.identities[way[-1]]
        above = [*parents(pack, way[-1]), *([way[-1]] if way[-1] in own.members else [])]
        for up in above:
            if up == start:
                return (*way, start)
            if up not in seen and up in pack.identities:
                seen.add(up)
                ways.append((*way, up))
    return ()


def doubly_excluded(pack: Pack, identity: Identity) -> Iterator[Diagnostic]:
    """E610: contained in (or itself one of) two categories of one 互斥."""
    above = groups(pack, identity.name)
    for rule in pack.exclusives:
        clash = [name for name in dict.fromkeys(rule.identities) if name in above]
        if len(clash) > 1:
            args = {"category": identity.name, "first": clash[0], "second": clash[1]}
            yield finding("E610", rule.origin, Label(identity.origin.span, "defined"), **args)


def impossible(pack: Pack, identity: Identity) -> Iterator[Diagnostic]:
    """E611: its own 须 contradict each other, or those of a group that contains it."""
    own = [condition.expr for condition in identity.conditions]
    if own and possible(pack, own) is None:
        conditions = "；".join(" ".join(expr.span.text.split()) for expr in own)
        origin = identity.conditions[-1].origin
        yield finding("E611", origin, category=identity.name, conditions=conditions)
        return
    for name in sorted(groups(pack, identity.name) - {identity.name}):
        group = pack.identities[name]
        theirs = [condition.expr for condition in group.conditions]
        if not own or not theirs or possible(pack, theirs) is None:
            continue
        if possible(pack, [*own, *theirs]) is None:
            texts = [" ".join(expr.span.text.split()) for expr in (*own, *theirs)]
            label = Label(group.conditions[0].origin.span, "again")
            args = {"category": identity.name, "conditions": "；".join(texts)}
            yield finding("E611", identity.conditions[-1].origin, label, **args)
