"""Words written together that should stand apart.

Takes a run of characters and the known words, gives the ways to cut the one
into the others.  `身份困难职工` is one token; the author meant two.
"""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST = 60
MOST = 8

_LITERAL = re.compile(
    r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
    r"|[0-9]+(?:万|亿)?元|[0-9]+个?百分点"
    r"|[0-9]+(?:周岁|岁|个?工作日|床日|日|天|个月|月|年|次|人|种|级|倍|项|类)?"
)


def split_glued(text: str, words: Collection[str]) -> list[tuple[str, ...]]:
    """All ways to write `text` as two or more of `words` (and numbers); at most `MOST`.

    `[]` when there is none, or when `text` has more than `LONGEST` characters.
    """
    if len(text) > LONGEST:
        return []
    known = frozenset(words)
    longest = max(map(len, known), default=0)
    ways: list[list[tuple[str, ...]]] = [[] for _ in text] + [[()]]
    for start in range(len(text) - 1, -1, -1):
        pieces = [text[start:end] for end in range(start + 1, min(start + longest, len(text)) + 1)]
        pieces = [piece for piece in pieces if piece in known and piece != text]
        if (number := _number(text, start)) and number not in pieces:
            pieces.append(number)
        found = [(piece, *rest) for piece in pieces for rest in ways[start + len(piece)]]
        ways[start] = found[:MOST]
    return [way for way in ways[0] if len(way) > 1]


def _number(text: str, start: int) -> str:
    """The literal that begins at `start`, "" if none does."""
    if start and text[start - 1].isdecimal():
        return ""
    match = _LITERAL.match(text, start)
    return match.group() if match else ""
