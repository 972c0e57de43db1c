"""The whole comparison: every clause of the 目录, its text against its rules.

Takes the rule file, its pack and the document's text; gives a `Collation`.  Raises
`Refusal` (E742) for the text of another document: a comparison would say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.base.source import Span
from medaidlang.collate.clauses import ClauseText, Cut, cut
from medaidlang.collate.compare import (
    Judged,
    Scope,
    Standing,
    equal,
    judge_figure,
    judge_name,
)
from medaidlang.collate.digests import changed, digest
from medaidlang.collate.figures import Figure, Key, figures_of, keys_in
from medaidlang.collate.marks import path_of
from medaidlang.collate.names import readable
from medaidlang.collate.paper import Line, lines_of, squeezed, substance
from medaidlang.collate.rules import ClauseRules, Named, heading_of, rules_of
from medaidlang.core.nodes import Pack
from medaidlang.core.paper import Reading
from medaidlang.syntax import ast

_LOST = re.compile(
    r"缺页|缺损|残缺|缺失|丢失|散失|遗失|损坏|没有找到|没有这一|看不清|辨认|不全|缺.{0,6}[页段条]"
)
_ENOUGH, _ENOUGH_WITH_NUMBER = Fraction(9, 20), Fraction(1, 5)
"""The share of headings found, times that of what the rules say, which a text must
reach; less if it has the document's own number."""
_SMOOTH = 3


@attrs.frozen
class Checked:
    """One clause: its text, what became of each figure and name, what no rule uses.

    `lost`: the rule file itself says that the text is lost.  `elsewhere` are the
    figures of `unused` that a rule of another clause uses.
    """

    mark: str
    title: str
    text: ClauseText
    rules: ClauseRules
    judged: tuple[Judged, ...] = ()
    unused: tuple[Figure, ...] = ()
    elsewhere: Mapping[int, str] = attrs.field(factory=dict)
    figures: tuple[Figure, ...] = ()
    lost: bool = False
    digest: str = ""
    changed: bool = False


@attrs.frozen
class Headed:
    """What the 文件 block says of the document, and whether the document says it too."""

    word: str
    text: str
    span: Span
    there: bool


@attrs.frozen
class Collation:
    """A rule file held against a text; `unlisted` are headings that the 目录 leaves out."""

    clauses: tuple[Checked, ...]
    unlisted: tuple[Line, ...]
    heading: tuple[Headed, ...]
    recorded: bool

    @property
    def digests(self) -> dict[str, str]:
        """Mark → sum of its text."""
        return {one.mark: one.digest for one in self.clauses}


def collate(
    file: ast.File, pack: Pack, text: str, place: str, before: Mapping[str, str] | None = None
) -> Collation:
    """The comparison; `before` are the sums recorded earlier."""
    lines = lines_of(text)
    titles = {record.mark: record.title for record in pack.clauses}
    contents = pack.document.contents or tuple(titles)
    pieces = cut(lines, contents, titles)
    chosen = {name: reading.active for name, reading in pack.readings.items()}
    rules = rules_of(file, chosen, tuple(pack.identities), is_lost)
    figures = {mark: figures_in(one) for mark, one in pieces.clauses.items()}
    words = {mark: readable(clause.text) for mark, clause in pieces.clauses.items()}
    heading = tuple(_headed(file, text, chosen))
    dates = frozenset(key for one in heading for key in keys_in(one.text))
    settled = {name: stated_by(reading) for name, reading in pack.readings.items()}
    made = _Collator(pieces, rules, figures, words, dates, settled)
    checked = tuple(made.checked(mark, titles.get(mark, "")) for mark in contents)
    same_document(checked, heading, pack.document.title, place)
    sums = {one.mark: digest(one.text) for one in checked}
    other = set(changed(before, sums)) if before is not None else set()
    checked = tuple(
        attrs.evolve(one, digest=sums[one.mark], changed=one.mark in other) for one in checked
    )
    return Collation(checked, pieces.unlisted, heading, before is not None)


def figures_in(clause: ClauseText) -> tuple[Figure, ...]:
    """The figures of a clause; those of signatures are asked after by nobody."""
    tail = (attrs.evolve(one, at=-1, sure=False) for one in figures_of(clause.tail))
    return (*figures_of(clause.lines), *tail)


def stated_by(reading: Reading) -> frozenset[Key]:
    """The figures that the choices of a 口径 are about: 不满十八周岁, 十四周岁以下.

    Its 理由 says what the document says, and its 例 has amounts of an example: neither
    makes a figure the reading's own.
    """
    choices = (reading.chosen, *reading.alternatives)
    return frozenset(key for text in choices for key in keys_in(text))


def is_lost(reason: str) -> bool:
    """Whether a reason says that the text itself is lost."""
    return bool(_LOST.search(reason))


