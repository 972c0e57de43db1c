"""What the grammar accepts and we do not.

Takes a syntax tree, gives diagnostics: names that are keywords, 且 mixed with
或, impossible dates, rows that do not fit their heading, ratios above 100%.
One walk; whatever it needs is in the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from medaidlang.base.diagnostic import Diagnostic, Edit, Fix, Label
from medaidlang.base.source import Span
from medaidlang.syntax import ast
from medaidlang.syntax.grammar import terminal_of

_NAMING_BLOCKS = frozenset(
    {"BENEFIT", "LAYER", "SUBSIDY", "INSURANCE", "READING", "ADJUSTMENT", "SPLIT"}
)
_PLAIN = frozenset({ast.Reference, ast.Word, ast.Name, ast.Property, ast.ReadingTest})
_CHECKED = frozenset({"DATE", "PERCENT"})

# The expressions inside an expression.
_INSIDE: dict[type, Callable[[Any], Iterable[Any]]] = {
    ast.Call: lambda e: e.arguments,
    ast.Presumed: lambda e: (e.value,),
    ast.Filled: lambda e: (e.operand,),
    ast.Paren: lambda e: (e.inner,),
    ast.Arithmetic: lambda e: e.operands,
    ast.Compared: lambda e: (e.left, e.right),
    ast.Bounded: lambda e: (e.operand, e.limit),
    ast.Range: lambda e: [end.literal for end in (e.lower, e.upper) if end is not None],
    ast.Member: lambda e: (e.operand, *e.choices),
    ast.Contained: lambda e: (e.operand, *e.texts),
    ast.Negated: lambda e: (e.operand,),
    ast.Joined: lambda e: e.operands,
    ast.Conditional: lambda e: (e.condition, e.positive, e.negative),
}


def wellformed(file: ast.File, *, complete: bool = True) -> list[Diagnostic]:
    """E206–E209 and E212 of the tree; E213 if it is empty although `complete`."""
    found: list[Diagnostic] = []
    if complete and not file.items:
        found.append(Diagnostic("E213", Span(file.source, 0, 0)))
    expressions: list[Any] = []
    for item in file.items:
        found += _names(item)
        expressions += _of_item(item)
        lines: tuple[ast.Line, ...] = getattr(item, "lines", ())
        if lines:
            found += _tables(lines)
            for line in lines:
                expressions += _of_line(line)
    return found + _expressions(expressions)


# ── declared names ───────────────────────────────────────────────────────────


def _names(item: ast.Item) -> Iterator[Diagnostic]:
    """E206."""
    for name in declared(item):
        if name.text in terminal_of() and name.span.text == name.text:
            quoted = f"「{name.text}」"
            fix = Fix(quoted, (Edit(name.span, quoted),))
            yield Diagnostic("E206", name.span, {"name": name.text}, fix=fix)


def declared(item: ast.Item) -> tuple[ast.Name, ...]:
    """The names that `item` brings into being."""
    match item:
        case ast.Identity(names=names):
            return names
        case ast.Parameter(name=name) | ast.Definition(name=name) | ast.Roster(name=name):
            return (name,)
        case ast.Output(name=name) | ast.Gap(name=name) | ast.Pool(name=name):
            return (name,)
        case ast.Block(keyword=keyword, name=ast.Name() as name) if keyword in _NAMING_BLOCKS:
            return (name,)
    return ()


# ── tables ───────────────────────────────────────────────────────────────────


def _tables(lines: Iterable[ast.Line]) -> Iterator[Diagnostic]:
    """E209."""
    heading: ast.Row | None = None
    for line in lines:
        if not isinstance(line, ast.Row):
            heading = None
        elif heading is None:
            heading = line
        elif len(line.cells) != len(heading.cells):
            args = {"found": str(len(line.cells)), "expected": str(len(heading.cells))}
            label = Label(heading.span, "expected")
            yield Diagnostic("E209", line.span, args, labels=(label,))


# ── expressions ──────────────────────────────────────────────────────────────


def _of_item(item: ast.Item) -> tuple[Any, ...]:
    """The expressions on the head line of `item`."""
    match item:
        case ast.Definition(value=value) | ast.Output(value=value):
            return (value,)
        case ast.Parameter(type=value):
            return (value,)
        case ast.Defaults(pairs=pairs):
            return tuple(value for pair in pairs for value in pair.value.values)
    return ()


def _of_line(line: ast.Line) -> Iterable[Any]:
    """The expressions of `line`."""
    match line:
        case ast.Row(cells=cells):
            return [value for cell in cells for value in cell.values if type(value) not in _PLAIN]
        case ast.ExprLine(value=value) | ast.AccountLine(feed=value) | ast.ChangeLine(value=value):
            return (value,)
        case ast.StandingLine(dates=values):
            return values
        case ast.DateLine(date=value) | ast.AskingLine(date=value):
            return (value,)
        case ast.UnresolvedLine(condition=value) | ast.RosterLine(condition=value):
            return (value,)
        case ast.PairsLine(pairs=pairs) | ast.MemberLine(pairs=pairs):
            return [value for pair in pairs for value in pair.value.values]
    return ()


def _expressions(waiting: list[Any]) -> list[Diagnostic]:
    """E207, E208, E212 in the expressions and in all inside them (None: skipped)."""
    found: list[Diagnostic] = []
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind in _PLAIN or node is None:
            continue
        if kind is ast.Literal:
            if node.kind in _CHECKED:
                found += _literal(node)
            continue
        if kind is ast.Joined and node.operator == "OR":
            found += _mixed(node)
        waiting.extend(_INSIDE[kind](node))
    return found


def _mixed(node: ast.Joined) -> Iterator[Diagnostic]:
    """E207."""
    inner = [part for part in node.operands if isinstance(part, ast.Joined)]
    if not inner:
        return
    source, start, end = node.span
    edits = [edit for part in inner for edit in _bracketed(part.span)]
    shown = source.text[start:end]
    for edit in reversed(edits):
        at = edit.span.start - start
        shown = shown[:at] + edit.text + shown[at:]
    args = {"part": inner[0].span.text}
    yield Diagnostic("E207", node.span, args, fix=Fix(shown, tuple(edits)))


def _bracketed(span: Span) -> tuple[Edit, Edit]:
    source, start, end = span
    return Edit(Span(source, start, start), "（"), Edit(Span(source, end, end), "）")


def _literal(node: ast.Literal) -> Iterator[Diagnostic]:
    """E208 and E212."""
    if node.kind == "DATE" and not _possible(node.text):
        yield Diagnostic("E208", node.span, {"date": node.text})
    elif node.kind == "PERCENT":
        whole, _, part = node.text[:-1].partition(".")
        if int(whole) > 100 or (int(whole) == 100 and part.strip("0")):
            yield Diagnostic("E212", node.span, {"value": node.text})


def _possible(text: str) -> bool:
    year, rest = text.rstrip("日").split("年")
    month, day = rest.split("月")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
