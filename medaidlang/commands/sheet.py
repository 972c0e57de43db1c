"""`medaid sheet PACK`: the rule sheet that an auditor reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import pack_argument, say, say_json, verb, write_atomically

if TYPE_CHECKING:
    from medaidlang.core.nodes import Pack
    from medaidlang.load import Loaded
    from medaidlang.sheet.facing import Facing

HELP = """生成规则表：一个可以直接打开、可以打印的 HTML 文件。

\b
例：
  medaid 规则表 昆玉2025 -o 昆玉2025.html
  medaid sheet 我的规则.medaid
  medaid 规则表 昆玉2025 --text 通知原文.txt -o 对照.html
"""


@verb("sheet", HELP)
@pack_argument
@click.option("-o", "--output", metavar="文件", type=Path, help="写到这个文件；默认是“代号.html”。")
@click.option("--text", "paper", metavar="原文.txt", type=Path,
              help="再加一节，原文和规则逐条左右对照（原文的文字会写进这个 HTML）。")  # fmt: skip
def command(pack: str, output: Path | None, paper: Path | None, as_json: bool) -> int:
    """Write one rule sheet."""
    from medaidlang.driver import find_pack, usable
    from medaidlang.sheet.render import render_sheet

    loaded, made = usable(find_pack(pack))
    path = output or Path(f"{made.document.code}.html")
    facing = _facing(loaded, made, paper) if paper else ()
    sources = [Path(file.source.name) for file in loaded.files]
    html = render_sheet(loaded, facing).encode()
    write_atomically(path, html, [loaded.path, paper, *sources])
    if as_json:
        say_json({"ok": True, "pack": made.document.code, "digest": made.digest, "file": str(path)})
    else:
        say(f"规则表已写到 {path}")
    return 0


def _facing(loaded: Loaded, made: Pack, paper: Path) -> tuple[Facing, ...]:
    """The document's text beside the rules."""
    from medaidlang.commands.facing import facing_of
    from medaidlang.commands.papers import collation_of

    return facing_of(loaded.files[-1], collation_of(loaded, made, paper))
