"""定额 beside a 比例, above the base, or without any base.

Takes the pack; where a category has a 定额 no 比例 is asked; a 定额 is paid up to the
base, and with 基数 不设 whatever the person bears.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import (
    Cells,
    cells,
    decided,
    entitled,
    finding,
    ladders,
    listed,
    reached,
    row_words,
    words,
)  # fmt: skip
from medaidlang.check.keys import lower_bounds
from medaidlang.check.overpay.limits import limits
from medaidlang.check.possible.words import shown
from medaidlang.core.nodes import Benefit, Column, Entry, Pack
from medaidlang.core.types import MONEY

Pair = tuple[Entry, Entry]


def fixed_amounts(pack: Pack) -> Iterator[Diagnostic]:
    """E567 beside a 比例, W568 above the base, W569 whatever is borne."""
    ladder = ladders(pack)
    for item in (*pack.layers.values(), *pack.benefits.values()):
        if item.unbased and not decided(item):
            yield finding("W569", item.base_origin, benefit=item.name)
        if not any(entry.column is Column.FIXED for entry in item.entries):
            continue
        found: dict[tuple[int, int], tuple[Pair, list[str]]] = {}
        for name, steps in reached(pack, item, ladder).items():
            for one, other in both(cells(steps, item)):
                key = (id(one), id(other))
                found.setdefault(key, ((one, other), []))[1].append(name)
        for (one, other), names in found.values():
            figures = {"ratio": said(one), "fixed": said(other)}
            args = {"benefit": item.name, "categories": listed(names), **figures}
            yield finding("E567", other.origin, Label(one.origin.span, "first"), **args)
        for entry in item.entries:
            if entry.column is Column.FIXED and not item.unbased:
                yield from above_base(pack, item, entry)


def both(given: Cells) -> Iterator[Pair]:
    """A 比例 that is never asked for a 定额: in the same row, or the 定额 is for every case."""
    if not entitled(given):
        return
    for ratio in given.get(Column.RATIO, ()):
        for fixed in given.get(Column.FIXED, ()):
            same = (ratio.identities, ratio.keys) == (fixed.identities, fixed.keys)
            if ratio.entitled and fixed.entitled and (same or not fixed.keys):
                yield ratio, fixed


def said(entry: Entry) -> str:
    """The figure of a cell, as written."""
    return words(entry.expr) if entry.expr is not None else "不设"


def above_base(pack: Pack, item: Benefit, entry: Entry) -> Iterator[Diagnostic]:
    """W568, at the least base of the row."""
    low = max(lower_bounds(item, entry), default=None)
    amount = limits(pack, entry.expr).low if entry.expr is not None else None
    if low is not None and amount is not None and amount > low:
        figures = {"fixed": said(entry), "low": shown(low, MONEY), "paid": shown(low, MONEY)}
        args = {"benefit": item.name, "row": row_words(entry)}
        yield finding("W568", entry.origin, **args, **figures)
