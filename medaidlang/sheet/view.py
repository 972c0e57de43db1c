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
from medaidlang.core.nodes import Document, Exclusive, Pack
from medaidlang.interpret.asking import APPLICATIONS
from medaidlang.interpret.examples import ExampleOutcome
from medaidlang.load import Loaded
from medaidlang.sheet.bench import Bench
from medaidlang.sheet.benefits import Provision, Stage, benefit, flow, subsidy
from medaidlang.sheet.clauses import ClauseRow, clause_rows
from medaidlang.sheet.counting import rules
from medaidlang.sheet.curves import Curves, curves
from medaidlang.sheet.facing import ANCHOR, TITLE, Facing
from medaidlang.sheet.figures import numeral
from medaidlang.sheet.figures_outside import (
    Beside,
    Change,
    Figure,
    Gap,
    Loss,
    beside,
    change,
    figure,
    gaps,
    losses,
)  # fmt: skip
from medaidlang.sheet.overlaps import Pair, Rule, pairs, rule
from medaidlang.sheet.parties import Party, parties
from medaidlang.sheet.readings import Taken, taken
from medaidlang.sheet.scenario import held_names
from medaidlang.sheet.shaping import Adjusted, Borne, Limit, adjusted, limits, split
from medaidlang.sheet.summary import Summary, summary
from medaidlang.sheet.uses import reach
from medaidlang.sheet.words import Speaker
from medaidlang.sheet.worked import Work, chosen, work

