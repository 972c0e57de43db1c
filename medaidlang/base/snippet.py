"""The author's line with carets under the words meant.

Takes a span, gives the lines to print.  Widths are terminal columns, so the
carets stand right under Chinese; a long line is cut around the span.
"""

from __future__ import annotations

import attrs

from medaidlang.base.source import Span
from medaidlang.base.visible import display_width, visible_char

MAX_WIDTH = 100
"""Columns of source text shown of one line."""
_BEFORE = 30


@attrs.frozen
class Snippet:
    """One source line as shown, and the columns to underline."""

    line: int
    text: str
    indent: int
    width: int

    def underline(self, mark: str) -> str:
        """The line to print below `text`."""
        return " " * self.indent + mark * self.width


def snippet(span: Span) -> Snippet:
    """The first line of `span`, with at least one column to underline."""
    line, column = span.source.line_column(span.start)
    text = span.source.line_text(line)
    begin = column - 1
    end = min(max(begin + span.end - span.start, begin), len(text))
    low, high = _window(text, begin)
    before = ("…" if low else "") + _show(text[low:begin])
    marked = _show(text[begin : min(end, high)])
    after = _show(text[min(end, high) : high]) + ("…" if high < len(text) else "")
    return Snippet(
        line=line,
        text=(before + marked + after).rstrip(),
        indent=display_width(before),
        width=max(display_width(marked), 1),
    )


def _window(text: str, begin: int) -> tuple[int, int]:
    """The characters to show: all of a short line, else some around `begin`."""
    if len(text) <= MAX_WIDTH and display_width(_show(text)) <= MAX_WIDTH:
        return 0, len(text)
    low, room = begin, _BEFORE
    while low > 0 and room > 0:
        low -= 1
        room -= display_width(visible_char(text[low]))
    high, room = begin, MAX_WIDTH - (_BEFORE - room)
    while high < len(text) and room > 0:
        room -= display_width(visible_char(text[high]))
        high += 1
    return low, high


def _show(text: str) -> str:
    return "".join(map(visible_char, text))
