"""A partial tree of a text that does not parse.

Takes a source of which the whole did not parse, gives what could be read and a
diagnostic for each statement that could not.  Each item is parsed by itself;
a statement that fails is blanked out (so that positions hold) and the item is
tried again.
"""

from __future__ import annotations

from bisect import bisect_right

import attrs
from lark.exceptions import UnexpectedInput, UnexpectedToken

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.base.source import Source
from medaidlang.syntax import ast
from medaidlang.syntax.diagnose import Failure, Vocabulary, diagnose
from medaidlang.syntax.grammar import terminal_of
from medaidlang.syntax.lines import statements
from medaidlang.syntax.parse import run
from medaidlang.syntax.words import ITEM_HEADS

PER_ITEM = 10
PER_FILE = 50
EFFORT = 400_000
"""Characters parsed again after errors, before whole items are given up."""

_BLANK = " \t\u3000"
Place = tuple[int, int]


@attrs.define
class Item:
    """The statements of one item: `head` is its terminal, "" before the first item."""

    head: str
    statements: list[Place]


@attrs.define
class Recovery:
    """The text as blanked so far, and the findings."""

    source: Source
    text: str
    vocabulary: Vocabulary
    effort: int = EFFORT
    found: list[Diagnostic] = attrs.field(factory=list)


def recover(source: Source) -> tuple[ast.File, list[Diagnostic]]:
    """The items of `source` that can be read, and what is wrong with the others."""
    text = source.text if source.text.endswith("\n") else source.text + "\n"
    recovery = Recovery(source, text, Vocabulary(source))
    items: list[ast.Item] = []
    head = ast.NO_TRIVIA
    for number, item in enumerate(split(text, recovery.vocabulary)):
        if len(recovery.found) >= PER_FILE:
            break
        part = read(recovery, item)
        items += part.items
        if number == 0:
            head = part.head
    return ast.File(source, tuple(items), head), recovery.found


# ── items ────────────────────────────────────────────────────────────────────


def split(text: str, vocabulary: Vocabulary) -> list[Item]:
    """The statements of `text`, by item."""
    items = [Item("", [])]
    for place in statements(text):
        head = opens(text[place[0] : place[1]], vocabulary)
        if head:
            items.append(Item(head, []))
        items[-1].statements.append(place)
    return [item for item in items if item.statements]


def opens(statement: str, vocabulary: Vocabulary) -> str:
    """The terminal that this statement opens an item with; "" if it opens none.

    A misspelt or glued head counts as one, so that its lines are not taken for
    those of the item above.
    """
    line = statement.lstrip(_BLANK)
    if line.startswith("【"):
        return "CLAUSE"
    words = line.split(maxsplit=1)
    if not words or line[0] in "|｜#":
        return ""
    terminal = terminal_of().get(words[0], "")
    if terminal:
        return terminal if terminal in ITEM_HEADS else ""
    return vocabulary.meant_head(words[0]) if line == statement else ""


def read(recovery: Recovery, item: Item) -> ast.File:
    """Parse `item`, blanking out one statement after the other that fails."""
    start, end = item.statements[0][0], item.statements[-1][1]
    nothing = ast.File(recovery.source)
    for attempt in range(PER_ITEM + 1):
        try:
            return run(recovery.source, recovery.text, start, end)
        except UnexpectedInput as error:
            failure = _failure(recovery, item, error)
        if attempt == PER_ITEM or not recovery.text[failure.start : failure.end].strip():
            return nothing
        if not _follows_from_another(failure, recovery.found, attempt):
            recovery.found.append(diagnose(failure, recovery.vocabulary))
        recovery.effort -= end - start
        if failure.start == start and item.head:
            return nothing
        if len(recovery.found) >= PER_FILE or recovery.effort < 0:
            return nothing
        for place in _doomed(recovery.text, item, (failure.start, failure.end)):
            recovery.text = _blanked(recovery.text, *place)
    return nothing


def _follows_from_another(failure: Failure, found: list[Diagnostic], attempt: int) -> bool:
    """What is wrong here is said already.

    Only the end of the item is missed, because the lines before it were blanked;
    or this line goes on where the one above was found unfinished.
    """
    if attempt and failure.at >= failure.end - 1 and failure.is_head:
        return True
    last = found[-1] if found else None
    if last is None or last.code != "E202" or last.span is None or not failure.begins:
        return False
    between = failure.source.text[last.span.end : failure.start]
    first = failure.text[failure.at : failure.end].split(maxsplit=1)[0]
    return not between.strip() and first not in terminal_of()


def _failure(recovery: Recovery, item: Item, error: UnexpectedInput) -> Failure:
    """The statement that the parser stopped in."""
    if isinstance(error, UnexpectedToken):
        at = error.token.start_pos or 0
    else:
        at = getattr(error, "pos_in_stream", None) or 0
    number = max(bisect_right(item.statements, (at, len(recovery.text))) - 1, 0)
    start, end = item.statements[number]
    return Failure(
        source=recovery.source,
        text=recovery.text,
        start=start,
        end=end,
        at=min(max(at, start), end - 1),
        expected=_accepted(error),
        head=item.head,
        is_head=number == 0 and bool(item.head),
    )


def _accepted(error: UnexpectedInput) -> frozenset[str]:
    """The terminals that could have stood there."""
    state = getattr(error, "interactive_parser", None)
    if state is None:
        return frozenset(getattr(error, "accepts", None) or ())
    return frozenset(state.accepts())


def _doomed(text: str, item: Item, failed: Place) -> list[Place]:
    """The statements to give up: the one that failed, with its table if it is a heading."""
    number = item.statements.index(failed)
    if not _is_row(text, failed) or (number and _is_row(text, item.statements[number - 1])):
        return [failed]
    last = number + 1
    while last < len(item.statements) and _is_row(text, item.statements[last]):
        last += 1
    return item.statements[number:last]


def _is_row(text: str, place: Place) -> bool:
    return text[place[0] : place[1]].lstrip(_BLANK).startswith(("|", "｜"))


def _blanked(text: str, start: int, end: int) -> str:
    """`text` with spaces for that statement, its line ends kept."""
    lines = text[start:end].split("\n")
    return text[:start] + "\n".join(" " * len(line) for line in lines) + text[end:]
