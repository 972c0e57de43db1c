"""What depends on a figure: the reach of a pending figure or a definition.

Takes the pack, gives for every name the rules whose results mention it, directly
or through definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medaidlang.check.formulas import Formula, formulas
from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack

CALENDAR = ("节假日", "调休上班日")
"""The parameters that counting working days reads."""
PAID = ("保险", "待遇", "资助")
WHOLE = ("费用", "须", "无法计算")
"""Parts of an item that decide whether there is anything at all."""
NOT_RESULTS = ("令", "名录", "参数")


def names_in(pack: Pack, expr: x.Expr, seen: set[str]) -> Iterator[str]:
    """Gaps, parameters and definitions that `expr` reads."""
    for node in x.walk(expr):
        match node:
            case x.GapRef(name=name) | x.ParameterRef(name=name):
                yield name
            case x.DefinitionRef(name=name) if name not in seen:
                seen.add(name)
                yield name
                yield from names_in(pack, pack.definitions[name].expr, seen)
            case x.Apply(function=x.Builtin.WORKDAYS_AFTER):
                yield from CALENDAR
            case _:
                pass


Place = tuple[str, tuple[str, ...]]
"""What is decided, and for which categories (empty: not by category)."""


def place(one: Formula) -> Place:
    """What a formula decides, in words."""
    who = tuple("其余人员" if name == "其余" else name for name in one.categories)
    part = "" if one.part in WHOLE else "累计" if one.part == "计入" else one.part
    if one.sort in ("身份", "医保调整"):
        part = ""
    if one.sort == "文件":
        return one.part, ()
    owner = one.owner if one.sort in (*PAID, "医保调整") else f"{one.sort} {one.owner}"
    return (f"{owner}·{part}" if part else owner), who


def gathered(found: Iterable[Place]) -> list[str]:
    """Places in words, each once, with the categories of one place together."""
    whom: dict[str, dict[str, None]] = {}
    for where, who in found:
        whom.setdefault(where, {}).update(dict.fromkeys(who))
    return [f"{where}（{'、'.join(who)}）" if who else where for where, who in whom.items()]


def reach(pack: Pack) -> dict[str, list[str]]:
    """For each gap, parameter and definition, what depends on it, in the document's order."""
    found: dict[str, list[Place]] = {}
    for formula in formulas(pack):
        if formula.sort not in NOT_RESULTS:
            for name in names_in(pack, formula.expr, set()):
                found.setdefault(name, []).append(place(formula))
    return {name: gathered(listed) for name, listed in found.items()}
