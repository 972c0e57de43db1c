"""Data files from the disk, as bytes and as honest text.

Takes a path, gives its bytes or its UTF-8 text.  Raises `Refusal`: E101 not
readable, E102 not UTF-8, E104 to E106 hidden characters, E908 empty, E921 too
large.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.records.raw import FINDINGS_LIMIT, SIZE_LIMIT, finding

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
    "|(?P<turning>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])"
    "|(?P<thin>[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff])"
)


def read_bytes(path: Path) -> bytes:
    """The file's bytes, never more than the limit."""
    try:
        if not path.is_file():
            raise FileNotFoundError(path)
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError):
        raise Refusal(finding("E101", str(path), path=str(path))) from None
    if len(data) > SIZE_LIMIT:
        raise Refusal(finding("E921", str(path), limit=f"{SIZE_LIMIT // 2**20} MiB"))
    if not data.strip():
        raise Refusal(finding("E908", str(path)))
    return data


def read_text(path: Path) -> str:
    """The file's text, without a byte order mark (spreadsheets write one)."""
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from medaidlang.syntax.reading import guess_encoding

        guess = guess_encoding(data)
        raise Refusal(finding("E102", str(path), path=str(path), guess=guess)) from None
    hidden = _hidden(text, str(path))
    if hidden:
        raise Refusal(*hidden)
    if not text.strip():
        raise Refusal(finding("E908", str(path)))
    return text


def _hidden(text: str, name: str) -> list[Diagnostic]:
    """One finding for each character that cannot be seen."""
    found: list[Diagnostic] = []
    for match in _HIDDEN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        place = f"{name} 第 {line} 行第 {column} 列"
        if match["turning"]:
            found.append(finding("E105", place))
        elif match["thin"]:
            found.append(finding("E106", place))
        else:
            char = match[0]
            name_of = unicodedata.name(char, "控制字符")
            found.append(finding("E104", place, char=f"U+{ord(char):04X}", name=name_of))
        if len(found) == FINDINGS_LIMIT:
            break
    return found
