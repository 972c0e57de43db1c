"""Everything the template prints, gathered in the order of the sheet.

Takes the loaded rule file, elaborates and settles what is needed, gives one
`Sheet`; nothing here depends on the time, the machine or the order of a hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Refusal, Severity
from medaidlang.core.nodes import Document, Example, Exclusive, Pack
from medaidlang.interpret.examples import ExampleOutcome, run_examples
from medaidlang.interpret.result import Settlement
from medaidlang.interpret.settle import Settler, prepare
from medaidlang.load import Loaded
from medaidlang.sheet import benefits as provisions
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
class Sheet:
    """The rule sheet."""

    document: Document
    digest: str
    files: tuple[str, ...]
    sections: tuple[tuple[str, str, str], ...]
    summary: Summary
    parties: tuple[Party, ...]
    exclusives: tuple[Exclusive, ...]
    benefits: tuple[provisions.Provision, ...]
    chains: tuple[tuple[provisions.Provision, ...], ...]
    subsidies: tuple[provisions.Provision, ...]
    terms: tuple[Term, ...]
    changes: tuple[Change, ...]
    curves: Curves
    works: tuple[Work, ...]
    double: Work | None
    rules: tuple[Rule, ...]
    pairs: tuple[Pair, ...]
    readings: tuple[Taken, ...]
    gaps: tuple[Gap, ...]
    figures: tuple[Figure, ...]
    besides: tuple[Beside, ...]
    clauses: tuple[ClauseRow, ...]
    tried: tuple[Tried, ...]
    anchors: Mapping[str, str]


@attrs.define
class Bench:
    """Settler examples under any choice of readings; each choice is prepared once."""

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
    done = [(o.example, o.settlement) for o in outcomes if o.settlement is not None]
    groups = [panel.group for panel in curves_.panels]
    return tuple(work(pack, *done[at], why) for at, why in chosen(done, groups))


def unresolved(sort: str, items: tuple[provisions.Provision, ...]) -> Iterator[Gap]:
    """无法计算当 of benefits or subsidies."""
    for item in items:
        for one in item.unresolved:
            yield Gap(sort, item.name, one.text, (item.name,), one.clause)


def terms(pack: Pack, speaker: Speaker, uses: Mapping[str, list[str]]) -> Iterator[Term]:
    """Defined words that some rule uses."""
    for name, item in pack.definitions.items():
        if name in uses:
            cases = speaker.cases(item.expr)
            said = [f"{when}：{value}" if when else value for when, value in cases]
            yield Term(name, "；".join(said), item.origin.clause)


def view(loaded: Loaded) -> Sheet:
    """The sheet of a rule file; raises Refusal with its findings if it has errors."""
    pack, found = loaded.pack()
    errors = [d for d in found if lookup(d.code).severity is Severity.ERROR]
    if pack is None or errors:
        raise Refusal(*found)
    settler = prepare(pack)
    speaker, uses = Speaker.of(pack), reach(pack)
    drawn = curves(pack, settler)
    outcomes = run_examples(pack, lambda readings: remade(loaded, readings))
    usual = {o.example.origin.span.start: o.settlement for o in outcomes}
    bench = Bench(loaded, usual)
    made = works(pack, outcomes, drawn)
    paid = tuple(provisions.benefit(pack, speaker, b) for b in pack.benefits.values())
    subsidies = tuple(provisions.subsidy(pack, speaker, s) for s in pack.subsidies.values())
    open_points = [*unresolved("无法计算", paid), *unresolved("无法计算", subsidies)]
    reading_places = {name: f"reading-{n}" for n, name in enumerate(pack.readings, 1)}
    by_name = {item.name: item for item in paid}
    return Sheet(
        document=pack.document,
        digest=pack.digest,
        files=tuple(f"{file.source.name}" for file in loaded.files),
        sections=tuple((a, numeral(n), title) for n, (a, title) in enumerate(SECTIONS, 1)),
        summary=summary(pack, drawn),
        parties=tuple(parties(pack, speaker)),
        exclusives=pack.exclusives,
        benefits=paid,
        chains=tuple(
            tuple(by_name[n] for n in chain) for chain in provisions.chains(pack.benefits)
        ),
        subsidies=subsidies,
        terms=tuple(terms(pack, speaker, uses)),
        changes=tuple(change(speaker, item) for item in pack.insurance),
        curves=drawn,
        works=made,
        double=next((w for w in made if any(c.compared for c in w.claims)), None),
        rules=tuple(rule(item) for item in pack.overlaps),
        pairs=tuple(pairs(pack, drawn.panels)),
        readings=tuple(
            taken(pack, n, r, bench.run) for n, r in enumerate(pack.readings.values(), 1)
        ),
        gaps=(*gaps(pack), *open_points),
        figures=tuple(figure(speaker, item, uses) for item in pack.parameters.values()),
        besides=tuple(beside(speaker, item) for item in pack.outputs),
        clauses=tuple(clause_rows(pack, reading_places)),
        tried=tuple(tried(outcome) for outcome in outcomes),
        anchors=clause_anchors(pack),
    )


def clause_anchors(pack: Pack) -> dict[str, str]:
    """Where each clause stands in the table of clauses."""
    marks = dict.fromkeys([*pack.document.contents, *(c.mark for c in pack.clauses)])
    return {mark: f"clause-{at}" for at, mark in enumerate(marks, 1)}
