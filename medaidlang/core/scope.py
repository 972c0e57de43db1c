"""What elaboration knows while it works: names, readings, clause, findings.

`Wrong` carries a diagnostic out of the line being elaborated; `Workshop.trying`
collects it, so that every line of a file is looked at.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import attrs

from medaidlang.base.diagnostic import Diagnostic, Fix, Label
from medaidlang.base.source import Span
from medaidlang.core import nodes
from medaidlang.core.types import Type
from medaidlang.syntax import ast


class Wrong(Exception):
    """A line that has no meaning; holds the diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def wrong(code: str, span: Span, *, fix: str = "", **args: str) -> Wrong:
    """A `Wrong` at `span`."""
    return Wrong(Diagnostic(code, span, args, fix=Fix(fix) if fix else None))


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like `name`, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return close[0] if close else ""


@attrs.frozen
class Declared:
    """A declared name: what sort of thing, and where."""

    sort: str
    origin: nodes.Origin


@attrs.define
class Workshop:
    """The mutable state of one elaboration; nothing of it outlives `elaborate`."""

    choices: Mapping[str, str]  # reading name → the alternative to take
    clause: str = ""
    found: list[Diagnostic] = attrs.field(factory=list)
    names: dict[str, Declared] = attrs.field(factory=dict)
    facts: dict[str, nodes.Fact] = attrs.field(factory=dict)
    parameters: dict[str, nodes.Parameter] = attrs.field(factory=dict)
    parameter_types: dict[str, Type] = attrs.field(factory=dict)
    rosters: dict[str, nodes.Roster] = attrs.field(factory=dict)
    gaps: dict[str, nodes.Gap] = attrs.field(factory=dict)
    definitions: dict[str, nodes.Definition] = attrs.field(factory=dict)
    pending_definitions: dict[str, tuple[ast.Definition, str]] = attrs.field(factory=dict)
    opened: list[str] = attrs.field(factory=list)
    identities: dict[str, nodes.Identity] = attrs.field(factory=dict)
    benefit_order: list[str] = attrs.field(factory=list)
    layers: list[str] = attrs.field(factory=list)
    subsidies: list[str] = attrs.field(factory=list)
    readings: dict[str, nodes.Reading] = attrs.field(factory=dict)
    reading_uses: set[tuple[str, str]] = attrs.field(factory=set)
    used: set[str] = attrs.field(factory=set)

    def origin(self, span: Span) -> nodes.Origin:
        """The origin of a node at `span`, under the current clause."""
        return nodes.Origin(span, self.clause)

    @contextmanager
    def trying(self, *labels: Label) -> Iterator[None]:
        """Collect what is wrong with a line, with these further places, and go on."""
        try:
            yield
        except Wrong as caught:
            found = caught.diagnostic
            self.report(attrs.evolve(found, labels=(*found.labels, *labels)))

    def report(self, diagnostic: Diagnostic) -> None:
        """Add a finding, under the current clause, once."""
        clause = diagnostic.clause or self.clause
        kept = attrs.evolve(diagnostic, clause=clause)
        if kept not in self.found:
            self.found.append(kept)

    def declare(self, name: ast.Name, sort: str) -> None:
        """Enter `name`; a second declaration is refused."""
        before = self.names.get(name.text)
        if before is not None:
            raise Wrong(
                Diagnostic(
                    "E302",
                    name.span,
                    {"name": name.text, "sort": sort, "before": before.sort},
                    labels=(Label(before.origin.span, "先前的定义"),),
                )
            )
        self.names[name.text] = Declared(sort, self.origin(name.span))

    def active(self, guard: ast.Guard) -> bool:
        """Whether a line guarded so is in force under the chosen readings."""
        decided = [self.decides(test) for test in guard]  # each is checked, also after a no
        return all(decided)

    def decides(self, test: ast.ReadingTest) -> bool:
        """Whether the reading takes the choice that the test names."""
        reading = self.readings.get(test.reading.text)
        if reading is None:
            near = nearest(test.reading.text, self.readings)
            raise wrong("E305", test.reading.span, name=test.reading.text, nearest=near)
        options = (reading.chosen, *reading.alternatives)
        if test.choice.text not in options:
            raise wrong(
                "E306",
                test.choice.span,
                reading=reading.name,
                name=test.choice.text,
                options="、".join(options),
            )
        self.reading_uses.add((reading.name, test.choice.text))
        return reading.active == test.choice.text

    def unknown(self, name: str, span: Span, sort: str, known: Iterable[str]) -> Wrong:
        """An undeclared name, with the nearest one or the possible split of glued words."""
        from medaidlang.syntax.glued import split_glued
        from medaidlang.syntax.grammar import keywords

        near = nearest(name, known)
        words = {word for group in keywords().values() for word in group}
        splits = split_glued(name, {*self.names, *words})
        fix = " ".join(splits[0]) if len(splits) == 1 and len(splits[0]) > 1 else near
        return wrong("E301", span, fix=fix, name=name, sort=sort, nearest=near)
