"""Plain text tables for the terminal, aligned by terminal columns.

Takes headers and rows of text, gives the table.  tabulate measures with
wcwidth, which is why Chinese columns line up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from medaidlang.base.visible import visible

_ALIGN = {"l": "left", "r": "right", "c": "center"}


def text_table(headers: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """The table, without a line end after the last row.

    `align` has one letter per column, `l`, `r` or `c`; columns beyond it are
    `l`.  Cells stay as they are written: `9500.00` is not taken for a number.
    ValueError if a row has another number of cells than there are headers.
    """
    from tabulate import tabulate

    cells = [[visible(cell) for cell in row] for row in rows]
    if any(len(row) != len(headers) for row in cells):
        raise ValueError("each row needs one cell per header")
    sides = tuple(_ALIGN[letter] for letter in align.ljust(len(headers), "l"))
    return tabulate(
        cells,
        headers=[visible(header) for header in headers],
        tablefmt="simple",
        colalign=sides,
        disable_numparse=True,
    )