SECTIONS = (
    ("summary", "一页纸摘要"),
    ("parties", "救助对象和身份"),
    ("layers", "保险支付"),
    ("benefits", "待遇标准"),
    ("subsidies", "参保资助"),
    ("insurance", "基本医保和大病保险的调整"),
    ("splits", "资金分担"),
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
    """An example and whether it comes out; `claims` are everybody's, `asked` the applications."""

    title: str
    held: tuple[str, ...]
    claims: int
    readings: tuple[tuple[str, str], ...]
    checked: int
    wrong: tuple[str, ...]
    clause: str
    asked: int = 0

    @property
    def size(self) -> str:
        """2笔、申请1次."""
        claims = [f"{self.claims}笔"] if self.claims else []
        return "、".join([*claims, *([f"申请{self.asked}次"] if self.asked else [])]) or "—"


@attrs.frozen
class Term:
    """A defined word."""

    name: str
    meaning: str
    clause: str


@attrs.frozen
class Said:
    """What the rule file says, from core alone; `before`: of the costs before 施行."""

    rules: tuple[tuple[str, str], ...]
    parties: tuple[Party, ...]
    exclusives: tuple[Exclusive, ...]
    layers: tuple[Provision, ...]
    layered: tuple[tuple[Stage, ...], ...]
    benefits: tuple[Provision, ...]
    chains: tuple[tuple[Stage, ...], ...]
    limits: tuple[Limit, ...]
    adjusted: tuple[Adjusted, ...]
    splits: tuple[Borne, ...]
    subsidies: tuple[Provision, ...]
    terms: tuple[Term, ...]
    changes: tuple[Change, ...]
    overlaps: tuple[Rule, ...]
    gaps: tuple[Gap, ...]
    losses: tuple[Loss, ...]
    figures: tuple[Figure, ...]
    besides: tuple[Beside, ...]
    clauses: tuple[ClauseRow, ...]
    before: bool = True


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
        return next((w for w in self.works if w.compared), None)

    @property
    def failed(self) -> int:
        """Examples that do not come out as their author expects."""
        return sum(bool(one.wrong) for one in self.tried)


@attrs.frozen
class Sheet:
    """The rule sheet; `anchors` are the places of clauses, `sections` (anchor, number, title).

    `facing` is the document's text beside the rules, where somebody has it.
    """

    document: Document
    digest: str
    files: tuple[str, ...]
    sections: tuple[tuple[str, str, str], ...]
    anchors: Mapping[str, str]
    said: Said
    done: Done
    facing: tuple[Facing, ...] = ()


def tried(outcome: ExampleOutcome) -> Tried:
    """An example checked against what its author expects."""
    example = outcome.example
    wrong = ["资料被拒绝"] if outcome.refused else ["·".join(m.path) for m in outcome.mismatches]
    return Tried(
        example.title,
        tuple(held_names(example.person)),
        len(example.claims) + sum(len(member.claims) for member in example.members),
        example.readings,
        len(example.expected),
        tuple(wrong),
        example.origin.clause,
        len(given) if isinstance(given := example.person.get(APPLICATIONS), list | tuple) else 0,
    )


def works(pack: Pack, outcomes: Sequence[ExampleOutcome], curves_: Curves) -> tuple[Work, ...]:
    """The worked examples."""
    made = [(o.example, o.settlement, o.household) for o in outcomes if o.settlement is not None]
    groups = [panel.group for panel in curves_.panels]
    picked = chosen([(example, settled) for example, settled, _ in made], groups)
    return tuple(work(pack, made[at][0], made[at][2], why) for at, why in picked)


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


def before_matters(pack: Pack) -> bool:
    """Whether the rule file says anything of costs before 施行."""
    return bool(pack.document.before) or pack.document.before_counts is not None


def said(pack: Pack) -> Said:
    """Everything that core says."""
    speaker, uses = Speaker.of(pack), reach(pack)
    paid = {name: benefit(pack, speaker, b) for name, b in pack.benefits.items()}
    subsidies = tuple(subsidy(pack, speaker, s) for s in pack.subsidies.values())
    layers = tuple(benefit(pack, speaker, b) for b in pack.layers.values())
    return Said(
        rules=tuple(rules(pack, speaker)),
        layers=layers,
        layered=flow(pack.layers),
        limits=tuple(limits(pack)),
        adjusted=tuple(adjusted(speaker, item) for item in pack.adjustments),
        splits=tuple(split(pack, speaker, item) for item in pack.splits),
        parties=tuple(parties(pack, speaker)),
        exclusives=pack.exclusives,
        benefits=tuple(paid.values()),
        chains=flow(pack.benefits),
        subsidies=subsidies,
        terms=tuple(terms(pack, speaker, uses)),
        changes=tuple(change(speaker, item) for item in pack.insurance),
        overlaps=tuple(rule(pack, item) for item in pack.overlaps),
        gaps=(*gaps(pack), *unresolved([*layers, *paid.values(), *subsidies])),
        losses=tuple(losses(pack)),
        figures=tuple(figure(speaker, item, uses) for item in pack.parameters.values()),
        besides=tuple(beside(speaker, item) for item in pack.outputs),
        clauses=tuple(clause_rows(pack, places(pack))),
        before=before_matters(pack),
    )


def done(loaded: Loaded, pack: Pack) -> Done:
    """Everything that takes a settlement."""
    bench = Bench(loaded, pack)
    drawn = curves(pack, bench.under({}))
    return Done(
        curves=drawn,
        summary=summary(pack, drawn),
        works=works(pack, bench.outcomes, drawn),
        pairs=tuple(pairs(pack, drawn.panels)),
        readings=tuple(
            taken(pack, n, r, bench.said) for n, r in enumerate(pack.readings.values(), 1)
        ),
        tried=tuple(tried(outcome) for outcome in bench.outcomes),
    )


def view(loaded: Loaded, facing: Sequence[Facing] = ()) -> Sheet:
    """The sheet of a rule file; raises Refusal with its findings if it has errors."""
    pack, found = loaded.pack()
    errors = [d for d in found if lookup(d.code).severity is Severity.ERROR]
    if pack is None or errors:
        raise Refusal(*found)
    shown = {"layers": pack.layers, "splits": pack.splits}
    sections = [(anchor, title) for anchor, title in SECTIONS if shown.get(anchor, True)]
    if facing:
        sections.append((ANCHOR, TITLE))
    return Sheet(
        document=pack.document,
        digest=pack.digest,
        files=tuple(Path(file.source.name).name for file in loaded.files),
        sections=tuple((a, numeral(n), title) for n, (a, title) in enumerate(sections, 1)),
        anchors=clause_anchors(pack),
        said=said(pack),
        done=done(loaded, pack),
        facing=tuple(facing),
    )
