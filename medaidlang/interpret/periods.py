"""Running totals that begin anew within the year: by month, quarter or hospital.

Each such total has, beside its own place, a place for every period (or hospital) of
the person's claims.  Before a claim the total of its period is put in place, after
it put back; so claims may come in any order, and worlds need not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from medaidlang.core.nodes import Period
from medaidlang.interpret.bind import BoundClaim
from medaidlang.plan import nodes as n

Swap = tuple[int, int]  # the total's place, and that of its period


@attrs.frozen
class Periods:
    """Where the totals of one person's year stand; `count` places in all."""

    count: int
    swaps: dict[str, tuple[Swap, ...]]  # by the claim's number

    def of(self, claim: BoundClaim) -> tuple[Swap, ...]:
        """The places that a claim's totals come from."""
        return self.swaps.get(claim.number, ())


def periods_of(
    totals: Sequence[n.Total], hospital: int | None, claims: Sequence[BoundClaim]
) -> Periods:
    """A place for each total and period that the claims meet; `hospital` is its slot."""
    count = len(totals)
    places: dict[tuple[int, Any], int] = {}
    swaps: dict[str, tuple[Swap, ...]] = {}
    parted = [(i, total.period) for i, total in enumerate(totals) if total.period in KEYED]
    for claim in claims:
        mine = []
        for place, period in parted:
            key = (place, period_key(period, claim, hospital))
            if key not in places:
                places[key] = count
                count += 1
            mine.append((place, places[key]))
        swaps[claim.number] = tuple(mine)
    return Periods(count, swaps)


KEYED = (Period.MONTH, Period.QUARTER, Period.HOSPITAL)


def period_key(period: Period, claim: BoundClaim, hospital: int | None) -> Any:
    """What tells one period of a total from another."""
    match period:
        case Period.MONTH:
            return claim.day.month
        case Period.QUARTER:
            return (claim.day.month - 1) // 3
        case Period.HOSPITAL:
            assert hospital is not None
            return claim.values[hospital]
        case _:
            return None


def put(totals: list[Any], swaps: Sequence[Swap], *, back: bool) -> None:
    """Put the totals of a claim's periods in place, or back where they are kept."""
    for place, kept in swaps:
        if back:
            totals[kept], totals[place] = totals[place], 0
        else:
            totals[place] = totals[kept]
