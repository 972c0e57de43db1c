"""Parts of a cost that no slice of 分段 is about.

Takes the pack; the slices of each category, together with the other key columns, must
lead from 0 (or from the 起付, where that is always taken off first) to no end: what
lies between two slices nobody has decided.  One category cannot have rows with and
rows without slices.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import Cells, cells, finding, ladders, listed, reached
from medaidlang.check.keys import asked, fits
from medaidlang.check.overpay.limits import limits
from medaidlang.check.possible.people import possible
from medaidlang.check.possible.words import claim, shown
from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Column, Entry, Manner, Pack, Period, Target
from medaidlang.core.types import MONEY

LOWERING = (Manner.TIMES, Manner.MINUS, Manner.SET, Manner.AT_MOST)
Rows = tuple[Entry, ...]
Part = tuple[int, int | None]


def slices(pack: Pack) -> Iterator[Diagnostic]:
    """E552 a gap, E553 rows with and without slices."""
    ladder = ladders(pack)
    for item in (*pack.layers.values(), *pack.benefits.values()):
        if item.slicing is None:
            continue
        groups: dict[tuple[int, ...], list[str]] = {}
        found: dict[tuple[int, ...], Cells] = {}
        for name, steps in reached(pack, item, ladder).items():
            given = cells(steps, item)
            cut = tuple(e for e in given.get(Column.RATIO, ()) if e.entitled or e.slice)
            if any(entry.slice for entry in cut):
                group = tuple(id(entry) for entry in cut)
                groups.setdefault(group, []).append(name)
                found[group] = {**given, Column.RATIO: cut}
        for group, names in groups.items():
            yield from wrong(pack, item, found[group], listed(names))


def wrong(pack: Pack, item: Benefit, given: Cells, categories: str) -> Iterator[Diagnostic]:
    """The first gap, if all rows are slices."""
    rows = given[Column.RATIO]
    whole = [entry for entry in rows if entry.slice is None]
    args = {"benefit": item.name, "categories": categories}
    if whole:
        yield finding("E553", whole[0].origin, **args)
        return
    start = deducted(pack, item, given)
    for low, high in parts(rows):
        if high is not None and high <= start:
            continue
        covering = [entry for entry in rows if covers(entry, (low, high))]
        said = left_out(pack, item, rows, covering)
        if said is not None:
            part = part_words(max(low, int(start)), high)
            yield finding("E552", rows[-1].origin, part=f"{part}{said}", **args)
            return


def parts(rows: Rows) -> Iterator[Part]:
    """The stretches between all edges, the one without an end last."""
    bands = [entry.slice for entry in rows if entry.slice is not None]
    tops = {band.high for band in bands if band.high is not None}
    edges = sorted({0, *tops, *(band.low for band in bands)})
    yield from pairwise(edges)
    yield edges[-1], None


def covers(entry: Entry, part: Part) -> bool:
    """Whether the slice of a row takes in a stretch."""
    band, (low, high) = entry.slice, part
    if band is None or band.low > low:
        return False
    return band.high is None or (high is not None and high <= band.high)


def left_out(pack: Pack, item: Benefit, rows: Rows, covering: list[Entry]) -> str | None:
    """Why a stretch has no row: "" always, or in which case; None where it always has one."""
    if not covering:
        return ""
    if not all(entry.keys for entry in covering):
        return None
    some = x.Any(tuple(fits(pack, item, entry) for entry in rows), rows[0].origin.span)
    without = [fits(pack, item, entry) for entry in covering]
    case = possible(pack, [some, *asked(pack, item)], without)
    return None if case is None or not case.values else f"，例如{claim(pack, case)}"


def deducted(pack: Pack, item: Benefit, given: Cells) -> Fraction:
    """How much of the figure that is cut up is always taken off as 起付 before the slices."""
    account = pack.accounts.get(item.deductible) if item.deductible else None
    nothing = Fraction(0)
    if (
        account is None
        or item.deductibles
        or item.slicing is None
        or item.slicing.figure is not x.Figure.BASE
    ):
        return nothing
    if item.slicing.period is Period.CLAIM and account.period is not Period.CLAIM:
        return nothing  # used up by the costs before
    if any(lowers(item, adjustment.benefits, change.target, change.manner)
           for adjustment in pack.adjustments for change in adjustment.changes):  # fmt: skip
        return nothing
    figures = [
        limits(pack, entry.expr).low if entry.expr is not None else nothing
        for entry in given.get(Column.DEDUCTIBLE, ())
    ]
    known = [figure for figure in figures if figure is not None]
    edges = [e.slice.low for e in given[Column.RATIO] if e.slice]
    if len(known) < len(figures):
        return Fraction(min(edges))  # not known: it may well be where the slices begin
    return min(known, default=nothing)


def lowers(item: Benefit, benefits: tuple[str, ...], target: Target, manner: Manner) -> bool:
    """Whether an 调整 may bring the 起付 down."""
    return item.name in benefits and target is Target.DEDUCTIBLE and manner in LOWERING


def part_words(low: int, high: int | None) -> str:
    """`30000元至50000元的部分`."""
    start = shown(low, MONEY)
    return f"{start}至{shown(high, MONEY)}的部分" if high is not None else f"{start}以上的部分"
