"""Settlements as files: text, JSON, CSV, Excel.

Takes settled persons, gives text or bytes.  What a person's data brought in can
never become a formula when the file is opened in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from medaidlang.base.diagnostic import Refusal
from medaidlang.base.table import text_table
from medaidlang.core.nodes import Pack
from medaidlang.interpret.result import Settlement, Step, TraceLine
from medaidlang.interpret.shape import case_shape
from medaidlang.records.applications import application_tables, joined
from medaidlang.records.raw import finding
from medaidlang.records.results import (
    NOTHING,
    PARTIAL,
    UNDECIDED,
    Settled,
    Table,
    claim_table,
    open_table,
    other_table,
    paid_results,
    summary_line,
    undecided_table,
    year_table,
)
from medaidlang.runtime.money import parse_yuan

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


def as_text(pack: Pack, settled: Sequence[Settled]) -> str:
    """Tables for the terminal and one line that sums them up."""
    blocks = [
        f"〔{table.title}〕\n{text_table(table.headings, table.rows, table.align)}"
        for table in tables(pack, settled)
        if table.rows
    ]
    if any(PARTIAL in cell for block in blocks for cell in block):
        blocks.append(f"{PARTIAL} 不含无法计算的部分。")
    return "\n\n".join([*blocks, summary_line(pack, settled)])


def tables(pack: Pack, settled: Sequence[Settled]) -> tuple[Table, ...]:
    """Everything, in the order of reading."""
    return (
        claim_table(pack, settled),
        *(table for table in application_tables(settled) if table.rows),
        year_table(pack, settled),
        other_table(pack, settled),
        open_table(settled),
        undecided_table(settled),
    )


def as_records(pack: Pack, settled: Sequence[Settled], *, trace: bool) -> list[dict[str, object]]:
    """Plain data in the shape of the worked cases, with the steps if wanted."""
    records: list[dict[str, object]] = []
    for one in settled:
        record: dict[str, object] = {"人员编号": one.subject.number}
        if one.year is not None:
            record["年度"] = one.year
        record |= case_shape(one.settlement, pack)
        if trace:
            record["逐步"] = steps(one.settlement)
        records.append(record)
    return records


_ANSWERS = {1: "成立", 0: "不成立", None: "不能判定"}


def steps(settlement: Settlement) -> list[dict[str, str]]:
    """Every line of the trace, without the doubts that did not arise."""
    return [
        {
            "编号": claim.number,
            "待遇": line.benefit,
            "步骤": line.step.value,
            "算式": _text(line),
            "条款": line.origin.clause,
        }
        for claim in paid_results(settlement)
        for line in claim.trace
        if line.step is not Step.UNRESOLVED or line.value != 0
    ]


def _text(line: TraceLine) -> str:
    """The arithmetic; a condition with its answer."""
    if line.step is Step.CONDITION:
        return f"{line.text}：{_ANSWERS.get(line.value, '成立')}"
    return line.text


def as_csv(pack: Pack, settled: Sequence[Settled]) -> str:
    """One row per claim and application, with why where it could not be computed."""
    table = joined(pack, claim_table(pack, settled), settled)
    reasons = {
        (one.subject.number, line.tag): line.reason
        for one in settled
        for line in one.settlement.unresolved
    }
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*table.headings, "无法计算的原因"])
    for row in table.rows:
        cells = [text if i in table.money else harmless(text) for i, text in enumerate(row)]
        writer.writerow([*cells, harmless(reasons.get((row[0], row[1]), ""))])
    return out.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run: an apostrophe before what looks like a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def as_xlsx(pack: Pack, settled: Sequence[Settled]) -> bytes:
    """The settlements as a workbook."""
    return workbook(tables(pack, settled))


def table_csv(table: Table) -> str:
    """One table as CSV; nothing in it that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.headings)
    for row in table.rows:
        writer.writerow(
            [text if i in table.money else harmless(text) for i, text in enumerate(row)]
        )
    return out.getvalue()


def workbook(tables: Iterable[Table]) -> bytes:
    """A workbook with one sheet per table; amounts are numbers, empty cells are empty."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise Refusal(finding("E920", "")) from None
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for table in tables:
        _fill(book.create_sheet(table.title), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    from decimal import Decimal

    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    from medaidlang.base.visible import display_width

    for column, heading in enumerate(table.headings, start=1):
        sheet.cell(1, column, heading).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(table.rows, start=2):
        for index, text in enumerate(row):
            cell = sheet.cell(number, index + 1)
            if index in table.money and _is_amount(text):
                cell.value = Decimal(parse_yuan(text)) / 100
                cell.number_format = "0.00"
            elif text:
                cell.value = _clean(text)
                cell.data_type = "s"
    for index, heading in enumerate(table.headings):
        texts = [heading, *(row[index] for row in table.rows)]
        widest = max(display_width(line) for text in texts for line in text.split("\n"))
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = min(widest + 2, _WIDEST)


def _is_amount(text: str) -> bool:
    return text not in (UNDECIDED, NOTHING, "") and not text.endswith(PARTIAL)


def _clean(text: str) -> str:
    """Without characters that a workbook cannot hold; lines stay lines."""
    from medaidlang.base.visible import visible

    return "\n".join(map(visible, text.split("\n")))
