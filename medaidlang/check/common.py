"""What most checks need: making a finding, whose row is whose, which file is the document's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.core.nodes import Benefit, Column, Entry, Origin, Pack, Subsidy
from medaidlang.core.rows import levels, nearest

Paid = Benefit | Subsidy
Cells = Mapping[Column, tuple[Entry, ...]]

SHOWN = 6
"""Names listed in one message before “等”."""


def finding(code: str, origin: Origin, *labels: Label, **args: str) -> Diagnostic:
    """A diagnostic at the place and clause of `origin`."""
    return Diagnostic(code, origin.span, args, labels, origin.clause)


def listed(names: Iterable[str], unit: str = "类") -> str:
    """`甲、乙、丙`; of many, the first ones and how many there are."""
    given = list(dict.fromkeys(names))
    if len(given) <= SHOWN:
        return "、".join(given)
    return f"{'、'.join(given[:SHOWN])}等 {len(given)} {unit}"


def paid(pack: Pack) -> list[Paid]:
    """Everything that pays: benefits, then subsidies."""
    return [*pack.benefits.values(), *pack.subsidies.values()]


def leaves(pack: Pack) -> list[str]:
    """The categories that contain no others: what a person is recognised as."""
    return [identity.name for identity in pack.identities.values() if not identity.members]


def columns(item: Paid) -> tuple[Column, ...]:
    """The columns that a table of `item` may have."""
    if isinstance(item, Benefit):
        return (Column.DEDUCTIBLE, Column.RATIO, Column.CAP)
    return (Column.RATIO, Column.FIXED)


def ladders(pack: Pack) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The levels of every category (see `core.rows`)."""
    return {name: levels(pack, name) for name in pack.identities}


def cells(steps: Sequence[Sequence[str]], item: Paid) -> dict[Column, tuple[Entry, ...]]:
    """The cells that apply to a category with these levels, by column; only where there are any."""
    found = {column: nearest(steps, item.entries, column) for column in columns(item)}
    return {column: entries for column, entries in found.items() if entries}


def entitled(given: Cells) -> bool:
    """Whether any of the cells grants something."""
    return any(entry.entitled for entries in given.values() for entry in entries)


def fixed_category(pack: Pack, identity: str) -> bool:
    """Whether the treatment is known from the rules alone (not named by a fact)."""
    from medaidlang.core.expr import Constant

    as_if = pack.identities[identity].as_if
    return as_if is None or isinstance(as_if, Constant)


def in_document(pack: Pack, origin: Origin) -> bool:
    """Whether a node stands in the document's own file, not in one that it includes."""
    about = pack.document.origin
    return about is None or origin.span.source is about.span.source


def key_words(entry: Entry) -> str:
    """The key cells of a row, as written."""
    return "，".join(f"{key.word} {' '.join(key.expr.span.text.split())}" for key in entry.keys)


def row_words(entry: Entry) -> str:
    """How a message calls a row: its categories and keys."""
    names = "、".join(entry.identities) or "其余"
    keys = key_words(entry)
    return f"{names}（{keys}）" if keys else names
