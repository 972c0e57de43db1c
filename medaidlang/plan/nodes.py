"""The plan: what executes. Flat, ordered, exact integer steps of one fold over claims.

No policy words are left: 起付, 限额 and 比例 have become reads and feeds of
running totals, minima and products (`steps`).  Every register is assigned once
and has a static scale (its value is the integer divided by `scale`) and a range,
so that a later pass can prove properties or choose machine integers.

Registers 0…n−1 of every program are the plan's input slots, in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

import attrs

from medaidlang.core.nodes import Application, Mode, Origin, OutputKind, Period
from medaidlang.core.types import Type
from medaidlang.plan.steps import Step

UNLIMITED = 10**15  # 分; above every amount that the input limits admit
LARGEST = 10**13  # 分; the largest amount that input may hold


class Source(Enum):
    """Where an input slot is filled from."""

    PERSON = "人员事实"
    CLAIM = "费用事实"
    PARAMETER = "参数"
    HELD = "持有身份"
    PAID = "本年已付"
    TOTAL = "本年累计"
    LAYER = "保险"
    BEFORE = "已由前一身份支付"
    APPLIED = "申请累计"
    PAID_AS = "按身份已付"
    GAP = "原文缺失"


@attrs.frozen
class Slot:
    """One input; None at run time where it is not known.

    `claim_scoped`: it may differ between the claims of one year.
    """

    source: Source
    name: str
    type: Type
    origin: Origin

    @property
    def claim_scoped(self) -> bool:
        """Whether it may differ between the claims of one year."""
        return self.source in (
            Source.CLAIM, Source.PAID, Source.TOTAL, Source.LAYER, Source.BEFORE, Source.APPLIED,
            Source.PAID_AS,
        )  # fmt: skip


@attrs.frozen
class Register:
    """What is known of a register before anything runs.

    Its value is (integer ÷ scale) of `type`; the integer lies in [low, high].
    `claim_scoped`: it depends on facts of the claim.
    """

    type: Type
    scale: int
    low: int
    high: int
    claim_scoped: bool


class Topic(Enum):
    """What a line of a trace is about; explanations and sheets choose words by it."""

    CONDITION = "条件"
    UNRESOLVED = "无法计算"
    BASE = "基数"
    USED_DEDUCTIBLE = "已累计起付"
    DEDUCTIBLE = "起付标准"
    ABOVE = "起付以上"
    RATIO = "比例"
    AMOUNT = "应救助"
    CAP = "限额"
    CAP_LEFT = "限额剩余"
    SLICE = "分段"
    CHANGE = "调整"
    TIMES = "限次"
    PAY = "支付"


@attrs.frozen
class Note:
    """A line of the trace: text pieces and registers to print between them.

    Shown only where register `when` (if any) holds.
    """

    topic: Topic
    benefit: str
    parts: tuple[str | int, ...]
    register: int
    origin: Origin
    when: int | None = None


@attrs.frozen
class Port:
    """Where a program leaves a benefit's figures; `burden` is the base before admission.

    `plain`: the payment rises or falls steadily with each unknown (no condition on
    figures, no base or 限额 that hangs on another benefit but through 接续).  `sure`: whether
    it is admitted hangs on what is recorded alone, and on no figure.  `phase`: the year's
    unrounded total, of which only how far it lies from where it is rounded to matters, and
    the least and most of that.  `steady`: it rises or falls steadily with what earlier
    claims have run up.  `notional`: whether an insurance is only reckoned, and paid by nobody.
    """

    benefit: str
    admitted: int
    burden: int
    base: int
    pay: int
    plain: bool = True
    sure: bool = False
    phase: tuple[int, int, int] | None = None
    steady: bool = True
    notional: int | None = None


@attrs.frozen
class Reason:
    """Why something may be undecided: what, which inputs it hangs on, and where it stands.

    `figure`: it is a figure that is not known, and not an answer.
    """

    text: str
    slots: tuple[int, ...]
    origin: Origin
    figure: bool = False


@attrs.frozen
class Program:
    """Steps for one claim under one treatment (or once for a person).

    The first `inputs` registers are the plan's slots.
    """

    inputs: int

    steps: tuple[Step, ...]
    registers: tuple[Register, ...]
    needs: tuple[int, ...]
    notes: tuple[Note, ...]
    ports: tuple[Port, ...]
    reasons: tuple[Reason, ...]
    results: tuple[int, ...]


@attrs.frozen
class Total:
    """A running total of a person and, in a lane, of one simulated category."""

    name: str
    period: Period


@attrs.frozen
class Treatment:
    """How a category is treated in a chain: which program, and its place in the document.

    `path` are the categories (itself first) whose own conditions the treatment
    rests on: the groups through which it came to its table rows.
    """

    identity: str
    program: int
    rank: int
    path: tuple[str, ...]


@attrs.frozen
class Chain:
    """Benefits compared together: linked by base, 起付 or 限额."""

    benefits: tuple[str, ...]
    mode: Mode
    known_best: bool
    programs: tuple[Program, ...]
    treatments: Mapping[str, Treatment]
    origin: Origin | None


@attrs.frozen
class Grant:
    """A subsidy: one program per treatment, run once for the person.

    `doubt` tells whether the document leaves it undecided for everybody.
    """

    name: str
    mode: Mode
    programs: tuple[Program, ...]
    treatments: Mapping[str, Treatment]
    doubt: Program


@attrs.frozen
class Qualification:
    """When a listed category is really held: a program with one boolean result.

    `free`: it has no conditions; `asks`: they ask what else the person holds.
    `alias_slot` is the fact that names the category whose treatment it gets.
    """

    identity: str
    program: Program
    free: bool
    asks: bool
    alias_slot: int | None
    origin: Origin


@attrs.frozen
class Shown:
    """A result beside the payments: which register of its program, and its type."""

    kind: OutputKind | None
    name: str
    register: int
    type: Type
    origin: Origin


@attrs.frozen
class Published:
    """A parameter's figures by date, encoded, and the slot they fill."""

    name: str
    slot: int
    values: tuple[tuple[date | None, date | None, object], ...]
    pending: str
    origin: Origin


