"""The printed text beside the rules, clause by clause, for a sheet made with `--text`.

Plain data, given by the command: the sheet neither reads nor compares documents.
"""

from __future__ import annotations

import attrs

ANCHOR, TITLE = "facing", "原文与规则"


@attrs.frozen
class Piece:
    """Some words; `kind` is "" , `same` (stands in both), `wrong` or `unused`."""

    text: str
    kind: str = ""


@attrs.frozen
class Facing:
    """One clause: paragraphs of the document, lines of the rule file, what was found.

    `notes` are (grave, words); `state` says why there is no text.
    """

    mark: str
    title: str
    text: tuple[tuple[Piece, ...], ...]
    rules: tuple[tuple[Piece, ...], ...]
    notes: tuple[tuple[bool, str], ...]
    state: str = ""
