"""Numbers of clauses: as the 目录 writes them, and as they open a line of the document.

一、 （一） 1. (1) ① and 第一条 are styles, each deeper than the one before; 引 and 末
are the text before the first and after the last heading, 附件 what is attached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from medaidlang.collate.numerals import chinese
from medaidlang.collate.paper import Line, fold

STYLES = ("annex", "chapter", "article", "plain", "bracketed", "arabic", "arabic bracketed", "ring")
"""Each deeper than the one before; `dot` (·2) is any of the last three, or a paragraph."""

_HAN = "一二三四五六七八九十百"
_LINE = r"[\s#*>]*"
_DASH = r"[—–―ー－-](?=\s*[、)])"  # a 一 that was misread
_LISTED = rf"[{_HAN}](?:[级类档型]|、[{_HAN}])"  # 一、二级残疾 is no heading
_OPENINGS = (
    (
        "annex",
        re.compile(rf"{_LINE}附\s*(?:件|(?=[:.]))\s*(?P<n>[0-9]{{1,2}}|[{_HAN}]?)\s*[:.、]?\s*"),
    ),
    ("chapter", re.compile(rf"{_LINE}第\s*(?P<n>[{_HAN}]+|[0-9]+)\s*[章节]\s*")),
    ("article", re.compile(rf"{_LINE}第\s*(?P<n>[{_HAN}]+|[0-9]+)\s*条\s*")),
    ("bracketed", re.compile(rf"{_LINE}\(?\s*(?P<n>[{_HAN}]{{1,3}}|{_DASH})\s*\)[\s*、.]*")),
    ("plain", re.compile(rf"{_LINE}(?P<n>[{_HAN}]{{1,3}}|{_DASH})\s*[、,.](?!{_LISTED})[\s*]*")),
    ("plain", re.compile(rf"\s*#+\s*(?P<n>[{_HAN}]{{1,3}})\s+")),
    ("arabic bracketed", re.compile(rf"{_LINE}\(?\s*(?P<n>[0-9]{{1,2}})\s*\)[\s*、.]*")),
    ("arabic", re.compile(rf"{_LINE}(?P<n>[0-9]{{1,2}})\s*[.、,](?![0-9])[\s*]*")),
)
_WITHIN = re.compile(
    rf"(?<=[。;:；：])\s*(?:\(\s*(?P<b>[{_HAN}]{{1,3}})\s*\)|(?P<p>[{_HAN}]{{1,3}})、"
    r"|\(\s*(?P<n>[0-9]{1,2})\s*\)|(?P<a>[0-9]{1,2})[.、](?![0-9]))"
)
_GROUPS = {"b": "bracketed", "p": "plain", "n": "arabic bracketed", "a": "arabic"}
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PART = re.compile(
    rf"(?P<article>第[{_HAN}0-9]+条)|(?P<chapter>第[{_HAN}0-9]+[章节])"
    rf"|\((?P<bracketed>[{_HAN}]+)\)|\((?P<ab>[0-9]+)\)"
    rf"|·\s*(?P<dot>[0-9]+)|(?P<plain>[{_HAN}]+)|(?P<arabic>[0-9]+)|(?P<ring>[{_RINGS}])"
)
PREFACE, CLOSING = "引", "末"


@attrs.frozen
class Number:
    """One number of a heading: （三） is `bracketed` 3."""

    style: str
    value: int

    def may_open(self, other: Number) -> bool:
        """Whether a clause called so may be the one that `other` opens in the document."""
        if self.value != other.value:
            return False
        return self.style == other.style or (
            self.style == "dot" and other.style in ("arabic", "arabic bracketed", "ring")
        )


@attrs.frozen
class Opening:
    """A place of the document that looks like a heading: line `at`, columns `start` to `end`.

    `within`: inside a line, where a scan has lost the line's end.
    """

    at: int
    start: int
    end: int
    number: Number
    title: str
    within: bool = False


def value_of(text: str) -> int:
    """The number in a heading; a bare dash is a 一 that was misread."""
    if text.isdigit():
        return int(text)
    if text in _RINGS:
        return _RINGS.index(text) + 1
    return chinese(text) if text and text[0] in _HAN else 1


def path_of(mark: str) -> tuple[Number, ...] | None:
    """The numbers of a 目录 mark: 三（二）·1 → 三, （二）, ·1; None if it has none."""
    folded = fold(mark).replace(" ", "")
    if folded.startswith("附"):
        digits = re.search(rf"[0-9]+|[{_HAN}]+", folded)
        return (Number("annex", value_of(digits[0]) if digits else 1),)
    numbers: list[Number] = []
    end = 0
    for match in _PART.finditer(folded):
        if match.start() != end and folded[end : match.start()] not in ("·", ".", "-"):
            return None
        end = match.end()
        kind = match.lastgroup or ""
        text = match[kind].strip("第条章节")
        numbers.append(Number("arabic bracketed" if kind == "ab" else kind, value_of(text)))
    tail = folded[end:]
    return tuple(numbers) if numbers and (not tail or tail.startswith("·重")) else None


def openings(lines: tuple[Line, ...]) -> Iterator[Opening]:
    """Every place that looks like a heading, in order."""
    for at, line in enumerate(lines):
        text = fold(line.text)
        end = 0
        if found := _opening(text):
            style, start, end, value = found
            yield Opening(at, start, end, Number(style, value), text[end : end + 40])
        for match in _WITHIN.finditer(text, end):
            group = match.lastgroup or ""
            number = Number(_GROUPS[group], value_of(match[group]))
            title = text[match.end() : match.end() + 40]
            yield Opening(at, match.start(), match.end(), number, title, within=True)


def _opening(text: str) -> tuple[str, int, int, int] | None:
    """Style, begin and end of the number that opens a line, and its value."""
    if text.lstrip(" #*>")[:1] in _RINGS and (text := text.rstrip()):
        start = len(text) - len(text.lstrip(" #*>"))
        return ("ring", 0, start + 1, value_of(text[start])) if text[start:] else None
    for style, pattern in _OPENINGS:
        if match := pattern.match(text):
            return style, 0, match.end(), value_of(match["n"])
    return None
