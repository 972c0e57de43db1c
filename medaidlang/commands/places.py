"""`medaid places`: the places of the registry, their documents and the days these are in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import registry_option, say, say_json, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medaidlang.core.nodes import Pack
    from medaidlang.registry import Place, Version

HELP = """列出登记的统筹区：各有哪些文件，从哪天到哪天有效，今天是哪一个。

有规则文件读不出来时退出状态是 1；文件之间有没有重叠和空档，用 medaid 检查。

\b
例：
  medaid 统筹区
  medaid places --registry 我的规则 --date 2025-08-04
"""

NOTHING = "—"


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date:
    """The day of --date, as data files write it; today where it is not given."""
    from medaidlang.runtime.dates import DateError, parse_date

    try:
        return parse_date(value) if value is not None else date.today()
    except DateError:
        raise click.BadParameter(f"“{value}”不是日期；写成 2025-08-04。") from None


@verb("places", HELP)
@registry_option
@click.option("--date", "day", metavar="日期", callback=_day,
              help="哪一天的情况；默认是今天。")  # fmt: skip
def command(registry: Path | None, day: date, as_json: bool) -> int:
    """List every place; 1 if a rule file cannot be read."""
    from medaidlang.registry import places, root_of, rule_files

    broken: list[Path] = []
    packs = []
    for path in rule_files(root_of(registry)):
        pack = _pack(path)
        if pack is None:
            broken.append(path)
        else:
            packs.append((path, pack))
    listed = places(packs)
    if as_json:
        say_json(_record(listed, broken, day))
    else:
        _show(listed, broken, day)
    return 1 if broken else 0


def _pack(path: Path) -> Pack | None:
    """The pack; None where its file has errors that leave it without a meaning."""
    from medaidlang.base.diagnostic import Refusal
    from medaidlang.driver import drafted

    try:
        return drafted(path)[1]
    except Refusal:
        return None


def _show(listed: Sequence[Place], broken: Sequence[Path], day: date) -> None:
    from medaidlang.base.table import text_table

    rows = [
        (place.name or "（没有写）", about.code, about.title, about.number or NOTHING,
         _shown(version.start), _shown(version.end), _status(version, day))
        for place in listed
        for version in place.versions
        for about in (version.about,)
    ]  # fmt: skip
    headings = ("统筹区", "代号", "文件", "文号", "施行", "到", day.isoformat())
    say(text_table(headings, rows))
    for path in broken:
        say(f"✗ {path}：读不出来，用 medaid 检查 看哪里不对。")
    say(f"\n统筹区 {sum(bool(p.name) for p in listed)} 个，文件 {len(rows)} 个。")


def _shown(day: date | None) -> str:
    return day.isoformat() if day else NOTHING


def _status(version: Version, day: date) -> str:
    """有效 and the like; which document repealed it."""
    by = version.repealed_by
    said = version.status(day).value
    return f"{said}（{by.number or by.code}）" if by is not None and said == "已废止" else said


def _record(listed: Sequence[Place], broken: Sequence[Path], day: date) -> dict[str, object]:
    return {
        "ok": not broken,
        "date": day.isoformat(),
        "places": [
            {
                "name": place.name,
                "documents": [
                    {
                        "code": version.about.code,
                        "title": version.about.title,
                        "number": version.about.number,
                        "file": str(version.path),
                        "from": version.start and version.start.isoformat(),
                        "to": version.end and version.end.isoformat(),
                        "repealed_by": version.repealed_by and version.repealed_by.code,
                        "status": version.status(day).value,
                    }
                    for version in place.versions
                ],
            }
            for place in listed
        ],
        "unreadable": [str(path) for path in broken],
    }
