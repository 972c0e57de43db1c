"""Benefits that no cost of anybody can meet.

Takes the pack; asks whether the 费用 and 须 of a benefit can hold together.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding, paid
from medaidlang.check.possible.people import possible
from medaidlang.core.nodes import Pack


def never_paid(pack: Pack) -> Iterator[Diagnostic]:
    """E527."""
    for item in paid(pack):
        conditions = [condition.expr for condition in item.conditions]
        if conditions and possible(pack, conditions) is None:
            words = "；".join(" ".join(expr.span.text.split()) for expr in conditions)
            yield finding("E527", item.origin, benefit=item.name, conditions=words)
