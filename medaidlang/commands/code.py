"""`medaid explain-code CODE`: the long explanation of a message."""

from __future__ import annotations

import click

from medaidlang.commands.common import say, say_json, verb

HELP = """一个错误编号是什么意思，原因是什么，怎样改。

不写编号，就列出全部编号。

\b
例：
  medaid 错误 E902
  medaid explain-code E902 --json
"""


@verb("explain-code", HELP)
@click.argument("code", metavar="[编号]", required=False)
def command(code: str | None, as_json: bool) -> int:
    """Show one entry of the catalogue, or the list of all."""
    from medaidlang.base.catalogue import all_entries
    from medaidlang.base.render import render_entry

    entries = {entry.code: entry for entry in all_entries()}
    if code is None:
        return _list(as_json)
    entry = entries.get(code.upper())
    if entry is None:
        import difflib

        near = difflib.get_close_matches(code.upper(), entries, n=1, cutoff=0.5)
        hint = f"最接近的是 {near[0]}；" if near else ""
        raise click.UsageError(f"没有“{code}”这个编号。{hint}运行 medaid 错误 可以看到全部编号。")
    if as_json:
        import attrs

        say_json({**attrs.asdict(entry), "severity": entry.severity.value})
    else:
        say(render_entry(entry).rstrip())
    return 0


def _list(as_json: bool) -> int:
    from medaidlang.base.catalogue import all_entries
    from medaidlang.base.table import text_table

    if as_json:
        say_json([{"code": e.code, "severity": e.severity.value, "title": e.title}
                  for e in all_entries()])  # fmt: skip
        return 0
    rows = [(entry.code, entry.severity.value, entry.title) for entry in all_entries()]
    say(text_table(["编号", "轻重", "标题"], rows))
    return 0
