"""Settling under the documents of one place: each claim under the one in force at its date.

Takes the versions of a place and the data, gives what each document settled.
From the newest document to the oldest, each takes the claims that it attributes
to a day of its own; what is left when the oldest has been asked is nobody's.
Claims of before 施行 go to a document only where it counts them (计入账户).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import attrs

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Diagnostic, Refusal, Severity
from medaidlang.core.nodes import Fact, Pack
from medaidlang.driver import usable
from medaidlang.interpret.asking import APPLICATIONS, refused
from medaidlang.interpret.result import Settlement, Unresolved
from medaidlang.interpret.settle import Settler, prepare
from medaidlang.records.assemble import Records, Subject
from medaidlang.records.raw import FINDINGS_LIMIT
from medaidlang.records.read import read_records
from medaidlang.records.results import Settled
from medaidlang.records.versions import ByDocument, Part
from medaidlang.registry import Place, Version, findings, places, root_of, rule_files_of

OWN_WORDS = ("身份", "参数", "人员编号", APPLICATIONS)


def place_of(name: str, folder: Path | None = None) -> Place:
    """The place with its documents; raises `Refusal` where they or their days are wrong."""
    paths = rule_files_of(root_of(folder), name)
    (place,) = places([(path, usable(path)[1]) for path in paths])
    errors = [d for d in findings([place]) if lookup(d.code).severity is Severity.ERROR]
    if errors:
        raise Refusal(*errors)
    return place


@attrs.frozen
class Data:
    """The files of persons and claims; each document reads them with its own vocabulary."""

    data: Path | None
    persons: Path | None = None
    claims: Path | None = None
    year: int | None = None

    def read(self, pack: Pack, others: Sequence[Pack]) -> Records:
        """The data as `pack` understands it; what only other documents declare is no error."""
        files = {"persons": self.persons, "claims": self.claims}
        return read_records(widened(pack, others), self.data, year=self.year, **files)


def widened(pack: Pack, others: Sequence[Pack]) -> Pack:
    """The pack with the facts and figures that only other documents declare, for reading."""
    known = {*pack.facts, *pack.parameters}
    facts = {k: v for o in others for k, v in o.facts.items() if k not in known}
    figures = {k: v for o in others for k, v in o.parameters.items() if k not in known}
    return attrs.evolve(
        pack, facts={**pack.facts, **facts}, parameters={**pack.parameters, **figures}
    )


def narrowed(subject: Subject, pack: Pack, others: Sequence[Pack]) -> tuple[Subject, list[str]]:
    """The person without what only other documents declare; the categories so left out."""
    elsewhere = {name for other in others for name in other.identities} - {*pack.identities}
    given = subject.person.get("身份")
    listed = given if isinstance(given, list) else []
    dropped = [str(_name(item)) for item in listed if _name(item) in elsewhere]
    person = _declared(subject.person, pack.facts)
    if "身份" in person:
        person["身份"] = [item for item in listed if _name(item) not in elsewhere]
    figures = person.get("参数")
    if isinstance(figures, Mapping):
        person["参数"] = {k: v for k, v in figures.items() if k in pack.parameters}
    claims = tuple(_declared(claim, pack.facts) for claim in subject.claims)
    return attrs.evolve(subject, person=person, claims=claims), dropped


def _name(item: object) -> object:
    return item.get("名称") if isinstance(item, Mapping) else item


def _declared(given: Mapping[str, object], facts: Mapping[str, Fact]) -> dict[str, object]:
    """What the facts declare of a mapping, in groups too."""
    kept: dict[str, object] = {}
    for key, value in given.items():
        if key in facts or key in OWN_WORDS:
            kept[key] = value
        elif isinstance(value, Mapping):
            inner = {name: part for name, part in value.items() if f"{key}·{name}" in facts}
            if inner:
                kept[key] = inner
    return kept


# ── settling ─────────────────────────────────────────────────────────────────


@attrs.define
class Succession:
    """One run over the data; `left` are the claims of each person that nobody has taken."""

    place: Place
    data: Data
    trace: bool = False
    found: list[Diagnostic] = attrs.field(factory=list)
    left: dict[int, tuple[int, ...]] = attrs.field(factory=dict)
    later: set[int] = attrs.field(factory=set)  # persons of whom a newer document settles some
    ungoverned: set[tuple[str, str]] = attrs.field(factory=set)
    notes: dict[str, None] = attrs.field(factory=dict)

    def run(self) -> ByDocument:
        """Everybody's claims, each under its document; raises `Refusal` with all findings."""
        versions = self.place.versions
        packs = [version.pack for version in versions]
        parts: list[Part] = []
        first: Sequence[Subject] = ()
        for version in reversed(versions):
            settled: list[Settled] = []
            if not first or any(self.left.values()) or self.idle(version):
                others = [pack for pack in packs if pack is not version.pack]
                subjects = self.data.read(version.pack, others).subjects
                if not first:
                    first = subjects
                    self.left = {i: tuple(range(len(s.claims))) for i, s in enumerate(subjects)}
                settled = self.part(version, subjects, others)
            parts.append(Part(version.pack, version.start, version.end, tuple(settled)))
        if self.found:
            raise Refusal(*self.found[:FINDINGS_LIMIT])
        keys = [(s.number, str(claim.get("编号"))) for s in first for claim in s.claims]
        return ByDocument(
            self.place.name,
            tuple(reversed(parts)),
            tuple(subject.number for subject in first),
            {key: rank for rank, key in enumerate(keys)},
            frozenset(self.ungoverned),
            tuple(self.notes),
        )

    def part(
        self, version: Version, subjects: Sequence[Subject], others: Sequence[Pack]
    ) -> list[Settled]:
        """What one document settles."""
        settler = prepare(version.pack)
        settled: list[Settled] = []
        for index, read in enumerate(subjects):
            wanted = self.left[index] or (not read.claims and self.idle(version))
            if not wanted or len(self.found) >= FINDINGS_LIMIT:
                continue
            subject, dropped = narrowed(read, version.pack, others)
            try:
                made = self.person(version, settler, index, subject)
            except Refusal as refused:
                self.found += map(subject.placed, refused.diagnostics)
                self.left[index] = ()
                continue
            if made is not None:
                settled.append(Settled(subject, made))
                said = f"{version.about.code} 没有身份“{{}}”：在它之下不按这一身份计算。"
                self.notes |= dict.fromkeys(map(said.format, dropped))
        return settled

    def idle(self, version: Version) -> bool:
        """Whether a person without claims belongs to this document: in force at the year's end."""
        last = date(self.data.year, 12, 31) if self.data.year is not None else date.max
        begun = [v for v in self.place.versions if v.start is not None and v.start <= last]
        return version is (begun or self.place.versions)[-1 if begun else 0]

    def person(
        self, version: Version, settler: Settler, index: int, subject: Subject
    ) -> Settlement | None:
        """One person under one document; None where it settles nothing of the person's."""
        places = self.left[index]
        claims = [subject.claims[place] for place in places]
        refused(subject.person, "按统筹区（--place）结算", "按统筹区结算，它可能算到几份文件的费用")
        bound = settler.binder.bind(subject.person, claims, self.data.year)
        days = settler.days(bound)
        oldest = version is self.place.versions[0]
        begun = [version.start is None or day >= version.start for day in days]
        own = [number for number, ok in enumerate(begun) if ok or oldest]
        if places and not own:
            return None
        self.left[index] = tuple(p for number, p in enumerate(places) if number not in set(own))
        passed = range(len(places)) if version.about.before_counts else own
        kept = attrs.evolve(bound, claims=tuple(bound.claims[number] for number in passed))
        made = settler.settle_bound(kept, trace=self.trace)
        numbers = {bound.claims[number].number for number in own}
        early = {bound.claims[n].number for n in own if out_of_force(version, days[n])}
        self.ungoverned |= {(subject.number, number) for number in early}
        made = limited(made, numbers, version.pack, whole=index not in self.later)
        self.later.add(index)
        return named(made, early, version)


