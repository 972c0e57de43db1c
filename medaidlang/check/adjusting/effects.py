"""Changes without an effect: no figure to change, nothing changed, always cut at 100%.

Takes the pack; looks at each line of an 调整 beside the tables of its benefits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.adjusting.cases import Ladder, changed, said, whom
from medaidlang.check.common import cells, finding, ladders, row_words
from medaidlang.check.overpay.limits import Range, limits
from medaidlang.check.possible.words import shown
from medaidlang.core.nodes import Adjustment, Benefit, Change, Column, Entry, Manner, Pack, Target
from medaidlang.core.types import RATIO

COLUMNS = {
    Target.DEDUCTIBLE: (Column.DEDUCTIBLE,),
    Target.RATIO: (Column.RATIO,),
    Target.CAP: (Column.CAP, Column.CLAIM_CAP),
    Target.FIXED: (Column.FIXED,),
}
LOWERING = (Manner.TIMES, Manner.MINUS, Manner.AT_MOST)
WHOLE, NONE = Fraction(1), Fraction(0)


def effects(pack: Pack) -> Iterator[Diagnostic]:
    """E561 no figure, W562 nothing changed, W563 always above 100%."""
    ladder = ladders(pack) if pack.adjustments else {}
    for place, adjustment in enumerate(pack.adjustments):
        items = changed(pack, adjustment)
        for change in adjustment.changes:
            args = {"name": adjustment.name, "change": said(change)}
            reasons = [lacking(pack, adjustment, change, item, ladder) for item in items]
            if items and all(reason is not None for reason in reasons):
                why = next((reason for reason in reasons if reason), "")
                names = "、".join(f"“{item.name}”" for item in items)
                lack = f"{names}没有{change.target.value}{why}"
                yield finding("E561", change.origin, lack=lack, **args)
            elif nothing(change, limits(pack, change.expr)):
                yield finding("W562", change.origin, **args)
            elif change.target is Target.RATIO:
                yield from clipped(pack, place, change, ladder)


def lacking(
    pack: Pack, adjustment: Adjustment, change: Change, item: Benefit, ladder: Ladder
) -> str | None:
    """Why a benefit has no such figure to change; None where it has one."""
    if change.target is Target.PAYMENT:
        return None
    if change.target is Target.BASE:
        if item.application is not None:
            return "（按申请合并计算）"
        return "（基数 不设）" if item.unbased else None
    if change.target is Target.DEDUCTIBLE and not item.deducts:
        return "（起付 不设）"
    if not whom(pack, adjustment, item, ladder):
        return None  # said of the 调整
    rows = figures(pack, adjustment, change.target, item, ladder)
    if not rows:
        return ""
    unset = all(entry.expr is None for entry in rows)
    if unset and (change.target is Target.CAP or change.manner in LOWERING):
        return f"（都写着{change.target.value} 不设）"
    return None


def figures(
    pack: Pack, adjustment: Adjustment, target: Target, item: Benefit, ladder: Ladder
) -> list[Entry]:
    """The cells of a figure, for those whom the 调整 concerns."""
    return [
        entry
        for name in whom(pack, adjustment, item, ladder)
        for column in COLUMNS[target]
        for entry in cells(ladder.get(name, ()), item).get(column, ())
        if entry.entitled
    ]


def nothing(change: Change, by: Range) -> bool:
    """Whether the figure stays what it was."""
    match change.manner:
        case Manner.TIMES:
            return by.low == by.high == WHOLE
        case Manner.PLUS | Manner.MINUS:
            return by.low == by.high == NONE
        case Manner.AT_LEAST:
            return by.high is not None and by.high <= NONE
        case Manner.AT_MOST:
            ratio = change.target is Target.RATIO
            return ratio and by.low is not None and by.low >= WHOLE
        case _:
            return False


def clipped(pack: Pack, place: int, change: Change, ladder: Ladder) -> Iterator[Diagnostic]:
    """W563: for every row of a benefit, unless an 调整 before may have brought it down."""
    adjustment = pack.adjustments[place]
    by = limits(pack, change.expr).low
    for item in changed(pack, adjustment):
        if by is None or brought_down(pack.adjustments[:place], item):
            continue
        rows = figures(pack, adjustment, Target.RATIO, item, ladder)
        raised = [(row, grown(change.manner, limits(pack, row.expr).low, by))
                  for row in rows if row.expr is not None]  # fmt: skip
        if raised and all(high is not None and high > WHOLE for _, high in raised):
            row, high = raised[0]
            assert high is not None
            args = {"name": adjustment.name, "change": said(change), "benefit": item.name}
            ratio = shown(high, RATIO)
            yield finding("W563", change.origin, row=row_words(row), ratio=ratio, **args)


def grown(manner: Manner, before: Fraction | None, by: Fraction) -> Fraction | None:
    """The least that a ratio can be after a change."""
    if manner in (Manner.SET, Manner.AT_LEAST):
        return by
    if before is None:
        return None
    if manner is Manner.PLUS:
        return before + by
    return before * by if manner is Manner.TIMES else None


def brought_down(before: Sequence[Adjustment], item: Benefit) -> bool:
    """Whether an 调整 before may lower the ratio."""
    return any(
        item.name in adjustment.benefits
        and change.target is Target.RATIO
        and change.manner in (*LOWERING, Manner.SET)
        for adjustment in before
        for change in adjustment.changes
    )
