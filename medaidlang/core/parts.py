"""All parts of an expression, through the definitions it uses."""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack


def deep(pack: Pack, expr: x.Expr) -> Iterator[x.Expr]:
    """`expr`, everything in it, and everything in the definitions it names."""
    for part in x.walk(expr):
        yield part
        if isinstance(part, x.DefinitionRef):
            yield from deep(pack, pack.definitions[part.name].expr)