def out_of_force(version: Version, day: date) -> bool:
    """Whether the document itself refuses a cost of that day.

    A repeal does not count: what the newer document attributes to before its 施行 is
    left to this one, whatever day this one attributes it to.
    """
    expires = version.about.expires
    early = version.start is not None and day < version.start
    return early or (expires is not None and day > expires)


def limited(made: Settlement, numbers: set[str], pack: Pack, *, whole: bool) -> Settlement:
    """The settlement with these claims alone.

    What is granted once a year (资助) is the newest document's: not `whole`, not here.
    """
    away = {claim.number for claim in made.claims} - numbers
    if not whole:
        away |= {*pack.subsidies}
    return attrs.evolve(
        made,
        claims=tuple(claim for claim in made.claims if claim.number in numbers),
        unresolved=tuple(line for line in made.unresolved if line.tag not in away),
        subsidies=made.subsidies if whole else {},
        subsidy_trace=made.subsidy_trace if whole else (),
    )


def named(made: Settlement, early: Iterable[str], version: Version) -> Settlement:
    """Claims that no document governs: the reason names the document that says so."""
    tags = set(early)
    about = version.about
    lines = tuple(
        Unresolved(line.tag, f"{line.reason}（《{about.title}》）", line.clause or "文件")
        if line.tag in tags
        else line
        for line in made.unresolved
    )
    return attrs.evolve(made, unresolved=lines)


def settle_place(place: Place, data: Data, *, trace: bool = False) -> ByDocument:
    """Everybody's claims under the documents of a place."""
    return Succession(place, data, trace).run()
