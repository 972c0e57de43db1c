"""What one stay brings each category, as charts and key points.

Takes the pack and the interpreter; leaf categories whose outcomes agree on a
series of burdens share one chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack
from medaidlang.interpret.curves import WAN, NotKnown, Point, bends, rounding_slack
from medaidlang.interpret.settle import Settler
from medaidlang.sheet.chart import Frame, Series, line_chart
from medaidlang.sheet.figures import money, yuan
from medaidlang.sheet.palette import COLOURS
from medaidlang.sheet.parties import Group, group, leaves
from medaidlang.sheet.scenario import Outcome, Scenario, assumptions, on_application, scenario

PROBES = (100_000, 300_000, 500_000, WAN, 3 * WAN, 8 * WAN, 20 * WAN, 60 * WAN, 200 * WAN)
FARTHEST = 400 * WAN
AFTER_INSURANCE = "医保支付后个人负担"
BEFORE_INSURANCE = "保险支付前政策范围内"
STANDARD = (WAN, 5 * WAN, 10 * WAN)
"""The burdens of the one-page summary."""
UNDRAWN = "按现有资料，有的金额无法计算，画不成一条线"
STEADY = 1
"""分: what a payment may grow by with one 分 of cost without jumping."""
NEAR = 2_000
"""分: bends of two curves that are closer together are one bend, seen through rounding."""
NICE = (1, 2, 3, 4, 5, 6, 8)


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
    """All panels, what they take for granted, and the categories that follow another one.

    `layered`: the costs are those before the document's own insurances; `asked` are the
    benefits that are paid on application.
    """

    panels: tuple[Panel, ...]
    benefits: tuple[str, ...]
    assumed: tuple[str, ...]
    follow: tuple[str, ...]
    top: int
    layered: bool = False
    asked: tuple[str, ...] = ()

    @property
    def occasion(self) -> str:
        """What happens: a stay, and an application for what is paid on application."""
        return occasion(self.asked)

    @property
    def heads(self) -> tuple[str, ...]:
        """The benefits as columns of the tables below the charts."""
        return tuple(on_request(name, self.asked) for name in self.benefits)

    @property
    def burden(self) -> str:
        """What the horizontal axis is."""
        return BEFORE_INSURANCE if self.layered else AFTER_INSURANCE


def occasion(asked: Sequence[str]) -> str:
    """当年第一次住院，并就这一笔费用申请一次再救助（按申请）."""
    request = f"，并就这一笔费用申请一次{'、'.join(asked)}（按申请）" if asked else ""
    return f"当年第一次住院{request}"


def on_request(name: str, asked: Sequence[str]) -> str:
    """A benefit's name, marked where it is paid on application."""
    return f"{name}（按申请）" if name in asked else name


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
    return all(None not in (outcome.total, outcome.insured) for outcome in one.seen)


def total(made: Scenario, burden: int) -> int:
    """What is paid in all; raises `NotKnown` where that cannot be computed."""
    paid = made.outcome(burden).total
    if paid is None:
        raise NotKnown
    return paid


def traced(groups: Sequence[Alike]) -> dict[tuple[str, ...], list[Point]]:
    """The curve of every group that can be drawn."""
    found = {}
    for one in groups:
        if computable(one):
            with suppress(NotKnown):
                found[one.members] = points_of(one)
    return found


def points_of(one: Alike) -> list[Point]:
    """The bends of a computable group's curves up to the farthest burden."""
    pack = one.made.settler.pack
    slack = rounding_slack(pack)
    found = bends(lambda burden: total(one.made, burden), FARTHEST, slack)
    if not pack.layers:
        return found
    insured = bends(lambda burden: one.made.outcome(burden).insured or 0, FARTHEST, slack)
    return [Point(at, total(one.made, at)) for at in together(found, insured)]


def together(found: Sequence[Point], others: Sequence[Point]) -> list[int]:
    """The burdens of two curves' bends; one that both have, up to rounding, once."""
    places = {point.burden for point in others}
    for at, point in enumerate(found):
        beside = [one.burden for one in (*found[max(at - 1, 0) : at], *found[at + 1 : at + 2])]
        jumps = any(abs(one - point.burden) == 1 for one in beside)
        if jumps or all(abs(place - point.burden) > NEAR for place in places):
            places.add(point.burden)
    return sorted(places)


