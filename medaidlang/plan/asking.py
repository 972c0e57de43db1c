"""Who and which costs: the conditions and rows of one benefit as steps.

`amounts` goes on with what is paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.nodes import Column, Entry, Origin
from medaidlang.core.types import MONEY
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.lower import Lowering

Cells = Mapping[Column, tuple[Entry, ...]]


@attrs.define
class Asking:
    """One benefit under one treatment: its conditions and rows, and what is left to answer."""

    low: Lowering
    name: str
    conditions: Sequence[core.Condition]
    unresolved: Sequence[core.Unresolved]
    cells: Cells
    origin: Origin
    on_claims: bool = True
    changes: Sequence[core.Adjustment] = ()
    borne: int = -1  # whether anything is borne at all
    uncounted: list[int] = attrs.field(factory=list)  # where it leaves the accounts alone
    asked_keys: dict[tuple[core.Condition, ...], int] = attrs.field(factory=dict)
    tested: dict[str, int] = attrs.field(factory=dict)  # 调整 → whether its conditions hold

    def note(
        self,
        topic: n.Topic,
        parts: Sequence[str | int],
        register: int,
        origin: Origin,
        when: int | None = None,
    ) -> None:
        """A line of the trace, shown only where register `when` holds."""
        self.low.notes.append(n.Note(topic, self.name, tuple(parts), register, origin, when))

    # ── who and which costs ──────────────────────────────────────────────────
    def admitted(self, burden: int) -> int:
        """Whether the benefit takes the cost at all; nothing is asked where nothing is borne."""
        low = self.low
        self.borne = self.some(burden)
        tests: list[int] = [self.borne]
        for condition in self.conditions:
            test = low.lower(condition.expr)
            words = " ".join(condition.expr.span.text.split())
            self.note(n.Topic.CONDITION, (words,), test, condition.origin)
            text = f"{self.name}的条件“{words}”不能判定"
            tests.append(self.asked(test, low.reason(text, [condition.expr], condition.origin)))
            self.borne = low.both(tests)  # nothing more is asked of a cost that is not admitted
        rows = self.row_tests()
        if rows is not None:
            tests.append(rows)
        found = low.both(tests)
        for doubt in self.unresolved:
            found = self.doubted(found, doubt)
        return found

    def some(self, burden: int) -> int:
        """Whether anything is borne; where nothing is, nothing is asked."""
        self.borne = self.low.compare(x.Order.GT, burden, self.low.const(0, MONEY))
        return self.borne

    def asked(self, test: int, why: int) -> int:
        """The test; where anything is borne, split into both answers if it is unknown.

        A test, and its opposite, are asked once: all that hangs on it takes one answer.
        """
        low, where = self.low, self.borne
        if self.is_constant(test):
            return test
        if test in low.inverted:
            return low.invert(self.asked(low.inverted[test], why))
        before = low.decided.get(test, test)
        answer = low.boolean(lambda to: s.Decide(to, before, where, why), (before,))
        low.decided[test] = low.decided[answer] = answer
        return answer

    def answered(self, test: int) -> int:
        """The answer that a test was given before, if it was asked."""
        low = self.low
        if test in low.inverted:
            inner = self.answered(low.inverted[test])
            return test if inner == low.inverted[test] else low.invert(inner)
        return low.decided.get(test, test)

    def doubted(self, found: int, doubt: core.Unresolved) -> int:
        """`无法计算 当 …`: both answers are possible where the condition holds."""
        low = self.low
        test = self.answered(low.lower(doubt.condition))
        why = low.reason(doubt.reason, [doubt.condition], doubt.origin)
        self.note(n.Topic.UNRESOLVED, (doubt.reason,), test, doubt.origin)
        if not doubt.counted:
            self.uncounted.append(test)
        return low.boolean(lambda to: s.Doubt(to, found, test, why), (test,))

    def row_tests(self) -> int | None:
        """Whether any row's key cells fit; None where a row has no key cells."""
        entries = (*self.cells.get(Column.RATIO, ()), *self.cells.get(Column.FIXED, ()))
        if any(not entry.keys for entry in entries):
            return None
        return self.low.either([self.key_test(entry) for entry in entries])

    def key_test(self, entry: Entry) -> int:
        """Whether the key cells of a row fit; asked once."""
        if entry.keys not in self.asked_keys:
            self.asked_keys[entry.keys] = self.key_answer(entry)
        return self.asked_keys[entry.keys]

    def key_answer(self, entry: Entry) -> int:
        """The same, as steps."""
        tests = []
        for key in entry.keys:
            text = f"{self.name}表中“{key.word}”一栏不能判定"
            why = self.low.reason(text, [key.expr], key.origin)
            tests.append(self.asked(self.low.lower(key.expr), why))
        return self.low.both(tests)

    def is_constant(self, register: int) -> bool:
        """Whether a register holds a constant."""
        return register in self.low.literal
