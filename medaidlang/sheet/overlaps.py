"""Several categories on one person: the rules, and whom they touch.

Takes the pack and the curves; says for every pair of groups which standard one
stay follows, and where that changes with the amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import attrs

from medaidlang.core.nodes import Mode, Overlap, Pack
from medaidlang.interpret.curves import between
from medaidlang.sheet.curves import Panel
from medaidlang.sheet.figures import money

MEANINGS = {
    Mode.CUMULATIVE: (
        "累计就高：每结算一笔费用，对本人持有的每个身份，分别算出只按该身份到目前为止累计应得的金额；"
        "其中最大的就是累计应得，本次支付 = 累计应得 − 此前已付。"
        "所以任何时候都不低于任一身份单独适用的结果，也不超过其中最高的一个，不重复救助。"
    ),
    Mode.PER_CLAIM: ("按笔就高：每笔费用按当次支付最多的身份计算，各笔共用一套起付标准和限额。"),
    Mode.RANKED: "按顺位：持有多个身份时，按排在最前的身份计算，不比较金额。",
    Mode.STACKED: (
        "可同时享受：持有的每个身份依次计算，后一个身份只算前面的身份支付以后剩下的负担；"
        "各身份各用自己的起付标准和限额。各身份的支付相加，不超过负担。"
    ),
}
HIGHEST = "分别算出只按每个身份应得的资助，按其中最高的一个资助，不重复资助。"
ON_SUBSIDIES = {
    Mode.CUMULATIVE: HIGHEST,
    Mode.PER_CLAIM: HIGHEST,
    Mode.RANKED: MEANINGS[Mode.RANKED],
    Mode.STACKED: "各身份应得的资助相加，不超过基数。",
}
KNOWN_BEST = "某个身份无法计算时，按能够计算的身份中最高的支付，并注明这是已知的下限。"
UNDECIDED = "某个身份无法计算而又可能最高时，结果为无法计算，不作推测。"


@attrs.frozen
class Rule:
    """An overlap rule in words."""

    benefits: tuple[str, ...]
    mode: str
    meaning: str
    among: str
    ranking: str
    unknown: str
    grounds: str
    clause: str


@attrs.frozen
class Pair:
    """Two groups one person may belong to, and what follows."""

    one: str
    other: str
    outcome: str


def mode_words(item: Overlap) -> str:
    """就高不就低（累计）."""
    head, _, tail = item.mode.value.partition(" ")
    return f"{head}（{tail}）" if tail else head


def rule(pack: Pack, item: Overlap) -> Rule:
    """One overlap rule."""
    subsidies = all(name in pack.subsidies for name in item.benefits)
    return Rule(
        item.benefits,
        mode_words(item),
        (ON_SUBSIDIES if subsidies else MEANINGS)[item.mode],
        "、".join(item.identities) or "全部身份",
        " → ".join(item.ranking),
        KNOWN_BEST if item.known_best else UNDECIDED,
        item.grounds,
        item.origin.clause,
    )


def pairs(pack: Pack, panels: Sequence[Panel]) -> list[Pair]:
    """Every two groups, in the document's order."""
    found = []
    for one, other in combinations(panels, 2):
        found.append(Pair(one.group.title, other.group.title, outcome(pack, one, other)))
    return found


def outcome(pack: Pack, one: Panel, other: Panel) -> str:
    """What a person in both groups gets for one stay."""
    if excluded(pack, one.group.members, other.group.members):
        return "互斥，不能同时持有；同时出现即为资料错误"
    by_rule = settled_by_rule(pack, one, other)
    if by_rule:
        return by_rule
    if not one.points and not other.points:
        return "无法计算"
    if not one.points or not other.points:
        known, unknown = (one, other) if one.points else (other, one)
        best = any(item.known_best for item in pack.overlaps)
        if best:
            return f"按{known.group.title}（已知的下限，{unknown.group.title}无法计算）"
        return f"除非{unknown.group.title}不可能更高，否则无法计算"
    return crossing(one, other)


def settled_by_rule(pack: Pack, one: Panel, other: Panel) -> str:
    """What the rule says without comparing amounts; nothing where amounts are compared."""
    rules = [item for item in pack.overlaps if any(name in pack.benefits for name in item.benefits)]
    stacked = [name for item in rules if item.mode is Mode.STACKED for name in item.benefits]
    if stacked:
        compared = len(stacked) < len(pack.benefits)
        which = f"{'、'.join(stacked)}：" if compared else ""
        rest = "；其余待遇比较金额，就高不就低" if compared else ""
        return f"{which}两类都享受，后一类只算前一类支付以后的余额{rest}"
    if rules and all(item.mode is Mode.RANKED for item in rules):
        order = rules[0].ranking
        ranks = [min(map(order.index, at), default=len(order)) for at in held(order, one, other)]
        if ranks[0] != ranks[1]:
            return f"按{(one if ranks[0] < ranks[1] else other).group.title}（顺位在前）"
    return ""


def held(order: Sequence[str], *panels: Panel) -> list[list[str]]:
    """The categories of each group that the ranking names."""
    return [[name for name in panel.group.members if name in order] for panel in panels]


def excluded(pack: Pack, ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether 互斥 forbids every combination of the two groups."""
    return all(
        any(a in rule.identities and b in rule.identities for rule in pack.exclusives)
        for a in ones
        for b in others
    )


def stretches(one: Panel, other: Panel) -> list[tuple[int, str]]:
    """(from which burden, whose standard) wherever the better of the two changes."""
    edges = sorted({p.burden for p in (*one.points, *other.points)})
    found: list[tuple[int, str]] = []
    for low, high in pairwise(turning(one, other, edges)):
        middle = (low + high) // 2
        gap = between(one.points, middle) - between(other.points, middle)
        leader = "" if abs(gap) <= 2 else (one if gap > 0 else other).group.title
        if leader and (not found or found[-1][1] != leader):
            found.append((low, leader))
    return found


def turning(one: Panel, other: Panel, edges: Sequence[int]) -> list[int]:
    """The edges, and between them the burdens at which the two curves cross."""
    marks = list(edges)
    for low, high in pairwise(edges):
        first = between(one.points, low) - between(other.points, low)
        last = between(one.points, high) - between(other.points, high)
        if first * last < 0:
            marks.append(low + round((high - low) * first / (first - last)))
    return sorted(marks)


def crossing(one: Panel, other: Panel) -> str:
    """The stretches in words."""
    found = stretches(one, other)
    if not found:
        return "两者标准相同"
    if len(found) == 1:
        return f"按{found[0][1]}"
    said = [f"费用不超过{money(found[1][0])}时按{found[0][1]}"]
    for (since, leader), (until, _) in pairwise(found[1:]):
        said.append(f"{money(since)}至{money(until)}按{leader}")
    since, leader = found[-1]
    return "，".join([*said, f"超过{money(since)}按{leader}"])
