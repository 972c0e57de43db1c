"""`medaid params [PACK]`: the figures set outside the documents, year by year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands import place as by_place
from medaidlang.commands.common import (
    optional_pack_argument,
    place_option,
    registry_option,
    say,
    say_json,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medaidlang.check.figures import Figures
    from medaidlang.core.nodes import Dated, Pack, Parameter
    from medaidlang.registry import Version

HELP = """列出一年里文件以外定的数：每个参数的数、起止、公布的机关和出处；还缺哪些，因此
什么无法计算。

公布了新的数，在规则文件旁边的文件夹“参数”里添一个文件（如 参数/2026.medaid），
写“公布值 …”和表。有用得着而缺着的数时退出状态是 1。

\b
例：
  medaid 参数 昆玉2025 --year 2026
  medaid params --place 昆玉市 --year 2026
  medaid params 乌海2022 --json
"""

NOTHING = "—"


@verb("params", HELP)
@optional_pack_argument
@place_option
@registry_option
@click.option("--year", metavar="年", type=click.IntRange(1900, 9998),
              help="哪一年；默认是今年。")  # fmt: skip
def command(
    pack: str | None, place: str | None, registry: Path | None, year: int | None, as_json: bool
) -> int:
    """List the figures of each document in force that year; 1 if one that is needed is missing."""
    wanted = year if year is not None else date.today().year
    versions = _versions(pack, place, registry)
    listed = [(version, *days) for version in versions if (days := _days(version, wanted))]
    found = [(version, first, last, _figures(version, first, last))
             for version, first, last in listed]  # fmt: skip
    missing = any(one.missing for *_, figures in found for one in figures)
    if as_json:
        say_json({"ok": not missing, "year": wanted, "documents": [_record(*one) for one in found]})
        return 1 if missing else 0
    for one in found:
        _show(*one)
    if not found:
        titles = "、".join(f"“{version.about.title}”" for version in versions)
        say(f"{titles}在{wanted}年没有一天有效。")
    return 1 if missing else 0


def _versions(pack: str | None, place: str | None, registry: Path | None) -> Sequence[Version]:
    """The documents meant: those of the place, or the one of the pack by itself."""
    from medaidlang.driver import drafted, find_pack
    from medaidlang.registry import places, root_of, rule_files_of

    if place is not None:
        if pack is not None:
            raise click.UsageError("规则包和 --place 只能用一种。")
        paths = rule_files_of(root_of(registry), place)
    else:
        paths = [find_pack(by_place.needed(pack, place, registry))]
    listed = places([(path, drafted(path)[1]) for path in paths])
    return [version for found in listed for version in found.versions]


def _days(version: Version, year: int) -> tuple[date, date] | None:
    """The first and the last day of the year on which the document is in force."""
    first = max(version.start or date.max, date(year, 1, 1))
    last = min(version.end or date.max, date(year, 12, 31))
    return (first, last) if first <= last else None


def _figures(version: Version, first: date, last: date) -> tuple[Figures, ...]:
    from medaidlang.check.figures import figures

    return figures(version.pack, first, last)


# ── showing ──────────────────────────────────────────────────────────────────


def _show(version: Version, first: date, last: date, figures: Sequence[Figures]) -> None:
    """The tables of one document."""
    from medaidlang.base.table import text_table

    say(f"{version.about.title}（{version.about.code}），{_stretch(first, last)}\n")
    rows = [row for one in figures for row in _rows(one)]
    if rows:
        headings = ("参数", "数", "起", "止", "公布", "来源")
        say(f"〔已公布的数〕\n{text_table(headings, rows)}\n")
    lacking = [one for one in figures if one.holes]
    if lacking:
        gaps = [(one.parameter.name, _holes(one), one.parameter.pending or NOTHING,
                 _needs(version.pack, one))
                for one in lacking]  # fmt: skip
        say(f"〔还缺的数〕\n{text_table(('参数', '缺', '待定', '因此无法计算'), gaps)}\n")
    needed = sum(one.missing for one in lacking)
    idle = len(lacking) - needed
    said = f"；{idle} 个缺着而没有用到" if idle else ""
    say(f"参数 {len(figures)} 个：{needed} 个用得着而缺数{said}。\n")


def _rows(one: Figures) -> list[tuple[str, ...]]:
    """A row for each figure in force."""
    return [
        (one.parameter.name, shown["value"], shown["from"] or NOTHING, shown["to"] or NOTHING,
         shown["publisher"] or NOTHING, shown["source"] or NOTHING)
        for shown in (_figure(one.parameter, value) for value in one.values)
    ]  # fmt: skip


def _figure(parameter: Parameter, value: Dated) -> dict[str, str]:
    """One figure in words, with who published it and where."""
    from medaidlang.sheet.figures import value_words

    return {
        "value": value_words(value.value, parameter.type),
        "from": value.start.isoformat() if value.start else "",
        "to": value.end.isoformat() if value.end else "",
        "publisher": value.publisher or parameter.publisher,
        "source": value.source or parameter.source,
    }


def _holes(one: Figures) -> str:
    """The days without a figure; all of them is said so."""
    return "、".join(_stretch(*hole) for hole in one.holes) if one.values else "没有数"


def _stretch(first: date, last: date) -> str:
    return f"{first.isoformat()} 至 {last.isoformat()}"


def _needs(pack: Pack, one: Figures) -> str:
    """What cannot be computed without it."""
    return "、".join(_places(pack, one)) or "（没有规则用到）"


def _places(pack: Pack, one: Figures) -> list[str]:
    from medaidlang.sheet.figures_outside import touched_place
    from medaidlang.sheet.uses import gathered

    return gathered(touched_place(pack, touched) for touched in one.touched)


def _record(
    version: Version, first: date, last: date, figures: Sequence[Figures]
) -> dict[str, object]:
    """One document as plain data."""
    return {
        "code": version.about.code,
        "title": version.about.title,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "parameters": [
            {
                "name": one.parameter.name,
                "type": str(one.parameter.type),
                "pending": one.parameter.pending,
                "figures": [_figure(one.parameter, value) for value in one.values],
                "missing": [
                    {"from": start.isoformat(), "to": end.isoformat()} for start, end in one.holes
                ],
                "needed_by": _places(version.pack, one),
            }
            for one in figures
        ],
    }
