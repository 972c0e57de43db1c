"""Excel data files.

Takes a workbook with the sheets 费用, 人员, 参数 and 申请, gives `Raw`.  Excel keeps
every number as a float; the shortest text that means the same float is what the
person typed, so that is what is read.  A formula needs the value Excel saved.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.records.csv_file import check_headings, unnamed
from medaidlang.records.raw import FINDINGS_LIMIT, ROW_LIMIT, SIZE_LIMIT, Raw, Row, finding
from medaidlang.records.text import read_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_EMPTY_ROWS = 1000
"""Blank rows after which the rest of a sheet is taken to be blank."""


def read_xlsx(path: Path, table: str = "") -> Raw:
    """The rows of the sheets; `table` says that only this sheet is wanted."""
    name = str(path)
    data = read_bytes(path)
    values, formulas = open_workbook(data, name), open_workbook(data, name, formulas=True)
    sheets = list(values.sheetnames)
    wanted = [table] if table else ["人员", "费用"]
    found: dict[str, tuple[Row, ...]] = {}
    for sheet in ["人员", "费用", "参数", "申请"]:
        if sheet in sheets:
            found[sheet] = _sheet(values, formulas, sheet, name)
        elif sheet in wanted and not (sheet == "人员" and "费用" in sheets):
            raise Refusal(finding("E909", name, sheet=sheet, sheets="、".join(sheets)))
    claims = found.get("费用", ())
    parameters = found.get("参数", ())
    if not any(found.values()):
        raise Refusal(finding("E908", name))
    if table:
        return Raw.of(table, found[table])
    applications = found.get("申请", ())
    if "人员" not in found:
        return Raw(mixed=claims, parameters=parameters, applications=applications)
    return Raw(found["人员"], claims, parameters, applications=applications)


def open_workbook(data: bytes, name: str, *, formulas: bool = False) -> Workbook:
    """The workbook; raises `Refusal` if the bytes are none (whatever openpyxl says)."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise Refusal(finding("E920", name)) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > 4 * SIZE_LIMIT:
            raise Refusal(finding("E921", name, limit=f"{4 * SIZE_LIMIT // 2**20} MiB"))
        return load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas)
    except Refusal:
        raise
    except Exception:  # a damaged file can fail anywhere inside openpyxl
        raise Refusal(finding("E101", name, path=name)) from None


def _sheet(values: Workbook, formulas: Workbook, sheet: str, name: str) -> tuple[Row, ...]:
    """The rows of one sheet below its headings."""
    try:
        pairs = list(_filled_rows(values[sheet], formulas[sheet], f"{name} 工作表“{sheet}”"))
    except Refusal:
        raise
    except Exception:  # as in open_workbook: the sheet's own XML is read only now
        raise Refusal(finding("E101", f"{name} 工作表“{sheet}”", path=name)) from None
    if not pairs:
        return ()
    number, cells = pairs[0]
    headings = [str(cell).strip() if cell is not None else "" for cell in cells]
    check_headings(headings, f"{name} 工作表“{sheet}”第 {number} 行")
    return _rows(pairs[1:], headings, f"{name} 工作表“{sheet}”")


def _filled_rows(values: Any, formulas: Any, place: str) -> Iterator[tuple[int, list[object]]]:
    """Rows that hold something, with their numbers; formulas without a value are refused."""
    found: list[Diagnostic] = []
    empty = 0
    both = zip(values.iter_rows(), formulas.iter_rows(), strict=False)
    for number, (row, formula_row) in enumerate(both, start=1):
        cells = [cell.value for cell in row]
        for index, cell in enumerate(formula_row):
            if cell.data_type == "f" and (index >= len(cells) or cells[index] is None):
                found.append(finding("E923", f"{place}{cell.coordinate}"))
        empty = 0 if any(cell not in (None, "") for cell in cells) else empty + 1
        if number > ROW_LIMIT:
            raise Refusal(finding("E921", place, limit=f"{ROW_LIMIT} 行"))
        if len(found) >= FINDINGS_LIMIT or empty > _EMPTY_ROWS:
            break
        if not empty:
            yield number, cells
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])


def _rows(
    pairs: list[tuple[int, list[object]]], headings: list[str], place: str
) -> tuple[Row, ...]:
    """The data rows of one sheet."""
    made: list[Row] = []
    found: list[Diagnostic] = []
    spots = {text: f" {_letters(i)} 列“{text}”" for i, text in enumerate(headings)}
    for number, cells in pairs:
        where = f"{place}第 {number} 行"
        written = [plain(cell) for cell in cells]
        filled = [i for i, value in enumerate(written) if value not in (None, "")]
        headings += [""] * (len(cells) - len(headings))
        found += unnamed(filled, headings, where)
        made.append(Row(where, {headings[i]: written[i] for i in filled}, spots))
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])
    return tuple(made)


def plain(value: object) -> object:
    """A cell's value without floats: text, int, bool or ISO date."""
    match value:
        case bool() | int() | None:
            return value
        case float():
            text = repr(value)
            return text.removesuffix(".0") if text.endswith(".0") else text
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value).strip()


def _letters(index: int) -> str:
    """The name of a column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