@attrs.frozen
class _Collator:
    """The clauses' texts, rules, figures and readable texts, by mark."""

    pieces: Cut
    rules: Mapping[str, ClauseRules]
    figures: Mapping[str, tuple[Figure, ...]]
    readable: Mapping[str, str]
    dates: frozenset[Key]
    readings: Mapping[str, frozenset[Key]]

    def checked(self, mark: str, title: str) -> Checked:
        """One clause."""
        rules = self.rules.get(mark, ClauseRules(mark))
        text = self.pieces.clauses[mark]
        lost = not text.found and (bool(rules.gaps) or is_lost(f"{title} {rules.uncoded}"))
        if not text.found:
            return Checked(mark, title, text, rules, lost=lost)
        family = [mark, *self.family(mark)]
        near = tuple(figure for one in family for figure in self.figures[one])
        far = {m: f for m, f in self.figures.items() if m not in family}
        stated = tuple(said.key for one in family for said in self._rules(one).figures)
        scope = Scope(near, far, stated, self.readings)
        words = "\n".join(self.readable[one] for one in family)
        others = {m: t for m, t in self.readable.items() if m not in family}
        judged = [judge_figure(said, scope) for said in rules.figures]
        judged += [judge_name(named, words, others) for named in rules.names]
        sums = [one.how for one in judged if one.standing is Standing.WORKED]
        unused = tuple(
            figure
            for figure in self.unused(family, self.figures[mark])
            if not any(figure.text in how for how in sums)
        )
        used = {at: where for at, one in enumerate(unused) if (where := self.user(one, family))}
        return Checked(
            mark, title, text, rules, tuple(judged), unused, used, self.figures[mark]
        )  # fmt: skip

    def family(self, mark: str) -> list[str]:
        """The clauses above and below: a figure of the lead holds for what follows.

        Paragraphs that cannot be told apart share one text, and so are one.
        """
        marks = self.pieces.clauses
        below = [other for other in marks if mark in self.pieces.upper[other]]
        own = self.pieces.clauses[mark]
        twins = [m for m, c in marks.items() if own.shared and m != mark and c.lines == own.lines]
        return [*self.pieces.upper[mark], *below, *twins]

    def unused(self, family: Sequence[str], figures: Sequence[Figure]) -> Iterator[Figure]:
        """The figures that no rule here uses."""
        used = [*self.dates]
        used += [said.key for one in family for said in self._rules(one).figures]
        used += [key for one in family for key in self._rules(one).loose]
        for figure in figures:
            if figure.sure and not any(equal(key, other) for key in used for other in figure.keys):
                yield figure

    def user(self, figure: Figure, family: Sequence[str]) -> str:
        """Another clause whose rules use the figure."""
        return next(
            (
                mark
                for mark, rules in self.rules.items()
                if mark
                and mark not in family
                and any(said.key in figure.keys for said in rules.figures)
            ),
            "",
        )

    def _rules(self, mark: str) -> ClauseRules:
        return self.rules.get(mark, ClauseRules(mark))


def _headed(file: ast.File, text: str, chosen: Mapping[str, str]) -> Iterator[Headed]:
    """文号, dates and repealed documents of the 文件 block."""
    plain = re.sub(r"[\[(【{〔]([0-9]{4})[\])】}〕]", r"\1", squeezed(text))
    keys = {key for one in figures_of(lines_of(text)) for key in one.keys}
    for word, said, span in heading_of(file, chosen):
        given = keys_in(said)
        number = re.sub(r"[\[(【{〔]([0-9]{4})[\])】}〕]", r"\1", squeezed(said))
        there = number in plain or (bool(given) and given <= keys)
        yield Headed(word, said, span, there or substance(said) in substance(text))


def same_document(
    checked: Sequence[Checked], heading: Sequence[Headed], title: str, place: str
) -> None:
    """Refuse a text that shares too little with the rules (E742)."""
    numbered = [one for one in checked if path_of(one.mark) and not one.lost]
    found = sum(one.text.found for one in numbered)
    judged = [one for clause in checked for one in clause.judged if not _editors(one)]
    there = sum(one.standing is not Standing.NOWHERE for one in judged)
    evidence = Fraction(found + 1, len(numbered) + 1)
    evidence *= Fraction(there + _SMOOTH, len(judged) + _SMOOTH)
    own = any(one.there for one in heading if one.word == "文号")
    if evidence < (_ENOUGH_WITH_NUMBER if own else _ENOUGH):
        args = {
            "path": place,
            "name": title,
            "found": f"{found}/{len(numbered)}",
            "there": f"{there}/{len(judged)}",
        }
        raise Refusal(Diagnostic("E742", args=args, place=place))


def _editors(judged: Judged) -> bool:
    """What the rule file's author may have set: a list's entry for 各类肿瘤, a reading's figure."""
    listed = isinstance(judged.said, Named) and bool(judged.said.roster)
    return listed or judged.standing is Standing.READING
