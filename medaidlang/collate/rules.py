"""What the rules of each clause say in figures and names, as the rule file writes them.

Takes the syntax tree and the readings taken; examples, readings, facts and prose say
nothing here, nor does a line or a branch under an alternative that is not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

import attrs

from medaidlang.base.source import Span
from medaidlang.collate.figures import SAME_UNIT, Key, keys_in
from medaidlang.core.literals import LiteralError, literal_value
from medaidlang.core.types import Kind
from medaidlang.syntax import ast

_SILENT = ("READING", "EXAMPLE", "FACTS", "DOCUMENT", "PUBLISHED")
_FIGURES = ("MONEY", "PERCENT", "POINTS", "QUANTITY", "NUMBER", "DATE", "MONTH")
_KINDS = {Kind.MONEY: "元", Kind.RATE: "元", Kind.RATIO: "%", Kind.POINTS: "点",
          Kind.DATE: "日期", Kind.MONTH: "年月"}  # fmt: skip
_HUNDRED = ("%", "点")

Node: TypeAlias = object
Guards: TypeAlias = Mapping[str, str]


@attrs.frozen
class Said:
    """A figure of a rule, where it stands, and what it is.

    `readings` are the 口径 under which it stands: those of its line or branch, and
    those that alone bring in the 令 it is part of.
    """

    key: Key
    span: Span
    readings: frozenset[str] = frozenset()


@attrs.frozen
class Named:
    """A category, or an entry of the list `roster`; `counted`: the list says how many."""

    name: str
    span: Span
    roster: str = ""
    counted: bool = False


@attrs.frozen
class ClauseRules:
    """What the rules under one clause say; `loose` are figures inside names (二级)."""

    mark: str
    figures: tuple[Said, ...] = ()
    names: tuple[Named, ...] = ()
    loose: frozenset[Key] = frozenset()
    spans: tuple[Span, ...] = ()
    uncoded: str = ""
    gaps: tuple[str, ...] = ()


@attrs.frozen
class _Use:
    """A name used in the 令 `owner` ("": in a rule itself), under these readings."""

    name: str
    owner: str
    readings: frozenset[str]


@attrs.define
class _Reader:
    """Walks the items in force; `chosen` is the alternative that each reading takes.

    `owner` and `under` are the 令 and the readings where it is; with each figure goes
    its 令.
    """

    chosen: Guards
    categories: frozenset[str]
    figures: list[tuple[Said, str]] = attrs.field(factory=list)
    names: list[Named] = attrs.field(factory=list)
    loose: set[Key] = attrs.field(factory=set)
    uses: list[_Use] = attrs.field(factory=list)
    owner: str = ""
    under: frozenset[str] = frozenset()

    def read(self, item: ast.Item) -> None:
        """One item."""
        match item:
            case ast.Parameter(lines=lines):  # its values are set outside the document
                for line in lines:
                    if isinstance(line, ast.ExprLine):
                        self.walk(line)
                    elif isinstance(line, ast.Row):  # but the document may repeat them
                        self.loose |= {key for c in line.cells for key in keys_in(c.span.text)}
            case ast.Identity(names=several, lines=lines):
                self.names += [Named(n.text, n.span) for n in several]
                self.walk(lines)
            case ast.Roster():
                self.roster(item)
            case ast.Definition(name=name):
                self.owner = name.text
                self.walk(item)
                self.owner = ""
            case _:
                self.walk(item)

    def roster(self, item: ast.Roster) -> None:
        """名录: how many, which, and under which conditions."""
        self.walk(item.count)
        for line in item.lines:
            self.names += [
                Named(n.text, n.span, item.name.text, item.count is not None) for n in line.names
            ]
            self.walk(line.condition)

    def walk(self, node: Node) -> None:
        """Everything in a node that is in force."""
        match node:
            case ast.Literal(kind=kind) if kind in _FIGURES:
                self.figure(node)
            case ast.Name(text=text, span=span) | ast.Reference(name=text, span=span):
                self.name(text, span)
            case ast.Conditional(condition=condition):
                self.conditional(node, decided(condition, self.chosen))
            case ast.ReadingTest() | ast.Text() | ast.Trivia() | Span() | str() | bool() | None:
                pass
            case tuple():
                for part in node:
                    self.walk(part)
            case _ if attrs.has(cls := type(node)) and in_force(node, self.chosen):
                parts = tuple(getattr(node, field.name) for field in attrs.fields(cls))
                self.walk_under(readings_in(getattr(node, "guard", ())), parts)

    def conditional(self, node: ast.Conditional, answer: bool | None) -> None:
        """Both branches, or the one that the reading taken leaves."""
        if answer is None:
            self.walk((node.condition, node.positive, node.negative))
        else:
            branch = node.positive if answer else node.negative
            self.walk_under(readings_in(node.condition), branch)

    def walk_under(self, readings: frozenset[str], node: Node) -> None:
        """A node that some more readings bring in."""
        before = self.under
        self.under |= readings
        self.walk(node)
        self.under = before

    def figure(self, literal: ast.Literal) -> None:
        """A literal; zero is nothing, and documents say so in words (不设)."""
        key = key_of(literal)
        if key is not None and key[1] != 0:
            self.figures.append((Said(key, literal.span, self.under), self.owner))

    def name(self, text: str, span: Span) -> None:
        """A name used: a category, a 令, or one with a figure in it."""
        self.uses.append(_Use(text, self.owner, self.under))
        if text in self.categories:
            self.names.append(Named(text, span))
        self.loose |= keys_in(text)

    def said(self, rules: ClauseRules, brought: Mapping[str, frozenset[str]]) -> ClauseRules:
        """The clause with what was read; `brought` are the 令 that only readings bring in."""
        figures = tuple(
            attrs.evolve(said, readings=said.readings | brought.get(owner, frozenset()))
            for said, owner in self.figures
        )
        names, loose = tuple(self.names), frozenset(self.loose)
        return attrs.evolve(rules, figures=figures, names=names, loose=loose)


def key_of(literal: ast.Literal) -> Key | None:
    """What a literal is and how much, in the terms of the text's figures."""
    try:
        value, kind = literal_value(literal)
    except LiteralError:  # the check says so
        return None
    if isinstance(value, date):
        return _KINDS[kind.kind], value
    assert isinstance(value, int | Fraction)
    amount = Fraction(value)
    if kind.kind is Kind.INTEGER:
        return SAME_UNIT.get(kind.unit, kind.unit) or "数", amount
    name = _KINDS[kind.kind]
    scaled = amount * 100 if name in _HUNDRED else amount / 100
    return name, scaled


