"""Text that is safe to show: what the eye sees is what is there.

Takes any text, gives text whose control, bidirectional and zero-width
characters are written out, and measures it in terminal columns.
"""

from __future__ import annotations

import unicodedata

from wcwidth import wcswidth

TAB = "    "
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible_char(char: str) -> str:
    """`char`, or `<U+202E>` if it has no honest appearance; a tab is four spaces."""
    if char == "\t":
        return TAB
    if unicodedata.category(char) in _ESCAPED:
        return f"<U+{ord(char):04X}>"
    return char


def visible(text: str) -> str:
    """`text` on one line, each hidden character written out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(visible_char, text))


def clipped(text: str, limit: int) -> str:
    """`visible(text)`, cut to at most `limit` characters, the last then being `…`."""
    shown = visible(text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def display_width(text: str) -> int:
    """Terminal columns of a visible text: 2 for CJK, 1 for ambiguous width."""
    return max(wcswidth(text), 0)
