"""`medaid replay PACK DATA`: refunds and late claims as reversal and replay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import (
    claims_option,
    data_argument,
    note,
    pack_argument,
    persons_option,
    progress,
    say,
    to_json,
    verb,
    write_atomically,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medaidlang.core.nodes import Pack
    from medaidlang.records.replayed import Replayed

HELP = """退费和补报以后重算：此前付了多少，现在应付多少，应补、应退多少，为什么。

数据与“结算”的一样，全部费用都在里面，再加两样：
  冲销  单独一行，有自己的编号，“冲销”（init_setl_id）里写原来那一笔的编号；
        金额可以不写，写就写原来金额的负数
  补报  照常写一行，“补报”写“是”
退费不是负的费用：没有这些事算一遍，有了这些事再算一遍，逐笔比较。
补报的费用占用起付和限额的先后，是它在数据里的位置；规则文件写着“结算次序 按日期”的，按日期。

\b
例：
  medaid 重算 昆玉2025 数据.json
  medaid replay 昆玉2025 数据.xlsx -o 重算.xlsx
"""

_SUFFIXES = {".json": "json", ".csv": "csv", ".xlsx": "xlsx", ".txt": "table"}


@verb("replay", HELP)
@pack_argument
@data_argument
@persons_option
@claims_option
@click.option("-o", "--output", metavar="文件", type=Path,
              help="结果写到这个文件：.json、.csv、.xlsx 或 .txt。")  # fmt: skip
@click.option("--year", metavar="年", type=int, help="结算的年度；别的年度的费用是错误。")
def command(
    pack: str,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    output: Path | None,
    year: int | None,
    as_json: bool,
) -> int:
    """Replay everybody in the data."""
    from medaidlang.commands.settle import given_data
    from medaidlang.driver import find_pack, replay_all, usable
    from medaidlang.records.events import read_cases
    from medaidlang.records.replayed import summary_line

    form = _form(output, as_json)
    given_data(data, persons, claims)
    _, made = usable(find_pack(pack))
    cases = read_cases(made, data, persons=persons, claims=claims, year=year)
    with progress(cases, "重算", len(cases)) as shown:
        replayed = replay_all(made, shown, year=year)
    if not any(case.events.reversals or case.events.late for case in cases):
        note("数据里没有冲销，也没有补报。")
    content = _rendered(made, replayed, form)
    if output is None:
        say(content.decode("utf-8").rstrip("\n"))
    else:
        write_atomically(output, content, (data, persons, claims, find_pack(pack)))
        note(f"{summary_line(replayed)}\n结果已写到 {output}")
    return 0


def _form(output: Path | None, as_json: bool) -> str:
    """The format that the suffix means; a usage error where it means none."""
    if output is None:
        return "json" if as_json else "table"
    found = _SUFFIXES.get(output.suffix.lower())
    if found is None:
        raise click.UsageError("-o 的文件名要以 .json、.csv、.xlsx 或 .txt 结尾。")
    if as_json and found != "json":
        raise click.UsageError(f"--json 和 -o {output} 只能用一个。")
    return found


def _rendered(pack: Pack, replayed: Sequence[Replayed], form: str) -> bytes:
    """The result in one of the formats."""
    from medaidlang.records import output
    from medaidlang.records import replayed as shown

    match form:
        case "json":
            made = {
                "ok": True,
                "pack": pack.document.code,
                "digest": pack.digest,
                "persons": shown.as_records(replayed),
            }
            return (to_json(made) + "\n").encode()
        case "csv":
            return b"\xef\xbb\xbf" + output.table_csv(shown.change_table(replayed)).encode()
        case "xlsx":
            return output.workbook(shown.tables(replayed))
        case _:
            return f"{shown.as_text(replayed)}\n".encode()
