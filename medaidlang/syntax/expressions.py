# ruff: noqa: RUF009 - place() and trivia() are field specifiers
"""The syntax tree up to a table row: names, literals, expressions, cells.

Names are strings, units are as typed, lines keep the author's order, comments
stay on their lines.  `span` and nothing else is left out of equality, so that
`parse(format(tree)) == tree` can be asked.
"""

from __future__ import annotations

from typing import TypeAlias

import attrs

from medaidlang.base.source import Source as Source
from medaidlang.base.source import Span as Span


def place() -> Span:
    """A span field: positions are no part of what a tree means."""
    return attrs.field(eq=False, repr=False)  # type: ignore[no-any-return]


@attrs.frozen
class Trivia:
    """Comments of a line: `beside` stands on it, `below` on lines of their own."""

    beside: str = ""
    below: tuple[str, ...] = ()


NO_TRIVIA = Trivia()


def trivia() -> Trivia:
    """A field for the comments of a line."""
    return attrs.field(default=NO_TRIVIA, repr=False)


@attrs.frozen
class Name:
    """A name; `text` is without its 「」."""

    text: str
    span: Span = place()


@attrs.frozen
class Text:
    """Free prose up to the end of the line (a reason, a title)."""

    text: str
    span: Span = place()


@attrs.frozen
class ClauseMark:
    """A clause heading's number: `二（一）` of 【二（一）】."""

    text: str
    span: Span = place()


# ── expressions ──────────────────────────────────────────────────────────────


@attrs.frozen
class Literal:
    """A literal as typed; `kind` is its terminal (MONEY, PERCENT, DATE, YES…)."""

    kind: str
    text: str
    span: Span = place()


@attrs.frozen
class Reference:
    """A name used as a value."""

    name: str
    span: Span = place()


@attrs.frozen
class Property:
    """`医疗救助 的 支付`: a figure of a benefit."""

    owner: Name
    what: Name
    span: Span = place()


@attrs.frozen
class Call:
    """`取大（a，b）`: a built-in."""

    function: Name
    arguments: tuple[Expr, ...]
    span: Span = place()


@attrs.frozen
class Presumed:
    """`X 未填视为 V`: what a fact counts as where nobody recorded it."""

    fact: Name
    value: Literal | Name
    span: Span = place()


@attrs.frozen
class Filled:
    """`X 已填` (wanted) or `X 未填`."""

    operand: Expr
    wanted: bool
    span: Span = place()


@attrs.frozen
class Paren:
    """A parenthesised expression; kept, since 且 and 或 mix only with them."""

    inner: Expr
    span: Span = place()


@attrs.frozen
class Arithmetic:
    """A chain `a 加 b 减 c`: `operators[i]` (terminal) stands before `operands[i+1]`."""

    operands: tuple[Expr, ...]
    operators: tuple[str, ...]
    span: Span = place()


@attrs.frozen
class Compared:
    """`a 不低于 b`; `word` is the author's."""

    left: Expr
    operator: str
    word: str
    right: Expr
    span: Span = place()


@attrs.frozen
class Bounded:
    """`年龄 14周岁以下`; `operator` is UP_TO, AT_LEAST or BEYOND."""

    operand: Expr
    limit: Literal
    operator: str
    word: str
    span: Span = place()


@attrs.frozen
class Member:
    """`a 属于 b、c` (`inside`) or `不属于`."""

    operand: Expr
    inside: bool
    choices: tuple[Expr, ...]
    span: Span = place()


@attrs.frozen
class Contained:
    """`病种 含 “癌”、“瘤”` (`inside`) or `不含`."""

    operand: Expr
    inside: bool
    texts: tuple[Literal, ...]
    span: Span = place()


@attrs.frozen
class Negated:
    """`非 c`."""

    operand: Expr
    span: Span = place()


@attrs.frozen
class Joined:
    """`a 且 b 且 c` or `a 或 b`; `operator` is AND or OR."""

    operator: str
    operands: tuple[Expr, ...]
    span: Span = place()


@attrs.frozen
class Conditional:
    """`若 c 则 a 否则 b`."""

    condition: Expr
    positive: Expr
    negative: Expr
    span: Span = place()


@attrs.frozen
class ReadingTest:
    """`口径 R 取 V`: true where reading R takes V; decided before anything runs."""

    reading: Name
    choice: Name
    span: Span = place()


Expr: TypeAlias = (
    Literal | Reference | Property | Call | Presumed | Filled | Paren | Arithmetic
    | Compared | Bounded | Member | Contained | Negated | Joined | Conditional | ReadingTest
)  # fmt: skip

Guard: TypeAlias = tuple[ReadingTest, ...]  # 〔口径 R 取 V〕; () = always


@attrs.frozen
class Word:
    """A keyword as a table cell: `kind` NOT_SET, NOT_ENTITLED, OTHERS, UNRESOLVED,
    NOT_FILLED or DASH.
    """

    kind: str
    text: str
    span: Span = place()


@attrs.frozen
class Limit:
    """One end of a range: `3万元以上` (AT_LEAST, after) or `不满3万元` (LT, before)."""

    operator: str
    word: str
    literal: Literal
    span: Span = place()


@attrs.frozen
class Range:
    """`3万元以上 5万元以下` as a table cell; at least one end is said."""

    lower: Limit | None
    upper: Limit | None
    span: Span = place()


@attrs.frozen
class Cell:
    """A table cell: the values between two bars, separated by 、 (empty: none)."""

    values: tuple[Expr | Word | Range, ...]
    span: Span = place()


@attrs.frozen
class Row:
    """A table row; the first row of a run is the heading."""

    cells: tuple[Cell, ...]
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()
