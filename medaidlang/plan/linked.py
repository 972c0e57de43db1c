"""How benefits hang together: which pay on one cost, and whether a payment is steady.

Takes core nodes, gives what `plan.benefit` builds on.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.chains import OWN, figures
from medaidlang.core.nodes import Column, Entry
from medaidlang.core.parts import deep
from medaidlang.plan.asking import Cells


def preceding(pack: core.Pack, benefit: core.Benefit) -> tuple[str, ...]:
    """接续, all the way back: every benefit that pays on the cost before this one.

    One that takes its base from another (the 超限额部分 of 甲) pays after that one.
    """
    known = figures(pack, benefit.base)
    found: dict[str, None] = {}
    todo = list(benefit.after)
    while todo:
        name = todo.pop(0)
        if name not in found and name != benefit.name:
            found[name] = None
            one = pack.benefits.get(name) or pack.layers[name]
            todo += one.after
            todo += sorted(based_on(pack, one) - known)
    return tuple(found)


def based_on(pack: core.Pack, benefit: core.Benefit) -> set[str]:
    """The benefits of whose cost its base is a part."""
    parts = [part for part in deep(pack, benefit.base) if isinstance(part, x.FigureRef)]
    return {
        part.benefit
        for part in parts
        if part.figure is not x.Figure.PAID and part.benefit in pack.benefits
    }


def same_cost(pack: core.Pack, benefit: core.Benefit) -> list[str]:
    """The benefits that pay on the same cost: linked by 接续 or by a base, up or down."""
    reached = {name: reach(pack, one) for name, one in pack.benefits.items()}
    return [
        name
        for name, one in pack.benefits.items()
        if not one.unbased and (name in reached[benefit.name] or benefit.name in reached[name])
    ]


def reach(pack: core.Pack, benefit: core.Benefit) -> set[str]:
    """A benefit, and those it follows or takes its base from, all the way back."""
    found: set[str] = set()
    todo = [benefit.name]
    while todo:
        name = todo.pop()
        if name not in found and name in pack.benefits:
            found.add(name)
            one = pack.benefits[name]
            todo += [*one.after, *figures(pack, one.base)]
    return found


def asks_base(cells: Cells) -> bool:
    """Whether a key column is about the benefit's own base."""
    entries = (entry for entries in cells.values() for entry in entries)
    return any(key.word == OWN for entry in entries for key in entry.keys)


def is_steady(benefit: core.Benefit, cells: Cells, changed: bool) -> bool:
    """Whether the payment rises or falls steadily as the year's slices are used up.

    It does where each slice has a larger ratio than the one below, or each a smaller one.
    """
    if benefit.slicing is None or benefit.slicing.period is core.Period.CLAIM:
        return True
    rows = cells.get(Column.RATIO, ())
    if changed or any(e.keys or not isinstance(e.expr, x.Constant) for e in rows):
        return False
    ends = {e.slice.low for e in rows if e.slice is not None}
    ends |= {e.slice.high for e in rows if e.slice is not None and e.slice.high is not None}
    ratios = [slice_ratio(rows, low) for low in sorted({0, *ends})]
    return ratios in (sorted(ratios), sorted(ratios, reverse=True))


def slice_ratio(cells: Sequence[Entry], low: int) -> Fraction:
    """The ratio from an edge on; nothing where no slice begins or goes on there."""
    for entry in cells:
        band, expr = entry.slice, entry.expr
        if band is None or not isinstance(expr, x.Constant) or not isinstance(expr.value, Fraction):
            continue
        if band.low <= low and (band.high is None or low < band.high):
            return expr.value
    return Fraction(0)
