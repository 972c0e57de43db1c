"""W531 倒挂: a category named before another gets less for the same claims.

Of two categories, the one whose row stands first in a benefit's table is taken
to be worse off.  Single costs are tried at every bend of both curves, then years
of two costs of every two kinds; better parameters throughout do not exclude an
inversion (`overlap.md`): the better category spends its 限额 where the next
benefit would have helped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import combinations, product

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.core.nodes import Entry
from medaidlang.interpret.curves import WAN, Curve, NotKnown, vertices
from medaidlang.probe.rounding import close, roundest
from medaidlang.probe.trial import Treated, Trials, Visit
from medaidlang.probe.words import aid_words, claim_words, yuan

Claims = tuple[tuple[Visit, int], ...]

ROUND = tuple(unit * WAN // 10 for unit in (1, 3, 10, 30, 100, 300, 1000))
"""分; burdens tried besides the bends."""
TURNS = 6
"""How often the two burdens of a year are improved in turn."""


def inversions(trials: Trials, kinds: Sequence[Visit]) -> Iterator[Diagnostic]:
    """W531, one for each two treatments, in the order of the rows."""
    search = Search(trials, kinds)
    found = []
    for one, other in combinations(trials.treated, 2):
        order = ranked(trials, one, other)
        if order is not None:
            worse, better, benefit, row, next_row = order
            claims = search.example(worse, better)
            if claims:
                found.append(told(trials, (worse, better), benefit, (row, next_row), claims))
    yield from sorted(found, key=lambda one: one.labels[0].span.start)


def ranked(
    trials: Trials, one: Treated, other: Treated
) -> tuple[Treated, Treated, str, Entry, Entry] | None:
    """Who is worse off, by the first benefit whose tables name them in different rows."""
    for benefit in trials.pack.benefits:
        first, second = trials.row(one, benefit), trials.row(other, benefit)
        if first is None or second is None or first[0] == second[0]:
            continue
        if first[0] < second[0]:
            return one, other, benefit, first[1], second[1]
        return other, one, benefit, second[1], first[1]
    return None


class Search:
    """The search for claims on which one treatment gives more than another."""

    def __init__(self, trials: Trials, kinds: Sequence[Visit]) -> None:
        self.trials, self.kinds = trials, kinds
        self.seeds = trials.seeds()
        self.bends = {
            (who, visit): self.tried(trials.curve(who, visit))
            for who, visit in product(trials.treated, kinds)
        }

    def tried(self, curve: Curve) -> list[int]:
        """The bends of a curve, and a burden well beyond the last; [] where it is not known."""
        try:
            found = vertices(curve, self.seeds, self.trials.slack)
        except NotKnown:
            return []
        beyond = min(max(2 * found[-2], WAN), found[-1])
        return [burden for burden in (*found[:-1], beyond) if burden > 0]

    def both(self, worse: Treated, better: Treated, visit: Visit) -> list[int]:
        """Burdens worth trying for two categories; none where one of them is not known."""
        listed = [self.bends.get((who, visit), []) for who in (worse, better)]
        return sorted({*listed[0], *listed[1]}) if all(listed) else []

    def ahead(self, worse: Treated, better: Treated, claims: Claims) -> int:
        """How much more the better-off category gets."""
        less, more = (self.trials.year(who, claims) for who in (worse, better))
        return 0 if less is None or more is None else more - less

    def example(self, worse: Treated, better: Treated) -> Claims:
        """The worst claims found, in round amounts: one if one is enough, else two; () if none."""
        for found in (self.single(worse, better), self.double(worse, better)):
            if found and self.ahead(worse, better, found) > self.trials.slack:
                return self.rounded(worse, better, found)
        return ()

    def single(self, worse: Treated, better: Treated) -> Claims:
        """The single cost with the largest difference."""
        tried = [
            ((visit, burden),) for visit in self.kinds for burden in self.both(worse, better, visit)
        ]
        return max(tried, key=lambda claims: self.ahead(worse, better, claims), default=())

    def double(self, worse: Treated, better: Treated) -> Claims:
        """The year of two costs with the largest difference."""
        best: Claims = ()
        most = self.trials.slack
        for first, second in product(self.kinds, self.kinds):
            if first.person == second.person:
                with suppress(NotKnown):
                    claims, ahead = self.coarse(worse, better, first, second)
                    if ahead > most:
                        best, most = claims, ahead
        return self.improved(worse, better, best, most) if best else ()

    def coarse(
        self, worse: Treated, better: Treated, first: Visit, second: Visit
    ) -> tuple[Claims, int]:
        """The best of all pairs of bends."""
        best: Claims = ()
        most = 0
        later = self.both(worse, better, second)
        for burden in self.both(worse, better, first) if later else ():
            less, more = (
                self.trials.curve(who, second, [(first, burden)]) for who in (worse, better)
            )
            for after in sorted({*later, *ROUND}):
                ahead = more(after) - less(after)
                if ahead > most:
                    best, most = ((first, burden), (second, after)), ahead
        return best, most

    def improved(self, worse: Treated, better: Treated, claims: Claims, most: int) -> Claims:
        """Each burden in turn at the best bend while the other stays, until nothing is gained."""
        for turn in range(TURNS):
            place = 1 - turn % 2
            tried = self.moved(worse, better, claims, place)
            best = max(tried, key=lambda one: self.ahead(worse, better, one))
            ahead = self.ahead(worse, better, best)
            if ahead < most or (ahead == most and turn > 1):
                break
            claims, most = best, ahead
        return claims

    def moved(self, worse: Treated, better: Treated, claims: Claims, place: int) -> list[Claims]:
        """The claims with another burden of one of them, the smaller ones first."""
        visit = claims[place][0]
        burdens = {claims[place][1]}
        for who in (worse, better):
            burdens |= set(self.tried(self.along(who, claims, place)))
        return [replaced(claims, place, (visit, burden)) for burden in sorted(burdens)]

    def along(self, who: Treated, claims: Claims, place: int) -> Curve:
        """What is paid in all, by the burden of one of the claims."""

        def curve(burden: int) -> int:
            paid = self.trials.year(who, replaced(claims, place, (claims[place][0], burden)))
            if paid is None:
                raise NotKnown
            return paid

        return curve

    def rounded(self, worse: Treated, better: Treated, claims: Claims) -> Claims:
        """Smaller and rounder burdens that keep most of the difference."""
        most = self.ahead(worse, better, claims)
        for place in range(len(claims)):
            now = self.ahead(worse, better, claims)
            claims = next(
                tried
                for tried in self.moved(worse, better, claims, place)
                if 100 * self.ahead(worse, better, tried) >= 99 * now
            )
            claims = self.rounder(worse, better, claims, place, most)
        return claims

    def rounder(
        self, worse: Treated, better: Treated, claims: Claims, place: int, most: int
    ) -> Claims:
        """One burden rounder, the difference still most of `most`."""
        visit, burden = claims[place]

        def good(amount: int) -> bool:
            changed = replaced(claims, place, (visit, amount))
            return close(self.ahead(worse, better, changed), most)

        return replaced(claims, place, (visit, roundest(burden, good)))


def replaced(claims: Claims, place: int, claim: tuple[Visit, int]) -> Claims:
    """The claims with another one in that place."""
    return (*claims[:place], claim, *claims[place + 1 :])


def told(
    trials: Trials,
    pair: tuple[Treated, Treated],
    benefit: str,
    rows: tuple[Entry, Entry],
    claims: Claims,
) -> Diagnostic:
    """The example, settled the ordinary way."""
    less, more = (trials.settled(who, claims) for who in pair)
    gap = sum(more.totals.values()) - sum(less.totals.values())
    kinds = tuple(visit for visit, _ in claims)
    said = [claim_words(trials, visit, burden, kinds) for visit, burden in claims]
    args = {
        "worse": trials.named(pair[0], benefit), "better": trials.named(pair[1], benefit),
        "first": said[0], "then": f"再一笔 {said[1]}" if said[1:] else "全年没有别的费用",
        "benefit": benefit,
        "less": aid_words(less), "more": aid_words(more), "difference": yuan(gap),
    }  # fmt: skip
    label = Label(rows[1].origin.span, "排在后面的身份")
    return Diagnostic("W531", rows[0].origin.span, args, (label,), rows[0].origin.clause)
