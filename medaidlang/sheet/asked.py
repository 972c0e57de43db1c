"""Applications in the worked examples: what counts, the sum step by step, and who gets what.

Takes an application as it was settled, gives a view; the person of an example and
the members of the household are called as the example calls them.
"""

from __future__ import annotations

import attrs

from medaidlang.interpret.result import Application
from medaidlang.sheet.figures import day
from medaidlang.sheet.steps import Compared, Sum, in_yuan, one_sum, several


@attrs.frozen
class Counts:
    """A claim that counts towards the application; `amount` in 元, `note` says why unknown."""

    whose: str
    claim: str
    day: str
    amount: str
    note: str


@attrs.frozen
class Share:
    """A part of the division: of what, how much it counted, how much it gets, in 元."""

    what: str
    counted: str
    share: str


@attrs.frozen
class Asked:
    """One application: the claims that count, their sum, the benefit on it, the division."""

    number: str
    benefit: str
    day: str
    counted: tuple[Counts, ...]
    total: str
    sum: Sum
    compared: tuple[Compared, ...]
    identity: str
    shares: tuple[Share, ...]
    clause: str


def asked(made: Application) -> Asked:
    """One application in words."""
    counted = tuple(
        Counts(one.member, one.claim, day(one.day), in_yuan(one.amount), one.reason)
        for one in made.counted
    )
    shares = tuple(
        Share(
            f"费用 {part.claim}" if part.claim else part.member,
            in_yuan(part.counted),
            in_yuan(part.share),
        )
        for part in made.parts
    )
    return Asked(
        made.number,
        made.benefit,
        day(made.day),
        counted,
        in_yuan(made.total),
        one_sum(made.result, made.benefit, made.amount),
        several(made.result),
        made.result.identity,
        shares,
        made.clause,
    )
