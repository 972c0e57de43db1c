"""A syntax tree as canonical rule text.

Takes a tree, gives text: two spaces before the lines of an item, keywords of an
item padded to one width, tables aligned, an empty line between items, comments
kept.  Depends on nothing that tree equality leaves out, so formatting twice
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import assert_never

from medaidlang.base.visible import display_width
from medaidlang.syntax import ast
from medaidlang.syntax.format_expr import (
    after_name,
    cell,
    declared,
    guard,
    inner,
    names,
    outer,
    pairs,
    used,
)
from medaidlang.syntax.format_measure import measured
from medaidlang.syntax.grammar import keyword
from medaidlang.syntax.layout import APART, FILL, broken, padded, table

_INDENT = "  "
_WIDEST_KEYWORD = 6
"""Columns; a wider keyword stands out and does not push the others."""


def format_file(file: ast.File) -> str:
    """The canonical text of `file`; "" if it holds nothing."""
    lines = list(file.head.below)
    previous: ast.Item | None = None
    for item in file.items:
        if previous is not None:
            comments = _trailing(previous).below
            if comments or not _together(previous, item):
                lines.append("")
            lines += comments
        lines += _item(item)
        previous = item
    if previous is not None and _trailing(previous).below:
        lines += ["", *_trailing(previous).below]
    return "".join(f"{line}\n" for line in lines)


def _trailing(item: ast.Item) -> ast.Trivia:
    """The comments of the last line of `item`."""
    lines: Sequence[ast.Line] = getattr(item, "lines", ())
    return lines[-1].trivia if lines else item.trivia


def _together(first: ast.Item, second: ast.Item) -> bool:
    """No empty line between: after a clause heading, and between short items of a kind."""
    if isinstance(first, ast.Clause):
        return True
    short = not getattr(first, "lines", ()) and not getattr(second, "lines", ())
    return short and type(first) is type(second) and not isinstance(first, ast.Block)


# ── items ────────────────────────────────────────────────────────────────────


def _item(item: ast.Item) -> Iterator[str]:
    """The lines of `item`, without the comments below its last."""
    lines: Sequence[ast.Line] = getattr(item, "lines", ())
    head = broken(_head(item), 0, 4)
    yield from _commented(head, item.trivia, below=bool(lines))
    texts = _lines(lines)
    for number, (line, text) in enumerate(zip(lines, texts, strict=True), 1):
        yield from _commented(_INDENT + text, line.trivia, below=number < len(lines))


def _commented(text: str, trivia: ast.Trivia, *, below: bool) -> Iterator[str]:
    yield f"{text}  {trivia.beside}" if trivia.beside else text
    if below:
        yield from (_INDENT + comment for comment in trivia.below)


def _head(item: ast.Item) -> str:  # noqa: C901 - a case for each node
    """The head line of `item`."""
    match item:
        case ast.Include(name=name):
            return f"包含 {used(name)}"
        case ast.Clause(mark=mark, title=title):
            return f"【{mark.text}】" + (f" {title.text}" if title else "")
        case ast.Uncoded(reason=reason):
            return f"不编码 {reason.text}"
        case ast.Gap(name=name, reason=reason):
            return f"原文缺失 {declared(name)}{APART}：{reason.text}"
        case ast.Parameter(name=name, type=kind):
            return f"参数 {declared(name)} {inner(kind)}"
        case ast.Roster(name=name, count=count):
            return f"名录 {declared(name)}" + (f" 共 {count.text}" if count else "")
        case ast.Identity(names=several):
            return f"身份 {f'{FILL}、'.join(map(declared, several))}"
        case ast.Exclusive(names=several):
            return f"互斥 {names(several)}{guard(item.guard)}"
        case ast.Defaults(pairs=several):
            return f"示例默认 {pairs(several)}"
        case ast.Block(keyword=word, name=name):
            return f"{keyword(word)} {_title(item, name)}"
        case ast.Definition() | ast.Overlap() | ast.Output() | ast.Pool():
            return _long_head(item)
        case _:
            assert_never(item)


def _title(item: ast.Block, name: ast.Name | ast.Text) -> str:
    if isinstance(name, ast.Text):
        return name.text
    return used(name) if item.keyword in {"FACTS", "PUBLISHED", "CONTINUED"} else declared(name)


def _long_head(item: ast.Definition | ast.Overlap | ast.Output | ast.Pool) -> str:
    match item:
        case ast.Definition(name=name, value=value) if value is not None:
            return f"令 {declared(name)} 为 {outer(value)}{guard(item.guard)}"
        case ast.Definition(name=name):
            return f"令 {declared(name)}"
        case ast.Output(keyword=word, name=name, value=value):
            each = "每笔 " if item.each_claim else ""
            return f"{keyword(word)} {each}{declared(name)} 为 {outer(value)}{guard(item.guard)}"
        case ast.Overlap(rule=rule, mode=mode, benefits=benefits):
            how = keyword(rule) + (f" {keyword(mode)}" if mode else "")
            return f"重叠 {how} 于 {names(benefits)}{guard(item.guard)}"
        case ast.Pool(name=name, period=period):
            return f"额度 {declared(name)} {period}{guard(item.guard)}"
        case _:
            assert_never(item)


# ── lines ────────────────────────────────────────────────────────────────────


def _lines(lines: Sequence[ast.Line]) -> list[str]:
    """The text of each line of an item, keywords padded, tables aligned."""
    parts = [("", "") if isinstance(line, ast.Row) else _line(line) for line in lines]
    widths = [display_width(word) for word, _ in parts]
    width = max((w for w in widths if w <= _WIDEST_KEYWORD), default=0)
    texts: list[str] = []
    for is_table, run in groupby(
        zip(lines, parts, strict=True), lambda x: isinstance(x[0], ast.Row)
    ):
        if is_table:
            texts += _table([line for line, _ in run if isinstance(line, ast.Row)])
        else:
            texts += [_padded(word, body, width) for _, (word, body) in run]
    return texts


def _padded(word: str, body: str, width: int) -> str:
    if not body:
        return word
    first = padded(word, width) + " "
    column = len(_INDENT) + display_width(first)
    return first + broken(body, column, min(column, len(_INDENT) + width + 1))


def _table(rows: list[ast.Row]) -> list[str]:
    texts = table([[cell(part) for part in row.cells] for row in rows])
    return [text + broken(guard(row.guard), 0, 4) for row, text in zip(rows, texts, strict=True)]


def _line(line: ast.Line) -> tuple[str, str]:  # noqa: C901 - a case for each node
    """Keyword and body of a line that is no table row."""
    match line:
        case ast.TextLine(keyword="BEFORE", text=text):
            return "此前费用", f"适用 {text.text}"
        case ast.TextLine(keyword=word, text=text):
            return keyword(word), text.text
        case ast.NamesLine(keyword=word):
            return keyword(word), names(line.names) + guard(line.guard)
        case ast.ExprLine(keyword=word, value=value):
            return line.word or keyword(word), outer(value) + guard(line.guard)
        case ast.DateLine(keyword=word, date=date):
            return keyword(word), date.text + guard(line.guard)
        case ast.ContentsLine(clauses=clauses):
            return "目录", "".join(f"【{mark.text}】" for mark in clauses)
        case ast.FlagLine(keyword=word, flag=flag):
            return keyword(word), keyword(flag) + guard(line.guard)
        case ast.UnresolvedLine(condition=condition, reason=reason):
            kept = "" if line.counted else " 不计入账户"
            when = f"当 {outer(condition)}{kept}{guard(line.guard)}"
            return "无法计算", f"{when}{APART}：{reason.text}"
        case ast.AccountLine(keyword=word):
            return keyword(word), _account(line)
        case (
            ast.RoundingLine() | ast.StandingLine() | ast.SpanLine() | ast.SlicingLine()
            | ast.TimesLine() | ast.ApplicationLine() | ast.ChangeLine() | ast.WithdrawnLine()
        ):  # fmt: skip
            word, body = measured(line)
            return word, body + guard(line.guard)
        case ast.ReadingLine(reading=reading, choice=choice):
            return "按口径", f"{used(reading)} 取 {used(choice)}"
        case ast.PairsLine(keyword=word):
            return keyword(word), pairs(line.pairs)
        case ast.MemberLine(name=name):
            return "成员", f"{used(name)} {after_name(line.pairs)}"
        case ast.AskingLine(number=name, date=date, benefit=benefit):
            return "申请", f"{used(name)} {date.text} {used(benefit)}"
        case ast.RosterLine(condition=condition):
            required = f" 须 {outer(condition)}" if condition else ""
            return "条目", names(line.names) + required
        case ast.Row():
            raise AssertionError("rows are formatted as tables")
        case _:
            assert_never(line)


def _account(line: ast.AccountLine) -> str:
    shared = f" 与 {used(line.shared_with)} 共用" if line.shared_with else ""
    feed = f" 计入 {outer(line.feed)}" if line.feed else ""
    among = f" 限于 {names(line.among)}" if line.among else ""
    return line.period + shared + feed + among + guard(line.guard)
