"""`medaid sheet PACK`: the rule sheet that an auditor reads."""

from __future__ import annotations

from pathlib import Path

import click

from medaidlang.commands.common import pack_argument, say, say_json, verb, write_atomically

HELP = """生成规则表：一个可以直接打开、可以打印的 HTML 文件。

\b
例：
  medaid 规则表 昆玉2025 -o 昆玉2025.html
  medaid sheet 我的规则.medaid
"""


@verb("sheet", HELP)
@pack_argument
@click.option("-o", "--output", metavar="文件", type=Path, help="写到这个文件；默认是“代号.html”。")
def command(pack: str, output: Path | None, as_json: bool) -> int:
    """Write one rule sheet."""
    from medaidlang.driver import find_pack, usable
    from medaidlang.sheet.render import render_sheet

    loaded, made = usable(find_pack(pack))
    path = output or Path(f"{made.document.code}.html")
    sources = [Path(file.source.name) for file in loaded.files]
    write_atomically(path, render_sheet(loaded).encode(), [loaded.path, *sources])
    if as_json:
        say_json({"ok": True, "pack": made.document.code, "digest": made.digest, "file": str(path)})
    else:
        say(f"规则表已写到 {path}")
    return 0
