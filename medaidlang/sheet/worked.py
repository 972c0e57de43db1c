"""Worked examples: the sum step by step, each step under its clause.

Takes examples and their settlements with traces, gives views; also chooses which
examples the sheet works out: one per group of categories, one person with two
categories, one result that cannot be computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import attrs

from medaidlang.core.nodes import Example, Pack
from medaidlang.core.types import Kind
from medaidlang.interpret.result import ClaimResult, Comparison, Settlement, Step
from medaidlang.sheet.figures import day, short_yuan, yuan
from medaidlang.sheet.parties import Group
from medaidlang.sheet.readings import amount
from medaidlang.sheet.scenario import held_names

MOST = 9
HIDDEN = (Step.CONDITION,)

Test = Callable[[Example, Settlement], bool]


@attrs.frozen
class Line:
    """One step of a sum."""

    step: str
    text: str
    clause: str


@attrs.frozen
class Sum:
    """The sum of one benefit on one claim."""

    benefit: str
    lines: tuple[Line, ...]
    paid: str


@attrs.frozen
class Compared:
    """就高不就低 after one claim."""

    benefits: str
    standings: tuple[tuple[str, str], ...]
    due: str
    before: str
    now: str
    identity: str


@attrs.frozen
class Claim:
    """One claim: what was given, the sums, what was paid."""

    number: str
    given: str
    sums: tuple[Sum, ...]
    compared: tuple[Compared, ...]
    identity: str
    notes: tuple[str, ...]


@attrs.frozen
class Work:
    """A worked example."""

    title: str
    held: tuple[str, ...]
    facts: str
    claims: tuple[Claim, ...]
    totals: tuple[tuple[str, str], ...]
    unresolved: tuple[tuple[str, str], ...]
    clause: str
    why: str


# ── which examples ───────────────────────────────────────────────────────────


def decided(settled: Settlement) -> bool:
    """Whether every claim came out as an amount."""
    amounts = [p.amount for claim in settled.claims for p in claim.payments]
    return bool(settled.claims) and None not in amounts


def paid(settled: Settlement) -> bool:
    """Whether something was paid."""
    return any(total > 0 for total in settled.totals.values())


def chosen(
    done: Sequence[tuple[Example, Settlement]], groups: Sequence[Group]
) -> list[tuple[int, str]]:
    """(which example, why) in the order of the sheet."""
    found: dict[int, str] = {}

    def take(at: int | None, why: str) -> None:
        if at is not None and at not in found and len(found) < MOST:
            found[at] = why

    for group in groups:
        take(first(done, single(group.members)), group.title)
    take(first(done, lambda e, s: len(held_names(e.person)) > 1 and decided(s)), "持有多个身份")
    take(first(done, lambda e, s: bool(s.claims) and not decided(s)), "无法计算")
    if len(found) < 2:
        for at, (_, settled) in enumerate(done[:MOST]):
            take(at, "有费用" if settled.claims else "只算资助")
    return list(found.items())


def single(members: Sequence[str]) -> Test:
    """The test for an example of a person of one group with a payment."""

    def test(example: Example, settled: Settlement) -> bool:
        held = held_names(example.person)
        return len(held) == 1 and held[0] in members and decided(settled) and paid(settled)

    return test


def first(done: Sequence[tuple[Example, Settlement]], test: Test) -> int | None:
    """The first example that passes."""
    return next((at for at, (e, s) in enumerate(done) if not e.readings and test(e, s)), None)


# ── what they say ────────────────────────────────────────────────────────────


def work(pack: Pack, example: Example, settled: Settlement, why: str) -> Work:
    """One example, worked out."""
    claims = tuple(
        claim(pack, given, result)
        for given, result in zip(example.claims, settled.claims, strict=False)
    )
    totals = [(name, amount(p.amount)) for name, p in settled.subsidies.items()]
    totals += [(f"年度{name}", f"{yuan(total)}元") for name, total in settled.totals.items()]
    return Work(
        example.title,
        tuple(held_words(example.person)),
        "；".join(fact_words(pack, example.person)),
        claims,
        tuple(totals),
        tuple((u.reason, u.clause) for u in settled.unresolved),
        example.origin.clause,
        why,
    )


def held_words(person: Mapping[str, object]) -> Iterator[str]:
    """低保对象（2025年7月1日起）."""
    held = person.get("身份")
    for one in held if isinstance(held, list | tuple) else []:
        if isinstance(one, Mapping):
            since, until = one.get("起"), one.get("止")
            ends = [f"{iso(since)}起"] if since else []
            ends += [f"至{iso(until)}"] if until else []
            yield f"{one['名称']}（{''.join(ends)}）" if ends else str(one["名称"])
        else:
            yield str(one)


def iso(text: object) -> str:
    """An ISO date in Chinese."""
    try:
        return day(date.fromisoformat(str(text)))
    except ValueError:
        return str(text)


def fact_words(pack: Pack, facts: Mapping[str, object]) -> Iterator[str]:
    """The recorded facts, in the order given."""
    for name, value in facts.items():
        if name in ("身份", "编号") or value is None:
            continue
        if isinstance(value, Mapping):
            yield from fact_words(pack, value)
        elif isinstance(value, bool):
            known = pack.facts.get(name)
            note = known.note if known is not None and known.note else name
            yield note if value else f"非{name}"
        else:
            yield f"{name} {plain(pack, name, value)}"


def plain(pack: Pack, name: str, value: object) -> str:
    """A recorded value."""
    if isinstance(value, Decimal):
        return f"{short_yuan(int(value * 100))}元"
    known = pack.facts.get(name) or pack.parameters.get(name)
    if known is not None and known.type.kind is Kind.DATE:
        return iso(value)
    unit = known.type.unit if known is not None else ""
    return f"{value}{unit}"


def claim(pack: Pack, given: Mapping[str, object], result: ClaimResult) -> Claim:
    """One claim."""
    sums = tuple(
        Sum(
            payment.benefit,
            tuple(
                Line(line.step.value, line.text, line.origin.clause)
                for line in result.trace
                if line.benefit == payment.benefit and line.step not in HIDDEN
            ),
            amount(payment.amount),
        )
        for payment in result.payments
    )
    compared = tuple(comparison(result, one) for one in result.comparisons)
    several = tuple(one for one in compared if len(one.standings) > 1)
    facts = "，".join(fact_words(pack, given))
    return Claim(result.number, facts, sums, several, result.identity, result.notes)


def comparison(result: ClaimResult, one: Comparison) -> Compared:
    """Cumulative due, paid before, difference, and who is behind the maximum."""
    now = [result.paid(benefit) for benefit in one.benefits]
    known = [n for n in now if n is not None]
    return Compared(
        "、".join(one.benefits),
        tuple((s.identity, bounds(s.low, s.high)) for s in one.standings),
        "无法计算" if one.due is None else yuan(one.due),
        yuan(one.paid_before),
        yuan(sum(known)) if len(known) == len(now) else "无法计算",
        one.identity,
    )


def bounds(low: int, high: int | None) -> str:
    """A standing that may be known only between bounds."""
    if high == low:
        return yuan(low)
    return f"不低于{yuan(low)}" + (f"，不超过{yuan(high)}" if high is not None else "")
