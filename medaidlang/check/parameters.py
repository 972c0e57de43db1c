"""Figures set outside the document: none missing, none twice, none out of bounds.

Takes the pack; looks at the dates between which each published figure holds,
and at the limits that the document puts on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import finding, in_document, words
from medaidlang.check.overpay.limits import limits
from medaidlang.check.possible.words import shown
from medaidlang.core.nodes import Dated, Pack, Parameter
from medaidlang.runtime.dates import format_date_cn

DAY = timedelta(days=1)


def parameters(pack: Pack) -> Iterator[Diagnostic]:
    """E714 no figure, E715 a hole, E716 two figures for a day, E717 out of bounds."""
    for parameter in pack.parameters.values():
        if not parameter.values:
            if not parameter.pending and in_document(pack, parameter.origin):
                yield finding("E714", parameter.origin, name=parameter.name)
        else:
            yield from timeline(pack, parameter)
        yield from bounds(pack, parameter)


def timeline(pack: Pack, parameter: Parameter) -> Iterator[Diagnostic]:
    """Holes and overlaps between the figures, and before the first while the document rules."""
    dated = sorted(parameter.values, key=lambda value: value.start or date.min)
    effective = pack.document.effective
    own = in_document(pack, parameter.origin) and not parameter.pending
    first = dated[0]
    last = max(dated, key=lambda value: value.end or date.max)
    if own and effective and first.start is not None and effective < first.start:
        yield hole(parameter, first, effective, first.start - DAY)
    if own and effective and last.end is not None and last.end < effective:
        yield hole(parameter, last, effective, effective)
    before = first  # the figure that holds longest of those so far
    for after in dated[1:]:
        label = Label(before.origin.span, "first")
        start = after.start or date.min
        if before.end is None or start <= before.end:
            args = {"name": parameter.name, "day": format_date_cn(start)}
            yield finding("E716", after.origin, label, **args)
        elif before.end + DAY < start:
            yield hole(parameter, after, before.end + DAY, start - DAY)
        if before.end is not None and (after.end is None or after.end > before.end):
            before = after
    for value in dated:
        if value.start is not None and value.end is not None and value.end < value.start:
            args = {"name": parameter.name, "start": format_date_cn(value.start)}
            yield finding("E720", value.origin, end=format_date_cn(value.end), **args)


def hole(parameter: Parameter, row: Dated, start: date, end: date) -> Diagnostic:
    """E715."""
    args = {"name": parameter.name, "start": format_date_cn(start), "end": format_date_cn(end)}
    return finding("E715", row.origin, **args)


def bounds(pack: Pack, parameter: Parameter) -> Iterator[Diagnostic]:
    """E717: 不低于 above 不高于, or a published figure beyond either."""
    floors = [(limits(pack, b.expr).low, b) for b in parameter.bounds if b.floor]
    ceilings = [(limits(pack, b.expr).high, b) for b in parameter.bounds if not b.floor]
    for low, floor in floors:
        for high, ceiling in ceilings:
            if low is not None and high is not None and low > high:
                limit = f"不高于 {words(ceiling.expr)}"
                args = {"name": parameter.name, "value": f"不低于 {words(floor.expr)}"}
                yield finding("E717", floor.origin, limit=limit, **args)
    for dated in parameter.values:
        if not isinstance(dated.value, int | Fraction):
            continue
        text = shown(dated.value, parameter.type)
        for low, floor in floors:
            if low is not None and dated.value < low:
                args = {"name": parameter.name, "value": text}
                label = Label(floor.origin.span, "expected")
                limit = f"不低于 {words(floor.expr)}"
                yield finding("E717", dated.origin, label, limit=limit, **args)
        for high, ceiling in ceilings:
            if high is not None and dated.value > high:
                args = {"name": parameter.name, "value": text}
                label = Label(ceiling.origin.span, "expected")
                limit = f"不高于 {words(ceiling.expr)}"
                yield finding("E717", dated.origin, label, limit=limit, **args)
