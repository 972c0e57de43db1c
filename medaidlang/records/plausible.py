"""Claims that are well written but belong to another year than the one to settle."""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.records.assemble import Records, Subject
from medaidlang.records.raw import finding


def check_year(records: Records, year: int) -> Iterator[Diagnostic]:
    """E905: claims of another year than the one to settle."""
    for subject in records.subjects:
        for claim in subject.claims:
            day = str(claim.get("日期", ""))
            if day[:4].isdigit() and int(day[:4]) != year:
                place = _place(subject, claim.get("编号"), "日期")
                yield finding("E905", place, date=day, year=str(year))


def _place(subject: Subject, number: object, field: str) -> str:
    """Where the field of a claim stands."""
    places = subject.places
    row = places.get(f"费用 {number}", places[""])
    return places.get(f"费用 {number}·{field}", row)
