"""The machine: a program of the plan, ready to run on input slots and running totals."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from medaidlang.interpret.actions import STRICT, Split, compiled
from medaidlang.plan import nodes as n
from medaidlang.plan.steps import Const


class Machine:
    """A program in its two forms, each compiled when first needed."""

    def __init__(self, program: n.Program) -> None:
        self.program = program
        self.pays = [port.pay for port in program.ports]

    @cached_property
    def all_strict(self) -> bool:
        """Whether any unknown input leaves the result unknown."""
        return all(type(step) in STRICT or isinstance(step, Const) for step in self.program.steps)

    @cached_property
    def quick(self) -> Callable[[list[Any], list[Any]], tuple[Any, ...] | None]:
        """Inputs and totals to payments (or results), `totals` updated.

        None, with nothing updated, where something that matters is unknown.
        """
        return compiled(self.program, careful=False)

    @cached_property
    def careful_form(self) -> Callable[..., list[Any]]:
        """The form that lets unknowns pass."""
        return compiled(self.program, careful=True)

    def careful(self, inputs: list[Any], totals: list[Any], taken: dict[int, int]) -> list[Any]:
        """All registers, with `totals` updated; raises `Split` at the first not in `taken`."""

        def take(key: int, why: int, answers: tuple[int, int], exact: bool) -> int:
            if key not in taken:
                raise Split(why, key, answers, exact)
            return taken[key]

        return self.careful_form(inputs, totals, take)
