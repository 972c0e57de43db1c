"""Lines and statements, before anything is parsed.

Takes a text, gives its statements (a line with the lines that continue it) and
the part of a line that is code: neither comment nor prose nor “ ” string.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from medaidlang.syntax.grammar import grammar_text, keywords
from medaidlang.syntax.words import PROSE_HEADS

_BLANK = r"[ \t\u3000]"
CONTINUED = rf"{_BLANK}*(?:(?:且|或|则|否则){_BLANK}|[、，,])"
STATEMENT_END = re.compile(rf"\n(?!{CONTINUED})")
_QUOTED_OR_OPAQUE = re.compile(r"「[^「」\n]*」|“[^”\n]*”?|#[^\n]*")


@cache
def statement_end() -> re.Pattern[str]:
    """Matches a line end after which the line is not continued, as the grammar's WS has it."""
    continued = re.search(r"^WS: /.*\|\\n\(\?=(.+)\)/$", grammar_text(), re.M)
    assert continued is not None, "the grammar's WS says what continues a line"
    return re.compile(rf"\n(?!{continued.group(1)})")


def statements(text: str) -> list[tuple[int, int]]:
    """Start and end of each statement of `text`, its last line end included."""
    ends = [match.end() for match in statement_end().finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return list(zip([0, *ends[:-1]], ends, strict=True))


@cache
def _prose() -> re.Pattern[str]:
    """Matches the beginning of a line up to where its prose begins."""
    heads = "|".join(word for head in PROSE_HEADS for word in keywords()[head])
    return re.compile(
        rf"{_BLANK}*(?:(?:{heads})(?={_BLANK})|此前费用{_BLANK}+适用(?={_BLANK})"
        r"|(?:原文缺失|无法计算)[^：:#\n]*[：:]|【[^】\n]*】)"
    )


def prose_start(line: str) -> int:
    """Where in `line` its prose begins; its length if it has none."""
    match = _prose().match(line)
    return len(line) if match is None else match.end()


@lru_cache(maxsize=64)
def code_part(line: str) -> str:
    """`line` (or a statement) with comments, strings and prose blanked out, as long as it was."""
    start = prose_start(line)
    return _QUOTED_OR_OPAQUE.sub(_opaque, line[:start]) + " " * (len(line) - start)


def _opaque(match: re.Match[str]) -> str:
    text = match.group()
    if text.startswith("「"):
        return text
    unclosed = text.startswith("“") and not text.endswith("”")
    return text[:unclosed].ljust(len(text))
