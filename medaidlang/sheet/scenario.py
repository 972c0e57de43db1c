"""The stay behind the curves: one admission of a person who holds one category.

Takes the pack and a way to settle, gives what each benefit pays for a burden; those
paid on application are applied for once, on the day of the stay, for its cost alone.
Facts that the rules ask for are taken from the pack's own examples, figures set
outside the document likewise, and yes-or-no facts of the claim are set as suits
the person best; every such assumption is named on the sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import attrs

from medaidlang.core.nodes import (
    HOSPITAL_FIELD,
    Account,
    Fact,
    Missing,
    Pack,
    Period,
    Pool,
    Scope,
)
from medaidlang.core.types import Kind
from medaidlang.interpret.asking import APPLICATIONS
from medaidlang.interpret.settle import Settler
from medaidlang.runtime.money import as_decimal
from medaidlang.sheet.figures import day, value_words, yuan

COST = "政策范围内费用"
PAID_BEFORE = ("基本医保支付", "大病保险支付", "其他补充支付")
STAY = "住院"
FALLBACK_DAY = "2024-01-15"
PROBE = 5_000_000
"""分; the burden at which yes-or-no facts are tried."""
EVERYWHERE = (1_000_000, PROBE, 10_000_000)
"""分; a fact may matter only where no limit has been reached yet."""


@attrs.frozen
class Outcome:
    """What one stay gives, in 分; `total` None = 无法计算, then `low` and `high` bound it.

    `insured` is what the document's own insurances (保险) pay before aid.
    """

    benefits: tuple[int | None, ...]
    total: int | None
    low: int
    high: int | None
    reason: str
    insured: int | None = 0


@attrs.frozen
class Scenario:
    """A person and a stay, without the burden; `like`: the example that describes the person."""

    settler: Settler
    benefits: tuple[str, ...]
    person: Mapping[str, object]
    claim: Mapping[str, object]
    like: str = ""

    def outcome(self, burden: int) -> Outcome:
        """What is paid when the burden after insurance is `burden` 分."""
        claim = {**self.claim, COST: as_decimal(burden)}
        said = self.settler.settle(self.person, [claim], trace=False)
        results = [said.claims[0], *(made.result for made in said.applications)]
        paid = {p.benefit: p for result in results for p in result.payments}
        parts = [paid.get(name) for name in self.benefits]
        amounts = tuple(0 if p is None else p.amount for p in parts)
        known = [a for a in amounts if a is not None]
        total = sum(known) if len(known) == len(amounts) else None
        highs = [0 if p is None else p.high for p in parts]
        high = None if any(h is None for h in highs) else min(burden, sum(h or 0 for h in highs))
        low = sum(0 if p is None else p.low for p in parts)
        own = [u.reason for u in said.unresolved if u.tag not in ("参保资助",)]
        layers = [paid for paid in said.claims[0].layers.values() if paid is not None]
        insured = sum(layers) if len(layers) == len(said.claims[0].layers) else None
        reason = own[0] if own and total is None else ""
        return Outcome(amounts, total, low, high, reason, insured)

    def own(self, burden: int) -> int:
        """What is left to the person; only asked where all is known."""
        seen = self.outcome(burden)
        return burden - (seen.insured or 0) - (seen.total or 0)


def common(values: Iterable[object]) -> object:
    """The value most often given; among equals the first; None if none is given."""
    listed = list(values)
    counted = Counter(map(repr, listed))
    best = max(counted.values(), default=0)
    return next((v for v in listed if counted[repr(v)] == best), None)


def held_names(person: Mapping[str, object]) -> list[str]:
    """The categories an example's person holds at any time of the year."""
    held = person.get("身份")
    listed = held if isinstance(held, list | tuple) else []
    return [str(one["名称"]) if isinstance(one, Mapping) else str(one) for one in listed]


def outside_figures(pack: Pack) -> dict[str, object]:
    """For each figure that a named office publishes, the one most examples use.

    Other 待定 figures stay unknown: what depends on them cannot be computed from the text.
    """
    found: dict[str, object] = {}
    for name, parameter in pack.parameters.items():
        given = []
        for example in pack.examples:
            figures = example.person.get("参数")
            if isinstance(figures, Mapping) and name in figures:
                given.append(figures[name])
        value = common(given)
        elsewhere = bool(parameter.publisher) or not parameter.pending
        if value is not None and not parameter.values and elsewhere:
            found[name] = value
    return found


def on_application(pack: Pack) -> list[str]:
    """The benefits that are paid on application."""
    return [item.name for item in pack.benefits.values() if item.application is not None]


def applications(pack: Pack) -> list[dict[str, object]]:
    """One application for each such benefit, on the day of the stay."""
    when = base_claim(pack)["日期"]
    names = on_application(pack)
    return [{"编号": f"s{n}", "日期": when, "待遇": name} for n, name in enumerate(names, 1)]


def persons(pack: Pack, identity: str) -> Iterator[tuple[dict[str, object], str]]:
    """Somebody who holds only `identity`: with no other facts, then as examples describe them.

    With the title of the example, where there is one.
    """
    insured = common(e.person["参保"] for e in pack.examples if "参保" in e.person)
    bare: dict[str, object] = {"身份": [identity], "参数": outside_figures(pack)}
    if "参保" in pack.facts:
        bare["参保"] = insured or pack.facts["参保"].type.choices[0]
    if on_application(pack):
        bare[APPLICATIONS] = applications(pack)
    yield bare, ""
    for example in pack.examples:
        if held_names(example.person) == [identity] and not example.readings:
            yield {**example.person, **bare}, example.title


