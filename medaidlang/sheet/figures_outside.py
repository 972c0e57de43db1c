"""Figures set outside the document, what the text leaves open, and results beside payments.

Takes the pack, gives rows for the tables 参数, 缺口, 其他结果 and 医保调整.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from medaidlang.check.reach import Touched, reach
from medaidlang.core.nodes import InsuranceChange, Output, Pack, Parameter
from medaidlang.sheet.figures import day, value_words
from medaidlang.sheet.parties import Cited
from medaidlang.sheet.uses import Place, gathered
from medaidlang.sheet.words import Speaker


@attrs.frozen
class Published:
    """One published figure with its dates and source."""

    start: str
    end: str
    value: str
    source: str


@attrs.frozen
class Figure:
    """A parameter."""

    name: str
    kind: str
    by: str
    bounds: tuple[str, ...]
    values: tuple[Published, ...]
    uses: tuple[str, ...]
    clause: str


@attrs.frozen
class Gap:
    """Something that cannot be computed from this text alone."""

    sort: str
    name: str
    reason: str
    reach: tuple[str, ...]
    clause: str


@attrs.frozen
class Beside:
    """A result beside the payments."""

    kind: str
    name: str
    scope: str
    cases: tuple[tuple[str, str], ...]
    clause: str


@attrs.frozen
class Change:
    """A change in an insurance above aid."""

    name: str
    conditions: tuple[Cited, ...]
    rows: tuple[tuple[str, str], ...]
    clause: str


def figure(speaker: Speaker, item: Parameter, uses: Mapping[str, list[str]]) -> Figure:
    """One parameter."""
    by = [f"待定：{item.pending}"] if item.pending else []
    by += [f"{item.publisher}公布"] if item.publisher else []
    by += [f"来源：{item.source}"] if item.source else []
    bounds = [
        f"{'不低于' if bound.floor else '不高于'}{speaker.say(bound.expr)}" for bound in item.bounds
    ]
    values = tuple(
        Published(day(v.start), day(v.end), value_words(v.value, item.type), v.source)
        for v in item.values
    )
    return Figure(
        item.name,
        str(item.type),
        "；".join(by) or "随办件给出",
        tuple(bounds),
        values,
        tuple(uses.get(item.name, ())),
        item.origin.clause,
    )


def gaps(pack: Pack) -> Iterator[Gap]:
    """原文缺失 and 待定 figures, with what depends on them."""
    for one in reach(pack):
        places = tuple(gathered(touched_place(t) for t in one.touched))
        yield Gap(one.sort, one.name, one.reason, places, one.origin.clause)


def touched_place(one: Touched) -> Place:
    """住院救助·起付, for 易返贫致贫人口."""
    owner = one.owner if one.sort in ("待遇", "资助") else f"{one.sort} {one.owner}"
    return (f"{owner}·{one.part}" if one.part else owner), one.categories


def beside(speaker: Speaker, item: Output) -> Beside:
    """One 监测, 时限, 列示 or 资金."""
    scope = "每笔费用" if item.each_claim else "每人每年"
    cases = tuple(speaker.cases(item.expr))
    return Beside(item.kind.value, item.name, scope, cases, item.origin.clause)


def change(speaker: Speaker, item: InsuranceChange) -> Change:
    """One 医保调整."""
    conditions = tuple(Cited(speaker.say(c.expr), c.origin.clause) for c in item.conditions)
    rows = (
        ("合规费用", speaker.equation(item.cost)),
        ("起付标准", speaker.equation(item.deductible) if item.deductible is not None else "不设"),
        ("分段比例", speaker.equation(item.bands)),
        ("封顶线", speaker.equation(item.cap) if item.cap is not None else "不设"),
    )
    return Change(item.name, conditions, rows, item.origin.clause)
