"""The document clause by clause: which rules stand under it, or why none do.

Takes the pack, gives the rows of the table 条款对照.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from medaidlang.check.coverage import coverage
from medaidlang.core.nodes import Pack

_TAIL = re.compile(r"\s*(?:〔|为\s|：|共\s).*$")
WORDS = {"续": "待遇（续）"}


@attrs.frozen
class ClauseRow:
    """One clause of the document; `readings` are (name, anchor)."""

    mark: str
    title: str
    state: str
    rules: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    reason: str


def short(item: str) -> str:
    """A rule's keyword and name: `令 负担 为 若…` → `令 负担`."""
    word, _, name = _TAIL.sub("", item).partition(" ")
    return f"{WORDS.get(word, word)} {name}".strip()


def clause_rows(pack: Pack, anchors: Mapping[str, str]) -> list[ClauseRow]:
    """Every clause of the contents and of the file; `anchors` are the readings' places."""
    return [
        ClauseRow(
            one.mark,
            one.title,
            one.status.value,
            tuple(dict.fromkeys(short(item) for item in one.rules)),
            tuple((name, anchors[name]) for name in one.readings),
            one.uncoded,
        )
        for one in coverage(pack)
    ]
