"""The syntax tree: what the author wrote, and nothing that was concluded from it.

Names are strings, units are as typed, lines keep the author's order, comments
stay on their lines.  `span` and nothing else is left out of equality, so that
`parse(format(tree)) == tree` can be asked.  Expressions stand in `expressions`.
"""

# ruff: noqa: RUF009 - place() and trivia() are field specifiers

from __future__ import annotations

from typing import TypeAlias

import attrs

from medaidlang.base.source import Source as Source
from medaidlang.base.source import Span as Span
from medaidlang.syntax.expressions import NO_TRIVIA as NO_TRIVIA
from medaidlang.syntax.expressions import Arithmetic as Arithmetic
from medaidlang.syntax.expressions import Bounded as Bounded
from medaidlang.syntax.expressions import Call as Call
from medaidlang.syntax.expressions import Cell as Cell
from medaidlang.syntax.expressions import ClauseMark as ClauseMark
from medaidlang.syntax.expressions import Compared as Compared
from medaidlang.syntax.expressions import Conditional as Conditional
from medaidlang.syntax.expressions import Contained as Contained
from medaidlang.syntax.expressions import Expr as Expr
from medaidlang.syntax.expressions import Filled as Filled
from medaidlang.syntax.expressions import Guard as Guard
from medaidlang.syntax.expressions import Joined as Joined
from medaidlang.syntax.expressions import Limit as Limit
from medaidlang.syntax.expressions import Literal as Literal
from medaidlang.syntax.expressions import Member as Member
from medaidlang.syntax.expressions import Name as Name
from medaidlang.syntax.expressions import Negated as Negated
from medaidlang.syntax.expressions import Paren as Paren
from medaidlang.syntax.expressions import Presumed as Presumed
from medaidlang.syntax.expressions import Property as Property
from medaidlang.syntax.expressions import Range as Range
from medaidlang.syntax.expressions import ReadingTest as ReadingTest
from medaidlang.syntax.expressions import Reference as Reference
from medaidlang.syntax.expressions import Row as Row
from medaidlang.syntax.expressions import Text as Text
from medaidlang.syntax.expressions import Trivia as Trivia
from medaidlang.syntax.expressions import Word as Word
from medaidlang.syntax.expressions import place as place
from medaidlang.syntax.expressions import trivia as trivia
from medaidlang.syntax.statements import AccountLine as AccountLine
from medaidlang.syntax.statements import ApplicationLine as ApplicationLine
from medaidlang.syntax.statements import AskingLine as AskingLine
from medaidlang.syntax.statements import ChangeLine as ChangeLine
from medaidlang.syntax.statements import ContentsLine as ContentsLine
from medaidlang.syntax.statements import DateLine as DateLine
from medaidlang.syntax.statements import ExprLine as ExprLine
from medaidlang.syntax.statements import FlagLine as FlagLine
from medaidlang.syntax.statements import Line as Line
from medaidlang.syntax.statements import MemberLine as MemberLine
from medaidlang.syntax.statements import NamesLine as NamesLine
from medaidlang.syntax.statements import Pair as Pair
from medaidlang.syntax.statements import PairsLine as PairsLine
from medaidlang.syntax.statements import ReadingLine as ReadingLine
from medaidlang.syntax.statements import RosterLine as RosterLine
from medaidlang.syntax.statements import RoundingLine as RoundingLine
from medaidlang.syntax.statements import SlicingLine as SlicingLine
from medaidlang.syntax.statements import SpanLine as SpanLine
from medaidlang.syntax.statements import StandingLine as StandingLine
from medaidlang.syntax.statements import TextLine as TextLine
from medaidlang.syntax.statements import TimesLine as TimesLine
from medaidlang.syntax.statements import UnresolvedLine as UnresolvedLine
from medaidlang.syntax.statements import WithdrawnLine as WithdrawnLine

# ── items ────────────────────────────────────────────────────────────────────


@attrs.frozen
class Include:
    """包含: the name of another rule file of the same folder or of the prelude."""

    name: Name
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Clause:
    """【mark】 title: what follows carries this citation."""

    mark: ClauseMark
    title: Text | None
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Uncoded:
    """不编码: the clause has no rule, and why."""

    reason: Text
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Gap:
    """原文缺失: a named figure that the text does not give."""

    name: Name
    reason: Text
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Definition:
    """令: by an expression, or by a table (`rows`) keyed by its first columns."""

    name: Name
    value: Expr | None
    guard: Guard
    lines: tuple[Row, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Parameter:
    """参数: a figure set outside the document."""

    name: Name
    type: Expr
    lines: tuple[Line, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Roster:
    """名录: a closed list; `count` is what the document says it holds."""

    name: Name
    count: Literal | None
    lines: tuple[RosterLine, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Block:
    """An item that is its keyword, its name and its lines.

    `keyword`: DOCUMENT (name = title), FACTS, PUBLISHED, BENEFIT, CONTINUED, LAYER,
    ADJUSTMENT, SPLIT, SUBSIDY, INSURANCE, READING, EXAMPLE (name = title).
    """

    keyword: str
    name: Name | Text
    lines: tuple[Line, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Identity:
    """身份: one or several categories that share the lines below."""

    names: tuple[Name, ...]
    lines: tuple[Line, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Exclusive:
    """互斥: categories that one person cannot hold together."""

    names: tuple[Name, ...]
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Overlap:
    """重叠: the rule among several categories of one person, for these benefits.

    `rule` is HIGHEST, RANKED or STACKED; `mode` is CUMULATIVE, PER_CLAIM or "" (the default).
    """

    rule: str
    mode: str
    benefits: tuple[Name, ...]
    guard: Guard
    lines: tuple[Line, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Pool:
    """额度: a running total over several benefits, with limits of its own."""

    name: Name
    period: str
    guard: Guard
    lines: tuple[Line, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Output:
    """监测, 时限, 列示 or 资金: a result beside the payments."""

    keyword: str
    each_claim: bool
    name: Name
    value: Expr
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Defaults:
    """示例默认: values that every example below takes unless it says otherwise."""

    pairs: tuple[Pair, ...]
    span: Span = place()
    trivia: Trivia = trivia()


Item: TypeAlias = (
    Include | Clause | Uncoded | Gap | Definition | Parameter | Roster | Block | Identity
    | Exclusive | Overlap | Pool | Output | Defaults
)  # fmt: skip


@attrs.frozen
class File:
    """A rule file: its items in order."""

    source: Source = attrs.field(eq=False, repr=False)
    items: tuple[Item, ...] = ()
    head: Trivia = NO_TRIVIA
