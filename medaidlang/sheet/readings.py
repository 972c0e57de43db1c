"""Readings taken, their alternatives, and what each alternative changes.

Takes the loaded file; runs every alternative over the pack's own examples, so
that the effect on the sheet is what the rules do, not what somebody remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from medaidlang.core.nodes import Example, Pack, Reading
from medaidlang.interpret.result import Settlement
from medaidlang.sheet.outcomes import results

Run = Callable[[Mapping[str, str], Example], Settlement | None]
"""Settles an example under changed readings; None where that is refused."""


@attrs.frozen
class Effect:
    """What an alternative does to the examples."""

    name: str
    changed: int
    instance: str


@attrs.frozen
class Taken:
    """A reading on the sheet."""

    number: int
    label: str
    name: str
    chosen: str
    reason: str
    instance: str
    effects: tuple[Effect, ...]
    clause: str


def taken(pack: Pack, number: int, reading: Reading, run: Run) -> Taken:
    """One reading with the effect of its alternatives."""
    effects = tuple(effect(pack, reading, other, run) for other in reading.alternatives)
    return Taken(
        number,
        reading.label,
        reading.name,
        reading.chosen,
        reading.reason,
        reading.instance,
        effects,
        reading.origin.clause,
    )


def effect(pack: Pack, reading: Reading, other: str, run: Run) -> Effect:
    """The examples that come out otherwise, and the first difference."""
    changed, instance = 0, ""
    for example in pack.examples:
        if example.readings:
            continue
        before, after = run({}, example), run({reading.name: other}, example)
        difference = first_difference(pack, before, after)
        if difference:
            changed += 1
            instance = instance or f"示例“{example.title}”：{difference}"
    return Effect(other, changed, instance)


def first_difference(pack: Pack, before: Settlement | None, after: Settlement | None) -> str:
    """The first result in which two settlements differ, in words; nothing if none."""
    if before is None or after is None:
        return "" if before is after else "按备选不能结算"
    was, now = results(pack, before), results(pack, after)
    for name in dict.fromkeys([*was, *now]):
        one, other = was.get(name, "没有"), now.get(name, "没有")
        if one != other:
            return f"{name}由{one}变为{other}"
    return ""
