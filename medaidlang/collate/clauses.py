"""The document cut into the clauses of the 目录.

Takes its lines and the pack's marks, gives for each mark the text that stands under
it, the headings above it, and the headings that the 目录 does not list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TypeAlias

import attrs

from medaidlang.collate.align import Sought, aligned, sought
from medaidlang.collate.marks import (
    CLOSING,
    PREFACE,
    STYLES,
    Number,
    Opening,
    openings,
    path_of,
)
from medaidlang.collate.paper import Line, fold

Path: TypeAlias = tuple[Number, ...]

_END = re.compile(r"[。;；:：!?！？”」》)）]\s*$")
_CLOSING = re.compile(
    r"(?:本|此)(?:通知|办法|方案|意见|实施意见|细则|实施细则|规定|政策|文件|措施|决定)"
    r"|自.{2,20}起(?:施行|执行|实施)|其他未尽事宜|未尽事宜|各.{1,12}要.{0,20}贯彻"
)
_DAY = re.compile(
    r"\(?[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:印发|发布)?\)?"
    r"|[0-9零〇○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_SIGNED = re.compile(r"(?:抄送|主送|主题词|作者|编辑|责任编辑|印发机关|联系人|The seal)")
_STOP = re.compile(r"[。;；:：!?！？|]\s*[”」》)）]*\s*$")
_HEADINGS = 20_000
"""Places that look like headings: a document with more is none."""
_LONG = 40
"""Characters of a line that is no signature."""
_SENTENCE = re.compile(r".*?(?:[。！？]|$)[”」）)]*", re.S)


@attrs.frozen
class ClauseText:
    """What stands under a mark; there are no lines where it was not found.

    `shared`: paragraphs that cannot be told apart, so that all of the upper clause
    is given.  `tail`: signatures and dates below the last clause, which are part of 末.
    """

    mark: str
    lines: tuple[Line, ...] = ()
    shared: bool = False
    tail: tuple[Line, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the document has the clause."""
        return bool(self.all_lines)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The text with its tail."""
        return self.lines + self.tail

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(line.text for line in self.all_lines)


@attrs.frozen
class Cut:
    """The document in pieces; `upper` names the clauses above each mark.

    `unlisted` are headings beside listed ones that the 目录 leaves out.
    """

    clauses: Mapping[str, ClauseText]
    upper: Mapping[str, tuple[str, ...]]
    unlisted: tuple[Line, ...]
    numbered: int
    matched: int


def cut(lines: tuple[Line, ...], contents: Sequence[str], titles: Mapping[str, str]) -> Cut:
    """The clauses of the document."""
    whole, lines = lines, _without_days(lines)
    places = list(islice(openings(lines), _HEADINGS))
    wanted = sought(contents, titles)
    pairs = aligned(wanted, places)
    starts = sorted(pairs.values())
    lines = _unsigned(lines, places[starts[-1]].at if starts else len(lines))
    texts = {wanted[i].path: _between(lines, places, starts, j) for i, j in pairs.items()}
    ends: dict[str, ClauseText] = {}
    if starts:
        ends[PREFACE] = ClauseText(PREFACE, lines[: places[starts[0]].at])
    if starts and CLOSING in contents:
        ends[CLOSING] = _closing(_tail(whole, lines), wanted, texts)
    found = {
        want.mark: ClauseText(want.mark, texts.get(want.path, ())) for want in wanted if want.listed
    }
    _share_paragraphs(wanted, texts, found)
    found |= {mark: text for mark, text in ends.items() if mark in contents}
    numbered = sum(want.listed and want.path[-1].style != "dot" for want in wanted)
    matched = sum(wanted[i].listed and wanted[i].path[-1].style != "dot" for i in pairs)
    return Cut(
        {mark: found.get(mark, ClauseText(mark)) for mark in contents},
        {mark: _upper(mark, contents) for mark in contents},
        tuple(_unlisted(lines, places, wanted, pairs)),
        numbered,
        matched,
    )


def _without_days(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Without lines that are only a date: those of the signature."""
    return tuple(line for line in lines if not _DAY.fullmatch(fold(line.text).replace(" ", "")))


def _unsigned(lines: tuple[Line, ...], last: int) -> tuple[Line, ...]:
    """Without what follows the last clause: signatures, 抄送, seals."""
    signed = (n for n in range(last + 1, len(lines)) if _SIGNED.match(lines[n].text))
    end = next(signed, len(lines))
    while end > last + 1 and not _STOP.search(text := lines[end - 1].text) and len(text) < _LONG:
        end -= 1
    return lines[:end]


