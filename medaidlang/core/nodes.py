"""Core: the document's rules with names resolved, everything typed, policy shape kept.

Takes its nodes from `core.elaborate`; the checks, the plan and the rule sheet
read them.  Every node has an `Origin`: the place in the rule file and the
clause of the document under which the author put it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

import attrs

from medaidlang.core.expr import Expr, Value
from medaidlang.core.paper import ClauseRecord as ClauseRecord
from medaidlang.core.paper import Document as Document
from medaidlang.core.paper import Example as Example
from medaidlang.core.paper import Origin as Origin
from medaidlang.core.paper import Reading as Reading
from medaidlang.core.types import Type


class Scope(Enum):
    """Whose fact it is."""

    PERSON = "人员"
    CLAIM = "费用"


class Missing(Enum):
    """What an unrecorded fact is: an error in the data, or simply unknown."""

    REQUIRED = "必填"
    UNKNOWN = "未知"


@attrs.frozen
class Fact:
    """A declared fact; `default` stands in where the declaration names a value.

    `fields` are the national interface's names for it, `title` the group it
    belongs to (因病致贫核对·户籍 → 因病致贫核对).
    """

    name: str
    scope: Scope
    type: Type
    missing: Missing
    default: Value | None
    fields: tuple[str, ...]
    note: str
    origin: Origin

    @property
    def group(self) -> str:
        """The part before ·, or nothing."""
        return self.name.partition("·")[0] if "·" in self.name else ""


@attrs.frozen
class Condition:
    """Something that must hold; `word` is 费用 or 须."""

    word: str
    expr: Expr
    origin: Origin


@attrs.frozen
class Unresolved:
    """`无法计算 当 condition：reason`."""

    condition: Expr
    reason: str
    origin: Origin


@attrs.frozen
class Identity:
    """A category a person may hold.

    `members` are the categories it contains, `as_if` an expression of type 身份
    (a constant, or a fact that names the category) whose treatment it gets.
    """

    name: str
    members: tuple[str, ...]
    conditions: tuple[Condition, ...]
    as_if: Expr | None
    recognised_by: str
    origin: Origin


@attrs.frozen
class Exclusive:
    """Categories no person holds together."""

    identities: tuple[str, ...]
    origin: Origin


@attrs.frozen
class Dated:
    """A published figure: in force from `start` to `end` (inclusive; None = open)."""

    start: date | None
    end: date | None
    value: Value
    source: str
    origin: Origin


@attrs.frozen
class Bound:
    """A limit that a figure set outside must respect (`floor`: not below `expr`)."""

    floor: bool
    expr: Expr
    origin: Origin


@attrs.frozen
class Parameter:
    """A figure set outside the document; `pending` says who still has to set it."""

    name: str
    type: Type
    values: tuple[Dated, ...]
    bounds: tuple[Bound, ...]
    pending: str
    publisher: str
    source: str
    origin: Origin


@attrs.frozen
class Gap:
    """A figure that the document does not give, and why."""

    name: str
    reason: str
    origin: Origin


@attrs.frozen
class Roster:
    """A closed list; `count` is what the document says it holds."""

    name: str
    entries: tuple[tuple[str, Expr | None], ...]
    count: int | None
    origin: Origin


@attrs.frozen
class Definition:
    """令: a named expression."""

    name: str
    expr: Expr
    origin: Origin


class Column(Enum):
    """The columns of a benefit table that carry figures."""

    DEDUCTIBLE = "起付"
    RATIO = "比例"
    CAP = "限额"
    FIXED = "定额"


@attrs.frozen
class Entry:
    """One cell of a benefit table: what `column` is for these categories.

    `identities` empty means 其余.  `keys` are conditions from further key
    columns.  `expr` is None for 不设; `entitled` is False for 不享受.
    """

    column: Column
    identities: tuple[str, ...]
    keys: tuple[Condition, ...]
    expr: Expr | None
    entitled: bool
    origin: Origin


@attrs.frozen
class Table:
    """A table as the author wrote it: cell texts, for the rule sheet."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    origin: Origin


class Period(Enum):
    """How long a running total runs."""

    CLAIM = "每次"
    YEAR = "按年累计"
    QUARTER = "按季累计"
    MONTH = "按月累计"


@attrs.frozen
class Account:
    """A running total that a 起付 or 限额 is drawn on; `benefits` share it.

    `feed` is what every claim adds (None: what its benefits admit or pay).
    """

    name: str
    column: Column
    period: Period
    feed: Expr | None
    benefits: tuple[str, ...]
    origin: Origin


@attrs.frozen
class Benefit:
    """待遇: for whom (entries), for which costs (conditions), on which base.

    `after` are the benefits whose payments are taken from the base first.
    `deductible` and `cap` name accounts; None = 不设 for everybody.
    """

    name: str
    conditions: tuple[Condition, ...]
    unresolved: tuple[Unresolved, ...]
    base: Expr
    base_origin: Origin
    after: tuple[str, ...]
    deductible: str | None
    cap: str | None
    entries: tuple[Entry, ...]
    tables: tuple[Table, ...]
    origin: Origin


@attrs.frozen
class Subsidy:
    """资助: what is paid of the person's insurance contribution."""

    name: str
    conditions: tuple[Condition, ...]
    unresolved: tuple[Unresolved, ...]
    base: Expr | None
    entries: tuple[Entry, ...]
    tables: tuple[Table, ...]
    origin: Origin


class Mode(Enum):
    """How several categories of one person combine."""

    CUMULATIVE = "就高不就低 累计"
    PER_CLAIM = "就高不就低 按笔"
    RANKED = "按顺位"


@attrs.frozen
class Overlap:
    """重叠: the rule for `benefits`, among `identities` (empty = all).

    `known_best`: where a category cannot be computed, pay the best that can be,
    and say that it is a lower bound; otherwise nothing is decided.
    """

    mode: Mode
    benefits: tuple[str, ...]
    identities: tuple[str, ...]
    ranking: tuple[str, ...]
    known_best: bool
    grounds: str
    origin: Origin


@attrs.frozen
class InsuranceChange:
    """医保调整: what the document changes in an insurance above aid, by the year."""

    name: str
    conditions: tuple[Condition, ...]
    cost: Expr
    deductible: Expr | None
    bands: Expr
    cap: Expr | None
    origin: Origin


class OutputKind(Enum):
    """Results beside the payments."""

    MONITOR = "监测"
    DEADLINE = "时限"
    SHOW = "列示"
    FUNDS = "资金"


@attrs.frozen
class Output:
    """A result beside the payments; `each_claim` or once for the person's year."""

    kind: OutputKind
    name: str
    each_claim: bool
    expr: Expr
    origin: Origin


@attrs.frozen
class Pack:
    """A rule pack: one document, elaborated under one choice of readings."""

    document: Document
    clauses: tuple[ClauseRecord, ...]
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    rosters: Mapping[str, Roster]
    gaps: Mapping[str, Gap]
    definitions: Mapping[str, Definition]
    identities: Mapping[str, Identity]
    exclusives: tuple[Exclusive, ...]
    accounts: Mapping[str, Account]
    benefits: Mapping[str, Benefit]
    subsidies: Mapping[str, Subsidy]
    overlaps: tuple[Overlap, ...]
    insurance: tuple[InsuranceChange, ...]
    outputs: tuple[Output, ...]
    readings: Mapping[str, Reading]
    examples: tuple[Example, ...]
    digest: str
