"""Characters that rules do not use.

Takes a source, gives E210 for each letter, figure or space of another kind that
stands in code.  The grammar says `\\w` and `\\s` and so lets them pass: a class
of exactly our letters takes long to compile, in each of the lexer's states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic, Edit, Fix
from medaidlang.base.source import Source, Span
from medaidlang.syntax.lines import code_part

_BLANK = " \t\u3000"
_QUOTED = re.compile(r"「[^「」\n]*」|【[^【】\n]*】")
# What people type for what; "" where it should just go.
_INSTEAD = {
    ";": "，",
    "；": "，",
    "。": "",
    "=": " 为 ",
    "＝": " 为 ",
    "<": " 低于 ",
    "＜": " 低于 ",
    ">": " 高于 ",
    "＞": " 高于 ",
    "≤": " 不高于 ",
    "≥": " 不低于 ",
    "≠": " 不为 ",
    "+": " 加 ",
    "＋": " 加 ",
    "*": " 乘 ",
    "×": " 乘 ",
    "/": " 除以 ",
    "÷": " 除以 ",
    "&": " 且 ",
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "\u00a0": " ",
}
_HINTS = {
    **dict.fromkeys("\"'‘’＂＇『』《》”", "文字写在“ ”里，名称写在「 」里"),
    **dict.fromkeys("￥¥$＄", "金额写成“5元”“6万元”这样的数"),
    **dict.fromkeys("%％", "数和“%”连着写，中间不要有空格"),
}


def foreign(source: Source) -> Iterator[Diagnostic]:
    """E210 for what passes the grammar; full-width letters are left to E107."""
    odd = "|".join(re.escape(char) for char in sorted(set(source.text)) if _is_odd(char))
    if not odd:
        return
    for match in re.finditer(odd, source.text):
        if _stands_in_code(source, match.start()):
            yield unusable(source, source.text, match.start())


def _is_odd(char: str) -> bool:
    """Of `\\w` or `\\s`, but not one that a rule file is written with."""
    if char.isascii() or "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf":
        return False
    if char.isspace():
        return char != "\u3000"
    return char.isalnum() and char != "〇" and not "０" <= char <= "ｚ"


def _stands_in_code(source: Source, offset: int) -> bool:
    """Outside comments, strings and prose, and outside 「 」 and 【 】."""
    line, column = source.line_column(offset)
    code = _QUOTED.sub(lambda match: " " * len(match.group()), code_part(source.line_text(line)))
    return code[column - 1] != " "


def unusable(source: Source, text: str, at: int) -> Diagnostic:
    """E210 for the character of `text` at `at`, with what to write instead."""
    char = text[at]
    span = Span(source, at, at + 1)
    if char not in _INSTEAD:
        hint = _HINTS.get(char, "删去它，或者改用文字")
        return Diagnostic("E210", span, {"char": char, "hint": hint})
    instead = _INSTEAD[char]
    if at and text[at - 1] in _BLANK:
        instead = instead.lstrip() or instead
    if text[at + 1 : at + 2] in _BLANK:
        instead = instead.rstrip() or instead
    shown = f"改成“{instead.strip() or '半角空格'}”" if instead else "删去它"
    fix = Fix(shown, (Edit(span, instead),))
    return Diagnostic("E210", span, {"char": char, "hint": shown}, fix=fix)
