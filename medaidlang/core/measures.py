"""Core: what shapes a benefit beyond its table: slices, counts, pools, changes, shares.

Takes its nodes from `core.shaping` and `core.elaborate`; `core.nodes` hands them on.
"""

from __future__ import annotations

from enum import Enum

import attrs

from medaidlang.core.expr import Expr, Figure
from medaidlang.core.paper import Origin


class Period(Enum):
    """How long a running total runs."""

    CLAIM = "每次"
    YEAR = "按年累计"
    QUARTER = "按季累计"
    MONTH = "按月累计"
    HOSPITAL = "每院每年"


@attrs.frozen
class Condition:
    """Something that must hold; `word` is 费用 or 须."""

    word: str
    expr: Expr
    origin: Origin


@attrs.frozen
class Unresolved:
    """`无法计算 当 condition：reason`; not `counted`: such a claim leaves the accounts alone."""

    condition: Expr
    reason: str
    origin: Origin
    counted: bool = True


class Column(Enum):
    """The columns of a benefit table that carry figures."""

    DEDUCTIBLE = "起付"
    RATIO = "比例"
    CAP = "限额"
    CLAIM_CAP = "单次限额"
    FIXED = "定额"


@attrs.frozen
class Slice:
    """A row's share of the figure that is cut up: from `low` to `high` 分 (None: no end)."""

    low: int
    high: int | None


@attrs.frozen
class Entry:
    """One cell of a benefit table: what `column` is for these categories.

    `identities` empty means 其余.  `keys` are conditions from further key
    columns.  `expr` is None for 不设; `entitled` is False for 不享受.  `slice` is
    the band of 分段 that the row is about.
    """

    column: Column
    identities: tuple[str, ...]
    keys: tuple[Condition, ...]
    expr: Expr | None
    entitled: bool
    origin: Origin
    slice: Slice | None = None


@attrs.frozen
class Table:
    """A table as the author wrote it: cell texts, for the rule sheet."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    origin: Origin


@attrs.frozen
class Slicing:
    """分段: `figure` (基数 or 起付以上部分) is cut into slices, over `period`.

    With 基数 the band edges count the 起付, with 起付以上部分 they do not.
    """

    figure: Figure
    period: Period
    origin: Origin


@attrs.frozen
class Times:
    """限次: paid at most `count` times in `period`."""

    period: Period
    count: int
    origin: Origin


class Remainder(Enum):
    """Who gets the odd 分 when an amount is divided."""

    APPLICANT = "申请人"
    LARGEST = "最大者"
    LAST = "最后一笔"


@attrs.frozen
class Application:
    """申请: paid on application, on the costs of the year or of the `months` before it.

    `household`: the costs of all members are added.
    """

    months: int | None
    household: bool
    remainder: Remainder
    origin: Origin


@attrs.frozen
class Pool:
    """额度: a limit over the payments of several benefits together, beside their own."""

    name: str
    period: Period
    benefits: tuple[str, ...]
    entries: tuple[Entry, ...]
    tables: tuple[Table, ...]
    origin: Origin


class Target(Enum):
    """What an 调整 changes."""

    DEDUCTIBLE = "起付"
    RATIO = "比例"
    CAP = "限额"
    FIXED = "定额"
    BASE = "基数"
    PAYMENT = "支付"


class Manner(Enum):
    """How an 调整 changes it."""

    TIMES = "乘"
    PLUS = "加"
    MINUS = "减"
    SET = "取"
    AT_LEAST = "不低于"
    AT_MOST = "不高于"


@attrs.frozen
class Change:
    """`比例 乘 50%`."""

    target: Target
    manner: Manner
    expr: Expr
    origin: Origin


@attrs.frozen
class Adjustment:
    """调整: what becomes of these benefits where all conditions hold.

    `among` are the categories to which it is restricted (empty = all);
    `withdrawn`: nothing is paid.
    """

    name: str
    benefits: tuple[str, ...]
    conditions: tuple[Condition, ...]
    among: tuple[str, ...]
    changes: tuple[Change, ...]
    withdrawn: bool
    origin: Origin


@attrs.frozen
class Share:
    """What one payer bears of a 款项: a ratio, a missing figure, or (None) the rest."""

    payer: str
    expr: Expr | None
    origin: Origin


@attrs.frozen
class SplitRow:
    """One row of a 分担: these benefits, as paid under these categories (empty = all)."""

    items: tuple[str, ...]
    identities: tuple[str, ...]
    shares: tuple[Share, ...]
    origin: Origin


@attrs.frozen
class Split:
    """分担: who bears how much of the year's payments, to the 分; one payer has the rest."""

    name: str
    payers: tuple[str, ...]
    conditions: tuple[Condition, ...]
    unresolved: tuple[Unresolved, ...]
    rows: tuple[SplitRow, ...]
    tables: tuple[Table, ...]
    origin: Origin
