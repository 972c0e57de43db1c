"""Digests of the clauses' texts: whether a text is the one the rules were written from.

Takes clauses, gives SHA-256 sums of their letters and numbers; blanks, punctuation and
width do not count, so that another copy of the same text has the same sums.  Nothing
of the text can be read out of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.collate.clauses import ClauseText
from medaidlang.collate.paper import substance

SIDECAR = "原文摘要.json"
_ABOUT = "medaid source --record 所记：每条原文的 SHA-256，没有原文的文字"
_HEX = frozenset("0123456789abcdef")


def digest(clause: ClauseText) -> str:
    """The sum of a clause; "" where the text has none."""
    return hashlib.sha256(substance(clause.text).encode()).hexdigest() if clause.found else ""


def read_sidecar(data: bytes, place: str) -> dict[str, dict[str, str]]:
    """Code of a document → mark → sum.  Raises `Refusal` (E743)."""
    try:
        given = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _unreadable(place) from None
    recorded = given.get("文件") if isinstance(given, dict) else None
    if not isinstance(recorded, dict) or not all(map(_is_record, recorded.values())):
        raise _unreadable(place)
    return recorded


def _is_record(given: Any) -> bool:
    return isinstance(given, dict) and all(
        isinstance(value, str) and (not value or (len(value) == 64 and set(value) <= _HEX))
        for value in given.values()
    )


def _unreadable(place: str) -> Refusal:
    return Refusal(Diagnostic("E743", args={"path": place}, place=place))


def sidecar(recorded: Mapping[str, Mapping[str, str]]) -> bytes:
    """The file to write."""
    made = {"说明": _ABOUT, "文件": {code: dict(recorded[code]) for code in sorted(recorded)}}
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The marks whose text is another than the one recorded."""
    marks = dict.fromkeys([*now, *before])
    return tuple(mark for mark in marks if before.get(mark, "") != now.get(mark, ""))