def _between(
    lines: tuple[Line, ...], places: Sequence[Opening], starts: Sequence[int], j: int
) -> tuple[Line, ...]:
    """The text from a heading to the next that was found."""
    after = [s for s in starts if s > j]
    begin, end = places[j], places[after[0]] if after else None
    last = len(lines) if end is None else end.at
    pieces = [Line(line.number, line.text) for line in lines[begin.at : last]]
    if end is not None and end.start > 0:  # the next begins inside a line
        pieces.append(attrs.evolve(lines[end.at], text=lines[end.at].text[: end.start]))
    if pieces and begin.start:
        pieces[0] = attrs.evolve(pieces[0], text=pieces[0].text[begin.start :])
    return tuple(piece for piece in pieces if piece.text.strip())


def paragraphs(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Paragraphs; one that a page break cuts in two is one."""
    made: list[list[Line]] = []
    for line in lines:
        if made and not _END.search(made[-1][-1].text) and len(made[-1][-1].text) > 12:
            made[-1].append(line)
        else:
            made.append([line])
    return [tuple(part) for part in made]


def sentences(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The sentences of a paragraph."""
    made: list[list[Line]] = [[]]
    for line in lines:
        for match in _SENTENCE.finditer(line.text):
            if match[0].strip():
                made[-1].append(Line(line.number, match[0]))
                if match[0].rstrip("”」）) ")[-1:] in "。！？":
                    made.append([])
    return [tuple(part) for part in made if part]


def _share_paragraphs(
    wanted: Sequence[Sought],
    texts: dict[Path, tuple[Line, ...]],
    found: dict[str, ClauseText],
) -> None:
    """·1, ·2 that are no numbers of the document: paragraphs, or else sentences."""
    lost = [w for w in wanted if w.path[-1].style == "dot" and w.path not in texts]
    for upper in dict.fromkeys(w.path[:-1] for w in lost):
        parts = [w for w in lost if w.path[:-1] == upper]
        lines = texts.get(upper, ())
        if not lines or any(w.path[:-1] == upper and w.path in texts for w in wanted):
            continue
        pieces = _pieces(lines, len(parts))
        for want, piece in zip(parts, pieces or [lines] * len(parts), strict=True):
            found[want.mark] = ClauseText(want.mark, piece, shared=not pieces)


def _pieces(lines: tuple[Line, ...], count: int) -> list[tuple[Line, ...]]:
    """The text in `count` parts; none if it does not fall into so many."""
    blocks = paragraphs(lines)
    heading = blocks[:1] if not _END.search(blocks[0][-1].text) else []
    body = blocks[len(heading) :]
    for parts in (blocks, body, *([sentences(body[0])] if len(body) == 1 else [])):
        if len(parts) == count:
            if parts is not blocks and heading:
                return [(*heading[0], *parts[0]), *parts[1:]]
            return list(parts)
    return []


def _tail(whole: tuple[Line, ...], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """What was taken off below the last line that is text."""
    last = lines[-1].number if lines else 0
    return tuple(line for line in whole if line.number > last)


def _closing(
    tail: tuple[Line, ...], wanted: Sequence[Sought], texts: dict[Path, tuple[Line, ...]]
) -> ClauseText:
    """末: the closing words, which are taken from the last clause in `texts`, and the tail."""
    last = next(want.path for want in reversed(wanted) if want.path in texts)
    blocks = paragraphs(texts[last])
    begin = (n for n, block in enumerate(blocks) if n and _CLOSING.match(fold(block[0].text)))
    at = next(begin, len(blocks))
    texts[last] = tuple(line for block in blocks[:at] for line in block)
    closing = tuple(line for block in blocks[at:] for line in block)
    return ClauseText(CLOSING, closing, tail=tail)


def _upper(mark: str, contents: Sequence[str]) -> tuple[str, ...]:
    """The listed clauses above a mark, nearest first."""
    path = path_of(mark)
    if path is None:
        return ()
    paths = {path_of(other): other for other in contents}
    uppers = (paths.get(path[:length]) for length in range(len(path) - 1, 0, -1))
    return tuple(other for other in uppers if other)


def _unlisted(
    lines: tuple[Line, ...],
    places: Sequence[Opening],
    wanted: Sequence[Sought],
    pairs: Mapping[int, int],
) -> list[Line]:
    """Headings that go on where the 目录 stops: （三） after the last listed, （二）."""
    taken = set(pairs.values())
    missing: list[Line] = []
    for i, j in pairs.items():
        path = wanted[i].path
        if any(w.path[:-1] == path[:-1] and w.path[-1].value > path[-1].value for w in wanted):
            continue  # not the last of its row
        depth = STYLES.index(places[j].number.style)
        want = places[j].number.value + 1
        for at in range(j + 1, len(places)):
            place = places[at]
            if place.within:
                continue
            if at in taken and STYLES.index(place.number.style) <= depth:
                break
            if STYLES.index(place.number.style) < depth:
                break
            if place.number.style == places[j].number.style and place.number.value == want:
                missing.append(lines[place.at])
                want += 1
    return missing
