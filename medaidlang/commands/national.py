"""`medaid settle --format national`: the settlement in the national interface's fields."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import to_json

if TYPE_CHECKING:
    from medaidlang.core.nodes import Pack
    from medaidlang.records.results import Settled

NAMES = ("national", "国家接口")
_SUFFIXES = {".json": "json", ".csv": "csv", ".xlsx": "xlsx"}


def file_form(output: Path | None, *, as_json: bool) -> str:
    """Which sort of file is wanted; a usage error where the wishes do not fit together."""
    if output is None:
        return "json"
    form = _SUFFIXES.get(output.suffix.lower())
    if form is None:
        raise click.UsageError("国家接口的输出是 .json、.csv 或 .xlsx 文件。")
    if as_json and form != "json":
        raise click.UsageError(f"--json 和 -o {output} 只能用一个。")
    return form


def rendered(
    pack: Pack, rules: Path, settled: Sequence[Settled], mapping: Path | None, form: str
) -> bytes:
    """The settlements as a file; raises `Refusal` for a mapping that cannot be used."""
    from medaidlang.explain.process import process_text
    from medaidlang.records import national, output
    from medaidlang.records.interface import interface_for

    interface = interface_for(pack, rules, mapping)
    bills = national.National(pack, interface, process_text).bills(settled)
    match form:
        case "csv":
            return b"\xef\xbb\xbf" + output.table_csv(national.one_table(bills)).encode()
        case "xlsx":
            return output.workbook(national.tables(bills))
        case _:
            made = {
                "ok": True,
                "pack": pack.document.code,
                "digest": pack.digest,
                "settlements": national.as_records(bills),
            }
            return (to_json(made) + "\n").encode()
