"""Figures that nothing can use.

Takes the pack; a table may give a 起付 or 限额 where the benefit says that it has
none, and a subsidy may give a 比例 of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding
from medaidlang.core.nodes import Column, Pack


def unused_columns(pack: Pack) -> Iterator[Diagnostic]:
    """E525 a column of an account that is 不设, E511 a ratio without 基数."""
    for benefit in (*pack.layers.values(), *pack.benefits.values()):
        accounts = {Column.DEDUCTIBLE: benefit.deducts, Column.CAP: benefit.cap is not None}
        for column, account in accounts.items():
            cells = [e for e in benefit.entries if e.column is column and e.expr is not None]
            if not account and cells:
                args = {"benefit": benefit.name, "column": column.value}
                yield finding("E525", cells[0].origin, **args)
    for subsidy in pack.subsidies.values():
        cells = [e for e in subsidy.entries if e.column is Column.RATIO and e.expr is not None]
        if subsidy.base is None and cells:
            yield finding("E511", cells[0].origin, benefit=subsidy.name)
