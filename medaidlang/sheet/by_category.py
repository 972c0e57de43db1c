"""What the 调整 that look only at the category make of a standard.

Takes a pack and a category, gives the figure that really applies to it; an 调整 that
also depends on something else stays in its own table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from medaidlang.core import expr as x
from medaidlang.core.nodes import (
    Adjustment,
    Benefit,
    Change,
    Column,
    Manner,
    Pack,
    Subsidy,
    Target,
)  # fmt: skip
from medaidlang.sheet.figures import value_words
from medaidlang.sheet.shaping import effect
from medaidlang.sheet.words import Speaker

TARGETS = {
    Column.DEDUCTIBLE: Target.DEDUCTIBLE, Column.RATIO: Target.RATIO,
    Column.CAP: Target.CAP, Column.FIXED: Target.FIXED,
}  # fmt: skip


def concerning(pack: Pack, item: Benefit | Subsidy, names: Sequence[str]) -> tuple[Adjustment, ...]:
    """The 调整 of a benefit that apply to whoever holds one of `names`, whatever else is so."""
    return tuple(
        one
        for one in pack.adjustments
        if item.name in one.benefits and telling(one) and applies(one, names)
    )


def telling(one: Adjustment) -> bool:
    """Whether it depends on the category, and on nothing else."""
    only = all(isinstance(c.expr, x.Holds) for c in one.conditions)
    return only and bool(one.among or one.conditions)


def applies(one: Adjustment, names: Sequence[str]) -> bool:
    """Whether somebody who holds one of `names` fulfils it."""
    asked = [c.expr.identities for c in one.conditions if isinstance(c.expr, x.Holds)]
    asked += [one.among] if one.among else []
    return all(any(name in listed for name in names) for listed in asked)


def changes(found: Sequence[Adjustment], column: Column) -> Iterator[Change]:
    """What they do to a column, in their order."""
    for one in found:
        for change in one.changes:
            if change.target is TARGETS.get(column):
                yield change


def figure(speaker: Speaker, meant: x.Expr | None, said: str, found: Sequence[Change]) -> str:
    """A cell after the changes: the new figure, or, where it is not a plain one, in words."""
    if meant is None or not found:
        return said  # 不设 stays 不设
    if not isinstance(meant, x.Constant):
        return f"{said}，{'，'.join(effect(speaker, one) for one in found)}"
    value = plain(meant)
    for place, one in enumerate(found):
        by = plain(speaker.opened(one.expr))
        if value is None or by is None:
            rest = "，".join(effect(speaker, other) for other in found[place:])
            return f"{said}，{rest}"
        value = limited(changed(value, one.manner, by), meant)
        whole = int(value) if isinstance(meant.value, int) and value.denominator == 1 else value
        said = value_words(whole, meant.type)
    return said


def plain(expr: x.Expr) -> Fraction | None:
    """A number that the rule file gives."""
    known = isinstance(expr, x.Constant) and isinstance(expr.value, int | Fraction)
    return Fraction(expr.value) if known else None  # type: ignore[union-attr, arg-type]


def changed(value: Fraction, manner: Manner, by: Fraction) -> Fraction:
    """One change."""
    match manner:
        case Manner.TIMES:
            return value * by
        case Manner.PLUS:
            return value + by
        case Manner.MINUS:
            return value - by
        case Manner.SET:
            return by
        case Manner.AT_LEAST:
            return max(value, by)
        case Manner.AT_MOST:
            return min(value, by)
        case _:
            assert_never(manner)


def limited(value: Fraction, meant: x.Constant) -> Fraction:
    """Not below 0; a ratio not above 100%."""
    return min(max(value, Fraction(0)), Fraction(1) if isinstance(meant.value, Fraction) else value)
