"""The diagnostic record: what was found, as data.

No prose here: `code` selects the Chinese message in the catalogue and `args`
fills it.  The renderer is the only place that turns one into text.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import attrs

from medaidlang.base.source import Span


class Severity(Enum):
    """错误 stops everything after the check; 警告 does not; 提示 is for information."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


@attrs.frozen
class Label:
    """A second place worth showing, with the key of its caption in the catalogue."""

    span: Span
    caption: str


@attrs.frozen
class Edit:
    """Replace `span` by `text`; an insertion has an empty span."""

    span: Span
    text: str


@attrs.frozen
class Fix:
    """What to write instead; `shown` is the text to display."""

    shown: str
    edits: tuple[Edit, ...] = ()


@attrs.frozen
class Diagnostic:
    """One finding.

    `span` is None only for findings about a whole file or about data that has
    no rule text (claims); then `place` says where (file, sheet, row, field).
    `clause` is the heading of the document that the finding stands under.
    """

    code: str
    span: Span | None = None
    args: Mapping[str, str] = attrs.field(factory=dict)
    labels: tuple[Label, ...] = ()
    clause: str = ""
    place: str = ""
    fix: Fix | None = None


class Refusal(Exception):
    """Input that cannot be used; carries the diagnostics that say why.

    Raised only at the edge (reading files, `settle`), caught by the driver or
    the caller; passes and checks return diagnostics instead.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(", ".join(d.code for d in diagnostics))
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        """What the diagnostics say, for whoever sees only the exception."""
        from medaidlang.base.render import render_text

        return render_text(self.diagnostics, colour=False)
