"""The command `medaid`.

One table of commands; the module of a command is imported when it is called,
so that `medaid --version` loads nothing but click.  Every way out is here: exit
status 0 fine, 1 findings, 2 wrong usage, 70 a fault of the program itself.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

import click

from medaidlang import __version__ as VERSION  # noqa: N812
from medaidlang.commands.chinese import Context, speak_chinese

FINDINGS, USAGE, INTERNAL, INTERRUPTED, PIPE_CLOSED = 1, 2, 70, 130, 141


class Listed(NamedTuple):
    """One command: its English and its Chinese name, its module, one line of help."""

    name: str
    alias: str
    module: str
    help: str


COMMANDS = (
    Listed("check", "检查", "check", "检查规则文件：写错的、漏写的、没有声明的重叠"),
    Listed("fmt", "格式", "fmt", "把规则文件排成统一的格式"),
    Listed("test", "测试", "test", "运行规则文件里的示例"),
    Listed("coverage", "覆盖", "coverage", "逐条列出原文条款与规则的对应"),
    Listed("source", "原文", "source", "把规则逐条与原文的文字核对"),
    Listed("settle", "结算", "settle", "结算人员和费用"),
    Listed("replay", "重算", "replay", "退费和补报以后重算：应补、应退多少"),
    Listed("explain", "说明", "explain", "一笔费用为什么是这个金额"),
    Listed("readings", "口径", "readings", "换一种读法，哪些人的结果会变、变多少"),
    Listed("params", "参数", "params", "一年里各参数的数、出处，还缺哪些"),
    Listed("places", "统筹区", "places", "登记的统筹区和各文件的有效期"),
    Listed("sheet", "规则表", "sheet", "生成可以打印的规则表（HTML）"),
    Listed("new", "新建", "new", "从文件的条款标题新建规则文件"),
    Listed("explain-code", "错误", "code", "一个错误编号是什么意思、怎样改"),
)

HELP = """医疗救助政策语言：把政策文件写成规则文件，检查、结算、说明。

\b
最常用的：
  medaid 检查 昆玉2025                 检查随程序提供的规则包
  medaid 结算 昆玉2025 samples/昆玉2025.json    结算一批费用
  medaid 说明 昆玉2025 samples/昆玉2025.json --claim K03-2

命令用英文名或中文名都可以；“medaid 命令 --help”有每个命令的例子。
退出状态：0 没有问题，1 有发现，2 用法不对。
"""


class Lazy(click.Group):
    """A group whose commands are imported when called, under either name."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The English names, in the order of the table."""
        return [listed.name for listed in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, if there is one."""
        for listed in COMMANDS:
            if cmd_name in (listed.name, listed.alias):
                module = import_module(f"medaidlang.commands.{listed.module}")
                found: click.Command = module.command
                return found
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but with the nearest of all names where there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            import difflib

            names = [name for listed in COMMANDS for name in (listed.name, listed.alias)]
            near = difflib.get_close_matches(args[0], names, n=1, cutoff=0.4)
            hint = f"是不是“{near[0]}”？" if near else "运行 medaid --help 可以看到全部命令。"
            raise click.UsageError(f"没有“{args[0]}”这个命令。{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table, without importing any."""
        with formatter.section("命令"):
            formatter.write_dl([(f"{c.name}、{c.alias}", c.help) for c in COMMANDS])


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"medaid {VERSION}")
        ctx.exit()


@click.group(
    cls=Lazy,
    name="medaid",
    help=HELP,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False,
              callback=_version, help="显示版本后退出。")  # fmt: skip
@click.pass_context
def medaid(ctx: click.Context) -> int:
    """See HELP; without a command, that is what is shown."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return 0


def run(args: Sequence[str]) -> int:
    """Run one command line; the exit status.  Never raises, never shows a traceback."""
    speak_chinese()
    try:
        status: Any = medaid.main(list(args), prog_name="medaid", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click leaves so when nobody reads its output
        _forget_output()
        return PIPE_CLOSED
    except OSError as error:
        _forget_output()
        click.echo(
            f"输出写不出去：{error.strerror or '设备不接受'}。换一个地方写，例如 -o 另一个文件。",
            err=True,
        )
        return FINDINGS
    except Exception as error:
        return _failed(error)


def _forget_output() -> None:
    """Let Python's own flush at exit find something that takes it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _failed(error: Exception) -> int:
    """A fault of the program: say so, and how to report it."""
    if os.environ.get("MEDAID_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    click.echo(
        f"程序内部错误：{type(error).__name__}。\n"
        "这是 medaid 的问题，不是您的文件的问题；没有写出任何结果。\n"
        "请把所用的命令和文件（去掉个人信息）连同下面命令的输出报告给维护者：\n"
        f"  MEDAID_DEBUG=1 medaid …（版本 {VERSION}）",
        err=True,
    )
    return INTERNAL


def _prepare_streams() -> None:
    """Chinese wherever the output goes: UTF-8 into files and pipes, nothing unprintable."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")


def main() -> NoReturn:
    """The program.

    It lives for one command: collecting garbage while trees are built, or when it
    ends, only takes time.
    """
    gc.set_threshold(1_000_000, 50, 50)
    _prepare_streams()
    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)
