"""The document's own data: title, dates, contents, clause headings."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.core import nodes
from medaidlang.core.scope import Workshop, wrong
from medaidlang.core.types import DATE
from medaidlang.core.typing import constant, expect, typed
from medaidlang.syntax import ast
from medaidlang.syntax.lines import statements

TEXTS = {
    "REGION": "region", "ISSUER": "issuer", "NUMBER_OF": "number", "SOURCE": "source",
    "EDITION": "edition", "BEFORE": "before",
}  # fmt: skip
FLAGS = {"BEFORE": "before_counts", "SEQUENCE": "by_date"}
UNITS = {"分": 1, "角": 10, "元": 100}
ROUND_UP = {
    "四舍五入": Fraction(1, 2),
    "五舍六入": Fraction(3, 5),
    "去尾": Fraction(1),
    "进一": Fraction(0),
}
DATES = {"ISSUED": "issued", "EFFECTIVE": "effective", "EXPIRES": "expires"}


def document(shop: Workshop, block: ast.Block) -> nodes.Document:
    """文件 and its lines."""
    made = nodes.Document(block.name.text, code="", origin=shop.origin(block.span))
    seen: set[str] = set()
    for line in block.lines:
        with shop.trying():
            made = document_line(shop, made, line, seen)
    if not made.code:
        raise wrong("E509", block.span, name=block.name.text, word="代号")
    return made


def document_line(  # noqa: C901 - one case per line
    shop: Workshop, made: nodes.Document, line: ast.Line, seen: set[str]
) -> nodes.Document:
    """`made` with what one line says."""
    match line:
        case ast.TextLine(keyword="REPEALS", text=text):
            return attrs.evolve(made, repeals=(*made.repeals, text.text))
        case ast.TextLine(keyword=keyword, text=text) if keyword in TEXTS:
            return with_part(made, TEXTS[keyword], text.text)
        case ast.NamesLine(keyword="CODE", names=(name, *_)):
            return attrs.evolve(made, code=name.text)
        case ast.DateLine(keyword=keyword, date=literal) if shop.active(line.guard):
            if keyword in seen:
                raise wrong("E308", line.span, word=line.span.text[:2], name=made.title)
            seen.add(keyword)
            value = constant(literal).value
            assert isinstance(value, date)
            return with_part(made, DATES[keyword], value)
        case ast.FlagLine(keyword=keyword, flag=flag) if shop.active(line.guard):
            return with_part(made, FLAGS[keyword], flag in ("COUNTED", "BY_DATE"))
        case ast.RoundingLine(by=by, how=how) if shop.active(line.guard):
            return attrs.evolve(made, rounds_year=by == "BY_YEAR", rounding=rounding(how))
        case ast.StandingLine(dates=dates) if shop.active(line.guard):
            asked = tuple(expect(typed(shop, part), DATE) for part in dates)
            return attrs.evolve(made, standing=asked)
        case ast.ContentsLine(clauses=clauses):
            return attrs.evolve(made, contents=tuple(mark.text for mark in clauses))
        case ast.ExprLine(keyword="ATTRIBUTED", value=value) if shop.active(line.guard):
            assert not isinstance(value, ast.Word)
            return attrs.evolve(made, attribution=expect(typed(shop, value), DATE))
        case _:
            return made


def rounding(how: str) -> nodes.Rounding:
    """五舍六入到角 as a unit and the part of it from which is rounded up."""
    if not how:
        return nodes.Rounding()
    word, unit = how.split("到")
    return nodes.Rounding(UNITS[unit], ROUND_UP[word])


def with_part(made: nodes.Document, field: str, value: str | date | bool) -> nodes.Document:
    """`made` with one field set; the field is named by the tables above."""
    parts: dict[str, Any] = {field: value}
    return attrs.evolve(made, **parts)


def described(item: ast.Item) -> str:
    """How the coverage of clauses names an item."""
    match item:
        case ast.Block() | ast.Identity() | ast.Output() | ast.Definition() | ast.Parameter():
            return sentence(item.span.text)
        case ast.Roster() | ast.Exclusive() | ast.Overlap() | ast.Gap() | ast.Pool():
            return sentence(item.span.text)
        case _:
            return ""


def sentence(text: str) -> str:
    """The first sentence of an item, with the lines that continue it, as one line."""
    start, end = statements(text)[0]
    lines = [line.partition("#")[0].strip() for line in text[start:end].split("\n")]
    return re.sub(r" (?=[、，,])", "", " ".join(line for line in lines if line))


def clauses(shop: Workshop, items: tuple[ast.Item, ...]) -> list[nodes.ClauseRecord]:
    """The clause headings with the items under them."""
    records: list[nodes.ClauseRecord] = []
    for item in items:
        if isinstance(item, ast.Clause):
            title = item.title.text if item.title else ""
            origin = nodes.Origin(item.span, item.mark.text)
            if any(record.mark == item.mark.text for record in records):
                before = next(r for r in records if r.mark == item.mark.text)
                shop.report(
                    Diagnostic(
                        "E705",
                        item.span,
                        {"name": item.mark.text},
                        labels=(Label(before.origin.span, "先前的定义"),),
                    )
                )
            records.append(nodes.ClauseRecord(item.mark.text, title, "", (), origin))
        elif records and isinstance(item, ast.Uncoded):
            records[-1] = attrs.evolve(records[-1], uncoded=item.reason.text)
        elif records and counts_as_rule(item):
            listed = (*records[-1].items, described(item))
            records[-1] = attrs.evolve(records[-1], items=listed)
    return records


def counts_as_rule(item: ast.Item) -> bool:
    """Examples, readings and published figures say nothing of what the clause requires."""
    if isinstance(item, ast.Block):
        return item.keyword not in ("EXAMPLE", "READING", "DOCUMENT", "PUBLISHED")
    return not isinstance(item, ast.Defaults | ast.Include)
