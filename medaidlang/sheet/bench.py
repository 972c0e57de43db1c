"""The pack's own examples, settled under any choice of readings; each choice is prepared once."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from medaidlang.base.diagnostic import Refusal
from medaidlang.core.households import SELF
from medaidlang.core.nodes import Example, Pack
from medaidlang.interpret.examples import ExampleOutcome, household_of, run_example
from medaidlang.interpret.result import Settlement
from medaidlang.interpret.settle import Settler, prepare
from medaidlang.load import Loaded
from medaidlang.sheet.outcomes import results
from medaidlang.syntax import ast


def without_examples(loaded: Loaded) -> Loaded:
    """The rule file without its examples, which take most of the time to elaborate."""
    files = [
        attrs.evolve(file, items=tuple(item for item in file.items if not is_example(item)))
        for file in loaded.files
    ]
    return attrs.evolve(loaded, files=tuple(files))


def is_example(item: ast.Item) -> bool:
    """示例 or 示例默认."""
    return isinstance(item, ast.Defaults) or (
        isinstance(item, ast.Block) and item.keyword == "EXAMPLE"
    )


class Bench:
    """Settles the examples of a pack; what was settled or prepared once is kept."""

    def __init__(self, loaded: Loaded, pack: Pack) -> None:
        self.pack = pack
        self.loaded = without_examples(loaded)
        self.settlers: dict[tuple[tuple[str, str], ...], Settler] = {(): prepare(pack)}
        self.outcomes = [self.outcome(example) for example in pack.examples]
        self.usual: dict[int, dict[str, str] | None] = {}

    def under(self, readings: Mapping[str, str]) -> Settler:
        """The interpreter for a choice of readings."""
        key = tuple(sorted(readings.items()))
        if key not in self.settlers:
            made, _ = self.loaded.pack(readings)
            assert made is not None  # the default choice made one
            self.settlers[key] = prepare(made)
        return self.settlers[key]

    def outcome(self, example: Example) -> ExampleOutcome:
        """An example under its own readings, held against what its author expects."""
        return run_example(self.under(dict(example.readings)), example)

    def said(self, readings: Mapping[str, str], place: int) -> dict[str, str] | None:
        """All results of an example by name, under changed readings; None if it is refused."""
        if not readings:
            if place not in self.usual:
                self.usual[place] = self.shown(self.outcomes[place].household)
            return self.usual[place]
        example, settler = self.pack.examples[place], self.under(readings)
        try:
            if settler.applied:
                return self.shown(household_of(settler, example))
            return self.shown({SELF: settler.settle(example.person, example.claims)})
        except Refusal:
            return None

    def shown(self, household: Mapping[str, Settlement]) -> dict[str, str] | None:
        """Everybody's results in words, the person's first; None where there are none."""
        if not household:
            return None
        found = results(self.pack, household[SELF])
        for name, settled in household.items():
            if name != SELF:
                said = results(self.pack, settled)
                found |= {f"{name}：{what}": words for what, words in said.items()}
        return found
