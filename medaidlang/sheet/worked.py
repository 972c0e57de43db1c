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
from medaidlang.interpret.result import ClaimResult, Comparison, Payment, Settlement, Step
from medaidlang.sheet.figures import day, short_yuan, yuan
from medaidlang.sheet.outcomes import UNKNOWN, amount, subsidies, totals
from medaidlang.sheet.parties import Group
from medaidlang.sheet.scenario import COST, held_names

MOST = 9

Pair = tuple[Example, Settlement]
Score = tuple[bool, bool, int, int]


@attrs.frozen
class Line:
    """One step of a sum."""

    step: str
    text: str
    clause: str


@attrs.frozen
class Sum:
    """The sum of one benefit on one claim; `unfit` are the conditions it fails."""

    benefit: str
    lines: tuple[Line, ...]
    unfit: tuple[str, ...]
    paid: str


@attrs.frozen
class Compared:
    """就高不就低 after one claim."""

    benefits: str
    standings: tuple[tuple[str, str], ...]
    due: str
    before: str
    now: str
    parts: tuple[tuple[str, str], ...]
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


def chosen(settled: Sequence[Pair], groups: Sequence[Group]) -> list[tuple[int, str]]:
    """(which example, why) in the order of the sheet."""
    usable = [at for at, (example, _) in enumerate(settled) if not example.readings]
    found: dict[int, str] = {}

    def take(why: str, score: Callable[[Example, Settlement], Score | None]) -> None:
        scored = [(s, -at) for at in usable if (s := score(*settled[at])) is not None]
        if scored and -max(scored)[1] not in found:
            found[-max(scored)[1]] = why

    for group in groups:
        take(group.title, lambda e, s, g=group: typical(e, s, g.members))  # type: ignore[misc]
    take("持有多个身份", comparing)
    take("无法计算", undecided)
    return list(found.items())[:MOST]


def typical(example: Example, settled: Settlement, members: Sequence[str]) -> Score | None:
    """A person of one group: best one round claim on which several benefits pay."""
    held = held_names(example.person)
    if len(held) != 1 or held[0] not in members or not (decided(settled) and paid(settled)):
        return None
    paying = sum(total > 0 for total in settled.totals.values())
    facts = -len(list(flat(example.person)))
    return (len(settled.claims) == 1, all(map(is_round, example.claims)), paying, facts)


def flat(facts: Mapping[str, object]) -> Iterator[str]:
    """The names of all recorded facts, those in groups too."""
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from flat(value)
        else:
            yield name


def is_round(claim: Mapping[str, object]) -> bool:
    """Whether the cost is a whole number of hundreds, as in a text book."""
    cost = claim.get(COST)
    return isinstance(cost, Decimal) and cost % 100 == 0


def comparing(example: Example, settled: Settlement) -> Score | None:
    """A person of several categories: best one where the category behind the maximum changes."""
    several = [c for claim in settled.claims for c in claim.comparisons if len(c.standings) > 1]
    if not several or not decided(settled):
        return None
    changes = len({one.identity for one in several}) > 1
    after = sum(one.paid_before > 0 for one in several)
    return (changes, len(settled.claims) in (2, 3), after, 0)


def undecided(example: Example, settled: Settlement) -> Score | None:
    """A claim that cannot be computed; best a single one."""
    if not settled.claims or decided(settled):
        return None
    return (len(settled.claims) == 1, len(held_names(example.person)) == 1, 0, 0)


# ── what they say ────────────────────────────────────────────────────────────


def work(pack: Pack, example: Example, settled: Settlement, why: str) -> Work:
    """One example, worked out."""
    claims = tuple(
        claim(pack, given, result)
        for given, result in zip(example.claims, settled.claims, strict=False)
    )
    told = [u for u in settled.unresolved if u.tag not in pack.subsidies or not claims]
    said = {**subsidies(settled), **totals(settled)}
    return Work(
        example.title,
        tuple(held_words(example.person)),
        "；".join(fact_words(pack, example.person)),
        claims,
        tuple(said.items()),
        tuple((u.reason, u.clause) for u in told),
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


def fact_words(pack: Pack, facts: Mapping[str, object], group: str = "") -> Iterator[str]:
    """The recorded facts, in the order given; `group` is what the facts' names begin with."""
    for name, value in facts.items():
        if name in ("身份", "编号") or value is None:
            continue
        if isinstance(value, Mapping):
            yield from fact_words(pack, value, f"{name}·")
            continue
        full = f"{group}{name}" if f"{group}{name}" in pack.facts else name
        if isinstance(value, bool):
            known = pack.facts.get(full)
            note = known.note if known is not None and known.note else name
            yield note if value else f"非{name}"
        else:
            yield f"{name} {plain(pack, full, value)}"


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
    sums = tuple(one_sum(result, payment) for payment in result.payments)
    compared = tuple(comparison(result, one) for one in result.comparisons)
    several = tuple(one for one in compared if len(one.standings) > 1)
    facts = "，".join(fact_words(pack, given))
    return Claim(result.number, facts, sums, several, result.identity, result.notes)


def one_sum(result: ClaimResult, payment: Payment) -> Sum:
    """The sum of one benefit."""
    mine = [line for line in result.trace if line.benefit == payment.benefit]
    unfit = [line.text for line in mine if line.step is Step.CONDITION and line.value == 0]
    lines = () if unfit else tuple(steps(result, payment))
    return Sum(payment.benefit, lines, tuple(unfit), amount(payment.amount))


def steps(result: ClaimResult, payment: Payment) -> Iterator[Line]:
    """The steps of one benefit, up to where it cannot be computed, without the bare result."""
    mine = [line for line in result.trace if line.benefit == payment.benefit]
    stops = [line for line in mine if line.step is Step.UNRESOLVED and line.value != 0]
    for line in stops if payment.amount is None and stops else mine:
        idle = line.step is Step.CONDITION or (line.step is Step.UNRESOLVED and line.value == 0)
        bare = line.step is Step.PAY and f"{line.text}元" == amount(payment.amount)
        if not idle and not bare:
            yield Line(line.step.value, line.text, line.origin.clause)
        if not idle and line.value is None:
            return


def comparison(result: ClaimResult, one: Comparison) -> Compared:
    """Cumulative due, paid before, difference, and who is behind the maximum."""
    now = [result.paid(benefit) for benefit in one.benefits]
    booked = tuple((name, shown(paid)) for name, paid in zip(one.benefits, now, strict=True))
    known = [n for n in now if n is not None]
    return Compared(
        "、".join(one.benefits),
        tuple((s.identity, bounds(s.low, s.high)) for s in one.standings),
        shown(one.due),
        yuan(one.paid_before),
        shown(sum(known) if len(known) == len(now) else None),
        booked,
        one.identity,
    )


def shown(fen: int | None) -> str:
    """An amount in a column headed 元."""
    return UNKNOWN if fen is None else yuan(fen)


def bounds(low: int, high: int | None) -> str:
    """A standing that may be known only between bounds."""
    if high == low:
        return yuan(low)
    return f"不低于{yuan(low)}" + (f"，不超过{yuan(high)}" if high is not None else "")
