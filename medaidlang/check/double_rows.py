"""Two rows for one category.

Takes the pack; two cells of one column that apply to one person at once must
not differ: either both rows name the category, or it reaches them through two
groups equally near.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import Paid, columns, finding, ladders, paid, row_words
from medaidlang.check.possible.people import possible
from medaidlang.core.nodes import Entry, Pack
from medaidlang.core.rows import nearest


def double_rows(pack: Pack) -> Iterator[Diagnostic]:
    """E506 the same category twice, E507 two rows through two groups."""
    above = ladders(pack)
    for item in paid(pack):
        told: set[tuple[int, int]] = set()
        for column in columns(item):
            cells = [entry for entry in item.entries if entry.column is column]
            for one, other in combinations(cells, 2):
                name = shared_name(one, other)
                if name and together(pack, item, one, other):
                    told.add((id(one), id(other)))
                    yield twice(item, name, one, other)
            for identity, steps in above.items():
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
    """Whether the two cells say the same."""
    return (one.expr, one.entitled) == (other.expr, other.entitled)


def together(pack: Pack, item: Paid, one: Entry, other: Entry) -> bool:
    """Whether one cost can meet the keys of both rows."""
    keys = [key.expr for key in (*one.keys, *other.keys)]
    conditions = [condition.expr for condition in item.conditions]
    return not keys or possible(pack, [*conditions, *keys]) is not None


def twice(item: Paid, name: str, one: Entry, other: Entry) -> Diagnostic:
    """E506."""
    args = {"benefit": item.name, "category": name, "column": one.column.value}
    return finding("E506", other.origin, Label(one.origin.span, "first"), **args)


def ambiguous(item: Paid, identity: str, one: Entry, other: Entry) -> Diagnostic:
    """E507."""
    args = {"benefit": item.name, "category": identity, "column": one.column.value}
    rows = {"first": row_words(one), "second": row_words(other)}
    return finding("E507", other.origin, Label(one.origin.span, "first"), **args, **rows)
