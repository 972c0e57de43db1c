"""The one-page summary: every group's standards side by side, and what a stay brings.

Takes the pack and the curves; cells are the officer's own words.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Column, Entry, Pack, Subsidy
from medaidlang.sheet.curves import STANDARD, Curves, Panel
from medaidlang.sheet.figures import money, short_yuan, value_words
from medaidlang.sheet.parties import leaves_of
from medaidlang.sheet.words import Speaker

ORDER = (Column.DEDUCTIBLE, Column.RATIO, Column.CAP, Column.FIXED)


@attrs.frozen
class Standards:
    """One group's row: for each (item, column) the officer's words."""

    title: str
    note: str
    cells: tuple[str, ...]


@attrs.frozen
class Brings:
    """One group's row: (paid, own) for each standard burden."""

    title: str
    amounts: tuple[tuple[str, str], ...]


@attrs.frozen
class Summary:
    """Both tables; `heads` are (benefit, its columns)."""

    heads: tuple[tuple[str, tuple[str, ...]], ...]
    standards: tuple[Standards, ...]
    burdens: tuple[str, ...]
    brings: tuple[Brings, ...]


def columns(item: Benefit | Subsidy) -> list[Column]:
    """The columns that the item's tables have."""
    return [column for column in ORDER if any(e.column is column for e in item.entries)]


def treated_as(pack: Pack, leaf: str) -> list[str]:
    """The leaf, what contains it, and what those are assimilated to, nearest first."""
    found = [leaf]
    for name in found:
        found += [i.name for i in pack.identities.values() if name in i.members]
        as_if = pack.identities[name].as_if
        if isinstance(as_if, x.Constant) and isinstance(as_if.value, str):
            found.append(as_if.value)
    return list(dict.fromkeys(found))


def entry_words(pack: Pack, entry: Entry) -> str:
    """A cell in the officer's words; what the text lacks is said to be lacking."""
    if not entry.entitled:
        return "不享受"
    if entry.expr is None:
        return "不设"
    meant = Speaker.of(pack).opened(entry.expr)
    match meant:
        case x.Constant(value=value, type=kind):
            return value_words(value, kind)
        case x.GapRef():
            return "原文缺失"
        case x.ParameterRef(name=name) if not pack.parameters[name].values:
            return "待定"
        case _:
            return entry.expr.span.text.strip()


def key_words(entry: Entry) -> str:
    """The further key cells of the entry's row."""
    return "".join(f"{key.origin.span.text.strip()} " for key in entry.keys)


def cell(pack: Pack, item: Benefit | Subsidy, column: Column, leaf: str) -> str:
    """What the item's tables say for a leaf category in one column."""
    names = treated_as(pack, leaf)
    mine = [e for e in item.entries if e.column is column]
    named = [e for e in mine if any(leaf in leaves_of(pack, i) for i in e.identities)]
    via = [e for e in mine if any(n in e.identities for n in names)]
    fitting = named or via or [e for e in mine if not e.identities]
    said = list(dict.fromkeys(entry_words(pack, e) for e in fitting))
    if len(said) > 1:
        said = [f"{key_words(e)}{entry_words(pack, e)}" for e in fitting]
    as_if = pack.identities[leaf].as_if
    if not said and as_if is not None:
        return f"按{as_if.span.text.strip()}"
    return "；".join(said) or "—"


def items(pack: Pack) -> list[Benefit | Subsidy]:
    """Benefits, then subsidies that have a standard."""
    subsidies = [s for s in pack.subsidies.values() if any(e.entitled for e in s.entries)]
    return [*pack.benefits.values(), *subsidies]


def summary(pack: Pack, curves: Curves) -> Summary:
    """The summary's two tables."""
    shown = items(pack)
    heads = tuple((item.name, tuple(c.value for c in columns(item))) for item in shown)
    standards = tuple(standards_of(pack, shown, panel) for panel in curves.panels)
    brings = tuple(Brings(p.group.title, stay_amounts(p)) for p in curves.panels)
    return Summary(heads, standards, tuple(money(b) for b in STANDARD), brings)


def standards_of(pack: Pack, shown: Sequence[Benefit | Subsidy], panel: Panel) -> Standards:
    """One group's row of standards."""
    cells = [cell(pack, i, c, panel.group.members[0]) for i in shown for c in columns(i)]
    return Standards(panel.group.title, panel.group.note, tuple(cells))


def stay_amounts(panel: Panel) -> tuple[tuple[str, str], ...]:
    """(paid, own) for each standard burden."""
    shown = []
    for burden, outcome in zip(STANDARD, panel.standard, strict=True):
        if outcome.total is None:
            shown.append(("无法计算", "—"))
        else:
            shown.append((short_yuan(outcome.total), short_yuan(burden - outcome.total)))
    return tuple(shown)
