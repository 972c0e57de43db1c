# ruff: noqa: D102 - each method is a rule of the grammar, and named so
"""The tree builder: one callback for each grammar rule, called while Lark parses.

Takes the children of a reduced rule, gives the positioned node.  Positions are
read from the first and the last token, which is cheaper than Lark's
`propagate_positions`; no parse tree is ever made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

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


class Builder:
    """Callbacks by rule name; `source` is set by the parser before each run."""

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

    # ── lines ────────────────────────────────────────────────────────────────
    def text_line(self, children: Children) -> ast.TextLine:
        return ast.TextLine(children[0].type, self.text(children[1]), **self.line(children))

    document_text = identity_text = parameter_text = overlap_text = reading_text = text_line

    def names_line(self, children: Children) -> ast.NamesLine:
        names = children[1] if isinstance(children[1], tuple) else (children[1],)
        guard = children[2] if len(children) > 3 else ()
        return ast.NamesLine(children[0].type, names, guard, **self.line(children))

    document_code = identity_includes = after = overlap_among = names_line
    overlap_order = reading_choice = names_line

    def expr_line(self, children: Children) -> ast.ExprLine:
        value = children[1]
        if not hasattr(value, "span"):  # 不设, a bare token
            value = ast.Word(value.type, str(value), self.span(value, value))
        guard = children[2] if len(children) > 3 else ()
        return ast.ExprLine(children[0].type, value, guard, **self.line(children))

    def parameter_bound(self, children: Children) -> ast.ExprLine:
        return attrs.evolve(self.expr_line(children), word=str(children[0]))

    document_attribution = identity_requires = identity_as = expr_line
    condition = base = insurance_line = expr_line

    def document_date(self, children: Children) -> ast.DateLine:
        guard = children[2] if len(children) > 3 else ()
        date = self.literal(children[1:2])
        return ast.DateLine(children[0].type, date, guard, **self.line(children))

    def document_contents(self, children: Children) -> ast.ContentsLine:
        marks = tuple(self.mark(token) for token in children[1:-1])
        return ast.ContentsLine(marks, **self.line(children))

    def governed(self, children: Children) -> Children:
        return children

    counted = governed
    overlap_rule = governed
    account = governed

    def document_before(self, children: Children) -> ast.TextLine | ast.FlagLine:
        said = children[1]
        place = self.line(children)
        if said[0].type == "GOVERNED":
            return ast.TextLine("BEFORE", self.text(said[1]), **place)
        return ast.FlagLine("BEFORE", said[0].type, said[1] if len(said) > 1 else (), **place)

    def document_flag(self, children: Children) -> ast.FlagLine:
        guard = children[2] if len(children) > 3 else ()
        return ast.FlagLine(children[0].type, children[1].type, guard, **self.line(children))

    overlap_partial = document_flag

    def unresolved(self, children: Children) -> ast.UnresolvedLine:
        guard = children[3] if isinstance(children[3], tuple) else ()
        return ast.UnresolvedLine(
            children[2], guard, self.text(children[-2]), **self.line(children)
        )

    def deductible(self, children: Children) -> ast.AccountLine:
        account = children[1]
        words = [getattr(part, "type", "") for part in account]
        shared = account[words.index("WITH") + 1] if "WITH" in words else None
        feed = account[words.index("FEED") + 1] if "FEED" in words else None
        guard = children[2] if len(children) > 3 else ()
        return ast.AccountLine(
            children[0].type, str(account[0]), shared, feed, guard, **self.line(children)
        )

    cap = deductible

    def roster_line(self, children: Children) -> ast.RosterLine:
        condition = children[3] if len(children) > 3 else None
        return ast.RosterLine(children[1], condition, **self.line(children))

    def pair(self, children: Children) -> ast.Pair:
        return ast.Pair(children[0], children[1], self.span(children[0], children[1]))

    def pairs(self, children: Children) -> tuple[ast.Pair, ...]:
        return tuple(children[::2])

    def example_pairs(self, children: Children) -> ast.PairsLine:
        return ast.PairsLine(children[0].type, children[1], **self.line(children))

    def example_reading(self, children: Children) -> ast.ReadingLine:
        return ast.ReadingLine(children[1], children[3], **self.line(children))

    # ── items ────────────────────────────────────────────────────────────────
    def start(self, children: Children) -> ast.File:
        head = ast.NO_TRIVIA
        if children and not hasattr(children[0], "span"):
            said = comments(children[0])
            head = ast.Trivia(below=(*filter(None, (said.beside,)), *said.below))
            children = children[1:]
        return ast.File(self.source, tuple(children), head)

    def include(self, children: Children) -> ast.Include:
        return ast.Include(children[1], **self.line(children))

    def clause(self, children: Children) -> ast.Clause:
        title = self.text(children[1]) if len(children) > 2 else None
        return ast.Clause(self.mark(children[0]), title, **self.line(children))

    def uncoded(self, children: Children) -> ast.Uncoded:
        return ast.Uncoded(self.text(children[1]), **self.line(children))

    def gap(self, children: Children) -> ast.Gap:
        return ast.Gap(children[1], self.text(children[3]), **self.line(children))

    def titled(self, children: Children) -> ast.Block:
        head = self.text(children[1])
        lines = tuple(children[3:])
        return ast.Block(children[0].type, head, lines, **self.block(children, 2))

    document = example = titled

    def named(self, children: Children) -> ast.Block:
        lines = tuple(children[3:])
        return ast.Block(children[0].type, children[1], lines, **self.block(children, 2))

    facts = benefit = subsidy = insurance = reading = named

    def identity(self, children: Children) -> ast.Identity:
        return ast.Identity(children[1], tuple(children[3:]), **self.block(children, 2))

    def exclusive(self, children: Children) -> ast.Exclusive:
        guard = children[2] if len(children) > 3 else ()
        return ast.Exclusive(children[1], guard, **self.line(children))

    def parameter(self, children: Children) -> ast.Parameter:
        lines = tuple(children[4:])
        return ast.Parameter(children[1], children[2], lines, **self.block(children, 3))

    def roster(self, children: Children) -> ast.Roster:
        counted = not hasattr(children[2], "span") and children[2].type == "TOTAL"
        newline = 4 if counted else 2
        count = self.literal(children[3:4]) if counted else None
        lines = tuple(children[newline + 1 :])
        return ast.Roster(children[1], count, lines, **self.block(children, newline))

    def definition(self, children: Children) -> ast.Definition:
        newline = next(i for i, c in enumerate(children) if getattr(c, "type", "") == "NL")
        value = children[3] if newline > 2 else None
        guard = children[4] if newline > 4 else ()
        rows = tuple(children[newline + 1 :])
        return ast.Definition(children[1], value, guard, rows, **self.block(children, newline))

    def overlap(self, children: Children) -> ast.Overlap:
        rule = children[1]
        mode = rule[1].type if len(rule) > 1 else ""
        guarded = isinstance(children[4], tuple)
        newline = 5 if guarded else 4
        return ast.Overlap(
            rule[0].type,
            mode,
            children[3],
            children[4] if guarded else (),
            tuple(children[newline + 1 :]),
            **self.block(children, newline),
        )

    def output(self, children: Children) -> ast.Output:
        each = not isinstance(children[1], ast.Name)
        name, _, value, *rest = children[1 + each :]
        guard = rest[0] if len(rest) > 1 else ()
        return ast.Output(children[0].type, each, name, value, guard, **self.line(children))

    def defaults(self, children: Children) -> ast.Defaults:
        return ast.Defaults(children[1], **self.line(children))
