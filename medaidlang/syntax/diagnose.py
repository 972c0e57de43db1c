"""From where the parser stopped to what the author did.

Takes a failed statement, gives one diagnostic.  Looks at the characters, not
at the parser's token: an author has not written a terminal.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from functools import cached_property

import attrs

from medaidlang.base.diagnostic import Diagnostic, Edit, Fix
from medaidlang.base.source import Source, Span
from medaidlang.syntax.fields import allowed, homes
from medaidlang.syntax.foreign import unusable
from medaidlang.syntax.glued import split_glued
from medaidlang.syntax.grammar import NAME_RUN, terminal_of
from medaidlang.syntax.lexis import unclosed
from medaidlang.syntax.lines import code_part
from medaidlang.syntax.words import ITEM_HEADS, expected_words, line_words

_BLANK = " \t\u3000"
_RUN = re.compile(NAME_RUN)
# One word as the author sees it: a name, a number with its unit, anything quoted.
_WORD = re.compile(
    rf"{NAME_RUN}|[0-9][0-9.]*(?:[%％]|{NAME_RUN})?|「[^」\n]*」|“[^”\n]*”|【[^】\n]*】|[—－-]+"
)
_KNOWN_MARKS = frozenset("：:，,、|｜（）()〔〕「」“”【】—－-#")


@attrs.frozen
class Failure:
    """The parser stopped at `at`, in the statement from `start` to `end` (line end included)."""

    source: Source
    text: str = attrs.field(repr=False)
    start: int
    end: int
    at: int
    expected: frozenset[str]
    head: str
    is_head: bool

    def span(self, start: int, end: int) -> Span:
        """A span that is certain to lie in the source."""
        last = len(self.source.text)
        return Span(self.source, min(start, last), min(end, last))

    @property
    def begins(self) -> bool:
        """Nothing but space stands before `at`."""
        return not self.text[self.start : self.at].strip(_BLANK)


class Vocabulary:
    """The words of a file: keywords, and the runs that its code holds."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def runs(self) -> Counter[str]:
        """Each run of name characters in the code, with how often it stands there."""
        lines = self._source.text.split("\n")
        return Counter(run for line in lines for run in _RUN.findall(code_part(line)))

    @cached_property
    def words(self) -> frozenset[str]:
        """What a glued run may be made of."""
        return frozenset(self.runs) | frozenset(terminal_of())

    def cut(self, run: str) -> list[tuple[str, ...]]:
        """The ways to cut `run` of which a keyword is part; [] for a run that is in use."""
        if run in terminal_of() or self.runs[run] > 1:
            return []
        ways = split_glued(run, self.words)
        return [way for way in ways if any(piece in terminal_of() for piece in way)]

    def cut_at_head(self, run: str, heads: tuple[str, ...]) -> list[tuple[str, ...]]:
        """A line keyword, and whatever name it is glued to."""
        words = [word for word in line_words(heads) if run.startswith(word) and run != word]
        return [(word, run[len(word) :]) for word in words]

    def meant_head(self, run: str) -> str:
        """The terminal of the item head that an unknown `run` is meant for, or ""."""
        glued = self.cut_at_head(run, ITEM_HEADS)
        near = [way[0] for way in glued if len(way[0]) > 1] or nearest(run, ITEM_HEADS)
        return terminal_of()[near[0]] if near else ""


def nearest(word: str, heads: tuple[str, ...]) -> list[str]:
    """The keyword of `heads` that `word` comes closest to, if any does."""
    candidates = [near for near in line_words(heads) if len(near) > 1]
    return get_close_matches(word, candidates, n=1, cutoff=0.5)


