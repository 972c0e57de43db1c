"""What there is to look into after a comparison, as coded findings.

Takes a `Collation`, gives its findings in the order of the document; `grave` ones
keep the comparison from being passed, the others are worth a look.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Severity
from medaidlang.base.source import Span
from medaidlang.collate.collation import Checked, Collation
from medaidlang.collate.compare import Judged, Standing
from medaidlang.collate.rules import Named


@attrs.frozen
class Finding:
    """One finding; `words` name it, `span` is in the rule file, `line` in the text."""

    code: str
    mark: str
    words: str
    span: Span | None = None
    line: int | None = None

    @property
    def grave(self) -> bool:
        """Whether it is an error by the catalogue."""
        return lookup(self.code).severity is Severity.ERROR


def findings(collation: Collation) -> tuple[Finding, ...]:
    """Everything to look into."""
    return tuple(_findings(collation))


def _findings(collation: Collation) -> Iterator[Finding]:
    for headed in collation.heading:
        if not headed.there:
            yield Finding("E744", "", f"{headed.word} {headed.text}", headed.span)
    for clause in collation.clauses:
        yield from of_clause(clause)
    for line in collation.unlisted:
        yield Finding("E750", "", line.text[:20], line=line.number)


def of_clause(clause: Checked) -> Iterator[Finding]:
    """The findings of one clause."""
    if not clause.text.found and not clause.lost:
        yield Finding("E741", clause.mark, f"【{clause.mark}】")
    if clause.changed:
        yield Finding("E749", clause.mark, f"【{clause.mark}】")
    for one in clause.judged:
        if not (isinstance(one.said, Named) and one.said.roster):
            yield from _single(clause.mark, one)
    yield from _lists(clause)
    for at, figure in enumerate(clause.unused):
        other = clause.elsewhere.get(at)
        words = figure.text + (f"（【{other}】的规则用到）" if other else "")
        yield Finding("W748", clause.mark, words, line=figure.line)


def _single(mark: str, judged: Judged) -> Iterator[Finding]:
    """A figure or a category."""
    named, span = isinstance(judged.said, Named), judged.said.span
    match judged.standing:
        case Standing.NOWHERE:
            yield Finding("E746" if named else "E744", mark, span.text, span)
        case Standing.READING:
            yield Finding("W751", mark, f"{span.text}（口径“{judged.how}”）", span)
        case Standing.ELSEWHERE if not named:
            yield Finding("W745", mark, f"{span.text}（在{judged.how}）", span)
        case Standing.NEARLY:
            yield Finding("W747", mark, f"{span.text}（原文近似：{judged.how}）", span)
        case _:
            pass


def _lists(clause: Checked) -> Iterator[Finding]:
    """The entries of lists.

    A list whose entries are for the most part not in the document spells out what
    the document names as a class (各类恶性肿瘤): that is said once.
    """
    by_list: dict[str, list[Judged]] = {}
    for one in clause.judged:
        if isinstance(one.said, Named) and one.said.roster:
            by_list.setdefault(one.said.roster, []).append(one)
    for roster, entries in by_list.items():
        astray = [e for e in entries if e.standing in (Standing.NOWHERE, Standing.ELSEWHERE)]
        counted = any(isinstance(e.said, Named) and e.said.counted for e in entries)
        if not counted and 2 * len(astray) > len(entries):
            words = f"名录 {roster}：{len(entries)} 个条目里 {len(astray)} 个是编者列举的"
            yield Finding("W747", clause.mark, words, astray[0].said.span)
            continue
        for one in entries:
            if one in astray:
                words = one.said.span.text + (f"（在{one.how}）" if one.how else "")
                yield Finding("E746", clause.mark, words, one.said.span)
            elif one.standing is Standing.NEARLY:
                words = f"{one.said.span.text}（原文近似：{one.how}）"
                yield Finding("W747", clause.mark, words, one.said.span)
