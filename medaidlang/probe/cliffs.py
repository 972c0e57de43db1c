"""W532 悬崖: a little more cost leaves the person with less aid, or with less to pay.

Every straight stretch and every jump of every curve is looked at: aid must not
fall as the cost grows, and must not grow faster than the cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.interpret.curves import Curve, NotKnown, vertices
from medaidlang.interpret.result import Settlement
from medaidlang.probe.rounding import close, roundest
from medaidlang.probe.trial import Treated, Trials, Visit
from medaidlang.probe.words import visit_words, yuan


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
    same: dict[tuple[Visit, int, int, bool], list[Treated]] = {}
    for who in trials.treated:
        found = [cliff for visit in kinds for cliff in steps(trials, who, visit, seeds)]
        for falls in (True, False):
            worst = max((c for c in found if c.falls is falls), key=lambda c: c.size, default=None)
            if worst is not None:
                same.setdefault((worst.visit, worst.low, worst.high, falls), []).append(who)
    for (visit, low, high, falls), treated in same.items():
        yield told(trials, treated, visit, (low, high), falls)


def steps(trials: Trials, who: Treated, visit: Visit, seeds: Sequence[int]) -> list[Cliff]:
    """Where one curve falls, or rises by more than the cost; none where it is not known."""
    curve = trials.curve(who, visit)
    found = []
    try:
        for low, high in pairwise(vertices(curve, seeds, trials.slack)):
            rise = curve(high) - curve(low)
            falls = rise < 0
            size = -rise if falls else rise - (high - low)
            if size > trials.slack:
                found.append(rounded(curve, Cliff(visit, low, high, falls, size)))
    except NotKnown:
        return []
    return found


def rounded(curve: Curve, cliff: Cliff) -> Cliff:
    """A stretch with rounder ends; a jump as it is."""
    if cliff.high - cliff.low == 1:
        return cliff

    def good(low: int, high: int) -> bool:
        rise = curve(high) - curve(low)
        return close(-rise if cliff.falls else rise - (high - low), cliff.size)

    low = roundest(cliff.low, lambda burden: good(burden, cliff.high)) if cliff.low else 0
    return attrs.evolve(cliff, low=low, high=roundest(cliff.high, lambda b: good(low, b)))


def told(
    trials: Trials, treated: Sequence[Treated], visit: Visit, burdens: tuple[int, int], falls: bool
) -> Diagnostic:
    """The example on both sides, settled the ordinary way."""
    who = treated[0]
    before, after = (trials.settled(who, [(visit, burden)]) for burden in burdens)
    paid = [sum(one.totals.values()) for one in (before, after)]
    own = [burden - aid for burden, aid in zip(burdens, paid, strict=True)]
    benefit = behind(before, after, falls)
    row = trials.row(who, benefit)
    origin = row[1].origin if row else trials.pack.benefits[benefit].origin
    what, lost = ("救助", paid) if falls else ("自己负担", own)
    args = {
        "who": "、".join(dict.fromkeys(trials.named(one, benefit) for one in treated)),
        "cost": visit_words(trials, visit) or "不论哪种", "benefit": benefit,
        "low": yuan(burdens[0]), "high": yuan(burdens[1]),
        "what": f"{what}反而少 {yuan(lost[0] - lost[1])}",
        "aid_low": yuan(paid[0]), "aid_high": yuan(paid[1]),
        "own_low": yuan(own[0]), "own_high": yuan(own[1]),
    }  # fmt: skip
    return Diagnostic("W532", origin.span, args, (), origin.clause)


def behind(before: Settlement, after: Settlement, falls: bool) -> str:
    """The benefit that changes most in that direction."""
    change = {name: after.totals[name] - paid for name, paid in before.totals.items()}
    return (min if falls else max)(change, key=lambda name: change[name])