def base_claim(pack: Pack) -> dict[str, object]:
    """An admission on the day most examples use, nothing paid by insurance yet."""
    dates = [str(c["日期"]) for e in pack.examples for c in e.claims if "日期" in c]
    start = pack.document.effective
    usable = [d for d in dates if start is None or d >= start.isoformat()]
    when = common(usable) or (start.isoformat() if start else FALLBACK_DAY)
    claim: dict[str, object] = {"编号": "1", "日期": when, "类型": STAY, COST: Decimal(0)}
    claim |= {name: Decimal(0) for name in PAID_BEFORE if name in pack.facts}
    return claim | hospital(pack)


def hospital(pack: Pack) -> dict[str, object]:
    """The hospital, where a running total is kept for each (每院每年): the data must name it."""
    accounts: list[Account | Pool] = [*pack.accounts.values(), *pack.pools.values()]
    counted = [item.times for item in (*pack.benefits.values(), *pack.layers.values())]
    counts = [one for one in counted if one is not None]
    if not any(one.period is Period.HOSPITAL for one in (*accounts, *counts)):
        return {}
    fact = next(f for f in pack.facts.values() if HOSPITAL_FIELD in f.fields)
    return {fact.name: usual_value(pack, fact.name) or "甲医院"}


def usual_value(pack: Pack, fact: str) -> object:
    """The value that most examples give a fact of a claim."""
    return common(c[fact] for e in pack.examples for c in e.claims if c.get(fact) is not None)


def claims(pack: Pack) -> Iterator[dict[str, object]]:
    """An ordinary admission with nothing else recorded, then with what most examples record."""
    bare = base_claim(pack)
    yield bare
    chosen = {
        fact.name: usual_value(pack, fact.name)
        for fact in pack.facts.values()
        if fact.scope is Scope.CLAIM and fact.type.kind in (Kind.CHOICE, Kind.TEXT)
    }
    usual = {name: value for name, value in chosen.items() if value is not None}
    if usual:
        yield usual | bare


def switches(pack: Pack) -> list[Fact]:
    """Yes-or-no facts of a claim that may be set as suits the person."""
    return [
        f
        for f in pack.facts.values()
        if f.scope is Scope.CLAIM and f.type.kind is Kind.BOOL and f.missing is Missing.UNKNOWN
    ]


def scenario(pack: Pack, settler: Settler, identity: str) -> Scenario:
    """The most favourable ordinary admission of somebody who holds `identity`."""
    names = tuple(pack.benefits)
    made = [
        Scenario(settler, names, person, claim, like)
        for claim in claims(pack)
        for person, like in persons(pack, identity)
    ]
    for probes in (EVERYWHERE, (PROBE,)):
        for one in made:
            best = favoured(pack, one)
            if all(best.outcome(burden).total is not None for burden in probes):
                return best
    fullest = max(len(one.claim) for one in made)
    return favoured(pack, next(one for one in made if len(one.claim) == fullest))


def favour(outcome: Outcome) -> tuple[int, int]:
    """How well an outcome suits the person: first the least, then the most it can be."""
    return outcome.low, PROBE if outcome.high is None else outcome.high


def favoured(pack: Pack, made: Scenario) -> Scenario:
    """`made` with the claim's yes-or-no facts set as suits the person."""
    best = made.outcome(PROBE)
    for fact in switches(pack):
        other = attrs.evolve(made, claim={**made.claim, fact.name: fact.default is not True})
        tried = other.outcome(PROBE)
        if favour(tried) > favour(best):
            made, best = other, tried
    return made


def matters(made: Scenario, figure: str, burdens: Sequence[int]) -> bool:
    """Whether the outcome depends on a figure set outside the document."""
    figures = made.person["参数"]
    assert isinstance(figures, Mapping)
    left = {name: value for name, value in figures.items() if name != figure}
    without = attrs.evolve(made, person={**made.person, "参数": left})
    return any(without.outcome(burden) != made.outcome(burden) for burden in burdens)


def assumptions(pack: Pack, scenarios: Sequence[Scenario], burdens: Sequence[int]) -> list[str]:
    """What the curves take for granted, in words."""
    said = [f"费用发生于{date_words(str(scenarios[0].claim['日期']))}"]
    known = [made for made in scenarios if made.outcome(PROBE).total is not None] or scenarios
    for name in dict.fromkeys(n for made in known for n in made.claim):
        value = next(made.claim[name] for made in known if name in made.claim)
        if isinstance(value, bool):
            said.append((pack.facts[name].note or name) if value else f"非{name}")
        elif isinstance(value, str) and name not in ("编号", "日期", "类型"):
            said.append(f"{name}为{value}")
    for name, value in outside_figures(pack).items():
        if any(matters(made, name, burdens) for made in scenarios):
            said.append(f"{name}取{figure_words(pack, name, value)}（示例所用）")
    asked = on_application(pack)
    if asked:
        said.append(f"就这一笔费用，当天申请一次{'、'.join(asked)}")
        titles = dict.fromkeys(f"“{made.like}”" for made in known if made.like)
        said += [f"各类人员的其他资料照示例{''.join(titles)}，不随金额改变"] if titles else []
    return said


def date_words(text: str) -> str:
    """An ISO date as 2025年9月1日."""
    return day(date.fromisoformat(text))


def figure_words(pack: Pack, name: str, value: object) -> str:
    """A figure given by an example."""
    if isinstance(value, Decimal):
        return f"{yuan(int(value * 100))}元".replace(".00元", "元")
    kind = pack.parameters[name].type
    return value_words(value, kind) if isinstance(value, int) else str(value)
