"""Everything the template prints, gathered in the order of the sheet.

Takes the loaded rule file, elaborates and settles what is needed, gives one
`Sheet`; nothing here depends on the time, the machine or the order of a hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Refusal, Severity
from medaidlang.core.nodes import Document, Example, Exclusive, Pack
from medaidlang.interpret.examples import ExampleOutcome, run_examples
from medaidlang.interpret.result import Settlement
from medaidlang.interpret.settle import Settler, prepare
from medaidlang.load import Loaded
from medaidlang.sheet.benefits import Provision, Stage, benefit, stage, stages, subsidy
from medaidlang.sheet.clauses import ClauseRow, clause_rows
from medaidlang.sheet.curves import Curves, curves
from medaidlang.sheet.figures import numeral
from medaidlang.sheet.figures_outside import (
    Beside,
    Change,
    Figure,
    Gap,
    beside,
    change,
    figure,
    gaps,
)  # fmt: skip
from medaidlang.sheet.overlaps import Pair, Rule, pairs, rule
from medaidlang.sheet.parties import Party, parties
from medaidlang.sheet.readings import Taken, taken
from medaidlang.sheet.scenario import held_names
from medaidlang.sheet.summary import Summary, summary
from medaidlang.sheet.uses import reach
from medaidlang.sheet.words import Speaker
from medaidlang.sheet.worked import Work, chosen, work

SECTIONS = (
    ("summary", "一页纸摘要"),
    ("parties", "救助对象和身份"),
    ("benefits", "待遇标准"),
    ("subsidies", "参保资助"),
    ("insurance", "基本医保和大病保险的调整"),
    ("curves", "费用与救助金额"),
    ("worked", "计算示例"),
    ("overlaps", "多重身份"),
    ("readings", "口径"),
    ("gaps", "原文缺口和待定事项"),
    ("figures", "参数"),
    ("results", "监测、时限、资金和其他结果"),
    ("clauses", "条款对照"),
    ("trials", "示例检验"),
)


@attrs.frozen
class Tried:
    """An example and whether it comes out."""

    title: str
    held: tuple[str, ...]
    claims: int
    readings: tuple[tuple[str, str], ...]
    checked: int
    wrong: tuple[str, ...]
    clause: str


@attrs.frozen
class Term:
    """A defined word."""

    name: str
    meaning: str
    clause: str


@attrs.frozen
class Said:
    """What the rule file says, from core alone."""

    parties: tuple[Party, ...]
    exclusives: tuple[Exclusive, ...]
    benefits: tuple[Provision, ...]
    chains: tuple[tuple[Stage, ...], ...]
    subsidies: tuple[Provision, ...]
    terms: tuple[Term, ...]
    changes: tuple[Change, ...]
    overlaps: tuple[Rule, ...]
    gaps: tuple[Gap, ...]
    figures: tuple[Figure, ...]
    besides: tuple[Beside, ...]
    clauses: tuple[ClauseRow, ...]


@attrs.frozen
class Done:
    """What the rules do, from the interpreter."""

    curves: Curves
    summary: Summary
    works: tuple[Work, ...]
    pairs: tuple[Pair, ...]
    readings: tuple[Taken, ...]
    tried: tuple[Tried, ...]

    @property
    def double(self) -> Work | None:
        """The worked example in which several categories are compared."""
        return next((w for w in self.works if any(c.compared for c in w.claims)), None)

    @property
    def failed(self) -> int:
        """Examples that do not come out as their author expects."""
        return sum(bool(one.wrong) for one in self.tried)


@attrs.frozen
class Sheet:
    """The rule sheet; `anchors` are the places of clauses, `sections` (anchor, number, title)."""

    document: Document
    digest: str
    files: tuple[str, ...]
    sections: tuple[tuple[str, str, str], ...]
    anchors: Mapping[str, str]
    said: Said
    done: Done


def remade(loaded: Loaded, readings: Mapping[str, str]) -> Pack:
    """The pack under other readings."""
    pack, _ = loaded.pack(readings)
    assert pack is not None  # the default choice made one
    return pack


@attrs.define
class Bench:
    """Settles examples under any choice of readings; each choice is prepared once.

    `usual` are the settlements under the readings taken, by the example's place.
    """

    loaded: Loaded
    usual: Mapping[int, Settlement | None]
    prepared: dict[tuple[tuple[str, str], ...], Settler] = attrs.field(factory=dict)

    def under(self, readings: Mapping[str, str]) -> Settler:
        """The interpreter for a choice of readings."""
        key = tuple(sorted(readings.items()))
        if key not in self.prepared:
            self.prepared[key] = prepare(remade(self.loaded, readings))
        return self.prepared[key]

    def run(self, readings: Mapping[str, str], example: Example) -> Settlement | None:
        """An example's settlement; None if its data are refused."""
        if not readings:
            return self.usual.get(example.origin.span.start)
        try:
            return self.under(readings).settle(example.person, example.claims)
        except Refusal:
            return None


