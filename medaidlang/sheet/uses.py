"""What depends on a figure: the reach of a gap, a pending figure or a definition.

Takes the pack, gives for every name the rules whose results mention it, directly
or through definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Condition, Pack, Subsidy
from medaidlang.core.nodes import Unresolved as UnresolvedRule

CALENDAR = ("节假日", "调休上班日")
"""The parameters that counting working days reads."""


def names_in(pack: Pack, expr: x.Expr, seen: set[str]) -> Iterator[str]:
    """Gaps, parameters and definitions that `expr` reads."""
    for node in x.walk(expr):
        match node:
            case x.GapRef(name=name) | x.ParameterRef(name=name):
                yield name
            case x.DefinitionRef(name=name) if name not in seen:
                seen.add(name)
                yield name
                yield from names_in(pack, pack.definitions[name].expr, seen)
            case x.Apply(function=x.Builtin.WORKDAYS_AFTER):
                yield from CALENDAR
            case _:
                pass


def tests(
    conditions: tuple[Condition, ...], unresolved: tuple[UnresolvedRule, ...]
) -> Iterator[x.Expr]:
    """The conditions of an item."""
    yield from (c.expr for c in conditions)
    yield from (u.condition for u in unresolved)


Place = tuple[str, tuple[str, ...]]
"""What is decided, and for which categories (empty: not by category)."""


def parts(pack: Pack, item: Benefit | Subsidy) -> Iterator[tuple[Place, x.Expr]]:
    """Every expression in a benefit or subsidy, with its place."""
    for test in tests(item.conditions, item.unresolved):
        yield (item.name, ()), test
    if item.base is not None:
        yield (f"{item.name}·基数", ()), item.base
    for entry in item.entries:
        if entry.expr is not None:
            who = entry.identities or ("其余人员",)
            yield (f"{item.name}·{entry.column.value}", who), entry.expr
    if isinstance(item, Benefit):
        for name in (item.deductible, item.cap):
            feed = pack.accounts[name].feed if name is not None else None
            if feed is not None:
                yield (f"{item.name}·累计", ()), feed


def places(pack: Pack) -> Iterator[tuple[Place, x.Expr]]:
    """Every expression that decides something, with what it decides."""
    for identity in pack.identities.values():
        for condition in identity.conditions:
            yield (f"身份 {identity.name}", ()), condition.expr
    for benefit in pack.benefits.values():
        yield from parts(pack, benefit)
    for subsidy in pack.subsidies.values():
        yield from parts(pack, subsidy)
    for change in pack.insurance:
        for test in tests(change.conditions, ()):
            yield (change.name, ()), test
        for expr in (change.cost, change.deductible, change.bands, change.cap):
            if expr is not None:
                yield (change.name, ()), expr
    for output in pack.outputs:
        yield (f"{output.kind.value} {output.name}", ()), output.expr


def gathered(found: Iterable[Place]) -> list[str]:
    """Places in words, each once, with the categories of one place together."""
    whom: dict[str, dict[str, None]] = {}
    for place, who in found:
        whom.setdefault(place, {}).update(dict.fromkeys(who))
    return [f"{place}（{'、'.join(who)}）" if who else place for place, who in whom.items()]


def reach(pack: Pack) -> dict[str, list[str]]:
    """For each gap, parameter and definition, what depends on it, in the document's order."""
    found: dict[str, list[Place]] = {}
    for place, expr in places(pack):
        for name in names_in(pack, expr, set()):
            found.setdefault(name, []).append(place)
    return {name: gathered(listed) for name, listed in found.items()}
