"""Two settlements of the same person, compared: aid, insurance payments, other results.

For the commands that try another reading; takes settlements, gives `Change`s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from medaidlang.core.nodes import Pack, Reading
    from medaidlang.interpret.result import Settlement


class Kind(Enum):
    """What came out otherwise; only `AID` is counted in 救助合计."""

    AID = "救助"
    INSURANCE = "保险"
    OTHER = "其他结果"


@attrs.frozen
class Said:
    """A payment or result as text; `fen` None where it is not an amount that is known."""

    kind: Kind
    text: str
    fen: int | None


@attrs.frozen
class Change:
    """One payment or other result that comes out otherwise.

    `before` and `after` are texts; `fen` is how much more it is, None where either is
    not known or it is no amount.
    """

    person: str
    what: str
    before: str
    after: str
    fen: int | None
    kind: Kind


@attrs.frozen
class Trial:
    """One alternative of one reading, run over the data."""

    reading: Reading
    choice: str
    changes: tuple[Change, ...]

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def by_person(self) -> dict[str, int | None]:
        """Who is affected, and by how much aid in 分 as far as known; None where none is."""
        people = dict.fromkeys(change.person for change in self.changes)
        aid = self.of(Kind.AID)
        return {who: known_sum([c for c in aid if c.person == who]) for who in people}

    def difference(self, kind: Kind) -> int | None:
        """分 more (or less) over what is known both ways; None where nothing of it is."""
        return known_sum(self.of(kind))


def known_sum(changes: Sequence[Change]) -> int | None:
    """The sum of what is known; None where there are changes, and no difference is known."""
    known = [change.fen for change in changes if change.fen is not None]
    return sum(known) if known or not changes else None


def compared(person: str, old: Mapping[str, Said], new: Mapping[str, Said]) -> Iterator[Change]:
    """What differs; where one side has no such payment, it is nothing, no such result, a dash."""
    for what in dict.fromkeys([*old, *new]):
        kind = (old.get(what) or new[what]).kind
        first, second = old.get(what, absent(kind)), new.get(what, absent(kind))
        if first != second:
            known = first.fen is not None and second.fen is not None
            fen = (second.fen or 0) - (first.fen or 0) if known else None
            yield Change(person, what, first.text, second.text, fen, kind)


def absent(kind: Kind) -> Said:
    """What stands for a payment or result that the other settlement alone has."""
    return Said(kind, "—", None) if kind is Kind.OTHER else paid(kind, 0)


def everything(pack: Pack, settlement: Settlement) -> dict[str, Said]:
    """Every payment and result of a settlement under a name of its own."""
    return {**payments(settlement), **results_of(pack, settlement)}


def payments(settlement: Settlement) -> dict[str, Said]:
    """The insurances, then the aid, claim by claim, the applications and the subsidies."""
    found = {
        f"{claim.number} {name}": paid(Kind.INSURANCE, fen)
        for claim in settlement.claims
        for name, fen in claim.layers.items()
    }
    found |= {
        f"{claim.number} {payment.benefit}": paid(Kind.AID, payment.amount)
        for claim in settlement.claims
        for payment in claim.payments
    }
    found |= {
        f"{made.number} {made.benefit}": paid(Kind.AID, made.amount)
        for made in settlement.applications
    }
    return found | {n: paid(Kind.AID, p.amount) for n, p in settlement.subsidies.items()}


def paid(kind: Kind, fen: int | None) -> Said:
    """An amount."""
    return Said(kind, amount(fen), fen)


def amount(fen: int | None) -> str:
    """An amount as text."""
    from medaidlang.runtime.money import format_yuan

    return "无法计算" if fen is None else format_yuan(fen)


def results_of(pack: Pack, settlement: Settlement) -> dict[str, Said]:
    """Deadlines, flags and the like; not who funds the payments already compared."""
    from medaidlang.core.nodes import OutputKind
    from medaidlang.core.types import MONEY
    from medaidlang.interpret.shape import kinds
    from medaidlang.records.results import result_text

    types = kinds(pack)
    funds = {output.name for output in pack.outputs if output.kind is OutputKind.FUNDS}
    found = {}
    for result in settlement.results:
        if result.name not in funds:
            is_money = types[result.name] == MONEY and isinstance(result.value, int)
            fen = result.value if is_money and isinstance(result.value, int) else None
            found[result.name] = Said(Kind.OTHER, result_text(result, types), fen)
    return found
