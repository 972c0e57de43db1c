"""What the commands share: arguments, output, and what happens to refused input."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.commands.chinese import Command

Item = TypeVar("Item")
Run = Callable[..., int]

WORTH_A_BAR = 200
"""Steps of work from which a progress bar is shown."""


def verb(name: str, help: str) -> Callable[[Run], click.Command]:
    """A command with `--json`, whose refused input becomes diagnostics and status 1."""

    def wrap(run: Run) -> click.Command:
        @functools.wraps(run)
        def guarded(**options: Any) -> int:
            try:
                return run(**options)
            except Refusal as refused:
                return refuse(refused.diagnostics, as_json=options["as_json"])

        made = click.command(name, cls=Command, help=help, options_metavar="[选项]")(guarded)
        made.params.append(_json_option())
        return made

    return wrap


def _json_option() -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help="输出 JSON，供别的程序读取。")


pack_argument = click.argument("pack", metavar="规则包")
packs_argument = click.argument("packs", metavar="[规则包]…", nargs=-1)
optional_pack_argument = click.argument("pack", metavar="[规则包]", required=False)
place_option = click.option(
    "--place", "--统筹区", "place", metavar="统筹区",
    help="不写规则包：用这个统筹区登记的文件，每笔费用按日期归其中一个。",
)  # fmt: skip
registry_option = click.option(
    "--registry", "--登记", "registry", metavar="文件夹", type=Path,
    help="登记规则包的文件夹；默认是环境变量 MEDAID_REGISTRY，或者随程序提供的。",
)  # fmt: skip
data_argument = click.argument("data", metavar="[数据文件]", required=False, type=Path)
persons_option = click.option(
    "--persons", metavar="文件", type=Path, help="人员表（CSV、JSON 或 Excel），与 --claims 同用。"
)
claims_option = click.option(
    "--claims", metavar="文件", type=Path, help="费用表，用“人员编号”对到人员表。"
)
applications_option = click.option(
    "--applications", metavar="文件", type=Path, help="申请表：人员编号、编号、日期、待遇。"
)


def colour(stream: Any = None) -> bool:
    """Whether to use colours: on a terminal, unless NO_COLOR says otherwise."""
    out = stream or sys.stdout
    return (
        bool(out.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def say(text: str = "") -> None:
    """A line of the command's result."""
    click.echo(text)


def note(text: str) -> None:
    """A line about the work, beside the result."""
    click.echo(text, err=True)


def say_json(data: object) -> None:
    """The result as JSON; amounts as text with two decimals."""
    click.echo(to_json(data))


def to_json(data: object) -> str:
    """JSON text of plain data, amounts and dates."""
    import json

    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset | set | tuple):
        return list(value)
    return str(value)


def refuse(diagnostics: Iterable[Diagnostic], *, as_json: bool) -> int:
    """Show why input cannot be used; status 1."""
    from medaidlang.base.render import render_json, render_text, summary

    found = list(diagnostics)
    if as_json:
        say_json({"ok": False, "diagnostics": render_json(found)})
    else:
        click.echo(render_text(found, colour=colour(sys.stderr)), err=True, nl=False)
        note("")
        note(f"{summary(found)}。没有写出任何结果。")
    return 1


@contextmanager
def progress(items: Iterable[Item], label: str, length: int) -> Iterator[Iterable[Item]]:
    """The items, with a bar on a terminal where there are many."""
    if length < WORTH_A_BAR or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(
        items,
        length=length,
        label=label,
        file=sys.stderr,
        show_pos=True,
        update_min_steps=max(length // 100, 1),
    ) as shown:
        yield shown


def write_atomically(path: Path, data: bytes, inputs: Iterable[Path | None] = ()) -> None:
    """Write beside, then rename: nobody ever sees half a file, and no input is lost."""
    from medaidlang.records.write import replace_file

    if path.resolve() in {given.resolve() for given in inputs if given is not None}:
        raise Refusal(Diagnostic("E926", None, {"path": str(path)}, place=str(path)))
    replace_file(path, data)