def diagnose(failure: Failure, vocabulary: Vocabulary) -> Diagnostic:
    """The one finding of a failed statement."""
    rest = failure.text[failure.at : failure.end].strip()
    if not rest or rest.startswith("#"):
        return _at_the_end(failure, vocabulary, rest)
    char = failure.text[failure.at]
    word = _WORD.match(failure.text, failure.at, failure.end)
    if word is None and char not in _KNOWN_MARKS:
        return unusable(failure.source, failure.text, failure.at)
    if word is None and char in "「“【":
        return unclosed(failure.source, failure.at)
    found = word.group() if word else char
    if failure.begins and (said := _first_word(failure, vocabulary, found)):
        return said
    return _glued(failure, vocabulary) or _unexpected(failure, found)


# ── ends and characters ──────────────────────────────────────────────────────


def _at_the_end(failure: Failure, vocabulary: Vocabulary, rest: str) -> Diagnostic:
    """E214, E203, E204 or E202."""
    line_end = failure.text.find("\n", failure.at)
    if rest and failure.text[line_end + 1 : failure.end].strip():
        return Diagnostic("E214", failure.span(failure.at, line_end))
    if (bracket := _open_bracket(failure)) is not None:
        return unclosed(failure.source, bracket)
    if said := _glued(failure, vocabulary):
        return said
    written = failure.text[failure.start : failure.at].rstrip()
    end = failure.start + len(written)
    args = {"expected": expected_words(failure.expected)}
    return Diagnostic("E202", failure.span(end, end), args)


def _open_bracket(failure: Failure) -> int | None:
    """Where the last bracket opens that the statement does not close."""
    waiting: list[int] = []
    code = code_part(failure.text[failure.start : failure.at])
    for offset, char in enumerate(code, failure.start):
        if char in "（(〔":
            waiting.append(offset)
        elif char in "）)〕" and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None


# ── words ────────────────────────────────────────────────────────────────────


def _first_word(failure: Failure, vocabulary: Vocabulary, word: str) -> Diagnostic | None:
    """E211, E215, E204 or E205: the first word of a line; None if it is none of these."""
    span = failure.span(failure.at, failure.at + len(word))
    terminal = "BAR" if word in "|｜" else terminal_of().get(word, "")
    if terminal and (where := homes(terminal)):
        return Diagnostic("E211", span, {"word": word, "where": where})
    fields = allowed(failure.head)
    heads = (*fields, *ITEM_HEADS)
    if not terminal and _RUN.fullmatch(word):
        ways = [way for way in vocabulary.cut(word) if terminal_of().get(way[0]) in heads]
        ways = ways or vocabulary.cut_at_head(word, heads)
        near = nearest(word, heads)
        if ways and not (near and len(ways[0][0]) == 1):
            return _cut(span, ways)
        if near:
            fix = Fix(near[0], (Edit(span, near[0]),))
            return Diagnostic("E205", span, {"word": word, "nearest": near[0]}, fix=fix)
    if not failure.head:
        return Diagnostic("E215", span, {"word": word})
    return None


def _glued(failure: Failure, vocabulary: Vocabulary) -> Diagnostic | None:
    """E204 for the last run up to where the parser stopped that is two words."""
    code = code_part(failure.text[failure.start : failure.end])
    for match in reversed(list(_RUN.finditer(code))):
        if failure.start + match.start() > failure.at:
            continue
        if ways := vocabulary.cut(match.group()):
            start = failure.start + match.start()
            return _cut(failure.span(start, start + len(match.group())), ways)
    return None


def _cut(span: Span, ways: list[tuple[str, ...]]) -> Diagnostic:
    """E204, with the fix if there is only one way."""
    shown = "”或者“".join(" ".join(way) for way in ways[:3])
    args = {"word": span.text, "split": shown}
    fix = Fix(shown, (Edit(span, shown),)) if len(ways) == 1 else None
    return Diagnostic("E204", span, args, fix=fix)


def _unexpected(failure: Failure, found: str) -> Diagnostic:
    """E201."""
    expected = failure.expected
    if failure.begins and not failure.is_head:
        expected = frozenset(allowed(failure.head)) or frozenset(ITEM_HEADS)
    args = {"found": found, "expected": expected_words(expected)}
    return Diagnostic("E201", failure.span(failure.at, failure.at + len(found)), args)
