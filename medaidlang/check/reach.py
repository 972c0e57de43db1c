"""What depends on a figure that is not there.

Takes the pack; for each 原文缺失 and each 待定 parameter without a figure, gives
the benefits, categories and results that cannot be computed without it, also
through definitions, through the insurances and benefits before them, and through
the 调整 and 额度 that change them.  The CLI and the rule
sheet print it.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from medaidlang.check.formulas import Formula, formulas, references
from medaidlang.core.nodes import Origin, Pack

Node = tuple[str, str]


@attrs.frozen
class Touched:
    """Something that depends on it: the item, the line, and for which categories (row)."""

    sort: str
    owner: str
    part: str
    categories: tuple[str, ...]
    origin: Origin


@attrs.frozen
class Reach:
    """A missing figure with its reason, and all it touches (definitions left out)."""

    sort: str
    name: str
    reason: str
    touched: tuple[Touched, ...]
    origin: Origin

    @property
    def owners(self) -> tuple[str, ...]:
        """The names of the items it touches, each once."""
        return tuple(dict.fromkeys(touched.owner for touched in self.touched))


def reach(pack: Pack) -> tuple[Reach, ...]:
    """The reach of every gap, then of every parameter that is still to be set."""
    listed = list(formulas(pack))
    mentioned = [(formula, set(references(formula.expr))) for formula in listed]
    found = [
        Reach(
            "原文缺失", gap.name, gap.reason, touched(mentioned, ("原文缺失", gap.name)), gap.origin
        )
        for gap in pack.gaps.values()
    ]
    for parameter in pack.parameters.values():
        if parameter.pending and not parameter.values:
            node = ("参数", parameter.name)
            about = (parameter.pending, touched(mentioned, node), parameter.origin)
            found.append(Reach("待定", parameter.name, *about))
    return tuple(found)


def touched(mentioned: Iterable[tuple[Formula, set[Node]]], missing: Node) -> tuple[Touched, ...]:
    """Everything that mentions `missing`, or what mentions it, and so on."""
    waiting = [missing]
    reached = {missing}
    hit: dict[int, Formula] = {}
    for node in waiting:
        for index, (formula, names) in enumerate(mentioned):
            if node not in names:
                continue
            if formula.sort not in ("令", "名录"):
                hit[index] = formula
            for owner in owners(formula):
                if owner not in reached:
                    reached.add(owner)
                    waiting.append(owner)
    return tuple(
        Touched(f.sort, f.owner, f.part, f.categories, f.origin)
        for _, f in sorted(hit.items(), key=lambda pair: pair[0])
    )


def owners(formula: Formula) -> list[Node]:
    """What cannot be computed without the formula, as other formulas mention it."""
    if formula.changes:
        return [("待遇", name) for name in formula.changes]
    if formula.sort in ("待遇", "保险", "资助"):
        return [("待遇", formula.owner)]  # as `references` calls whatever pays
    return [(formula.sort, formula.owner)] if formula.sort in ("令", "身份") else []
