"""A comparison as the two columns of the rule sheet: the text left, the rules right.

Takes a `Collation` and the rule file, gives the sheet's plain data; marks what stands
in both, what only a rule says, and what no rule uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from medaidlang.base.catalogue import lookup
from medaidlang.collate.collation import Checked, Collation
from medaidlang.collate.compare import Standing, equal
from medaidlang.collate.findings import Finding, findings
from medaidlang.collate.rules import by_clause
from medaidlang.sheet.facing import Facing, Piece
from medaidlang.syntax import ast

_KINDS = {
    Standing.HERE: "same", Standing.WORKED: "same", Standing.NEARLY: "same",
    Standing.READING: "", Standing.ELSEWHERE: "", Standing.NOWHERE: "wrong",
}  # fmt: skip
Mark = tuple[int, int, str]
"""Start, end, kind."""


def facing_of(file: ast.File, collation: Collation) -> tuple[Facing, ...]:
    """Every clause of the 目录."""
    items = by_clause(file)
    found = findings(collation)
    ends = _ends(file)
    return tuple(
        Facing(
            clause.mark,
            clause.title,
            tuple(_text(clause)),
            tuple(_rules(items.get(clause.mark, []), ends, clause)),
            tuple((one.grave, _note(one)) for one in found if one.mark == clause.mark),
            "原文缺（规则文件已写明）" if clause.lost else "原文里没有找到这一条",
        )
        for clause in collation.clauses
    )


def _note(one: Finding) -> str:
    return f"{lookup(one.code).title}：{one.words}"


# ── left ─────────────────────────────────────────────────────────────────────


def _text(clause: Checked) -> Iterator[tuple[Piece, ...]]:
    """The lines of the document with their figures marked."""
    said = {one.said.key for one in clause.judged if hasattr(one.said, "key")}
    unused = set(clause.unused)
    marks: dict[int, list[Mark]] = {}
    for figure in clause.figures:
        used = any(equal(key, other) for key in said for other in figure.keys)
        kind = "unused" if figure in unused else "same" if used else ""
        if kind:
            marks.setdefault(figure.at, []).append((figure.start, figure.end, kind))
    for at, line in enumerate(clause.text.all_lines):
        yield tuple(_pieces(line.text, marks.get(at, [])))


# ── right ────────────────────────────────────────────────────────────────────


def _ends(file: ast.File) -> dict[int, int]:
    """Where each item begins → where the next begins, or the file ends."""
    starts = [item.span.start for item in file.items]
    return dict(zip(starts, [*starts[1:], len(file.source.text)], strict=True))


def _rules(
    items: Iterable[ast.Item], ends: dict[int, int], clause: Checked
) -> Iterator[tuple[Piece, ...]]:
    """The lines of the rule file, without examples and the accounts of readings."""
    judged: list[Mark] = [
        (one.said.span.start, one.said.span.end, kind)
        for one in clause.judged
        if (kind := _KINDS[one.standing])
    ]
    for item in items:
        if isinstance(item, ast.Clause | ast.Defaults) or _silent(item):
            continue
        text, start = item.span.source.text, item.span.start
        for line in text[start : ends[start]].rstrip().split("\n"):
            end = start + len(line)
            own = [(a - start, b - start, k) for a, b, k in judged if start <= a < end]
            if not line.lstrip().startswith("#"):
                yield tuple(_pieces(line, own))
            start += len(line) + 1


def _silent(item: ast.Item) -> bool:
    return isinstance(item, ast.Block) and item.keyword in ("EXAMPLE", "READING")


def _pieces(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The text cut at its marks."""
    end = 0
    for start, stop, kind in sorted(set(marks)):
        if start < end or stop > len(text):
            continue
        if start > end:
            yield Piece(text[end:start])
        yield Piece(text[start:stop], kind)
        end = stop
    if end < len(text) or not text:
        yield Piece(text[end:])
