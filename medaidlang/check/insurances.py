"""Insurances that rest on aid, and changes to insurances for the holders of a category.

Takes the pack; insurances run before any benefit, for everybody alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding
from medaidlang.check.formulas import Formula, formulas
from medaidlang.core.chains import figures
from medaidlang.core.nodes import Pack


def insurances(pack: Pack) -> Iterator[Diagnostic]:
    """E570 a benefit's figure, E571 限于."""
    for layer in pack.layers.values():
        before = [name for name in layer.after if name in pack.benefits]
        if before:
            yield finding("E570", layer.origin, name=layer.name, benefits=quoted(before))
    for formula in formulas(pack) if pack.layers else ():
        concerned = insured(pack, formula)
        used = sorted(figures(pack, formula.expr) & set(pack.benefits))
        if concerned and used:
            args = {"name": "、".join(concerned), "benefits": quoted(used)}
            yield finding("E570", formula.origin, **args)
    for adjustment in pack.adjustments:
        layers = [name for name in adjustment.benefits if name in pack.layers]
        if layers and adjustment.among:
            args = {"name": adjustment.name, "layers": quoted(layers)}
            yield finding("E571", adjustment.origin, **args)


def insured(pack: Pack, formula: Formula) -> list[str]:
    """The insurances that a formula is part of."""
    if formula.sort == "保险":
        return [formula.owner]
    return [name for name in formula.changes if name in pack.layers]


def quoted(names: list[str]) -> str:
    """`“甲”、“乙”`."""
    return "、".join(f"“{name}”" for name in names)
