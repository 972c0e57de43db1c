"""Two rows for one category.

Takes the pack; two cells of one column that apply to one person at once must
not differ: either both rows name the category, or it reaches them through two
groups equally near.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import (
    EVERYBODY,
    Tabled,
    columns,
    finding,
    is_layer,
    ladders,
    row_words,
    tabled,
)  # fmt: skip
from medaidlang.check.keys import asked, tests
from medaidlang.check.possible.people import possible
from medaidlang.core.nodes import Entry, Pack, Slice
from medaidlang.core.rows import nearest


def double_rows(pack: Pack) -> Iterator[Diagnostic]:
    """E506 the same category twice, E507 two rows through two groups."""
    above = ladders(pack)
    for item in tabled(pack):
        told: set[tuple[int, int]] = set()
        for column in columns(item):
            cells = [entry for entry in item.entries if entry.column is column]
            for one, other in combinations(cells, 2):
                name = shared_name(one, other)
                if name and is_layer(pack, item):
                    name = EVERYBODY
                if name and together(pack, item, one, other):
                    told.add((id(one), id(other)))
                    yield twice(item, name, one, other)
            for identity, steps in above.items() if not is_layer(pack, item) else ():
                for one, other in combinations(nearest(steps, cells, column), 2):
                    if (id(one), id(other)) in told or same(one, other):
                        continue
                    if together(pack, item, one, other):
                        told.add((id(one), id(other)))
                        yield ambiguous(item, identity, one, other)


def shared_name(one: Entry, other: Entry) -> str:
    """A category that both rows name (其余 if both do)."""
    if not one.identities and not other.identities:
        return "其余"
    return next((name for name in one.identities if name in other.identities), "")


def same(one: Entry, other: Entry) -> bool:
    """Whether the two cells say the same; of a slice, both would be paid."""
    alike = (one.expr, one.entitled) == (other.expr, other.entitled)
    return alike and one.slice is None and other.slice is None


def together(pack: Pack, item: Tabled, one: Entry, other: Entry) -> bool:
    """Whether one cost can meet the keys of both rows."""
    if one.slice is not None and other.slice is not None and apart(one.slice, other.slice):
        return False
    keys = [*tests(pack, item, one), *tests(pack, item, other)]
    return not keys or possible(pack, [*keys, *asked(pack, item)]) is not None


def apart(one: Slice, other: Slice) -> bool:
    """Whether two slices have nothing in common."""
    first, second = sorted([one, other], key=lambda found: found.low)
    return first.high is not None and first.high <= second.low


def twice(item: Tabled, name: str, one: Entry, other: Entry) -> Diagnostic:
    """E506."""
    args = {"benefit": item.name, "category": name, "column": one.column.value}
    return finding("E506", other.origin, Label(one.origin.span, "first"), **args)


def ambiguous(item: Tabled, identity: str, one: Entry, other: Entry) -> Diagnostic:
    """E507."""
    args = {"benefit": item.name, "category": identity, "column": one.column.value}
    rows = {"first": row_words(one), "second": row_words(other)}
    return finding("E507", other.origin, Label(one.origin.span, "first"), **args, **rows)
