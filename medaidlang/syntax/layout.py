"""Where text goes: columns, tables, and lines that are too long.

Takes pieces of rule text, gives lines.  Widths are terminal columns, so that
Chinese lines up.  A piece carries marks at the places where it may be broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from medaidlang.base.visible import display_width

WIDTH = 80
"""Columns beyond which a line is broken, where it can be."""
WIDEST_CELL = 60
"""A wider cell does not widen its column."""
WIDEST_ROW = 1_000
"""A wider row is broken inside its cells; a wider condition of a reading at its 且."""

# Places for a break: each before a word that may begin a continuation line.
BREAK = "\0"  # 且, 或, 否则 of the outermost chain: all or none
FILL = "\1"  # 、 and ， of a list: as many as fit
DEEP = "\2"  # the same words inside brackets: as many as fit, if nothing else helps
APART = "\3"  # no break: what follows does not count for the width


def plain(text: str) -> str:
    """`text` without its marks, on one line."""
    return text.replace(BREAK, " ").replace(FILL, "").replace(DEEP, "").replace(APART, "")


def padded(text: str, width: int) -> str:
    """`text` filled up with spaces to `width` columns."""
    return text + " " * (width - display_width(text))


def broken(text: str, first: int, indent: int, width: int = WIDTH) -> str:
    """`text`, which begins at column `first`, on as many lines as it needs.

    Lines after the first begin at column `indent`.
    """
    text, apart, rest = text.partition(APART)
    if apart:
        return broken(text, first, indent, width) + broken(rest, 0, indent, WIDEST_ROW)
    if first + display_width(plain(text)) <= width:
        return plain(text)
    pieces = text.split(BREAK)
    lines: list[str] = []
    for piece in pieces:
        start = indent if lines else first
        filled = _filled(piece, (FILL,), start, indent, width)
        if any(display_width(line) > width - indent for line in filled):
            filled = _filled(piece, (FILL, DEEP), start, indent, width)
        lines += filled
    return ("\n" + " " * indent).join(lines)


def _filled(text: str, marks: Sequence[str], first: int, indent: int, width: int) -> list[str]:
    """`text` broken at some of its `marks`, each line as long as fits."""
    parts = [plain(part) for part in re.split("|".join(marks), text)]
    lines = [parts[0]]
    room = width - first - display_width(parts[0])
    for part in parts[1:]:
        needed = display_width(part)
        if needed <= room:
            lines[-1] += part
            room -= needed
        else:
            lines[-1] = lines[-1].rstrip()
            lines.append(part)
            room = width - indent - needed
    return lines


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells, `|` between them, columns aligned to the left."""
    columns = max((len(row) for row in rows), default=0)
    widths = [0] * columns
    shown = [[plain(cell) for cell in row] for row in rows]
    for row in shown:
        for column, cell in enumerate(row):
            needed = display_width(cell)
            if widths[column] < needed <= WIDEST_CELL:
                widths[column] = needed
    lines = []
    for marked, row in zip(rows, shown, strict=True):
        line = "|" + "".join(f" {padded(c, w)} |" for c, w in zip(row, widths, strict=False))
        if display_width(line) > WIDEST_ROW:
            line = broken("|" + "".join(f" {cell} |" for cell in marked), 2, 4, WIDEST_ROW // 2)
        lines.append(line)
    return lines
