"""Lark's tables, run by a shorter loop.

Takes a `Lark` with its tables and callbacks, gives what Lark's own parser gives,
in about half the time: no line counting, no lexer for each set of keywords, no
call for a rule that only hands on its one child.  A text that does not parse is
left to Lark, which knows what to say of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lark import Lark

_END = "$END"


class Stopped(Exception):
    """The text does not parse; where and why is Lark's to say."""


class Token(str):
    """What the tree builder reads of a Lark token."""

    __slots__ = ("end_pos", "start_pos", "type")

    type: str
    start_pos: int
    end_pos: int


class Reduction(NamedTuple):
    """`size` children become what `made` makes of them (None: the one child stays)."""

    size: int
    made: Callable[[list[Any]], Any] | None
    origin: str


class Moves(dict[str, "int | Reduction"]):
    """Of one state: kind of token → the state to go to, or the reduction."""

    def __init__(self, row: dict[str, Any], callbacks: dict[Any, Any]) -> None:
        super().__init__()
        self.row = row
        self.callbacks = callbacks

    def __missing__(self, kind: str) -> int | Reduction:
        found = self.row.get(kind)
        if found is None:
            raise Stopped
        _, target = found
        if isinstance(target, int):
            self[kind] = target
            return target
        from lark.parse_tree_builder import ExpandSingleChild

        size, made = len(target.expansion), self.callbacks[target]
        hands_on = size == 1 and type(made) is ExpandSingleChild
        reduction = Reduction(size, None if hands_on else made, target.origin.name)
        self[kind] = reduction
        return reduction


class State(NamedTuple):
    """What may come: by its pattern, then by its word; and where each leads."""

    match: Callable[[str, int, int], re.Match[str] | None]
    words: dict[str, str]
    moves: Moves
    row: dict[str, Any]


class Machine:
    """The states as far as they have been visited."""

    def __init__(self, lark: Lark) -> None:
        frontend: Any = lark.parser
        parser = frontend.parser.parser
        self.lexers = frontend.lexer.lexer.lexers  # inside the connector that `postlex` asks for
        self.ignored = frozenset(frontend.lexer_conf.ignore)
        self.rows = parser.parse_table.states
        self.start = parser.parse_table.start_states["start"]
        self.accepting = parser.parse_table.end_states["start"]
        self.callbacks = parser.callbacks
        named = frontend.lexer_conf.terminals_by_name
        name = re.compile(named["NAME"].pattern.to_regexp())
        self.keywords = {
            kind: terminal.pattern.value
            for kind, terminal in named.items()
            if terminal.pattern.type == "str" and name.fullmatch(terminal.pattern.value)
        }
        self.states: dict[int, State] = {}
        self.patterns: dict[str, re.Pattern[str]] = {}

    def state(self, number: int) -> State:
        """State `number`: one pattern serves all that differ only in their keywords."""
        made = self.states.get(number)
        if made is None:
            terminals = self.lexers[number].terminals
            pattern = "|".join(
                f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})"
                for terminal in terminals
                if terminal.name not in self.keywords
            )
            compiled = self.patterns.get(pattern) or re.compile(pattern)
            self.patterns[pattern] = compiled
            kinds = [terminal.name for terminal in terminals if terminal.name in self.keywords]
            words = {self.keywords[kind]: kind for kind in kinds}
            row = self.rows[number]
            made = State(compiled.match, words, Moves(row, self.callbacks), row)
            self.states[number] = made
        return made

    def run(self, text: str, start: int, end: int) -> Any:
        """The tree of `text` from `start` to `end`; raises `Stopped`."""
        stack = [self.state(self.start)]
        values: list[Any] = []
        at = start
        while at < end:
            match, words, _, _ = stack[-1]
            found = match(text, at, end)
            if found is None:
                raise Stopped
            begin, at = at, found.end()
            kind = found.lastgroup or ""
            if kind in self.ignored:
                continue
            token = Token(found.group())
            if kind == "NAME":
                kind = words.get(token, kind)
            token.type = kind
            token.start_pos = begin
            token.end_pos = at
            self.take(kind, token, stack, values)
        self.take(_END, None, stack, values)
        return values[-1]

    def take(self, kind: str, token: Token | None, stack: list[State], values: list[Any]) -> None:
        """Reduce as long as the table says so, then shift `token` (None: the end)."""
        while True:
            move = stack[-1].moves[kind]
            if isinstance(move, int):
                stack.append(self.states.get(move) or self.state(move))
                values.append(token)
                return
            size, made, origin = move
            if made is None:
                stack.pop()
            elif size:
                children = values[-size:]
                del stack[-size:], values[-size:]
                values.append(made(children))
            else:
                values.append(made([]))
            number = stack[-1].row[origin][1]
            stack.append(self.states.get(number) or self.state(number))
            if token is None and number == self.accepting:
                return
