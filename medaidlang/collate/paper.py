"""The text of a printed document as lines: what the page adds is taken away.

Takes text as a web page, a PDF or a scan gives it; gives its lines under their own
numbers, without page numbers, rules and the words of scanning programs.
"""

from __future__ import annotations

import re
import unicodedata

import attrs

from medaidlang.syntax.lexis import visible as seen

_PAGE = re.compile(
    r"[\s—–―\-－_·.]*(?:第?\s*[0-9]{1,3}\s*页?|第\s*[0-9]{1,3}\s*页\s*[,，/]?\s*共\s*[0-9]{1,3}\s*页)"
    r"[\s—–―\-－_·.]*"
)
_RULE = re.compile(r"[\s—–―\-－_=*·.]+")
_SCREEN = re.compile(r"扫描全能王|CamScanner|分享到|点击量|浏览次数|阅读量|阅读次数|字体[:：]")
_SCREEN_LENGTH = 60
_ALONE = {"㈠": "(一)", "㈡": "(二)", "㈢": "(三)", "㈣": "(四)", "㈤": "(五)",
          "㈥": "(六)", "㈦": "(七)", "㈧": "(八)", "㈨": "(九)", "㈩": "(十)"}  # fmt: skip
_ALONE |= {chr(0x2474 + n): f"({n + 1})" for n in range(20)}  # ⑴
_ALONE |= {chr(0x2488 + n): f"{n + 1}." for n in range(20)}  # ⒈
_ENCLOSED = str.maketrans(_ALONE)
_FOLD = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= {0x3000: " ", 0xA0: " ", ord("∶"): ":", ord("﹪"): "%", ord("〇"): "〇"}


@attrs.frozen
class Line:
    """A line of the document under its number in the file (a part of one after a split)."""

    number: int
    text: str


def fold(text: str) -> str:
    """Full width as half width, character by character: places stay what they are."""
    return text.translate(_FOLD)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that are the document's own."""
    text = text.replace("\f", "\n").replace("\r\n", "\n").replace("\r", "\n")
    whole = enumerate(text.split("\n"), 1)
    shown = ((number, seen(line).translate(_ENCLOSED).strip()) for number, line in whole)
    return tuple(Line(number, line) for number, line in shown if line and not _furniture(line))


def _furniture(line: str) -> bool:
    """A page number, a drawn rule, the words of a web page or a scanning program."""
    plain = fold(line)
    screen = len(plain) <= _SCREEN_LENGTH and _SCREEN.search(plain)
    return bool(screen or _PAGE.fullmatch(plain) or _RULE.fullmatch(plain))


def squeezed(text: str) -> str:
    """The text as it is compared: one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def substance(text: str) -> str:
    """Letters and numbers only, with what belongs to a number: what a digest is made of."""
    plain = squeezed(text)
    return "".join(c for c in plain if c.isalnum() or c == "%") + "".join(
        re.findall(r"[0-9]+[.:][0-9]+", plain)
    )
