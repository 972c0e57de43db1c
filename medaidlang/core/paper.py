"""The document as a paper: its identity, its clauses, how it was read, its examples.

Takes nothing from the rules; `core.nodes` hands these on beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import attrs

from medaidlang.base.source import Span
from medaidlang.core.expr import Expr


@attrs.frozen
class Origin:
    """Where a node comes from; `clause` is the heading's mark, such as 二（一）."""

    span: Span = attrs.field(eq=False, repr=False)
    clause: str = ""


@attrs.frozen
class Reading:
    """口径: a recorded reading; `active` is the choice this core was made with."""

    name: str
    label: str
    chosen: str
    alternatives: tuple[str, ...]
    active: str
    reason: str
    instance: str
    origin: Origin


@attrs.frozen
class ClauseRecord:
    """A clause heading of the rule file; `uncoded` is the reason given for 不编码."""

    mark: str
    title: str
    uncoded: str
    items: tuple[str, ...]
    origin: Origin


@attrs.frozen
class ExampleMember:
    """Another member of the household of an example."""

    name: str
    person: Mapping[str, object]
    claims: tuple[Mapping[str, object], ...]


@attrs.frozen
class Example:
    """示例: inputs in the shape of `settle`, and what must come out.

    `expected` are (path, value, origin); a value of None means 无法计算.  `members` are
    those beside the person.
    """

    title: str
    person: Mapping[str, object]
    claims: tuple[Mapping[str, object], ...]
    readings: tuple[tuple[str, str], ...]
    expected: tuple[tuple[tuple[str, ...], object, Origin], ...]
    origin: Origin
    members: tuple[ExampleMember, ...] = ()


@attrs.frozen
class Rounding:
    """How an amount due is rounded: to multiples of `unit` 分.

    What is left over is rounded up from `up` (a part of the unit) on; from the
    least that is more than nothing where `up` is 0.
    """

    unit: int = 1
    up: Fraction = Fraction(1, 2)


@attrs.frozen
class Document:
    """The document's identity, dates and contents.

    `before` governs costs before `effective`; `before_counts`: they still use up
    accounts (None: the rule file does not say, and they do not).  `rounds_year`:
    payments are rounded on the year's total instead of each.  `by_date`: claims are
    taken by date instead of as listed.  `standing` are the days on one of which a
    category must be held (none: the claim's date).
    """

    title: str
    code: str
    region: str = ""
    issuer: str = ""
    number: str = ""
    source: str = ""
    edition: str = ""
    repeals: tuple[str, ...] = ()
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    before: str = ""
    before_counts: bool | None = None
    rounds_year: bool = False
    by_date: bool = False
    contents: tuple[str, ...] = ()
    attribution: Expr | None = None
    standing: tuple[Expr, ...] = ()
    rounding: Rounding = Rounding()
    origin: Origin | None = None

    def counts_before(self, day: date) -> bool:
        """Whether a cost of that day is of before 施行, and uses up accounts all the same."""
        return self.effective is not None and day < self.effective and bool(self.before_counts)
