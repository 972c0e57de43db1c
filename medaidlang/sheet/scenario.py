"""The stay behind the curves: one admission of a person who holds one category.

Takes the pack and a way to settle, gives what each benefit pays for a burden.
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

from medaidlang.core.nodes import Fact, Missing, Pack, Scope
from medaidlang.core.types import Kind
from medaidlang.interpret.settle import Settler
from medaidlang.runtime.money import as_decimal
from medaidlang.sheet.figures import day, value_words, yuan

COST = "政策范围内费用"
PAID_BEFORE = ("基本医保支付", "大病保险支付", "其他补充支付")
STAY = "住院"
FALLBACK_DAY = "2024-01-15"
PROBE = 5_000_000
"""分; the burden at which yes-or-no facts are tried."""


@attrs.frozen
class Outcome:
    """What one stay gives, in 分; `total` None = 无法计算, then `low` and `high` bound it."""

    benefits: tuple[int | None, ...]
    total: int | None
    low: int
    high: int | None
    reason: str


@attrs.frozen
class Scenario:
    """A person and a stay, without the burden."""

    settler: Settler
    benefits: tuple[str, ...]
    person: Mapping[str, object]
    claim: Mapping[str, object]

    def outcome(self, burden: int) -> Outcome:
        """What is paid when the burden after insurance is `burden` 分."""
        claim = {**self.claim, COST: as_decimal(burden)}
        said = self.settler.settle(self.person, [claim], trace=False)
        paid = {p.benefit: p for p in said.claims[0].payments}
        parts = [paid.get(name) for name in self.benefits]
        amounts = tuple(0 if p is None else p.amount for p in parts)
        known = [a for a in amounts if a is not None]
        total = sum(known) if len(known) == len(amounts) else None
        highs = [0 if p is None else p.high for p in parts]
        high = None if any(h is None for h in highs) else min(burden, sum(h or 0 for h in highs))
        low = sum(0 if p is None else p.low for p in parts)
        own = [u.reason for u in said.unresolved if u.tag not in ("参保资助",)]
        return Outcome(amounts, total, low, high, own[0] if own and total is None else "")


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


def persons(pack: Pack, identity: str) -> Iterator[dict[str, object]]:
    """Somebody who holds only `identity`: with no other facts, then as examples describe them."""
    insured = common(e.person["参保"] for e in pack.examples if "参保" in e.person)
    bare: dict[str, object] = {"身份": [identity], "参数": outside_figures(pack)}
    if "参保" in pack.facts:
        bare["参保"] = insured or pack.facts["参保"].type.choices[0]
    yield bare
    for example in pack.examples:
        if held_names(example.person) == [identity] and not example.readings:
            yield {**example.person, **bare}


def base_claim(pack: Pack) -> dict[str, object]:
    """An admission on the day most examples use, nothing paid by insurance yet."""
    dates = [str(c["日期"]) for e in pack.examples for c in e.claims if "日期" in c]
    start = pack.document.effective
    usable = [d for d in dates if start is None or d >= start.isoformat()]
    when = common(usable) or (start.isoformat() if start else FALLBACK_DAY)
    claim: dict[str, object] = {"编号": "1", "日期": when, "类型": STAY, COST: Decimal(0)}
    return claim | {name: Decimal(0) for name in PAID_BEFORE if name in pack.facts}


def switches(pack: Pack) -> list[Fact]:
    """Yes-or-no facts of a claim that may be set as suits the person."""
    return [
        f
        for f in pack.facts.values()
        if f.scope is Scope.CLAIM and f.type.kind is Kind.BOOL and f.missing is Missing.UNKNOWN
    ]


def scenario(pack: Pack, settler: Settler, identity: str) -> Scenario:
    """The most favourable ordinary admission of somebody who holds `identity`."""
    names, claim = tuple(pack.benefits), base_claim(pack)
    made = [Scenario(settler, names, person, claim) for person in persons(pack, identity)]
    for one in made:
        best = favoured(pack, one)
        if best.outcome(PROBE).total is not None:
            return best
    return favoured(pack, made[0])


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
    for name in dict.fromkeys(n for made in scenarios for n in made.claim):
        value = next(made.claim[name] for made in scenarios if name in made.claim)
        if isinstance(value, bool):
            said.append((pack.facts[name].note or name) if value else f"非{name}")
    for name, value in outside_figures(pack).items():
        if any(matters(made, name, burdens) for made in scenarios):
            said.append(f"{name}取{figure_words(pack, name, value)}（示例所用）")
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
