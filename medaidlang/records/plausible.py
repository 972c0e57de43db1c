"""Claims that are well written but cannot be: another year, more paid than it cost.

Takes records, gives findings.  Which facts are the cost and the payments is known
by their names in the national interface.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.core.nodes import Pack, Scope
from medaidlang.records.assemble import Records, Subject
from medaidlang.records.raw import finding
from medaidlang.runtime.money import AmountError, to_fen

COST = "inscp_scp_amt"
PAYMENT = "_pay"


def check_year(records: Records, year: int) -> Iterator[Diagnostic]:
    """E905: claims of another year than the one to settle."""
    for subject in records.subjects:
        for claim in subject.claims:
            day = str(claim.get("日期", ""))
            if day[:4].isdigit() and int(day[:4]) != year:
                place = _place(subject, claim.get("编号"), "日期")
                yield finding("E905", place, date=day, year=str(year))


def check_payments(pack: Pack, records: Records) -> Iterator[Diagnostic]:
    """E904: claims on which the insurers paid more than the cost within the policy."""
    facts = [fact for fact in pack.facts.values() if fact.scope is Scope.CLAIM]
    costs = [fact.name for fact in facts if COST in fact.fields]
    payments = [fact.name for fact in facts if any(f.endswith(PAYMENT) for f in fact.fields)]
    for subject in records.subjects:
        for claim in subject.claims:
            cost = _fen(claim.get(costs[0])) if costs else None
            paid = sum(max(_fen(claim.get(name)) or 0, 0) for name in payments)
            if cost is not None and paid > cost >= 0:
                yield finding("E904", _place(subject, claim.get("编号"), costs[0]))


def _fen(value: object) -> int | None:
    """An amount in 分; None for what the interpreter will refuse anyway."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    try:
        return to_fen(value)
    except AmountError:
        return None


def _place(subject: Subject, number: object, field: str) -> str:
    """Where the field of a claim stands."""
    places = subject.places
    row = places.get(f"费用 {number}", places[""])
    return places.get(f"费用 {number}·{field}", row)