def in_force(node: Node, chosen: Guards) -> bool:
    """Whether the readings taken leave an item or a line in force."""
    return all(
        chosen.get(test.reading.text) == test.choice.text for test in getattr(node, "guard", ())
    )


def readings_in(node: Node) -> frozenset[str]:
    """The readings that a guard, or a condition over readings alone, asks for."""
    match node:
        case ast.ReadingTest(reading=reading):
            return frozenset((reading.text,))
        case tuple():
            return frozenset().union(*map(readings_in, node))
        case ast.Paren(inner=inner):
            return readings_in(inner)
        case ast.Negated(operand=operand):
            return readings_in(operand)
        case ast.Joined(operands=operands):
            return readings_in(operands)
        case _:
            return frozenset()


def brought_in(uses: Sequence[_Use]) -> dict[str, frozenset[str]]:
    """The names that only readings bring in, and which: each use stands under one."""
    listed: dict[str, list[_Use]] = {}
    for use in uses:
        if use.name != use.owner:
            listed.setdefault(use.name, []).append(use)
    found: dict[str, frozenset[str]] = {}
    while True:
        more: dict[str, frozenset[str]] = {}
        for name in listed.keys() - found.keys():
            under = [use.readings | found.get(use.owner, frozenset()) for use in listed[name]]
            if all(under):
                more[name] = frozenset().union(*under)
        if not more:
            return found
        found |= more


def decided(condition: Node, chosen: Guards) -> bool | None:
    """What a condition over readings alone comes to; None where facts decide."""
    match condition:
        case ast.ReadingTest(reading=reading, choice=choice):
            return chosen.get(reading.text) == choice.text
        case ast.Paren(inner=inner):
            return decided(inner, chosen)
        case ast.Negated(operand=operand):
            answer = decided(operand, chosen)
            return None if answer is None else not answer
        case ast.Joined(operator=operator, operands=operands):
            answers = [decided(part, chosen) for part in operands]
            settles = operator == "OR"
            if settles in answers:
                return settles
            return None if None in answers else not settles
        case _:
            return None


def rules_of(
    file: ast.File, chosen: Guards, categories: Sequence[str], gap_words: Callable[[str], bool]
) -> dict[str, ClauseRules]:
    """The rules clause by clause; under "" what stands before the first heading."""
    made: dict[str, ClauseRules] = {}
    readers: dict[str, _Reader] = {}
    for mark, items in by_clause(file).items():
        reader = readers[mark] = _Reader(chosen, frozenset(categories))
        reasons, gaps, spans = "", [], []
        for item in items:
            match item:
                case ast.Uncoded(reason=reason):
                    reasons = reason.text
                case ast.Gap(reason=reason) if gap_words(reason.text):
                    gaps.append(reason.text)
                case ast.Block(keyword=keyword) if keyword in _SILENT:
                    continue
                case ast.Defaults() | ast.Include() | ast.Clause() | ast.Gap():
                    continue
                case _ if in_force(item, chosen):
                    reader.read(item)
                    spans.append(item.span)
        made[mark] = ClauseRules(mark, spans=tuple(spans), uncoded=reasons, gaps=tuple(gaps))
    brought = brought_in([use for reader in readers.values() for use in reader.uses])
    return {mark: readers[mark].said(rules, brought) for mark, rules in made.items()}


def by_clause(file: ast.File) -> dict[str, list[ast.Item]]:
    """The items of a rule file under the clause they stand in."""
    listed: dict[str, list[ast.Item]] = {"": []}
    mark = ""
    for item in file.items:
        if isinstance(item, ast.Clause):
            mark = item.mark.text
        listed.setdefault(mark, []).append(item)
    return listed


def heading_of(file: ast.File, chosen: Guards) -> Iterator[tuple[str, str, Span]]:
    """What the 文件 block says of the document itself: word, text, place."""
    words = {"NUMBER_OF": "文号", "REPEALS": "废止", "ISSUED": "印发", "EFFECTIVE": "施行",
             "EXPIRES": "失效"}  # fmt: skip
    for item in file.items:
        if isinstance(item, ast.Block) and item.keyword == "DOCUMENT":
            for line in item.lines:
                match line:
                    case ast.TextLine(keyword=keyword, text=text) if keyword in words:
                        yield words[keyword], text.text, text.span
                    case ast.DateLine(keyword=keyword, date=day) if in_force(line, chosen):
                        yield words[keyword], day.text, day.span
