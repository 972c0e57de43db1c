"""调整 that can never apply, or only where nothing is paid anyway.

Takes the pack; looks for a cost of some category that gets one of the benefits, and
meets the conditions of the 调整 and not those of any 不享受.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.adjusting.cases import Ladder, case_of, changed, whom
from medaidlang.check.common import concerns, finding, ladders, words
from medaidlang.check.possible.people import possible
from medaidlang.core.nodes import Adjustment, Benefit, Pack


def never(pack: Pack) -> Iterator[Diagnostic]:
    """E558 never, W572 never for one of its benefits, W559 only beside 不享受."""
    ladder = ladders(pack) if pack.adjustments else {}
    for place, adjustment in enumerate(pack.adjustments):
        conditions = [condition.expr for condition in adjustment.conditions]
        if conditions and possible(pack, conditions) is None:
            said = "；".join(words(expr) for expr in conditions)
            why = f"它的条件不能同时成立：{said}"
            yield finding("E558", adjustment.origin, name=adjustment.name, why=why)
            continue
        items = changed(pack, adjustment)
        dead = {item.name: why for item in items if (why := unmet(pack, adjustment, item, ladder))}
        if dead:
            code = "E558" if len(dead) == len(items) else "W572"
            args = {"name": adjustment.name, "why": "；".join(dict.fromkeys(dead.values()))}
            if code == "W572":
                args["benefits"] = "、".join(f"“{name}”" for name in dead)
            yield finding(code, adjustment.origin, **args)
        live = [item for item in items if item.name not in dead]
        yield from shadowed(pack, place, live, ladder)


def unmet(pack: Pack, adjustment: Adjustment, item: Benefit, ladder: Ladder) -> str:
    """Why it never applies to a benefit; nothing where it does."""
    names = whom(pack, adjustment, item, ladder)
    if not names:
        return f"限于的身份都不享受“{item.name}”" if adjustment.among else ""
    if not adjustment.conditions:
        return ""
    if any(case_of(pack, adjustment, item, name) is not None for name in names):
        return ""
    if not item.conditions or not alone(pack, adjustment, item):
        return f"没有享受“{item.name}”的人合它的条件"
    return f"与“{item.name}”的费用和须合不到一起"


def alone(pack: Pack, adjustment: Adjustment, item: Benefit) -> bool:
    """Whether its conditions clash with those of the benefit, whoever it is for."""
    conditions = [c.expr for c in (*adjustment.conditions, *item.conditions)]
    return possible(pack, conditions) is None


def shadowed(
    pack: Pack, place: int, items: Sequence[Benefit], ladder: Ladder
) -> Iterator[Diagnostic]:
    """W559: whenever it applies, another one (of two that say it, the first) pays nothing."""
    adjustment = pack.adjustments[place]
    if adjustment.withdrawn and adjustment.changes:
        args = {"name": adjustment.name, "other": adjustment.name}
        yield finding("W559", adjustment.changes[0].origin, **args)
        return
    others = [
        other
        for at, other in enumerate(pack.adjustments)
        if other.withdrawn and (at < place or (at > place and not adjustment.withdrawn))
    ]
    covering: dict[str, Adjustment] = {}
    for item in items:
        for name in whom(pack, adjustment, item, ladder):
            steps = ladder.get(name, ())
            over = [o for o in others if item.name in o.benefits and concerns(o, steps)]
            if not over or case_of(pack, adjustment, item, name, over) is not None:
                return
            if case_of(pack, adjustment, item, name) is not None:
                covering |= {other.name: other for other in over}
    if covering:
        label = Label(next(iter(covering.values())).origin.span, "first")
        args = {"name": adjustment.name, "other": "、".join(covering)}
        yield finding("W559", adjustment.origin, label, **args)
