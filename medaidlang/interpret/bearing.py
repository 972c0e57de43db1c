"""Who bears a claim's cost: what was paid before, the insurances, the aid, and the person.

Takes the claim as given and its result, gives amounts that add up to the cost to
the 分.  Of the payments in the data only those count that the rules take off some
base on this claim, and that no insurance of the document computes anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Fact, Pack, Scope
from medaidlang.core.parts import deep
from medaidlang.interpret.bind import COST, PAYMENT
from medaidlang.interpret.given import decided
from medaidlang.interpret.result import ClaimResult
from medaidlang.interpret.values import amount

PAID = "支付"


@attrs.frozen
class Bearing:
    """分; None where an amount is not known.  `before` is what the data say was paid."""

    cost: int | None
    before: int | None
    layers: Mapping[str, int | None]
    aid: Mapping[str, int | None]

    @property
    def own(self) -> int | None:
        """个人自付: the cost less all payments; nothing where these exceed it (定额)."""
        parts = [self.cost, self.before, *self.layers.values(), *self.aid.values()]
        known = [part for part in parts if part is not None]
        return max(known[0] - sum(known[1:]), 0) if len(known) == len(parts) else None


def cost_of(pack: Pack) -> Fact | None:
    """The fact that is the policy-scope cost."""
    return next((f for f in pack.facts.values() if COST in f.fields), None)


def paid_before(pack: Pack) -> tuple[Fact, ...]:
    """The facts about payments that the rules may take off some base."""
    parts = [part for item in items(pack) for part in deep(pack, item.base)]
    return payments(pack, {part.name for part in parts if isinstance(part, x.FactRef)})


def items(pack: Pack) -> list[Benefit]:
    """Everything that has a base."""
    return [*pack.layers.values(), *pack.benefits.values()]


def payments(pack: Pack, names: set[str]) -> tuple[Fact, ...]:
    """Those of the facts that are payments on a claim, by their national field names."""
    return tuple(
        fact
        for fact in pack.facts.values()
        if fact.scope is Scope.CLAIM
        and fact.name in names
        and any(field.endswith(PAYMENT) for field in fact.fields)
    )


def counted(pack: Pack, given: Mapping[str, object]) -> tuple[Fact, ...]:
    """The payments in the data that count on a claim."""
    read = {part for item in items(pack) for part in reached(pack, given, item.base)}
    return tuple(f for f in payments(pack, read) if not computed(pack, given, f))


def reached(pack: Pack, given: Mapping[str, object], expr: x.Expr) -> Iterator[str]:
    """The facts that an expression reads, without the branches that the claim rules out."""
    match expr:
        case x.FactRef(name=name):
            yield name
        case x.DefinitionRef(name=name):
            yield from reached(pack, given, pack.definitions[name].expr)
        case x.If(condition=condition, positive=positive, negative=negative):
            answer = decided(pack, given, condition)
            if answer is not False:
                yield from reached(pack, given, positive)
            if answer is not True:
                yield from reached(pack, given, negative)
        case _:
            for part in x.children(expr):
                yield from reached(pack, given, part)


def computed(pack: Pack, given: Mapping[str, object], fact: Fact) -> bool:
    """Whether an insurance of the document computes this payment on the claim.

    Which one does is known by its name (基本医保 for 基本医保支付); one whose conditions
    the claim does not meet computes nothing, and what the data say was paid counts.
    """
    stem = fact.name.removesuffix(PAID)
    return any(
        (name in stem or stem in name)
        and all(decided(pack, given, one.expr) is not False for one in layer.conditions)
        for name, layer in pack.layers.items()
    )


def bearing(pack: Pack, given: Mapping[str, object], result: ClaimResult) -> Bearing:
    """What everybody bears of one claim; `given` may hold the person's facts too."""
    cost = cost_of(pack)
    before = [figure(given, fact) for fact in counted(pack, given)]
    known = [paid for paid in before if paid is not None]
    return Bearing(
        figure(given, cost) if cost is not None else None,
        sum(known) if len(known) == len(before) else None,
        dict(result.layers),
        {payment.benefit: payment.amount for payment in result.payments},
    )


def figure(given: Mapping[str, object], fact: Fact) -> int | None:
    """An amount of the claim in 分, its default where it was not recorded."""
    found = given.get(fact.name)
    if found is None or found == "":
        return fact.default if isinstance(fact.default, int) else None
    return amount(found)
