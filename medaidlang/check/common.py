"""What most checks need: making a finding, whose row is whose, which file is the document's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.core.expr import Constant, Expr
from medaidlang.core.nodes import Adjustment, Benefit, Column, Entry, Origin, Pack, Pool, Subsidy
from medaidlang.core.rows import levels, nearest

Paid = Benefit | Subsidy
Tabled = Benefit | Subsidy | Pool
Cells = Mapping[Column, tuple[Entry, ...]]
Levels = tuple[tuple[str, ...], ...]

READING = re.compile(r"^[^#]*口径\s")
EVERYBODY = "每个人"
"""Whom the table of an insurance is about: it names no categories."""

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


def tabled(pack: Pack) -> list[Tabled]:
    """Everything that has a table of figures: insurances, benefits, pools, subsidies."""
    return [*pack.layers.values(), *pack.benefits.values(), *pack.pools.values(),
            *pack.subsidies.values()]  # fmt: skip


def is_layer(pack: Pack, item: Tabled) -> bool:
    """Whether it is an insurance, paid to everybody."""
    return pack.layers.get(item.name) is item


def reached(pack: Pack, item: Tabled, ladder: Mapping[str, Levels]) -> dict[str, Levels]:
    """Those whom a table of `item` is about, with their levels: everybody, or each category
    that a person is recognised as.
    """
    if is_layer(pack, item):
        return {EVERYBODY: ()}
    return {name: ladder[name] for name in leaves(pack)}


def leaves(pack: Pack) -> list[str]:
    """The categories that contain no others: what a person is recognised as."""
    return [identity.name for identity in pack.identities.values() if not identity.members]


def columns(item: Tabled) -> tuple[Column, ...]:
    """The columns that a table of `item` may have."""
    if isinstance(item, Pool):
        return (Column.CAP,)
    if isinstance(item, Benefit):
        return (
            Column.DEDUCTIBLE, Column.RATIO, Column.CAP, Column.CLAIM_CAP, Column.FIXED,
        )  # fmt: skip
    return (Column.RATIO, Column.FIXED)


def ladders(pack: Pack) -> dict[str, Levels]:
    """The levels of every category (see `core.rows`)."""
    return {name: levels(pack, name) for name in pack.identities}


def cells(steps: Sequence[Sequence[str]], item: Tabled) -> dict[Column, tuple[Entry, ...]]:
    """The cells that apply to a category with these levels, by column; only where there are any."""
    found = {column: nearest(steps, item.entries, column) for column in columns(item)}
    return {column: entries for column, entries in found.items() if entries}


def entitled(given: Cells) -> bool:
    """Whether any of the cells grants something."""
    return any(entry.entitled for entries in given.values() for entry in entries)


def concerns(adjustment: Adjustment, steps: Sequence[Sequence[str]]) -> bool:
    """Whether an 调整 is about a category with these levels (限于)."""
    return not adjustment.among or any(name in adjustment.among for s in steps for name in s)


def receivers(pack: Pack, item: Paid, ladder: Mapping[str, Levels]) -> list[str]:
    """Every category that gets something of `item`, or may: where a fact decides."""
    return [
        name
        for name, steps in ladder.items()
        if not fixed_category(pack, name) or entitled(cells(steps, item))
    ]


def words(expr: Expr) -> str:
    """The author's words, on one line."""
    return " ".join(expr.span.text.split())


def decided(item: Benefit) -> bool:
    """Whether the line 基数 hangs on a 口径: somebody has decided so and said why."""
    place = item.base_origin.span
    last = place.source.line_column(place.end)[0]
    lines = range(place.line, last + 1)
    return any(READING.search(place.source.line_text(number)) for number in lines)


def fixed_category(pack: Pack, identity: str) -> bool:
    """Whether the treatment is known from the rules alone (not named by a fact)."""
    as_if = pack.identities[identity].as_if
    return as_if is None or isinstance(as_if, Constant)


def in_document(pack: Pack, origin: Origin) -> bool:
    """Whether a node stands in the document's own file, not in one that it includes."""
    about = pack.document.origin
    return about is None or origin.span.source is about.span.source


def key_words(entry: Entry) -> str:
    """The key cells of a row, as written."""
    return "，".join(f"{key.word} {words(key.expr)}" for key in entry.keys)


def row_words(entry: Entry) -> str:
    """How a message calls a row: its categories and keys."""
    names = "、".join(entry.identities) or "其余"
    keys = key_words(entry)
    return f"{names}（{keys}）" if keys else names
