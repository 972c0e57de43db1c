"""Rule files from the disk.

Takes a path, gives a `Source`: UTF-8, `\\n` line ends, a line end at the end.
Refuses what is not such a file, with what to do about it.
"""

from __future__ import annotations

from pathlib import Path

from medaidlang.base.diagnostic import Diagnostic, Fix, Refusal
from medaidlang.base.source import Source, Span

SIZE_LIMIT = 2 * 1024 * 1024
"""Bytes of one rule file."""

_MARK = "\ufeff"
_NO_TEXT = "不是文本文件"
_SAVE_AS = "用记事本或 WPS 打开，另存为 UTF-8；或者在终端运行：iconv -f {} -t UTF-8 原文件 > 新文件"
_CONVERSIONS = {
    "GBK": _SAVE_AS.format("GBK"),
    "GB18030": _SAVE_AS.format("GB18030"),
    "UTF-16": _SAVE_AS.format("UTF-16"),
    _NO_TEXT: "核对是不是选错了文件：规则文件是 UTF-8 的纯文本，不是 Word、PDF 或者压缩文件",
}


def read_source(path: Path | str, name: str | None = None) -> Source:
    """The rule file at `path`, called `name` in messages (the path, if not given).

    Raises `Refusal`: E101 not readable, E109 too large, E102 not UTF-8, E103 byte
    order mark.
    """
    path = Path(path)
    name = str(path) if name is None else name
    text = decode(_bytes(path, name), name)
    return Source(name, normalised(text))


def normalised(text: str) -> str:
    """`text` with `\\n` line ends, and with one at the end unless it is empty."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else text + "\n"


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes; raises `Refusal` (E102, E103)."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        guess = guess_encoding(data)
        args = {"path": name, "guess": guess}
        fix = Fix(_CONVERSIONS[guess])
        raise Refusal(Diagnostic("E102", args=args, place=name, fix=fix)) from None
    if text.startswith(_MARK):
        raise Refusal(Diagnostic("E103", Span(Source(name, text), 0, 1)))
    return text


def guess_encoding(data: bytes) -> str:
    """What bytes that are not UTF-8 seem to be, in Chinese."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) * 5 > len(data[:4096]):
        return "UTF-16"
    for codec, said in (("gbk", "GBK"), ("gb18030", "GB18030")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return said
    return _NO_TEXT


def _bytes(path: Path, name: str) -> bytes:
    """At most one byte more than the limit is ever read."""
    try:
        if not path.is_file():
            raise FileNotFoundError(name)  # a folder, a pipe, a device
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
            size = len(data) if len(data) <= SIZE_LIMIT else path.stat().st_size
    except (OSError, ValueError):
        raise Refusal(Diagnostic("E101", args={"path": name}, place=name)) from None
    if len(data) > SIZE_LIMIT:
        args = {"size": _mebibytes(size), "limit": _mebibytes(SIZE_LIMIT)}
        raise Refusal(Diagnostic("E109", args=args, place=name))
    return data


def _mebibytes(size: int) -> str:
    """`2.1 MiB`, in tenths rounded up."""
    tenths = -(-size * 10 // (1024 * 1024))
    return f"{tenths // 10}.{tenths % 10} MiB" if tenths % 10 else f"{tenths // 10} MiB"
