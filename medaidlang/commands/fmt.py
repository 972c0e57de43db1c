"""`medaid fmt FILE…`: rule files in the one canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import colour, say, say_json, verb, write_atomically

if TYPE_CHECKING:
    from medaidlang.base.diagnostic import Diagnostic
    from medaidlang.base.source import Source

HELP = """把规则文件排成统一的格式：缩进、对齐、标点，去掉 BOM，改正制表符和全角空格。

直接改写文件（一次写完，不会只写一半）；加 --check 只看不改，要改时退出状态是 1。
有语法错误的文件不改，先给出错误。

\b
例：
  medaid 格式 我的规则.medaid
  medaid fmt --check policies
"""

_REPAIRS = frozenset({"E107", "E108"})


@verb("fmt", HELP)
@click.argument("files", metavar="规则文件…", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="只显示要改什么，不改文件。")
def command(files: tuple[str, ...], check: bool, as_json: bool) -> int:
    """Format each file; with --check, 1 if one would change."""
    changed: list[tuple[Path, str, str]] = []
    for path in [path for name in files for path in _files(name)]:
        before, after = formatted(path)
        if before != after:
            changed.append((path, before, after))
    for path, before, after in changed:
        if not check:
            write_atomically(path, after.encode())
        if not as_json:
            say(_difference(path, before, after) if check else f"已改写 {path}")
    if as_json:
        say_json({"ok": not (check and changed), "changed": [str(path) for path, _, _ in changed]})
    elif not changed:
        say("格式都对，没有要改的。")
    return 1 if check and changed else 0


def _files(name: str) -> list[Path]:
    """A file, all rule files below a folder, or the file of a shipped pack."""
    from medaidlang.driver import SUFFIX, find_packs

    path = Path(name)
    if path.is_dir():
        listed = sorted(path.rglob(f"*{SUFFIX}"))
        return listed or list(find_packs(name))
    return list(find_packs(name))


def formatted(path: Path) -> tuple[str, str]:
    """The file's text and what it should be; raises `Refusal` for errors of syntax."""
    from medaidlang.base.diagnostic import Refusal
    from medaidlang.base.source import Source
    from medaidlang.syntax.format import format_file
    from medaidlang.syntax.parse import parse
    from medaidlang.syntax.reading import decode, normalised

    data = _bytes(path)
    before = data.decode("utf-8", errors="replace")
    text = normalised(decode(data.removeprefix(b"\xef\xbb\xbf"), str(path)))
    source = Source(str(path), text)
    tree, found = parse(source)
    while found:
        repaired = _repaired(source, [d for d in found if d.code in _REPAIRS])
        if repaired.text == source.text:
            raise Refusal(*found)
        source = repaired
        tree, found = parse(source)
    return before, format_file(tree)


def _bytes(path: Path) -> bytes:
    """The file, once `read_source` has no complaint other than its byte order mark."""
    from medaidlang.base.diagnostic import Refusal
    from medaidlang.syntax.reading import read_source

    try:
        read_source(path)
    except Refusal as refused:
        if any(d.code != "E103" for d in refused.diagnostics):
            raise
    return path.read_bytes()


def _repaired(source: Source, found: list[Diagnostic]) -> Source:
    """The text with the exact fixes of findings that are only about its looks."""
    from medaidlang.base.source import Source

    edits = [e for d in found if d.fix for e in d.fix.edits]
    text = source.text
    for edit in sorted(edits, key=lambda e: e.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return Source(source.name, text)


def _difference(path: Path, before: str, after: str) -> str:
    """A unified diff, coloured on a terminal."""
    from difflib import unified_diff

    from medaidlang.base.visible import visible

    lines = unified_diff(
        before.splitlines(), after.splitlines(), str(path), f"{path}（格式化后）", lineterm=""
    )
    return "\n".join(_painted(visible(line)) for line in lines)


def _painted(line: str) -> str:
    codes = {"+": "32", "-": "31", "@": "36"}
    code = codes.get(line[:1])
    return f"\x1b[{code}m{line}\x1b[0m" if code and colour() else line
