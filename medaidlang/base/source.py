"""Source texts and the places in them.

Takes the text of a rule file, gives line/column arithmetic over character
offsets.  Every node of every representation points back here with a `Span`.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

import attrs


@attrs.frozen(slots=False, eq=False)
class Source:
    """One rule file: `name` is what messages print, `text` uses `\\n` line ends."""

    name: str
    text: str = attrs.field(repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        """Character offset at which each line begins."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column (in characters) of `offset`."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of 1-based `line`, without its line end."""
        starts = self.line_starts
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end]


class Span(NamedTuple):
    """Characters `start` (inclusive) to `end` (exclusive) of `source`."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The author's own words at this place."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """1-based line of the first character."""
        return self.source.line_column(self.start)[0]

    def to(self, other: Span) -> Span:
        """The span from the start of this to the end of `other`."""
        return Span(self.source, self.start, other.end)