def curves(pack: Pack, settler: Settler) -> Curves:
    """Every group's panel, on common axes."""
    groups = alike(pack, settler)
    bent = traced(groups)
    last = max((points[-2].burden for points in bent.values()), default=0)
    top = nice_above(max(last * 11 // 10, 10 * WAN))
    cut = {
        key: shortened(next(o for o in groups if o.members == key), points, top)
        for key, points in bent.items()
    }
    frame = Frame(top, height([(o.made, cut[o.members]) for o in groups if o.members in cut]))
    shown = paying(pack, groups)
    panels = [
        panel(pack, shown, at, one, cut.get(one.members, []), frame)
        for at, one in enumerate(groups)
    ]
    assumed = assumptions(pack, [one.made for one in groups], STANDARD) if groups else []
    follow = tuple(name for name in leaves(pack) if follows(pack, name))
    return Curves(
        tuple(panels), tuple(shown), tuple(assumed), follow, top, bool(pack.layers),
        tuple(on_application(pack)),
    )  # fmt: skip


def shortened(one: Alike, points: Sequence[Point], top: int) -> list[Point]:
    """The points up to `top`."""
    kept = [p for p in points if p.burden < top]
    paid = one.made.outcome(top).total
    return kept if paid is None else [*kept, Point(top, paid)]


def height(drawn: Sequence[tuple[Scenario, Sequence[Point]]]) -> int:
    """A round amount above everything drawn."""
    paid = [p.paid for _, points in drawn for p in points]
    own = [made.own(p.burden) for made, points in drawn for p in points]
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
        reason = next((o.reason for o in one.seen if o.reason), UNDRAWN)
        return Panel(title, (), (), "", reason, tuple(o.low for o in standard), standard)
    rows = key_points(one.made, points, shown)
    lines = (
        Series("救助金额", tuple(points), "", COLOURS["blue"]),
        Series("个人仍负担", own_share(one.made, points), "6 4", COLOURS["red"]),
    )
    once = "住院一次、申请一次" if on_application(pack) else "住院一次"
    name = f"{title.title}：{once}的救助金额和个人仍负担的金额"
    svg = line_chart(f"curve-{at + 1}", name, described(points), frame, lines, axis(pack))
    return Panel(title, tuple(points), rows, svg, "", (), standard)


def axis(pack: Pack) -> str:
    """The name of the horizontal axis."""
    return "政策范围内费用" if pack.layers else "个人负担的费用"


def own_share(made: Scenario, points: Sequence[Point]) -> tuple[Point, ...]:
    """What the person still pays."""
    return tuple(Point(p.burden, made.own(p.burden)) for p in points)


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
        note = note_at(made, points, at) if at < len(points) - 1 else ""
        parts = dict(zip(made.benefits, here.benefits, strict=True))
        amounts = [yuan(parts[name] or 0) for name in shown]
        if made.settler.pack.layers:
            amounts.insert(0, yuan(here.insured or 0))
        own = yuan(made.own(burden))
        rows.append(KeyPoint(yuan(burden), tuple(amounts), yuan(paid), own, note))
    return tuple(rows)


def note_at(made: Scenario, points: Sequence[Point], at: int) -> str:
    """What happens at a bend or jump; at a jump it is said once, before it."""
    last, here, then = (points[at + step].burden for step in (-1, 0, 1))
    now = made.outcome(here)
    if then - here == 1:
        return jumping(made.benefits, now, made.outcome(then))
    if here - last == 1:
        return ""
    before, after = made.outcome((last + here) // 2), made.outcome((here + then) // 2)
    return happening(made.benefits, before, now, after)


def jumping(benefits: Sequence[str], now: Outcome, then: Outcome) -> str:
    """What one 分 more brings."""
    said = []
    for name, was, is_ in zip(benefits, now.benefits, then.benefits, strict=True):
        grown = (is_ or 0) - (was or 0)
        if abs(grown) > STEADY:
            said.append(f"{name}{'多' if grown > 0 else '少'}{yuan(abs(grown))}元")
    return f"再多1分，{'，'.join(said)}" if said else ""


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


def nice_above(burden: int) -> int:
    """The next round amount above `burden`, in 分."""
    unit = WAN
    while True:
        for factor in NICE:
            if factor * unit >= burden:
                return factor * unit
        unit *= 10
