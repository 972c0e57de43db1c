"""W532 悬崖: a little more cost leaves the person with less aid, or with less to pay.

Every straight stretch and every jump of every curve is looked at: aid must not
fall as the cost grows, and must not grow faster than the cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.core.nodes import Origin
from medaidlang.interpret.result import Settlement
from medaidlang.probe.curves import vertices
from medaidlang.probe.trial import Treated, Trials, Visit
from medaidlang.probe.words import visit_words, who_words, yuan


@attrs.frozen
class Cliff:
    """Two burdens of one kind of cost; `falls`: the aid falls, else what the person pays does."""

    visit: Visit
    low: int
    high: int
    falls: bool
    size: int


def cliffs(trials: Trials, kinds: Sequence[Visit]) -> Iterator[Diagnostic]:
    """W532: the worst for each treatment and direction; the same place for several told once."""
    seeds = trials.seeds()
    same: dict[tuple[Visit, int, int, bool], list[tuple[Treated, Cliff]]] = {}
    for who in trials.treated:
        found = [
            cliff
            for visit in kinds
            if trials.year(who, [(visit, seeds[-1])]) is not None
            for cliff in steps(trials, who, visit, seeds)
        ]
        for falls in (True, False):
            worst = max((c for c in found if c.falls is falls), key=lambda c: c.size, default=None)
            if worst is not None:
                key = (worst.visit, worst.low, worst.high, falls)
                same.setdefault(key, []).append((who, worst))
    for listed in same.values():
        yield told(trials, [who for who, _ in listed], listed[0][1])


def steps(trials: Trials, who: Treated, visit: Visit, seeds: Sequence[int]) -> Iterator[Cliff]:
    """Where one curve falls, or rises by more than the cost."""
    curve = trials.curve(who, visit)
    for low, high in pairwise(vertices(curve, seeds, trials.slack)):
        rise = curve(high) - curve(low)
        if -rise > trials.slack:
            yield Cliff(visit, low, high, True, -rise)
        elif rise - (high - low) > trials.slack:
            yield Cliff(visit, low, high, False, rise - (high - low))


def told(trials: Trials, treated: Sequence[Treated], cliff: Cliff) -> Diagnostic:
    """The example on both sides, settled the ordinary way."""
    who = treated[0]
    before, after = (
        trials.settled(who, [(cliff.visit, burden)]) for burden in (cliff.low, cliff.high)
    )
    paid = [sum(one.totals.values()) for one in (before, after)]
    benefit = behind(before, after, cliff.falls)
    row = trials.row(who, benefit)
    origin: Origin = row[1].origin if row else trials.pack.benefits[benefit].origin
    what = "救助反而少" if cliff.falls else "自己负担反而少"
    args = {
        "who": who_words(*treated), "cost": visit_words(trials, cliff.visit) or "不论哪种",
        "low": yuan(cliff.low), "high": yuan(cliff.high), "what": f"{what} {yuan(cliff.size)}",
        "aid_low": yuan(paid[0]), "aid_high": yuan(paid[1]), "benefit": benefit,
        "own_low": yuan(cliff.low - paid[0]), "own_high": yuan(cliff.high - paid[1]),
    }  # fmt: skip
    return Diagnostic("W532", origin.span, args, (), origin.clause)


def behind(before: Settlement, after: Settlement, falls: bool) -> str:
    """The benefit that changes most in that direction."""
    change = {name: after.totals[name] - paid for name, paid in before.totals.items()}
    return (min if falls else max)(change, key=lambda name: change[name])
