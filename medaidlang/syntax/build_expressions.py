# ruff: noqa: D102 - each method is a rule of the grammar, and named so
"""The tree builder up to a table row: names, literals, expressions, cells.

Takes the children of a reduced rule, gives the positioned node.  Positions are
read from the first and the last token, which is cheaper than Lark's
`propagate_positions`; no parse tree is ever made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medaidlang.base.source import Source, Span
from medaidlang.syntax import ast

if TYPE_CHECKING:
    from lark import Token

Children = list[Any]


def comments(newline: Token) -> ast.Trivia:
    """The comments that a line end carries."""
    if "#" not in newline:
        return ast.NO_TRIVIA
    beside, *below = str(newline).split("\n")
    kept = tuple(line.strip() for line in below if line.strip())
    return ast.Trivia(beside.strip(), kept)


_WIDE_MARKS = str.maketrans("％／", "%/")
_LEADING_ZERO = re.compile("(?<=[年月])0+(?=[0-9])")


def plain(kind: str, text: str) -> str:
    """A literal with half-width marks and a date without leading zeros: one form of each."""
    if kind == "DATE":
        return _LEADING_ZERO.sub("", text)
    return text if kind == "STRING" else text.translate(_WIDE_MARKS)


class Expressions:
    """Callbacks of expressions and cells, by rule name; the parser sets `source`."""

    source = Source("", "")

    def span(self, first: Any, last: Any) -> Span:
        """From the first child to the last; each is a token or a node."""
        start = first.span.start if hasattr(first, "span") else first.start_pos
        end = last.span.end if hasattr(last, "span") else last.end_pos
        return Span(self.source, start, end)

    def line(self, children: Children) -> dict[str, Any]:
        """Span and comments of a line, from its first token to its NL."""
        newline = children[-1]
        span = Span(self.source, children[0].start_pos, newline.start_pos)
        return {"span": span, "trivia": comments(newline)}

    def block(self, children: Children, newline: int) -> dict[str, Any]:
        """The same for an item whose head line ends at child `newline`."""
        head = children[newline]
        span = Span(self.source, children[0].start_pos, head.start_pos)
        return {"span": span, "trivia": comments(head)}

    # ── leaves ───────────────────────────────────────────────────────────────
    def name(self, children: Children) -> ast.Name:
        token = children[0]
        text = token[1:-1].strip() if token.type == "QUOTED" else str(token)
        return ast.Name(text, Span(self.source, token.start_pos, token.end_pos))

    def names(self, children: Children) -> tuple[ast.Name, ...]:
        return tuple(children[::2])

    def text(self, token: Token) -> ast.Text:
        kept = token.rstrip()
        start: int = token.start_pos  # type: ignore[assignment]
        return ast.Text(kept, Span(self.source, start, start + len(kept)))

    def mark(self, token: Token) -> ast.ClauseMark:
        return ast.ClauseMark(token[1:-1].strip(), self.span(token, token))

    def literal(self, children: Children) -> ast.Literal:
        token = children[0]
        span = Span(self.source, token.start_pos, token.end_pos)
        return ast.Literal(token.type, plain(token.type, str(token)), span)

    def word(self, children: Children) -> ast.Word:
        token = children[0]
        text = "—" if token.type == "DASH" else str(token)
        return ast.Word(token.type, text, Span(self.source, token.start_pos, token.end_pos))

    # ── expressions ──────────────────────────────────────────────────────────
    def reference(self, children: Children) -> ast.Reference:
        child = children[0]
        if isinstance(child, ast.Name):
            return ast.Reference(child.text, child.span)
        return ast.Reference(str(child), self.span(child, child))

    def call(self, children: Children) -> ast.Call:
        arguments = tuple(children[2:-1:2])
        return ast.Call(children[0], arguments, self.span(children[0], children[-1]))

    def property(self, children: Children) -> ast.Property:
        owner, _, what = children
        return ast.Property(owner, what, self.span(owner, what))

    def presumed(self, children: Children) -> ast.Presumed:
        fact, _, value = children
        return ast.Presumed(fact, value, self.span(fact, value))

    def filled(self, children: Children) -> ast.Filled:
        operand, word = children
        return ast.Filled(operand, word.type == "FILLED", self.span(operand, word))

    def parenthesised(self, children: Children) -> ast.Paren:
        return ast.Paren(children[1], self.span(children[0], children[2]))

    def chain(self, children: Children) -> ast.Arithmetic:
        operators = tuple(token.type for token in children[1::2])
        return ast.Arithmetic(tuple(children[::2]), operators, self.span(children[0], children[-1]))

    sum = chain
    product = chain

    def compared(self, children: Children) -> ast.Compared:
        left, word, right = children
        return ast.Compared(left, word.type, str(word), right, self.span(left, right))

    def bounded(self, children: Children) -> ast.Bounded:
        operand, limit, word = children
        return ast.Bounded(operand, limit, word.type, str(word), self.span(operand, word))

    def member(self, children: Children) -> ast.Member:
        inside = children[1].type == "IN"
        choices = tuple(children[2::2])
        return ast.Member(children[0], inside, choices, self.span(children[0], children[-1]))

    def contained(self, children: Children) -> ast.Contained:
        texts = tuple(self.literal([token]) for token in children[2::2])
        inside = children[1].type == "CONTAINS"
        return ast.Contained(children[0], inside, texts, self.span(children[0], children[-1]))

    def negated(self, children: Children) -> ast.Negated:
        return ast.Negated(children[1], self.span(children[0], children[1]))

    def joined(self, children: Children) -> ast.Joined:
        operator = children[1].type
        return ast.Joined(operator, tuple(children[::2]), self.span(children[0], children[-1]))

    conjunction = joined
    disjunction = joined

    def conditional(self, children: Children) -> ast.Conditional:
        return ast.Conditional(
            children[1], children[3], children[5], self.span(children[0], children[5])
        )

    def reading_test(self, children: Children) -> ast.ReadingTest:
        _, reading, _, choice = children
        return ast.ReadingTest(reading, choice, self.span(children[0], choice))

    def guard(self, children: Children) -> ast.Guard:
        return tuple(children[1:-1:2])

    def lower(self, children: Children) -> ast.Limit:
        first, second = children
        before = not hasattr(first, "span")  # the word, a bare token
        word, literal = (first, second) if before else (second, first)
        return ast.Limit(word.type, str(word), literal, self.span(first, second))

    upper = lower

    def range(self, children: Children) -> ast.Range:
        span = self.span(children[0], children[-1])
        if len(children) == 2:
            return ast.Range(children[0], children[1], span)
        only = children[0]
        below = only.operator in ("UP_TO", "LE", "LT")
        return ast.Range(None if below else only, only if below else None, span)

    def cell(self, children: Children) -> ast.Cell:
        return ast.Cell(tuple(children[::2]), self.span(children[0], children[-1]))

    def row(self, children: Children) -> ast.Row:
        cells: list[ast.Cell] = []
        guard = children[-2] if isinstance(children[-2], tuple) else ()
        previous = children[0]
        for child in children[1:-1]:
            if isinstance(child, ast.Cell):
                cells.append(child)
            elif child is guard:
                break
            elif not isinstance(previous, ast.Cell):
                cells.append(ast.Cell((), Span(self.source, previous.end_pos, child.start_pos)))
            previous = child
        return ast.Row(tuple(cells), guard, **self.line(children))
