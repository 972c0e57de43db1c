"""Text to syntax tree.

Takes a `Source`, gives the tree and the diagnostics.  The whole file is parsed
once; only if that fails is it parsed again item by item, so that every item's
first errors are reported together (see `recover`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.base.source import Source
from medaidlang.syntax import ast
from medaidlang.syntax.build import Builder
from medaidlang.syntax.grammar import grammar_text
from medaidlang.syntax.lexis import inspect
from medaidlang.syntax.wellformed import wellformed

if TYPE_CHECKING:
    from lark import Lark, Token

# Findings after which parsing would only repeat them.
FATAL = frozenset({"E104", "E105", "E106", "E110", "E111", "E114", "E116"})

_BUILDER = Builder()
_RUNNING = Lock()  # the builder holds the source of the one parse under way


class WholeWords:
    """Lets the lexer try NAME everywhere: `身份甲` is one word even where only 身份 may stand."""

    always_accept = ("NAME",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens as they are."""
        return stream


def table_cache() -> str | bool:
    """Where Lark keeps the computed parse tables between runs; False if nowhere.

    In the user's own folder: the tables are a pickle, which nobody else may plant.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "medaidlang"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return False
    return str(folder / "tables.lark")


@cache
def parser() -> Lark:
    """The LALR parser with the tree builder called inline."""
    from lark import Lark

    return Lark(
        grammar_text(),
        parser="lalr",
        maybe_placeholders=False,
        transformer=_BUILDER,
        postlex=WholeWords(),
        cache=table_cache(),
    )


def run(
    source: Source, text: str | None = None, start: int = 0, end: int | None = None
) -> ast.File:
    """Parse `text` (default: all of `source`) from `start` to `end`; raises Lark's exceptions.

    `text` is as long as the source's, so that positions hold.
    """
    from lark.lexer import LexerState, LexerThread, LineCounter
    from lark.utils import TextSlice

    text = source.text if text is None else text
    position = LineCounter("\n")  # type: ignore[no-untyped-call]
    position.char_pos = start  # counting lines up to `start` would be quadratic
    frontend = parser().parser
    piece = TextSlice(text, start, len(text) if end is None else end)
    tree: ast.File
    with _RUNNING:
        _BUILDER.source = source
        state = LexerState(piece, position)
        tree = frontend.parser.parse(LexerThread(frontend.lexer, state), "start")
    return tree


def parse(source: Source) -> tuple[ast.File, list[Diagnostic]]:
    """The tree of `source` and what is wrong with its syntax (then a partial tree).

    Never raises; with errors the tree holds what could be read.
    """
    from lark.exceptions import UnexpectedInput

    found = inspect(source)
    if any(d.code in FATAL for d in found):
        return ast.File(source), found
    text = source.text if source.text.endswith("\n") else source.text + "\n"
    try:
        tree = run(source, text)
    except UnexpectedInput:
        from medaidlang.syntax.recover import recover

        tree, more = recover(source)
        found += _elsewhere(more, found)
    found += wellformed(tree, complete=not found)
    return tree, sorted(found, key=lambda d: d.span.start if d.span else 0)


def _elsewhere(more: list[Diagnostic], found: list[Diagnostic]) -> list[Diagnostic]:
    """Without the findings on lines of which `found` already says what is wrong."""
    lines = {d.span.line for d in found if d.span and d.code != "E108"}
    return [d for d in more if d.span is None or d.span.line not in lines]
