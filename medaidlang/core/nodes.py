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
from medaidlang.core.measures import Adjustment as Adjustment
from medaidlang.core.measures import Application as Application
from medaidlang.core.measures import Change as Change
from medaidlang.core.measures import Column as Column
from medaidlang.core.measures import Condition as Condition
from medaidlang.core.measures import Entry as Entry
from medaidlang.core.measures import Manner as Manner
from medaidlang.core.measures import Period as Period
from medaidlang.core.measures import Pool as Pool
from medaidlang.core.measures import Remainder as Remainder
from medaidlang.core.measures import Share as Share
from medaidlang.core.measures import Slice as Slice
from medaidlang.core.measures import Slicing as Slicing
from medaidlang.core.measures import Split as Split
from medaidlang.core.measures import SplitRow as SplitRow
from medaidlang.core.measures import Table as Table
from medaidlang.core.measures import Target as Target
from medaidlang.core.measures import Times as Times
from medaidlang.core.measures import Unresolved as Unresolved
from medaidlang.core.paper import ClauseRecord as ClauseRecord
from medaidlang.core.paper import Document as Document
from medaidlang.core.paper import Example as Example
from medaidlang.core.paper import ExampleMember as ExampleMember
from medaidlang.core.paper import Origin as Origin
from medaidlang.core.paper import Reading as Reading
from medaidlang.core.paper import Rounding as Rounding
from medaidlang.core.types import Type

HOSPITAL_FIELD = "fixmedins_code"  # the national interface's name for the hospital


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
class Identity:
    """A category a person may hold.

    `members` are the categories it contains, `as_if` an expression of type 身份
    (a constant, or a fact that names the category) whose treatment it gets.
    `backdated` is how many months before its recognition it holds (0: from the
    year's first day), `valid` how many months after it (None: as listed).
    """

    name: str
    members: tuple[str, ...]
    conditions: tuple[Condition, ...]
    as_if: Expr | None
    recognised_by: str
    origin: Origin
    backdated: int | None = None
    valid: int | None = None


@attrs.frozen
class Exclusive:
    """Categories no person holds together."""

    identities: tuple[str, ...]
    origin: Origin


@attrs.frozen
class Dated:
    """A published figure: in force from `start` to `end` (inclusive; None = open).

    `publisher` is who published it, where that is said of this figure alone.
    """

    start: date | None
    end: date | None
    value: Value
    source: str
    origin: Origin
    publisher: str = ""


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


@attrs.frozen
class Account:
    """A running total that a 起付 or 限额 is drawn on; `benefits` share it.

    `feed` is what every claim adds (None: what its benefits admit or pay).
    `charged`: only what was really deducted counts (按年一次，不足补齐).
    """

    name: str
    column: Column
    period: Period
    feed: Expr | None
    benefits: tuple[str, ...]
    origin: Origin
    charged: bool = False


@attrs.frozen
class Benefit:
    """待遇 or 保险: for whom (entries), for which costs (conditions), on which base.

    `after` are the benefits whose payments are taken from the base first.
    `deductible` and `cap` name accounts; None = 不设 for everybody.  `unbased`: a
    fixed amount that no burden limits; `base` is then a figure above all amounts.
    `deductibles` are the accounts of categories whose 起付 runs otherwise (限于).
    `rounding` None: as the document says (an insurance: half up to 分).  `notional`:
    where all hold, it is reckoned (视同), but nobody pays it.
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
    unbased: bool = False
    slicing: Slicing | None = None
    times: Times | None = None
    application: Application | None = None
    deductibles: tuple[tuple[tuple[str, ...], str | None], ...] = ()
    rounding: Rounding | None = None
    notional: tuple[Condition, ...] = ()

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts of every 起付 and of the 限额."""
        others = [name for _, name in self.deductibles]
        return tuple(name for name in (self.deductible, *others, self.cap) if name is not None)

    @property
    def deducts(self) -> bool:
        """Whether there is a 起付 for anybody."""
        return self.deductible is not None or any(name for _, name in self.deductibles)


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
    rounding: Rounding | None = None


class Mode(Enum):
    """How several categories of one person combine."""

    CUMULATIVE = "就高不就低 累计"
    PER_CLAIM = "就高不就低 按笔"
    RANKED = "按顺位"
    STACKED = "可同时享受"


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
    """A rule pack: one document, elaborated under one choice of readings.

    `layers` are the insurances before aid (保险): paid to everybody, categories or not.
    """

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
    layers: Mapping[str, Benefit]
    pools: Mapping[str, Pool]
    adjustments: tuple[Adjustment, ...]
    subsidies: Mapping[str, Subsidy]
    overlaps: tuple[Overlap, ...]
    insurance: tuple[InsuranceChange, ...]
    outputs: tuple[Output, ...]
    splits: tuple[Split, ...]
    readings: Mapping[str, Reading]
    examples: tuple[Example, ...]
    digest: str
