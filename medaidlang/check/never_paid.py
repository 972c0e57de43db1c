"""Benefits that no cost of anybody can meet.

Takes the pack; asks whether the 费用 and 须 of a benefit can hold together, where no
调整 takes it away from everybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import Tabled, finding, tabled, words
from medaidlang.check.possible.people import possible
from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack, Pool


def never_paid(pack: Pack) -> Iterator[Diagnostic]:
    """E527."""
    for item in tabled(pack):
        if isinstance(item, Pool):
            continue
        conditions = [condition.expr for condition in item.conditions]
        taken = withdrawn(pack, item)
        if (conditions or taken) and possible(pack, conditions, taken.values()) is None:
            said = [words(expr) for expr in conditions] + [f"不在“{name}”之列" for name in taken]
            yield finding("E527", item.origin, benefit=item.name, conditions="；".join(said))


def withdrawn(pack: Pack, item: Tabled) -> dict[str, x.Expr]:
    """When an 调整 takes the benefit away from whoever has it, by its name."""
    return {
        adjustment.name: x.All(
            tuple(condition.expr for condition in adjustment.conditions), adjustment.origin.span
        )
        for adjustment in pack.adjustments
        if adjustment.withdrawn and item.name in adjustment.benefits and not adjustment.among
    }