def tried(outcome: ExampleOutcome) -> Tried:
    """An example checked against what its author expects."""
    example = outcome.example
    wrong = ["资料被拒绝"] if outcome.refused else ["·".join(m.path) for m in outcome.mismatches]
    return Tried(
        example.title,
        tuple(held_names(example.person)),
        len(example.claims),
        example.readings,
        len(example.expected),
        tuple(wrong),
        example.origin.clause,
    )


def works(pack: Pack, outcomes: Sequence[ExampleOutcome], curves_: Curves) -> tuple[Work, ...]:
    """The worked examples."""
    settled = [(o.example, o.settlement) for o in outcomes if o.settlement is not None]
    groups = [panel.group for panel in curves_.panels]
    return tuple(work(pack, *settled[at], why) for at, why in chosen(settled, groups))


def unresolved(items: Sequence[Provision]) -> Iterator[Gap]:
    """无法计算当 of benefits or subsidies."""
    for item in items:
        for one in item.unresolved:
            yield Gap("无法计算", item.name, one.text, (item.name,), one.clause)


def terms(pack: Pack, speaker: Speaker, uses: Mapping[str, list[str]]) -> Iterator[Term]:
    """Defined words that some rule uses."""
    for name, item in pack.definitions.items():
        if name in uses:
            cases = speaker.cases(item.expr)
            said = [f"{when}：{value}" if when else value for when, value in cases]
            yield Term(name, "；".join(said), item.origin.clause)


def places(pack: Pack) -> dict[str, str]:
    """Where each reading stands on the sheet."""
    return {name: f"reading-{n}" for n, name in enumerate(pack.readings, 1)}


def clause_anchors(pack: Pack) -> dict[str, str]:
    """Where each clause stands in the table of clauses."""
    marks = dict.fromkeys([*pack.document.contents, *(c.mark for c in pack.clauses)])
    return {mark: f"clause-{at}" for at, mark in enumerate(marks, 1)}


def said(pack: Pack) -> Said:
    """Everything that core says."""
    speaker, uses = Speaker.of(pack), reach(pack)
    paid = {name: benefit(pack, speaker, b) for name, b in pack.benefits.items()}
    subsidies = tuple(subsidy(pack, speaker, s) for s in pack.subsidies.values())
    return Said(
        parties=tuple(parties(pack, speaker)),
        exclusives=pack.exclusives,
        benefits=tuple(paid.values()),
        chains=tuple(
            tuple(stage(pack, names) for names in chain) for chain in stages(pack.benefits)
        ),
        subsidies=subsidies,
        terms=tuple(terms(pack, speaker, uses)),
        changes=tuple(change(speaker, item) for item in pack.insurance),
        overlaps=tuple(rule(pack, item) for item in pack.overlaps),
        gaps=(*gaps(pack), *unresolved([*paid.values(), *subsidies])),
        figures=tuple(figure(speaker, item, uses) for item in pack.parameters.values()),
        besides=tuple(beside(speaker, item) for item in pack.outputs),
        clauses=tuple(clause_rows(pack, places(pack))),
    )


def done(loaded: Loaded, pack: Pack) -> Done:
    """Everything that takes a settlement."""
    drawn = curves(pack, prepare(pack))
    outcomes = run_examples(pack, lambda readings: remade(loaded, readings))
    usual = {o.example.origin.span.start: o.settlement for o in outcomes}
    bench = Bench(loaded, usual)
    return Done(
        curves=drawn,
        summary=summary(pack, drawn),
        works=works(pack, outcomes, drawn),
        pairs=tuple(pairs(pack, drawn.panels)),
        readings=tuple(
            taken(pack, n, r, bench.run) for n, r in enumerate(pack.readings.values(), 1)
        ),
        tried=tuple(tried(outcome) for outcome in outcomes),
    )


def view(loaded: Loaded) -> Sheet:
    """The sheet of a rule file; raises Refusal with its findings if it has errors."""
    pack, found = loaded.pack()
    errors = [d for d in found if lookup(d.code).severity is Severity.ERROR]
    if pack is None or errors:
        raise Refusal(*found)
    return Sheet(
        document=pack.document,
        digest=pack.digest,
        files=tuple(Path(file.source.name).name for file in loaded.files),
        sections=tuple((a, numeral(n), title) for n, (a, title) in enumerate(SECTIONS, 1)),
        anchors=clause_anchors(pack),
        said=said(pack),
        done=done(loaded, pack),
    )
