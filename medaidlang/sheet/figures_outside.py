"""Figures set outside the document, what the text leaves open, and results beside payments.

Takes the pack, gives rows for the tables 参数, 缺口, 其他结果 and 医保调整.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from medaidlang.check.reach import Touched, reach
from medaidlang.core.nodes import InsuranceChange, Output, Pack, Parameter
from medaidlang.sheet.figures import day, value_words
from medaidlang.sheet.parties import Cited
from medaidlang.sheet.uses import PAID, Place, gathered
from medaidlang.sheet.words import Speaker

RESTS_ON = "款项"
"""The part of a 分担 that is what it divides."""


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
    """Something that cannot be computed from this text alone.

    `after` are the benefits that come after those reached, on what they leave.
    """

    sort: str
    name: str
    reason: str
    reach: tuple[str, ...]
    clause: str
    after: tuple[str, ...] = ()


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
        places = tuple(gathered(touched_place(pack, t) for t in one.touched))
        after = following(pack, one.touched)
        yield Gap(one.sort, one.name, one.reason, places, one.origin.clause, after)


@attrs.frozen
class Loss:
    """Something paid that lacks figures: which, and for whom."""

    where: str
    names: tuple[str, ...]


def losses(pack: Pack) -> list[Loss]:
    """原文缺失 by what is paid or borne: each benefit once, with all that it lacks."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for one in reach(pack):
        if one.sort == "原文缺失":
            for owner, who in reached(pack, one.touched):
                found.setdefault(owner, {}).setdefault(one.name, {}).update(who)
    return [
        Loss(owner, tuple(f"{n}（{'、'.join(who)}）" if who else n for n, who in lacks.items()))
        for owner, lacks in found.items()
    ]


def reached(pack: Pack, touched: Iterable[Touched]) -> Iterator[tuple[str, dict[str, None]]]:
    """The benefits, subsidies and 分担 that lack something, with the categories."""
    for one in touched:
        owners = concerned(pack, one) or ((one.owner,) if one.sort in ("资助", "分担") else ())
        for owner in owners:
            yield owner, dict.fromkeys(one.categories)


def touched_place(pack: Pack, one: Touched) -> Place:
    """住院救助·起付, for 易返贫致贫人口."""
    owner = one.owner if one.sort in PAID else f"{one.sort} {one.owner}"
    named = concerned(pack, one)
    if one.sort in ("额度", "调整") and named:
        owner = f"{'、'.join(named)}（{one.sort} {one.owner}）"
    if one.part == RESTS_ON:
        return owner, ()
    return (f"{owner}·{one.part}" if one.part else owner), one.categories


def concerned(pack: Pack, one: Touched) -> tuple[str, ...]:
    """The benefits whose payment something is about."""
    match one.sort:
        case "额度":
            return pack.pools[one.owner].benefits
        case "调整":
            return next(a.benefits for a in pack.adjustments if a.name == one.owner)
        case "待遇" | "保险":
            return (one.owner,)
        case _:
            return ()


def following(pack: Pack, touched: Iterable[Touched]) -> tuple[str, ...]:
    """The benefits that come after those touched: what these leave is not known either."""
    known = {name for one in touched for name in concerned(pack, one)}
    items = {**pack.layers, **pack.benefits}
    reached, waiting = dict.fromkeys(known), list(known)
    for name in waiting:
        for other, item in items.items():
            if name in item.after and other not in reached:
                reached[other] = None
                waiting.append(other)
    return tuple(name for name in items if name in reached and name not in known)


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
