"""`medaid new DOCUMENT`: a rule file to start from, out of a document's headings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import say, say_json, verb, write_atomically

if TYPE_CHECKING:
    from medaidlang.commands.headings import Clause, Printed

HELP = """从一份政策文件的文字新建规则文件：认出标题、文号、日期和各级条款。

把文件的文字存为 UTF-8 的 .txt；认得“一、”“（一）”“1.”和“第一条”。
每一条下面留着原文（行首有“#”）和一行待编写的“不编码”。

\b
例：
  medaid 新建 通知原文.txt --code mycity2025 -o 我市2025.medaid
  medaid check 我市2025.medaid --coverage
"""

_WIDTH = 40
_CODE = re.compile(r"[A-Za-z_\u3400-\u4dbf\u4e00-\u9fff][A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff]*")


@verb("new", HELP)
@click.argument("document", metavar="原文.txt", type=Path)
@click.option("--code", metavar="代号", help="文件的代号，如 kunyu2025；默认用原文的文件名。")
@click.option(
    "-o", "--output", metavar="文件", type=Path, help="写到这个规则文件；默认“代号.medaid”。"
)
@click.option("--force", is_flag=True, help="文件已经有了，也改写。")
def command(
    document: Path, code: str | None, output: Path | None, force: bool, as_json: bool
) -> int:
    """Write a scaffold; 2 if the file is there already."""
    from medaidlang.commands.headings import headings
    from medaidlang.records.text import read_text

    name = code or document.stem
    if not _CODE.fullmatch(name):
        raise click.UsageError(f"代号“{name}”只能用汉字、字母、数字和下划线；用 --code 另给一个。")
    printed = headings(read_text(document))
    if not printed.clauses:
        raise click.UsageError(f"“{document}”里没有认出条款标题（一、 （一） 1. 第一条）。")
    path = output or Path(f"{name}.medaid")
    if path.exists() and not force:
        raise click.UsageError(f"“{path}”已经有了；换一个名字，或者加 --force 改写。")
    write_atomically(path, scaffold(printed, name, document.name).encode())
    if as_json:
        say_json({"ok": True, "file": str(path), "clauses": [c.mark for c in printed.clauses]})
    else:
        say(f"已写到 {path}：{len(printed.clauses)} 条。")
        say(f"下一步：逐条写规则，再运行 medaid check {path}")
    return 0


def scaffold(printed: Printed, code: str, origin: str) -> str:
    """The rule file: 文件, 目录, and every heading with its text as comments."""
    from medaidlang.base.visible import visible

    lines = [
        f"# 由 medaid new 从“{visible(origin)}”生成：逐条写上规则，或者写明不编码的理由。",
        "包含 公共词汇",
        "",
        f"文件 {_prose(printed.title) or code}",
        f"  代号   {code}",
        "  # 统筹区 适用的地方",
        "  # 发文   发文机关",
        *([f"  文号   {printed.number}"] if printed.number else []),
        "  版本   1",
        f"  目录   {''.join(f'【{clause.mark}】' for clause in printed.clauses)}",
        *([f"  印发   {printed.day}"] if printed.day else ["  # 印发   2025年1月1日"]),
    ]
    for clause in printed.clauses:
        lines += ["", *_clause(clause)]
    return "".join(f"{line}\n" for line in lines)


def _clause(clause: Clause) -> list[str]:
    """One heading with what is to be done."""
    head = f"【{clause.mark}】 {_prose(clause.title)}".rstrip()
    text = "".join(clause.text)
    parts = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    quoted = [f"# {'原文：' if at == 0 else '　　　'}{part}" for at, part in enumerate(parts)]
    return [head, *quoted, "# 不编码 待编写：写上规则；不产生金额的，去掉行首的“# ”，写明理由"]


def _prose(text: str) -> str:
    """Text for a line of its own: no comment sign."""
    return text.replace("#", "＃").strip()
