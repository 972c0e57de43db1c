"""The clause headings of a printed document.

Takes the document's text, gives its title, number, date and clauses.  Headings
are those of 公文: 一、 then （一） then 1.; and 第一条 of regulations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from medaidlang.syntax.lexis import visible as seen

_NUMERAL = "一二三四五六七八九十百"
_HEADINGS = (
    re.compile(rf"(?P<mark>[{_NUMERAL}]+)、[ \u3000]*(?P<text>.*)"),
    re.compile(rf"(?P<mark>[（(][{_NUMERAL}]+[）)])[ \u3000]*(?P<text>.*)"),
    re.compile(r"(?P<mark>[0-9]{1,3})(?:[．、]|\.(?![0-9]))[ \u3000]*(?P<text>.*)"),
)
_ARTICLE = re.compile(rf"(?P<mark>第[{_NUMERAL}]+条)[ \u3000]*(?P<text>.*)")
_TITLE_END = re.compile(r"(?:通知|办法|方案|意见|细则|规定|决定|措施|公告)(?:》)?(?:（[^）]*）)?$")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]+〔[0-9]{4}〕[0-9]+号")
_DAY = re.compile(
    r"(?:[^，。；：、,;:0-9]{2,40}[ \u3000]*)?(?P<day>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)"
)
"""The date of issue, on a line of its own or behind who signs."""
_TITLE_LIMIT = 30


@attrs.frozen
class Clause:
    """A clause: its mark, such as 二（一）·1, its heading, and the text below."""

    mark: str
    title: str
    text: tuple[str, ...]


@attrs.frozen
class Printed:
    """What can be seen in a printed document."""

    title: str
    number: str
    day: str
    clauses: tuple[Clause, ...]


def headings(text: str) -> Printed:
    """The document that `text` is."""
    lines = [seen(line).strip().strip("\u3000") for line in text.splitlines()]
    lines = [line.replace("【", "〔").replace("】", "〕") for line in lines if line]
    first = next((i for i, line in enumerate(lines) if _matched(line)), len(lines))
    title, above = _title(lines[:first])
    number = next((m[0] for line in above if (m := _DOCUMENT_NUMBER.fullmatch(line))), "")
    days = {line: found["day"] for line in lines if (found := signed(line))}
    preamble = [line for line in above if line != number]
    clauses = [Clause("引", "依据", tuple(preamble))] if preamble else []
    clauses += _clauses([line for line in lines[first:] if line not in days])
    return Printed(title, number, [*days.values()][-1] if days else "", tuple(clauses))


def signed(line: str) -> re.Match[str] | None:
    """The date of a line that signs the document: no clause, and nothing but who and when."""
    return None if _matched(line) else _DAY.fullmatch(line)


def _title(lines: list[str]) -> tuple[str, list[str]]:
    """The title (which may run over several lines) and the other lines above the clauses."""
    for index, line in enumerate(lines[:8]):
        if _TITLE_END.search(line):
            begin = index
            while begin and not _DOCUMENT_NUMBER.search(lines[begin - 1]):
                begin -= 1
            rest = lines[:begin] + lines[index + 1 :]
            return "".join(lines[begin : index + 1]), rest
    return (lines[0], lines[1:]) if lines else ("", [])


def _matched(line: str) -> tuple[int, str, str] | None:
    """Level, mark and the rest of a heading line."""
    if article := _ARTICLE.fullmatch(line):
        return 0, article["mark"], article["text"]
    for level, pattern in enumerate(_HEADINGS):
        if match := pattern.fullmatch(line):
            mark = match["mark"].replace("(", "（").replace(")", "）")
            return level, mark, match["text"]
    return None


def _clauses(lines: list[str]) -> Iterator[Clause]:
    """Each heading with the lines up to the next."""
    path = ["", "", ""]
    mark, title, text = "", "", list[str]()
    used: set[str] = set()
    for line in lines:
        found = _matched(line)
        if found is None:
            text.append(line)
            continue
        if mark:
            yield Clause(mark, title, tuple(text))
        level, own, rest = found
        path[level:] = [own, "", ""][: 3 - level]
        mark = _unused(_mark(path), used)
        title, text = _split(rest)
    if mark:
        yield Clause(mark, title, tuple(text))


def _mark(path: list[str]) -> str:
    """一, 一（二）, 一·3, 一（二）·3."""
    first, second, third = path
    return first + second + (f"·{third}" if third and (first or second) else third)


def _unused(mark: str, used: set[str]) -> str:
    """The mark, or the mark with a letter where the document's numbering repeats."""
    made, extra = mark, 2
    while made in used:
        made, extra = f"{mark}·重{extra}", extra + 1
    used.add(made)
    return made


def _split(rest: str) -> tuple[str, list[str]]:
    """A heading and the text that runs on behind it."""
    head, stop, tail = rest.partition("。")
    if len(head) > _TITLE_LIMIT:
        head, stop, tail = rest.partition("：")
    if len(head) > _TITLE_LIMIT:
        return "", [rest]
    return head, [tail] if stop and tail else []
