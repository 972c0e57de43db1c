"""The syntax tree below an item's head: its lines.

`ast` hands these on beside the items.
"""

# ruff: noqa: RUF009 - place() and trivia() are field specifiers

from __future__ import annotations

from typing import TypeAlias

import attrs

from medaidlang.syntax.expressions import (
    Cell,
    ClauseMark,
    Expr,
    Guard,
    Literal,
    Name,
    Row,
    Span,
    Text,
    Trivia,
    Word,
    place,
    trivia,
)


@attrs.frozen
class TextLine:
    """`keyword` and prose: 来源, 理由, 认定…; `keyword` is the terminal."""

    keyword: str
    text: Text
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class NamesLine:
    """`keyword` and names: 包括, 接续, 限于, 顺序, 取, 备选, 代号."""

    keyword: str
    names: tuple[Name, ...]
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class ExprLine:
    """`keyword` and an expression: 费用, 须, 基数, 比照, 不低于, 归属日期…

    `word` is the author's where the keyword has several (GE, LE), else "".
    """

    keyword: str
    value: Expr | Word
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()
    word: str = ""


@attrs.frozen
class DateLine:
    """印发, 施行, 失效."""

    keyword: str
    date: Literal
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class ContentsLine:
    """目录: every clause of the printed document, in its order."""

    clauses: tuple[ClauseMark, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class FlagLine:
    """A keyword and what it is set to: 此前费用, 舍入, 结算次序, 判定不全时 (terminals)."""

    keyword: str
    flag: str
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class UnresolvedLine:
    """`无法计算 当 c：reason`; not `counted`: 不计入账户."""

    condition: Expr
    guard: Guard
    reason: Text
    counted: bool
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class AccountLine:
    """起付 or 限额: on which account. `period` is the author's word or 不设.

    `feed` is what every claim adds to the account (else: what the benefit admits);
    `among` are the categories it is for (none: all that no other line names).
    """

    keyword: str
    period: str
    shared_with: Name | None
    feed: Expr | None
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()
    among: tuple[Name, ...] = ()


@attrs.frozen
class RoundingLine:
    """舍入: each payment (EACH_CLAIM) or the year's total (BY_YEAR); `how` "": half up to 分.

    In an item of its own, `by` is "".
    """

    by: str
    how: str
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class StandingLine:
    """身份日期: the days of a claim on one of which a category must be held."""

    dates: tuple[Expr, ...]
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class SpanLine:
    """追溯 or 有效 with a length; None = 当年."""

    keyword: str
    length: Literal | None
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class SlicingLine:
    """分段: which figure is cut into slices, over which period."""

    figure: Name
    period: str
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class TimesLine:
    """限次: how often in a period the benefit is paid."""

    period: str
    count: Literal
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class ApplicationLine:
    """申请: paid on application, over the year (`months` None) or the months before it.

    `remainder` is who gets the odd 分 (APPLICANT, LARGEST, LAST), or "".
    """

    months: Literal | None
    household: bool
    remainder: str
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class ChangeLine:
    """In an 调整: `比例 乘 50%`; `target` and `operator` are terminals."""

    target: str
    operator: str
    word: str
    value: Expr
    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class WithdrawnLine:
    """In an 调整: 不享受."""

    guard: Guard
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class ReadingLine:
    """In an example: `按口径 R 取 V`."""

    reading: Name
    choice: Name
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class Pair:
    """`事实名 值` in an example."""

    name: Name
    value: Cell
    span: Span = place()


@attrs.frozen
class PairsLine:
    """人员 or 应得 with their pairs."""

    keyword: str
    pairs: tuple[Pair, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class MemberLine:
    """成员: another member of the household of an example."""

    name: Name
    pairs: tuple[Pair, ...]
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class AskingLine:
    """申请 of an example: its number, its day, and the benefit that is asked for."""

    number: Name
    date: Literal
    benefit: Name
    span: Span = place()
    trivia: Trivia = trivia()


@attrs.frozen
class RosterLine:
    """条目: entries of a 名录, with the condition they share."""

    names: tuple[Name, ...]
    condition: Expr | None
    span: Span = place()
    trivia: Trivia = trivia()


Line: TypeAlias = (
    TextLine | NamesLine | ExprLine | DateLine | ContentsLine | FlagLine | UnresolvedLine
    | AccountLine | RoundingLine | StandingLine | SpanLine | SlicingLine | TimesLine
    | ApplicationLine | ChangeLine | WithdrawnLine | ReadingLine | PairsLine | MemberLine
    | AskingLine | RosterLine | Row
)  # fmt: skip
