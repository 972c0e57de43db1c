"""Every alternative of every reading must be a rule file without errors.

Takes the pack and a way to elaborate it under other choices; gives the errors
that one alternative has and the document's own readings have not, each with the
reading in its `place`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Diagnostic, Severity
from medaidlang.check import CHECKS, ordered
from medaidlang.core.elaborate import elaborate
from medaidlang.core.nodes import Pack
from medaidlang.syntax import ast

ElaborateWith = Callable[[Mapping[str, str]], tuple[Pack | None, list[Diagnostic]]]


def elaborator(files: Sequence[ast.File]) -> ElaborateWith:
    """Elaboration of `files` without their examples, which no reading changes."""
    kept = [attrs.evolve(file, items=tuple(filter(is_rule, file.items))) for file in files]
    return lambda choices: elaborate(kept, choices)


def is_rule(item: ast.Item) -> bool:
    """Anything but an example."""
    example = isinstance(item, ast.Block) and item.keyword == "EXAMPLE"
    return not example and not isinstance(item, ast.Defaults)


def check_alternatives(
    pack: Pack, elaborate_with: ElaborateWith, known: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """The errors of single alternatives; `known` are the findings of the pack itself."""
    before = {mark(found) for found in known}
    told: list[Diagnostic] = []
    for reading in pack.readings.values():
        for choice in reading.alternatives:
            other, found = elaborate_with({reading.name: choice})
            if other is not None:
                found = [*found, *changed(pack, other)]
            for one in found:
                if lookup(one.code).severity is Severity.ERROR and mark(one) not in before:
                    words = f"口径 {reading.name} 取 {choice}"
                    place = f"{one.place}（{words}）" if one.place else f"（{words}）"
                    told.append(attrs.evolve(one, place=place))
    return ordered(told)


def changed(pack: Pack, other: Pack) -> Iterable[Diagnostic]:
    """What those checks say that look at a part in which the two differ."""
    parts = {name for check in CHECKS for name in check.reads}
    differing = {name for name in parts if getattr(pack, name) != getattr(other, name)}
    for check in CHECKS:
        if check.reads & differing:
            yield from check.run(other)


def mark(found: Diagnostic) -> tuple[object, ...]:
    """What makes two findings the same."""
    span = found.span
    place = (span.source.name, span.start, span.end) if span else ()
    return (found.code, place, tuple(sorted(found.args.items())))
