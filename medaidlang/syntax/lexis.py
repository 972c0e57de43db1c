"""What is wrong with the characters, before any parsing.

Takes a source, gives diagnostics: characters that deceive the eye, brackets
that do not close, sizes beyond which nothing later has to cope.  Searches the
whole text for what is suspicious and looks closer only where it is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from medaidlang.base.diagnostic import Diagnostic, Edit, Fix
from medaidlang.base.source import Source, Span
from medaidlang.syntax.foreign import foreign
from medaidlang.syntax.lines import code_part, statements

LINE_LIMIT = 2_000
LINES_LIMIT = 20_000
WORDS_LIMIT = 200_000
DEPTH_LIMIT = 50
DIGITS_LIMIT = 15
OPERATORS_LIMIT = 200
BRANCHES_LIMIT = 40
"""非 and 若 in one statement: they nest without brackets."""
SHOWN = 20
"""Findings of one kind that are worth listing."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2065"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_INDENT = re.compile(r"^[ \t\u3000]+(?=[^ \t\u3000\n])", re.M)
_DIGITS = re.compile(rf"[0-9]{{{DIGITS_LIMIT + 1},}}")
_UNCLOSED = re.compile(r"「[^「」\n]*+(?!」)|“[^“”\n]*+(?!”)|【[^【】\n]*+(?!】)")
_OPENING, _CLOSING = "（(〔「【", "）)〕」】"
_BRACKET = re.compile(f"[{_OPENING}{_CLOSING}]")
_CLOSE = {"「": "」", "“": "”", "【": "】", "〔": "〕", "（": "）", "(": "）"}
_OPERATOR = re.compile(r"(?<![\w·])(?:且|或|加|减|乘|除以|非|若)(?![\w·])")


def inspect(source: Source) -> list[Diagnostic]:
    """Findings in the characters of `source`, in no particular order."""
    hidden = list(_hidden(source))
    found = [*hidden, *_sizes(source)]
    if any(d.code in {"E114", "E116"} for d in found):
        return found
    checks = [_full_width, _indents, _long_numbers, _unclosed]
    if not hidden:  # some of these are letters or spaces too
        checks.append(foreign)
    return found + [finding for check in checks for finding in islice(check(source), SHOWN)]


def visible(text: str) -> str:
    """`text` without the characters that no rule file may hold."""
    return _HIDDEN.sub("", text)


def _control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}


def _hidden(source: Source) -> Iterator[Diagnostic]:
    """E104, E105, E106."""
    for match in islice(_HIDDEN.finditer(source.text), SHOWN):
        char = match.group()
        span = Span(source, match.start(), match.end())
        fix = Fix("删去这个字符", (Edit(span, ""),))
        if _BIDI.match(char):
            yield Diagnostic("E105", span, fix=fix)
        elif _control(char):
            args = {"char": f"U+{ord(char):04X}", "name": _NAMES.get(char, "控制字符")}
            yield Diagnostic("E104", span, args, fix=fix)
        else:
            yield Diagnostic("E106", span, fix=fix)


_NAMES = {
    "\0": "空字符",
    "\r": "回车",
    "\x0b": "垂直制表",
    "\x0c": "换页",
    "\x1b": "转义",
    "\x85": "换行",
    "\u2028": "分行",
    "\u2029": "分段",
}


def _code_at(source: Source, offset: int) -> str:
    """The character at `offset` if it is code, a blank if it is prose or a comment."""
    line, column = source.line_column(offset)
    return code_part(source.line_text(line))[column - 1]


def _full_width(source: Source) -> Iterator[Diagnostic]:
    """E107."""
    matches = (m for m in _WIDE.finditer(source.text) if _code_at(source, m.start()) != " ")
    for match in matches:
        plain = unicodedata.normalize("NFKC", match.group())
        span = Span(source, match.start(), match.end())
        args = {"char": match.group(), "plain": plain}
        yield Diagnostic("E107", span, args, fix=Fix(plain, (Edit(span, plain),)))


