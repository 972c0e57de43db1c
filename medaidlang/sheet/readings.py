"""Readings taken, their alternatives, and what each alternative changes.

Takes the loaded file; runs every alternative over the pack's own examples, so
that the effect on the sheet is what the rules do, not what somebody remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from medaidlang.core.nodes import Pack, Reading

Said = Mapping[str, str] | None
"""The results of an example in words; None where it is refused."""
Run = Callable[[Mapping[str, str], int], Said]
"""Settles an example, by its place, under changed readings."""


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
    for place, example in enumerate(pack.examples):
        if example.readings:
            continue
        difference = first_difference(run({}, place), run({reading.name: other}, place))
        if difference:
            changed += 1
            instance = instance or f"示例“{example.title}”：{difference}"
    return Effect(other, changed, instance)


def first_difference(was: Said, now: Said) -> str:
    """The first result in which two settlements differ, in words; nothing if none."""
    if was is None or now is None:
        return "" if was is now else "按备选不能结算"
    for name in dict.fromkeys([*was, *now]):
        one, other = was.get(name, "没有"), now.get(name, "没有")
        if one != other:
            return f"{name}由{one}变为{other}"
    return ""