@attrs.frozen
class Applied:
    """A benefit that is paid on application.

    `counting` gives, for one claim, whether it counts, whether that is in doubt, its
    amount before what the benefits `after` have paid on it, and then what each of its
    reasons is about; `doubts` are the reasons that hold where their answer is yes.
    `slot` takes the sum of the claims when `chain` (this benefit alone) is run.
    """

    benefit: str
    counting: Program
    doubts: tuple[Reason, ...]
    after: tuple[str, ...]
    slot: int
    chain: Chain
    application: Application
    origin: Origin


@attrs.frozen
class Sharing:
    """A 分担: whether it applies, is in doubt, and each payer's part, as results in order.

    `paid` are the slots of (benefit, category) sums that it reads.
    """

    name: str
    payers: tuple[str, ...]
    program: Program
    paid: tuple[tuple[int, str, tuple[str, ...]], ...]
    origin: Origin


@attrs.frozen
class Plan:
    """Everything that runs for one pack under one choice of readings.

    `adding` feeds 年度累计 with a claim, `each_claim` does so and gives all that is
    shown with it, `each_result` gives it only.  `qualifications` stand
    in an order in which none needs a later one;
    `memberships` gives, for each category, the paths from a listed category to it.

    `layers` runs before all chains on each claim; `adding_after` feeds 年度累计 of what
    it pays; `standing` gives the days on one of which a category must be held.

    `searched` are, by fact, the slots that ask whether its text has one of some texts in
    it.  `words` numbers the choices, texts and categories; `ratio_unit` is what 100%
    is as an integer where a ratio comes from outside.
    """

    slots: tuple[Slot, ...]
    words: Mapping[str, int]
    searched: Mapping[str, Mapping[int, tuple[str, ...]]]
    ratio_unit: int
    totals: tuple[Total, ...]
    parameters: tuple[Published, ...]
    qualifications: tuple[Qualification, ...]
    memberships: Mapping[str, tuple[tuple[str, ...], ...]]
    chains: tuple[Chain, ...]
    grants: tuple[Grant, ...]
    adding: Program
    each_claim: Program
    each_result: Program
    each_claim_shown: tuple[tuple[Shown, Program], ...]
    at_end_shown: tuple[tuple[Shown, Program], ...]
    attribution: Program | None
    layers: Program
    adding_after: Program
    standing: Program | None
    applied: tuple[Applied, ...]
    splits: tuple[Sharing, ...]
