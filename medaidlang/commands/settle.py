"""`medaid settle PACK DATA`: what each person gets for each claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands import place as by_place
from medaidlang.commands.common import (
    applications_option,
    claims_option,
    data_argument,
    note,
    optional_pack_argument,
    persons_option,
    place_option,
    progress,
    registry_option,
    say,
    to_json,
    verb,
    write_atomically,
)
from medaidlang.commands.national import NAMES as NATIONAL
from medaidlang.commands.national import file_form
from medaidlang.commands.national import rendered as national_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medaidlang.core.nodes import Pack
    from medaidlang.records.assemble import Records
    from medaidlang.records.results import Settled

HELP = """结算人员和费用：逐笔的救助金额、年度合计、其他结果，以及无法计算的原因。

数据可以是 JSON、CSV 或 Excel（工作表“人员”“费用”“参数”“申请”）；列名用中文名称，
或者结算接口的字段名（如 inscp_scp_amt、hifp_pay）。数据有错时不结算任何人，
列出全部错误和所在的行列。

\b
例：
  medaid 结算 昆玉2025 samples/昆玉2025.json
  medaid 结算 --place 昆玉市 数据.json
  medaid settle 昆玉2025 --persons 人员.csv --claims 费用.csv -o 结果.xlsx
  medaid settle 昆玉2025 数据.xlsx --format csv > 结果.csv
  medaid 结算 昆玉2025 数据.xlsx --format 国家接口 -o 结果.xlsx

国家接口：逐笔的 setlinfo 和 setldetail（JSON，或者按 -o 的扩展名 CSV、Excel）。哪项
待遇归哪个基金，看规则文件旁边的“接口.toml”，或者 --mapping。
"""

FORMATS = ("table", "json", "csv", "xlsx", *NATIONAL)
_SUFFIXES = {".json": "json", ".csv": "csv", ".xlsx": "xlsx", ".txt": "table"}


@verb("settle", HELP)
@optional_pack_argument
@data_argument
@persons_option
@claims_option
@applications_option
@place_option
@registry_option
@click.option("--format", "form", metavar="格式", type=click.Choice(FORMATS),
              help="table、json、csv、xlsx 或 national（国家接口）；"
              "默认看 -o 的扩展名。")  # fmt: skip
@click.option("-o", "--output", metavar="文件", type=Path, help="结果写到这个文件。")
@click.option("--mapping", metavar="文件", type=Path,
              help="国家接口的对照：待遇、基金、字段（TOML）。")  # fmt: skip
@click.option("--trace", is_flag=True, help="再给出每一步的算式和条款。")
@click.option("--year", metavar="年", type=int, help="结算的年度；别的年度的费用是错误。")
def command(
    pack: str | None,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    applications: Path | None,
    place: str | None,
    registry: Path | None,
    form: str | None,
    output: Path | None,
    mapping: Path | None,
    trace: bool,
    year: int | None,
    as_json: bool,
) -> int:
    """Settle everybody in the data."""
    from medaidlang.driver import find_pack

    national = form in NATIONAL
    if mapping is not None and not national:
        raise click.UsageError("--mapping 只与 --format national（国家接口）同用。")
    form = file_form(output, as_json=as_json) if national else _form(form, output, as_json)
    if place is not None:
        if national:
            raise click.UsageError("--format national（国家接口）不能与 --place 同用。")
        if applications is not None:
            raise click.UsageError("--applications 不能与 --place 同用。")
        files = (by_place.shifted(pack, data), persons, claims)
        found = by_place.settled_by_document(place, registry, *files, year=year, trace=trace)
        return by_place.write_settled(found, form, output, trace=trace, inputs=files)
    pack = by_place.needed(pack, place, registry)
    made, records = pack_and_records(pack, data, persons, claims, year, applications)
    settled = settle_with_bar(made, records, year=year, trace=trace or national)
    if national:
        data_out = national_form(made, find_pack(pack), settled, mapping, form)
    else:
        data_out = _rendered(made, settled, form, trace)
    if output is not None:
        read = (data, persons, claims, applications, mapping, find_pack(pack))
        write_atomically(output, data_out, read)
        note(f"{_summary(made, settled)}\n结果已写到 {output}")
    elif form == "xlsx":
        raise AssertionError("refused by _form")
    else:
        say(data_out.decode("utf-8-sig").rstrip("\r\n"))
    return 0


def _form(form: str | None, output: Path | None, as_json: bool) -> str:
    """The format wanted; a usage error where the wishes do not fit together."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json 和 --format {form} 只能用一个。")
    chosen = "json" if as_json else form
    if chosen is None:
        chosen = _SUFFIXES.get(output.suffix.lower(), "table") if output else "table"
    if chosen == "xlsx" and output is None:
        raise click.UsageError("输出 Excel 要用 -o 给出文件名，例如 -o 结果.xlsx。")
    return chosen


def pack_and_records(
    pack: str,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    year: int | None = None,
    applications: Path | None = None,
) -> tuple[Pack, Records]:
    """The pack and the data that the arguments mean."""
    from medaidlang.driver import find_pack, usable
    from medaidlang.records.read import read_records

    given_data(data, persons, claims)
    _, made = usable(find_pack(pack))
    files = {"persons": persons, "claims": claims, "applications": applications}
    return made, read_records(made, data, **files, year=year)


def given_data(data: Path | None, persons: Path | None, claims: Path | None) -> None:
    """A usage error where no data are given, or in two ways."""
    if data is None and persons is None:
        raise click.UsageError("缺少数据：给出数据文件，或者用 --persons 和 --claims。")
    if data is not None and (persons is not None or claims is not None):
        raise click.UsageError("数据文件和 --persons、--claims 只能用一种。")


def settle_with_bar(
    pack: Pack, records: Records, *, year: int | None = None, trace: bool = False
) -> list[Settled]:
    """Everybody's settlement, with a progress bar where there are many."""
    from medaidlang.driver import settle_all

    subjects = records.subjects
    with progress(subjects, "结算", len(subjects)) as shown:
        return settle_all(pack, shown, year=year, trace=trace)


def _summary(pack: Pack, settled: Sequence[Settled]) -> str:
    from medaidlang.records.results import summary_line

    return summary_line(pack, settled)


def _rendered(pack: Pack, settled: Sequence[Settled], form: str, trace: bool) -> bytes:
    """The result in one of the formats."""
    from medaidlang.records import output

    match form:
        case "json":
            return (to_json(json_result(pack, settled, trace=trace)) + "\n").encode()
        case "csv":
            return b"\xef\xbb\xbf" + output.as_csv(pack, settled).encode()
        case "xlsx":
            return output.as_xlsx(pack, settled)
        case _:
            text = output.as_text(pack, settled)
            steps = f"\n\n{_steps(settled)}" if trace else ""
            return f"{text}{steps}\n".encode()


def json_result(pack: Pack, settled: Sequence[Settled], *, trace: bool) -> dict[str, object]:
    """The settlements as plain data."""
    from medaidlang.records.output import as_records

    return {
        "ok": True,
        "pack": pack.document.code,
        "digest": pack.digest,
        "settlements": as_records(pack, settled, trace=trace),
    }


def _steps(settled: Sequence[Settled]) -> str:
    """Every step of every claim, as a table."""
    from medaidlang.base.table import text_table
    from medaidlang.records.output import steps

    rows = [
        (one.subject.number, *(line[key] for key in ("编号", "待遇", "步骤", "算式", "条款")))
        for one in settled
        for line in steps(one.settlement)
    ]
    return "〔逐步〕\n" + text_table(["人员", "编号", "待遇", "步骤", "算式", "条款"], rows)
