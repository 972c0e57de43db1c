# ruff: noqa: D102 - each method is a rule of the grammar, and named so
"""The tree builder: one callback for each grammar rule, called while Lark parses.

Takes the children of a reduced rule, gives the positioned node.  No parse tree is
ever made.
"""

from __future__ import annotations

import attrs

from medaidlang.syntax import ast
from medaidlang.syntax.build_expressions import Children, Expressions, comments


class Builder(Expressions):
    """Callbacks by rule name; `source` is set by the parser before each run."""

    # ── lines ────────────────────────────────────────────────────────────────
    def text_line(self, children: Children) -> ast.TextLine:
        return ast.TextLine(children[0].type, self.text(children[1]), **self.line(children))

    document_text = identity_text = parameter_text = overlap_text = reading_text = text_line
    published_text = text_line

    def names_line(self, children: Children) -> ast.NamesLine:
        names = children[1] if isinstance(children[1], tuple) else (children[1],)
        guard = children[2] if len(children) > 3 else ()
        return ast.NamesLine(children[0].type, names, guard, **self.line(children))

    document_code = identity_includes = after = overlap_among = names_line
    overlap_order = reading_choice = pool_includes = adjusts = names_line

    def expr_line(self, children: Children) -> ast.ExprLine:
        value = children[1]
        if not hasattr(value, "span"):  # 不设, a bare token
            value = ast.Word(value.type, str(value), self.span(value, value))
        guard = children[2] if len(children) > 3 else ()
        return ast.ExprLine(children[0].type, value, guard, **self.line(children))

    def parameter_bound(self, children: Children) -> ast.ExprLine:
        return attrs.evolve(self.expr_line(children), word=str(children[0]))

    document_attribution = identity_requires = identity_as = expr_line
    condition = base = insurance_line = notional = expr_line

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
    window = governed
    remainder = governed

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
        guard = next((part for part in children if isinstance(part, tuple)), ())
        counted = not any(getattr(part, "type", "") == "NOT_COUNTED" for part in children)
        return ast.UnresolvedLine(
            children[2], guard, self.text(children[-2]), counted, **self.line(children)
        )

    def deductible(self, children: Children) -> ast.AccountLine:
        account = children[1]
        words = [getattr(part, "type", "") for part in account]
        shared = account[words.index("WITH") + 1] if "WITH" in words else None
        feed = account[words.index("FEED") + 1] if "FEED" in words else None
        limited = len(children) > 4 and getattr(children[2], "type", "") == "AMONG"
        among = children[3] if limited else ()
        rest = children[4:-1] if limited else children[2:-1]
        guard = rest[0] if rest else ()
        return ast.AccountLine(
            children[0].type,
            str(account[0]),
            shared,
            feed,
            guard,
            **self.line(children),
            among=among,
        )

    cap = deductible

    def guarded(self, children: Children) -> ast.Guard:
        """The guard of a line, which stands last before its NL."""
        last = children[-2]
        return last if isinstance(last, tuple) else ()

    def document_rounding(self, children: Children) -> ast.RoundingLine:
        how = next((str(c) for c in children if getattr(c, "type", "") == "ROUND_TO"), "")
        guard = self.guarded(children)
        return ast.RoundingLine(children[1].type, how, guard, **self.line(children))

    def rounding(self, children: Children) -> ast.RoundingLine:
        guard = self.guarded(children)
        return ast.RoundingLine("", str(children[1]), guard, **self.line(children))

    def document_standing(self, children: Children) -> ast.StandingLine:
        guard = self.guarded(children)
        last = len(children) - (2 if guard else 1)
        return ast.StandingLine(tuple(children[1:last:2]), guard, **self.line(children))

    def identity_span(self, children: Children) -> ast.SpanLine:
        token = children[1]
        length = None if token.type == "THIS_YEAR" else self.literal([token])
        guard = self.guarded(children)
        return ast.SpanLine(children[0].type, length, guard, **self.line(children))

    def slicing(self, children: Children) -> ast.SlicingLine:
        guard = self.guarded(children)
        return ast.SlicingLine(children[1], str(children[2]), guard, **self.line(children))

    def times(self, children: Children) -> ast.TimesLine:
        count = self.literal(children[2:3])
        guard = self.guarded(children)
        return ast.TimesLine(str(children[1]), count, guard, **self.line(children))

    def application(self, children: Children) -> ast.ApplicationLine:
        window = children[1]
        months = self.literal(window[1:2]) if len(window) > 1 else None
        household = any(getattr(c, "type", "") == "HOUSEHOLD" for c in children)
        said = [c for c in children[2:] if isinstance(c, list)]
        remainder = said[0][1].type if said else ""
        guard = self.guarded(children)
        return ast.ApplicationLine(months, household, remainder, guard, **self.line(children))

    def change(self, children: Children) -> ast.ChangeLine:
        target, word, value = children[:3]
        guard = self.guarded(children)
        return ast.ChangeLine(
            target.type, word.type, str(word), value, guard, **self.line(children)
        )

    def withdrawn(self, children: Children) -> ast.WithdrawnLine:
        return ast.WithdrawnLine(self.guarded(children), **self.line(children))

    def roster_line(self, children: Children) -> ast.RosterLine:
        condition = children[3] if len(children) > 3 else None
        return ast.RosterLine(children[1], condition, **self.line(children))

    def pair(self, children: Children) -> ast.Pair:
        return ast.Pair(children[0], children[1], self.span(children[0], children[1]))

    def pairs(self, children: Children) -> tuple[ast.Pair, ...]:
        return tuple(children[::2])

    def example_pairs(self, children: Children) -> ast.PairsLine:
        return ast.PairsLine(children[0].type, children[1], **self.line(children))

    def example_member(self, children: Children) -> ast.MemberLine:
        return ast.MemberLine(children[1], tuple(children[2:-1:2]), **self.line(children))

    def member_pair(self, children: Children) -> ast.Pair:
        first, value = children
        if not isinstance(first, ast.Name):  # 身份, which may follow a name elsewhere
            first = ast.Name(str(first), self.span(first, first))
        return ast.Pair(first, value, self.span(first, value))

    def example_asks(self, children: Children) -> ast.AskingLine:
        date = self.literal(children[2:3])
        return ast.AskingLine(children[1], date, children[3], **self.line(children))

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

    facts = published = benefit = subsidy = insurance = reading = adjustment = split = named

    def pool(self, children: Children) -> ast.Pool:
        newline = next(i for i, c in enumerate(children) if getattr(c, "type", "") == "NL")
        guard = children[3] if newline > 3 else ()
        lines = tuple(children[newline + 1 :])
        period = str(children[2])
        return ast.Pool(children[1], period, guard, lines, **self.block(children, newline))

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
