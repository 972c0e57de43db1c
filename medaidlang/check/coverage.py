"""Clause by clause: what became of the document.

Takes the pack; gives for every clause of the 目录 and every heading its rules, its
readings, or the reason why it has none.  The CLI and the rule sheet print it.
"""

from __future__ import annotations

from enum import Enum

import attrs

from medaidlang.core.nodes import ClauseRecord, Origin, Pack


class Status(Enum):
    """What became of a clause."""

    CODED = "已编码"
    READ = "只有口径"
    UNCODED = "不编码"
    EMPTY = "没有内容"
    ABSENT = "没有写"


@attrs.frozen
class ClauseCoverage:
    """One clause; `origin` is None where the rule file has no such heading."""

    mark: str
    title: str
    rules: tuple[str, ...]
    readings: tuple[str, ...]
    uncoded: str
    status: Status
    origin: Origin | None


def coverage(pack: Pack) -> list[ClauseCoverage]:
    """Every clause: in the order of the 目录, then headings that it does not list."""
    records = {record.mark: record for record in reversed(pack.clauses)}
    marks = dict.fromkeys((*pack.document.contents, *(record.mark for record in pack.clauses)))
    return [covered(pack, mark, records.get(mark)) for mark in marks]


def covered(pack: Pack, mark: str, record: ClauseRecord | None) -> ClauseCoverage:
    """One clause."""
    if record is None:
        return ClauseCoverage(mark, "", (), (), "", Status.ABSENT, None)
    about = record.origin.span.source
    readings = tuple(
        reading.name
        for reading in pack.readings.values()
        if reading.origin.clause == mark and reading.origin.span.source is about
    )
    if record.items:
        status = Status.CODED
    elif record.uncoded:
        status = Status.UNCODED
    else:
        status = Status.READ if readings else Status.EMPTY
    return ClauseCoverage(
        mark, record.title, record.items, readings, record.uncoded, status, record.origin
    )
