"""The one-page summary: every group's standards side by side, and what a stay brings.

Takes the pack and the curves; cells are the officer's own words, after the 调整 that
look only at the category.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Adjustment, Benefit, Column, Entry, Pack, Subsidy
from medaidlang.sheet.by_category import changes, concerning, figure
from medaidlang.sheet.curves import STANDARD, Curves, Panel, on_request
from medaidlang.sheet.figures import money, short_yuan, value_words
from medaidlang.sheet.parties import group, leaves_of
from medaidlang.sheet.words import Speaker

LOST = "原文缺失"
MOST_CASES = 3
ORDER = (Column.DEDUCTIBLE, Column.RATIO, Column.CAP, Column.CLAIM_CAP, Column.FIXED)


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
    """Both tables; `heads` are (benefit, its columns), `adjusted` the 调整 that cells contain."""

    heads: tuple[tuple[str, tuple[str, ...]], ...]
    standards: tuple[Standards, ...]
    burdens: tuple[str, ...]
    brings: tuple[Brings, ...]
    adjusted: tuple[str, ...] = ()


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
    speaker = Speaker.of(pack)
    meant = speaker.opened(entry.expr)
    if isinstance(meant, x.If):
        said = [figure_words(pack, value) for value in leaves_of_cases(speaker, meant)]
        if all(said) and len(set(said)) <= MOST_CASES:
            return "或".join(dict.fromkeys(said))
    return figure_words(pack, meant) or entry.expr.span.text.strip()


def figure_words(pack: Pack, meant: x.Expr) -> str:
    """A figure that can be printed as one; nothing for a sum."""
    match meant:
        case x.Constant(value=value, type=kind):
            return value_words(value, kind)
        case x.GapRef():
            return LOST
        case x.ParameterRef(name=name) if not pack.parameters[name].values:
            return "待定"
        case _:
            return ""


def leaves_of_cases(speaker: Speaker, expr: x.Expr) -> list[x.Expr]:
    """The values that 若…则… may give."""
    meant = speaker.opened(expr)
    if isinstance(meant, x.If):
        parts = (meant.positive, meant.negative)
        return [leaf for part in parts for leaf in leaves_of_cases(speaker, part)]
    return [meant]


def changed_words(pack: Pack, entry: Entry, found: Sequence[Adjustment]) -> str:
    """A cell after the 调整 that look only at the category."""
    said, own = entry_words(pack, entry), tuple(changes(found, entry.column))
    if not entry.entitled or not own:
        return said
    speaker = Speaker.of(pack)
    meant = speaker.opened(entry.expr) if entry.expr is not None else None
    return figure(speaker, meant, said, own)


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
    found = concerning(pack, item, names)
    if fitting and any(one.withdrawn for one in found):
        return "不享受"
    words = [changed_words(pack, e, found) for e in fitting]
    said = list(dict.fromkeys(words))
    if any(e.slice for e in fitting) and len(said) > 1:
        return f"分段，有的{LOST}" if LOST in said else f"分段：{said[0]}至{said[-1]}"
    if len(said) > 1:
        said = [f"{key_words(e)}{word}" for e, word in zip(fitting, words, strict=True)]
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
    shown, asked = items(pack), curves.asked
    heads = tuple(
        (on_request(item.name, asked), tuple(c.value for c in columns(item))) for item in shown
    )
    standards = tuple(row for panel in curves.panels for row in standards_of(pack, shown, panel))
    brings = tuple(Brings(p.group.title, stay_amounts(p)) for p in curves.panels)
    leaves = [leaf for panel in curves.panels for leaf in panel.group.members]
    adjusted = dict.fromkeys(
        one.name for i in shown for leaf in leaves for one in concerning_leaf(pack, i, leaf)
    )
    return Summary(heads, standards, tuple(money(b) for b in STANDARD), brings, tuple(adjusted))


def concerning_leaf(pack: Pack, item: Benefit | Subsidy, leaf: str) -> Sequence[Adjustment]:
    """The 调整 that look only at the category, of a leaf category, that change a cell."""
    found = concerning(pack, item, treated_as(pack, leaf))
    return [
        a for a in found if a.withdrawn or any(True for c in columns(item) for _ in changes([a], c))
    ]


def standards_of(
    pack: Pack, shown: Sequence[Benefit | Subsidy], panel: Panel
) -> Iterator[Standards]:
    """One group's rows: who gets the same on a stay may have other standards elsewhere."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for leaf in panel.group.members:
        told = tuple(cell(pack, i, c, leaf) for i in shown for c in columns(i))
        alike.setdefault(told, []).append(leaf)
    for cells, members in alike.items():
        who = group(pack, members)
        yield Standards(who.title, who.note, cells)


def stay_amounts(panel: Panel) -> tuple[tuple[str, str], ...]:
    """(paid, own) for each standard burden."""
    shown = []
    for burden, outcome in zip(STANDARD, panel.standard, strict=True):
        if outcome.total is None or outcome.insured is None:
            shown.append(("无法计算", "—"))
        else:
            shown.append(
                (
                    short_yuan(outcome.total),
                    short_yuan(burden - (outcome.insured or 0) - outcome.total),
                )
            )
    return tuple(shown)
