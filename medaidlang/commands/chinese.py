"""click in Chinese: its own words, and help whose columns line up.

click says everything through `gettext`; instead of a compiled catalogue that
depends on the user's locale, its modules get a look-up in the table below.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

WORDS = {
    "Aborted!": "已中止。",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Usage:": "用法：",
    "Missing command.": "缺少命令。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法见“{command} {option}”。",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "No such option: {name}": "没有“{name}”这个选项。",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "unknown error": "原因不明",
    "Could not open file {filename!r}: {message}": "不能打开文件“{filename}”：{message}",
    "Got unexpected extra argument ({args})": "多出的参数：{args}",
    "Got unexpected extra arguments ({args})": "多出的参数：{args}",
    "Takes {nargs} values but 1 was given.": "要 {nargs} 个值，只给了 1 个。",
    "Takes {nargs} values but {len} were given.": "要 {nargs} 个值，给了 {len} 个。",
    "Value must be an iterable.": "要给出几个值。",
    "Argument {name!r} takes {nargs} values.": "参数“{name}”要 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项“{name}”后面不带值。",
    "Option {name!r} requires an argument.": "选项“{name}”后面要有一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项“{name}”后面要有 {nargs} 个值。",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不在选项之中：{choices}。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Choice({choices})": "选项（{choices}）",
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围内。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”不是“是”或“否”。",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
    "(dynamic)": "（视情况）",
    "deprecated": "停用",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，要的是{name}。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，要的是{name}。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”没有读取权限。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”没有写入权限。",
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本后退出。",
    "d": "天",
}


def translate(message: str) -> str:
    """The Chinese for one of click's messages; itself if there is none."""
    return WORDS.get(message, message)


def translate_number(one: str, many: str, count: int) -> str:
    """As `ngettext`."""
    return translate(one if count == 1 else many)


def speak_chinese() -> None:
    """Give the modules of click our look-up instead of gettext's."""
    ours = {"_": translate, "ngettext": translate_number}
    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            vars(module).update({word: ours[word] for word in ours if word in vars(module)})


class Formatter(click.HelpFormatter):
    """Help measured in terminal columns; lines stay as they were written."""

    def write_heading(self, heading: str) -> None:
        """A heading with a full-width colon."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """The lines of `text`, indented; only what is too long is broken."""
        indent = " " * self.current_indent
        for line in text.replace("\b\n", "").splitlines():
            for part in broken(line, self.width - self.current_indent) or [""]:
                self.write(f"{indent}{part}".rstrip() + "\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """用法：on one line."""
        self.write(f"{prefix or '用法：'}{prog} {args}".rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Terms and what they mean, in two columns."""
        from medaidlang.base.visible import display_width

        listed = list(rows)
        widest = max((display_width(term) for term, _ in listed), default=0)
        column = min(widest, col_max) + col_spacing
        margin = " " * (self.current_indent + column)
        for term, meaning in listed:
            lines = broken(meaning, max(self.width - len(margin), 20)) or [""]
            room = column - display_width(term)
            head = f"{'':>{self.current_indent}}{term}"
            head += " " * room if room >= col_spacing else f"\n{margin}"
            self.write(f"{head}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{margin}{line}\n")


def broken(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns; a break may be anywhere between Chinese."""
    from medaidlang.base.visible import display_width

    lines: list[str] = []
    line = ""
    for word in pieces(text):
        if line and display_width(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word if line else word.lstrip() if lines else word
    return [*lines, line.rstrip()] if line.strip() else lines


_NOT_FIRST = frozenset("，。；：、？！）〕】」”》…％")
_NOT_LAST = frozenset("（〔【「“《")


def pieces(text: str) -> list[str]:
    """Where a line may be broken: after blanks and wide characters, but not around marks."""
    found: list[str] = []
    current = ""
    for index, char in enumerate(text):
        current += char
        wide = ord(char) > 0x2E80 and char not in _NOT_LAST
        if char == " " or (wide and text[index + 1 : index + 2] not in _NOT_FIRST):
            found.append(current)
            current = ""
    return [*found, current] if current else found


class Context(click.Context):
    """A context whose help is formatted so."""

    formatter_class = Formatter


class Command(click.Command):
    """A command in Chinese."""

    context_class = Context
