"""CSV data files.

Takes the text, gives `Raw`.  One file is one table: persons, claims, or claims
with their person's columns beside them; the headings tell which.  Commas,
semicolons and tabs are all in use between cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.records.raw import FINDINGS_LIMIT, ROW_LIMIT, Raw, Row, finding
from medaidlang.records.text import read_text

_SEPARATORS = ",;\t"


def read_csv(path: Path, sort: Callable[[list[str]], str]) -> Raw:
    """The rows of the file; `sort` says from the headings which table it is."""
    text = read_text(path)
    name = str(path)
    head = text.lstrip().split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    rows = list(_numbered(text, separator, name))
    if len(rows) < 2:
        raise Refusal(finding("E908", name))
    first, headings = rows[0]
    headings = [heading.strip() for heading in headings]
    check_headings(headings, f"{name} 第 {first} 行")
    return Raw.of(sort(headings), _table(rows[1:], headings, name))


def _numbered(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, each with the line it begins on."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for count, cells in enumerate(lines):
            if count > ROW_LIMIT:
                raise Refusal(finding("E921", name, limit=f"{ROW_LIMIT} 行"))
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = lines.line_num + 1
    except csv.Error:  # a quotation mark that is not closed, or closed too early
        place = f"{name} 第 {start} 行"
        raise Refusal(finding("E203", place, open='"', close='"')) from None


def check_headings(headings: list[str], place: str) -> None:
    """No column named twice; raises `Refusal` with all that are."""
    found = [
        finding("E917", place, field=heading)
        for index, heading in enumerate(headings)
        if heading and heading in headings[:index]
    ]
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])


def _table(rows: list[tuple[int, list[str]]], headings: list[str], name: str) -> tuple[Row, ...]:
    """Rows of text as `Row`s; blank cells are not there."""
    made: list[Row] = []
    found: list[Diagnostic] = []
    spots = {heading: f"“{heading}”列" for heading in headings}
    for line, values in rows:
        place = f"{name} 第 {line} 行"
        filled = [index for index, value in enumerate(values) if value.strip()]
        if filled[-1] >= len(headings):
            counts = {"found": str(filled[-1] + 1), "expected": str(len(headings))}
            found.append(finding("E209", place, **counts))
        else:
            found += unnamed(filled, headings, place)
            made.append(Row(place, {headings[i]: values[i].strip() for i in filled}, spots))
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])
    return tuple(made)


def unnamed(filled: list[int], headings: list[str], place: str) -> list[Diagnostic]:
    """Values in columns that have no heading."""
    return [
        finding("E910", place, field=f"第 {index + 1} 列", nearest="（这一列没有表头）")
        for index in filled
        if not headings[index]
    ]
