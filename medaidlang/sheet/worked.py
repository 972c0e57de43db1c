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

from medaidlang.core.households import SELF
from medaidlang.core.nodes import Example, Pack
from medaidlang.core.types import Kind
from medaidlang.interpret.asking import APPLICATIONS
from medaidlang.interpret.bearing import bearing, cost_of
from medaidlang.interpret.result import ClaimResult, Settlement
from medaidlang.sheet.asked import Asked, asked
from medaidlang.sheet.figures import day, short_yuan
from medaidlang.sheet.outcomes import subsidies, totals
from medaidlang.sheet.parties import Group
from medaidlang.sheet.scenario import COST, held_names
from medaidlang.sheet.steps import Compared, Sum, in_yuan, one_sum, several

MOST = 9

Pair = tuple[Example, Settlement]
Score = tuple[bool, bool, int, int]


@attrs.frozen
class Claim:
    """One claim: what was given, the sums, what was paid.

    `shares` are who bears how much of `whole`, where the document has insurances;
    `whose` is the member of the household, where several have claims.
    """

    number: str
    given: str
    sums: tuple[Sum, ...]
    compared: tuple[Compared, ...]
    identity: str
    notes: tuple[str, ...]
    shares: tuple[tuple[str, str], ...] = ()
    whole: tuple[str, str] = ("", "")
    whose: str = ""


@attrs.frozen
class Work:
    """A worked example; `asked` are the applications, `members` those beside the person."""

    title: str
    held: tuple[str, ...]
    facts: str
    claims: tuple[Claim, ...]
    totals: tuple[tuple[str, str], ...]
    unresolved: tuple[tuple[str, str], ...]
    clause: str
    why: str
    asked: tuple[Asked, ...] = ()
    members: tuple[tuple[str, str], ...] = ()

    @property
    def compared(self) -> bool:
        """Whether several categories are compared in it."""
        return any(c.compared for c in self.claims) or any(a.compared for a in self.asked)


# ── which examples ───────────────────────────────────────────────────────────


def results_of(settled: Settlement) -> list[ClaimResult]:
    """The claims, and the sums of the applications."""
    return [*settled.claims, *(made.result for made in settled.applications)]


def decided(settled: Settlement) -> bool:
    """Whether every claim and every application came out as an amount."""
    results = results_of(settled)
    return bool(results) and None not in [a for one in results for a in one.amounts]


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
    compared = [c for one in results_of(settled) for c in one.comparisons if len(c.standings) > 1]
    if not compared or not decided(settled):
        return None
    changes = len({one.identity for one in compared}) > 1
    after = sum(one.paid_before > 0 for one in compared)
    return (changes, len(settled.claims) in (2, 3), after, 0)


def undecided(example: Example, settled: Settlement) -> Score | None:
    """A claim that cannot be computed; best a single one."""
    if not results_of(settled) or decided(settled):
        return None
    return (len(settled.claims) == 1, len(held_names(example.person)) == 1, 0, 0)


# ── what they say ────────────────────────────────────────────────────────────


def work(pack: Pack, example: Example, household: Mapping[str, Settlement], why: str) -> Work:
    """One example, worked out; `household` is what came of everybody in it."""
    settled = household[SELF]
    claims = tuple(all_claims(pack, example, household))
    told = [u for u in settled.unresolved if u.tag not in pack.subsidies or not claims]
    said = {**subsidies(settled), **totals(settled)}
    return Work(
        example.title,
        tuple(held_words(example.person)),
        "；".join(fact_words(pack, example.person)),
        claims,
        tuple(said.items()),
        tuple(dict.fromkeys((u.reason, u.clause) for u in told)),
        example.origin.clause,
        why,
        tuple(asked(made) for made in settled.applications),
        tuple((m.name, "；".join(fact_words(pack, m.person))) for m in example.members),
    )


def all_claims(
    pack: Pack, example: Example, household: Mapping[str, Settlement]
) -> Iterator[Claim]:
    """The claims of the person, then of the other members."""
    given = {SELF: example.claims, **{m.name: m.claims for m in example.members}}
    for name, claims in given.items():
        whose = name if example.members else ""
        for one, result in zip(claims, household[name].claims, strict=False):
            yield claim(pack, one, result, whose)


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
        if name in ("身份", "编号", APPLICATIONS) or value is None:
            continue
        if isinstance(value, Mapping):
            yield from fact_words(pack, value, f"{name}·")
            continue
        full = f"{group}{name}" if f"{group}{name}" in pack.facts else name
        if isinstance(value, bool):
            known = pack.facts.get(full)
            note = known.note if known is not None and known.note else name
            yield note if value else f"{'没' if name.startswith('有') else '非'}{name}"
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


def claim(pack: Pack, given: Mapping[str, object], result: ClaimResult, whose: str = "") -> Claim:
    """One claim."""
    insured = [one_sum(result, name, paid, layer=True) for name, paid in result.layers.items()]
    aided = [one_sum(result, p.benefit, p.amount) for p in result.payments]
    facts = "，".join(fact_words(pack, given))
    shares, whole = borne(pack, given, result) if result.layers else ((), ("", ""))
    return Claim(
        result.number, facts, (*insured, *aided), several(result), result.identity,
        result.notes, shares, whole, whose,
    )  # fmt: skip


def borne(
    pack: Pack, given: Mapping[str, object], result: ClaimResult
) -> tuple[tuple[tuple[str, str], ...], tuple[str, str]]:
    """Who bears how much, and of what."""
    found, cost = bearing(pack, given, result), cost_of(pack)
    paid = {name: fen for name, fen in {**found.layers, **found.aid}.items() if fen != 0}
    before = {"数据所列的支付": found.before} if found.before != 0 else {}
    rows = {**before, **paid, "个人自付": found.own}
    name = cost.name if cost is not None else COST
    return tuple((who, in_yuan(fen)) for who, fen in rows.items()), (name, in_yuan(found.cost))
