"""Expressions of core: names resolved, every node typed, readings decided.

Money is an integer of 分, ratios and points are `Fraction`, dates are
`datetime.date`, a month is its first day, choices and identities are `str`.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

import attrs

from medaidlang.base.source import Span
from medaidlang.core.types import BOOL, MONEY, Type

Value: TypeAlias = int | Fraction | date | bool | str | tuple["Value", ...]


def place() -> Span:
    """A span field, outside equality."""
    return attrs.field(eq=False, repr=False)  # type: ignore[no-any-return]


class Arith(Enum):
    """Arithmetic; the value is the sign used in worked sums."""

    ADD = "+"
    SUB = "−"
    MUL = "×"
    DIV = "÷"


class Order(Enum):
    """Comparison; the value is the sign used in worked sums."""

    EQ = "="
    NE = "≠"
    GE = "≥"
    LE = "≤"
    GT = ">"
    LT = "<"


class Figure(Enum):
    """What another benefit or expression may ask of a benefit on the same claim."""

    PAID = "支付"
    ABOVE = "起付以上部分"
    BASE = "基数"
    DUE = "应救助"
    OVER = "超限额部分"


# Running totals over the year's claims: sum, number, largest.
YEARLY = frozenset({"年度累计", "年度次数", "年度最高"})


class Builtin(Enum):
    """Built-in functions, by the author's word."""

    MAX = "取大"
    MIN = "取小"
    YEAR_TOTAL = "年度累计"
    YEAR_COUNT = "年度次数"
    YEAR_MOST = "年度最高"
    BANDS_PAY = "分段累加"
    BANDS_RAISE = "各段提高"
    BANDS_FLOOR = "各段不低于"
    BANDS_FIRST = "首段不低于"
    BANDS_TIMES = "各段乘"
    WORKDAYS_AFTER = "工作日后"
    DAY_OF_MONTH = "当月第几日"
    YEAR_OF = "年份"
    TO_CENT = "四舍五入到分"
    MONTHS_BEFORE = "月前"
    MONTHS_AFTER = "月后"
    SPAN_TOTAL = "区间合计"


@attrs.frozen
class Constant:
    """A literal, or a reading test that has been decided."""

    value: Value
    type: Type
    span: Span = place()


@attrs.frozen
class FactRef:
    """A fact about the person or the claim (`Pack.facts[name].scope`)."""

    name: str
    type: Type
    span: Span = place()


@attrs.frozen
class ParameterRef:
    """A figure set outside the document, looked up at the claim's date."""

    name: str
    type: Type
    span: Span = place()


@attrs.frozen
class DefinitionRef:
    """A 令, by name."""

    name: str
    type: Type
    span: Span = place()


@attrs.frozen
class GapRef:
    """A figure that the text does not give: always unknown."""

    name: str
    type: Type
    span: Span = place()


@attrs.frozen
class FigureRef:
    """A figure of an earlier benefit on the same claim, in 分."""

    benefit: str
    figure: Figure
    span: Span = place()
    type: Type = MONEY


@attrs.frozen
class Holds:
    """`身份 属于 a、b`: the person holds one of them on the day in question."""

    identities: tuple[str, ...]
    span: Span = place()
    type: Type = BOOL


@attrs.frozen
class Filled:
    """Whether somebody recorded the fact or parameter."""

    operand: FactRef | ParameterRef
    span: Span = place()
    type: Type = BOOL


@attrs.frozen
class Presumed:
    """The fact or parameter, or `default` where nobody recorded it."""

    operand: FactRef | ParameterRef
    default: Constant
    type: Type
    span: Span = place()


@attrs.frozen
class Apply:
    """A built-in applied to arguments."""

    function: Builtin
    arguments: tuple[Expr, ...]
    type: Type
    span: Span = place()


@attrs.frozen
class Calculate:
    """`left op right`."""

    operator: Arith
    left: Expr
    right: Expr
    type: Type
    span: Span = place()


@attrs.frozen
class Compare:
    """`left op right`, both of compatible type."""

    operator: Order
    left: Expr
    right: Expr
    span: Span = place()
    type: Type = BOOL


@attrs.frozen
class Among:
    """`operand 属于 choices`: constants of the operand's type."""

    operand: Expr
    choices: tuple[Constant, ...]
    span: Span = place()
    type: Type = BOOL


@attrs.frozen
class Contains:
    """`operand 含 texts`: the text of a fact has one of these in it."""

    operand: FactRef
    texts: tuple[str, ...]
    span: Span = place()
    type: Type = BOOL

    @property
    def name(self) -> str:
        """What stands for it among the inputs: it is answered where the text is read."""
        return f"{self.operand.name} 含 {'、'.join(self.texts)}"


@attrs.frozen
class Not:
    """`非 operand`."""

    operand: Expr
    span: Span = place()
    type: Type = BOOL


@attrs.frozen
class All:
    """`a 且 b`."""

    operands: tuple[Expr, ...]
    span: Span = place()
    type: Type = BOOL


@attrs.frozen
class Any:
    """`a 或 b`."""

    operands: tuple[Expr, ...]
    span: Span = place()
    type: Type = BOOL


@attrs.frozen
class If:
    """`若 condition 则 positive 否则 negative`."""

    condition: Expr
    positive: Expr
    negative: Expr
    type: Type
    span: Span = place()


Expr: TypeAlias = (
    Constant | FactRef | ParameterRef | DefinitionRef | GapRef | FigureRef | Holds | Filled
    | Presumed | Apply | Calculate | Compare | Among | Contains | Not | All | Any | If
)  # fmt: skip


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of an expression, in reading order."""
    match expr:
        case Apply(arguments=parts) | All(operands=parts) | Any(operands=parts):
            return parts
        case Calculate(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Filled(operand=operand) | Presumed(operand=operand) | Contains(operand=operand):
            return (operand,)
        case Not(operand=operand):
            return (operand,)
        case Among(operand=operand, choices=choices):
            return (operand, *choices)
        case If(condition=condition, positive=positive, negative=negative):
            return (condition, positive, negative)
        case _:
            return ()


def walk(expr: Expr) -> list[Expr]:
    """`expr` and everything in it, outermost first."""
    found = [expr]
    for part in found:
        found.extend(children(part))
    return found
