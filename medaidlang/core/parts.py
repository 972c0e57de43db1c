"""All parts of an expression, through the definitions it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from medaidlang.core import expr as x
from medaidlang.core.nodes import Definition, Pack


def deep(pack: Pack, expr: x.Expr) -> Iterator[x.Expr]:
    """`expr`, everything in it, and everything in the definitions it names, each once."""
    return through(pack.definitions, expr)


def through(definitions: Mapping[str, Definition], expr: x.Expr) -> Iterator[x.Expr]:
    """The same for definitions that are not in a pack yet."""
    seen: set[str] = set()
    todo = [expr]
    while todo:
        for part in x.walk(todo.pop()):
            yield part
            if isinstance(part, x.DefinitionRef) and part.name not in seen:
                seen.add(part.name)
                todo.append(definitions[part.name].expr)