def _indents(source: Source) -> Iterator[Diagnostic]:
    """E108: only where kinds of space are mixed, in a line or between lines."""
    text = source.text
    if "\t" not in text and "\u3000" not in text:
        return
    indents = list(_INDENT.finditer(text))
    if len(set().union(*(match.group() for match in indents))) < 2:
        return
    wide = (match for match in indents if match.group().strip(" "))
    for match in wide:
        spaces = match.group().replace("\t", "  ").replace("\u3000", "  ")
        span = Span(source, match.start(), match.end())
        fix = Fix(f"行首改成 {len(spaces)} 个半角空格", (Edit(span, spaces),))
        yield Diagnostic("E108", span, fix=fix)


def _long_numbers(source: Source) -> Iterator[Diagnostic]:
    """E111."""
    matches = (m for m in _DIGITS.finditer(source.text) if _code_at(source, m.start()) != " ")
    for match in matches:
        args = {"digits": str(len(match.group())), "limit": str(DIGITS_LIMIT)}
        yield Diagnostic("E111", Span(source, match.start(), match.end()), args)


def _unclosed(source: Source) -> Iterator[Diagnostic]:
    """E203: 「, “ and 【 close on their own line."""
    matches = (m for m in _UNCLOSED.finditer(source.text) if _opens(source, m.start()))
    for match in matches:
        yield unclosed(source, match.start())


def _opens(source: Source, offset: int) -> bool:
    return _code_at(source, offset) != " "


def unclosed(source: Source, offset: int) -> Diagnostic:
    """E203 for the opening mark at `offset`."""
    mark = source.text[offset]
    args = {"open": mark, "close": _CLOSE[mark]}
    return Diagnostic("E203", Span(source, offset, offset + 1), args)


def _sizes(source: Source) -> Iterator[Diagnostic]:
    """E110, E114, E116."""
    text = source.text
    lines = text.split("\n")
    if len(lines) > LINES_LIMIT + 1:
        start = source.line_starts[LINES_LIMIT]
        yield Diagnostic("E116", Span(source, start, start + len(lines[LINES_LIMIT])))
        return
    if len(text) > WORDS_LIMIT and _words(text) > WORDS_LIMIT:
        yield Diagnostic("E116", Span(source, 0, len(lines[0])))
    if max(map(len, lines)) > LINE_LIMIT:
        long = (n for n, line in enumerate(lines) if len(line) > LINE_LIMIT)
        for number in islice(long, SHOWN):
            start = source.line_starts[number]
            yield Diagnostic("E114", Span(source, start, start + len(lines[number])))
    heavy = (place for place in statements(text) if place[1] - place[0] > 2 * BRANCHES_LIMIT)
    yield from islice((d for start, end in heavy for d in _statement(source, start, end)), SHOWN)


def _words(text: str) -> int:
    """About how many tokens `text` has."""
    return len(text.split()) + sum(map(text.count, "、，,|｜（()）"))


def _statement(source: Source, start: int, end: int) -> Iterator[Diagnostic]:
    """E110 and E116 of one statement."""
    text = source.text[start:end]
    if sum(map(text.count, _OPENING)) > DEPTH_LIMIT:
        yield from _depth(source, start, code_part(text))
    operators = [match.group() for match in _OPERATOR.finditer(text)]
    if len(operators) <= BRANCHES_LIMIT:
        return
    operators = [match.group() for match in _OPERATOR.finditer(code_part(text))]
    branches = operators.count("非") + operators.count("若")
    if len(operators) > OPERATORS_LIMIT or branches > BRANCHES_LIMIT:
        line = source.line_text(source.line_column(start)[0])
        yield Diagnostic("E116", Span(source, start, start + len(line)))


def _depth(source: Source, start: int, code: str) -> Iterator[Diagnostic]:
    """E110, at the first bracket that is too deep."""
    depth = deepest = place = 0
    for match in _BRACKET.finditer(code):
        depth = depth + 1 if match.group() in _OPENING else max(depth - 1, 0)
        deepest = max(deepest, depth)
        if depth == DEPTH_LIMIT + 1 and not place:
            place = start + match.start() + 1
    if deepest > DEPTH_LIMIT:
        args = {"depth": str(deepest), "limit": str(DEPTH_LIMIT)}
        yield Diagnostic("E110", Span(source, place - 1, place), args)
