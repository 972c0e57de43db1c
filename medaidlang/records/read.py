"""Data files of any sort.

Takes a pack and paths, gives `Records`; raises `Refusal` with all that is wrong.
"""

from __future__ import annotations

import warnings
from pathlib import Path

from medaidlang.base.diagnostic import Refusal
from medaidlang.core.nodes import Pack
from medaidlang.records.assemble import Records, assemble
from medaidlang.records.columns import Columns, columns_of
from medaidlang.records.plausible import check_year
from medaidlang.records.raw import FINDINGS_LIMIT, Raw, finding


def read_records(
    pack: Pack,
    data: Path | None = None,
    *,
    persons: Path | None = None,
    claims: Path | None = None,
    applications: Path | None = None,
    year: int | None = None,
) -> Records:
    """Everybody in `data`, or in the files of persons, claims and applications."""
    raw = read_tables(columns_of(pack), data, persons, claims, applications)
    records = assemble(pack, raw)
    checked_year(records, year)
    return records


def read_tables(
    columns: Columns,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    applications: Path | None = None,
) -> Raw:
    """The rows of all the files."""
    raw = Raw()
    files = ((data, ""), (persons, "人员"), (claims, "费用"), (applications, "申请"))
    for path, table in files:
        if path is not None:
            raw = raw.joined(read_raw(path, columns, table))
    return raw


def checked_year(records: Records, year: int | None) -> None:
    """Raises `Refusal` where a claim is not of the year wanted."""
    found = list(check_year(records, year)) if year is not None else []
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])


def read_raw(path: Path, columns: Columns, table: str = "") -> Raw:
    """One file, by its extension; `table` says which one it holds."""
    match path.suffix.lower():
        case ".json":
            from medaidlang.records.json_file import read_json

            return read_json(path, table)
        case ".csv" | ".tsv" | ".txt":
            from medaidlang.records.csv_file import read_csv

            return read_csv(path, lambda headings: table or columns.sort(headings))
        case ".xlsx" | ".xlsm":
            from medaidlang.records.xlsx_file import read_xlsx

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl on parts of a workbook it drops
                return read_xlsx(path, table)
        case _:
            code = "E918" if path.exists() else "E101"
            raise Refusal(finding(code, str(path), path=str(path)))
