"""What one stay brings each category, as charts and key points.

Takes the pack and the interpreter; leaf categories whose outcomes agree on a
series of burdens share one chart.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack
from medaidlang.interpret.settle import Settler
from medaidlang.sheet.chart import Frame, Series, line_chart
from medaidlang.sheet.curve import WAN, Point, bends, nice_above
from medaidlang.sheet.figures import money, yuan
from medaidlang.sheet.palette import COLOURS
from medaidlang.sheet.parties import Group, group, leaves
from medaidlang.sheet.scenario import Outcome, Scenario, assumptions, scenario

PROBES = (100_000, 300_000, 500_000, WAN, 3 * WAN, 8 * WAN, 20 * WAN, 60 * WAN, 200 * WAN)
FARTHEST = 400 * WAN
STANDARD = (WAN, 5 * WAN, 10 * WAN)
"""The burdens of the one-page summary."""


@attrs.frozen
class KeyPoint:
    """A row of the table below a chart, amounts as text."""

    burden: str
    parts: tuple[str, ...]
    total: str
    own: str
    note: str


@attrs.frozen
class Panel:
    """One group's curve; `points` is empty where it cannot be computed (`reason`)."""

    group: Group
    points: tuple[Point, ...]
    rows: tuple[KeyPoint, ...]
    svg: str
    reason: str
    low: tuple[int, ...]
    standard: tuple[Outcome, ...]


@attrs.frozen
class Curves:
    """All panels, what they take for granted, and the categories that follow another one."""

    panels: tuple[Panel, ...]
    benefits: tuple[str, ...]
    assumed: tuple[str, ...]
    follow: tuple[str, ...]
    top: int


@attrs.frozen
class Alike:
    """Leaf categories with the same outcomes, and the scenario of the first of them."""

    members: tuple[str, ...]
    made: Scenario
    seen: tuple[Outcome, ...]


def alike(pack: Pack, settler: Settler) -> list[Alike]:
    """The leaf categories, gathered by what they get."""
    found: dict[tuple[Outcome, ...], list[tuple[str, Scenario]]] = {}
    for name in leaves(pack):
        if follows(pack, name):
            continue
        made = scenario(pack, settler, name)
        seen = tuple(made.outcome(burden) for burden in PROBES)
        found.setdefault(seen, []).append((name, made))
    return [
        Alike(tuple(name for name, _ in listed), listed[0][1], seen)
        for seen, listed in found.items()
    ]


def follows(pack: Pack, name: str) -> bool:
    """Whether a fact about the person says which category it is treated as."""
    as_if = pack.identities[name].as_if
    return as_if is not None and not isinstance(as_if, x.Constant)


def computable(one: Alike) -> bool:
    """Whether every probe gave an amount."""
    return all(outcome.total is not None for outcome in one.seen)


def total(made: Scenario, burden: int) -> int:
    """What is paid in all; only asked of computable scenarios."""
    return made.outcome(burden).total or 0


def points_of(one: Alike) -> list[Point]:
    """The bends of a computable group's curve up to the farthest burden."""
    return bends(lambda burden: total(one.made, burden), FARTHEST)


def curves(pack: Pack, settler: Settler) -> Curves:
    """Every group's panel, on common axes."""
    groups = alike(pack, settler)
    bent = {one.members: points_of(one) for one in groups if computable(one)}
    last = max((points[-2].burden for points in bent.values()), default=0)
    top = nice_above(max(last * 11 // 10, 10 * WAN))
    cut = {
        key: shortened(next(o for o in groups if o.members == key), points, top)
        for key, points in bent.items()
    }
    frame = Frame(top, height(list(cut.values())))
    shown = paying(pack, groups)
    panels = [
        panel(pack, shown, at, one, cut.get(one.members, []), frame)
        for at, one in enumerate(groups)
    ]
    assumed = assumptions(pack, [one.made for one in groups], STANDARD) if groups else []
    follow = tuple(name for name in leaves(pack) if follows(pack, name))
    return Curves(
        tuple(panels), tuple(pack.benefits[n].name for n in shown), tuple(assumed), follow, top
    )


def shortened(one: Alike, points: Sequence[Point], top: int) -> list[Point]:
    """The points up to `top`."""
    kept = [p for p in points if p.burden < top]
    return [*kept, Point(top, total(one.made, top))]


def height(curves_: Sequence[Sequence[Point]]) -> int:
    """A round amount above everything drawn."""
    paid = [p.paid for points in curves_ for p in points]
    own = [p.burden - p.paid for points in curves_ for p in points]
    return nice_above(max([*paid, *own, WAN]))


def paying(pack: Pack, groups: Sequence[Alike]) -> list[str]:
    """The benefits that pay something on a stay; the others need no column."""
    seen = [outcome.benefits for one in groups for outcome in one.seen]
    names = list(pack.benefits)
    return [n for at, n in enumerate(names) if any(amounts[at] != 0 for amounts in seen)] or names


def panel(
    pack: Pack, shown: Sequence[str], at: int, one: Alike, points: list[Point], frame: Frame
) -> Panel:
    """One group's chart and table."""
    title = group(pack, one.members)
    standard = tuple(one.made.outcome(burden) for burden in STANDARD)
    if not points:
        reason = next((o.reason for o in one.seen if o.reason), "按现有资料无法计算")
        return Panel(title, (), (), "", reason, tuple(o.low for o in standard), standard)
    rows = key_points(one.made, points, shown)
    lines = (
        Series("救助金额", tuple(points), "", COLOURS["blue"]),
        Series("个人仍负担", own_share(points), "6 4", COLOURS["red"]),
    )
    name = f"{title.title}：住院一次的救助金额和个人仍负担的金额"
    svg = line_chart(f"curve-{at + 1}", name, described(points), frame, lines)
    return Panel(title, tuple(points), rows, svg, "", (), standard)


def own_share(points: Sequence[Point]) -> tuple[Point, ...]:
    """What the person still pays."""
    return tuple(Point(p.burden, p.burden - p.paid) for p in points)


def described(points: Sequence[Point]) -> str:
    """The chart in words, for those who do not see it."""
    said = [f"费用{money(p.burden)}时救助{yuan(p.paid)}元" for p in points]
    return "；".join(said) + "；各点之间为直线。"


def key_points(
    made: Scenario, points: Sequence[Point], shown: Sequence[str]
) -> tuple[KeyPoint, ...]:
    """The bends with what happens there, and the right end."""
    rows = []
    for at in range(1, len(points)):
        burden, paid = points[at].burden, points[at].paid
        here = made.outcome(burden)
        note = ""
        if at < len(points) - 1:
            before = made.outcome((points[at - 1].burden + burden) // 2)
            after = made.outcome((burden + points[at + 1].burden) // 2)
            note = happening(made.benefits, before, here, after)
        parts = dict(zip(made.benefits, here.benefits, strict=True))
        amounts = tuple(yuan(parts[name] or 0) for name in shown)
        rows.append(KeyPoint(yuan(burden), amounts, yuan(paid), yuan(burden - paid), note))
    return tuple(rows)


def happening(benefits: Sequence[str], before: Outcome, at: Outcome, after: Outcome) -> str:
    """Why the curve bends."""
    said = []
    amounts = zip(benefits, before.benefits, at.benefits, after.benefits, strict=True)
    for name, was, now, then in amounts:
        if (was or 0) == 0 and now == 0 and (then or 0) > 0:
            said.append(f"{name}由此起付")
        elif (was or 0) < (now or 0) == then:
            said.append(f"{name}达到限额")
    return "，".join(said)
