"""The passes in their order, and what every command needs of them.

Takes what a person calls a rule pack (a path, a folder, a code, a title), gives
a `Report`: the pack and all that is wrong with it.  Nothing is printed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import attrs

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Diagnostic, Refusal, Severity
from medaidlang.base.resources import data_folder

if TYPE_CHECKING:
    from medaidlang.core.nodes import Pack
    from medaidlang.interpret.application import Member
    from medaidlang.interpret.replay import Replay
    from medaidlang.interpret.settle import Settler
    from medaidlang.load import Loaded
    from medaidlang.records.assemble import Subject
    from medaidlang.records.events import Case
    from medaidlang.records.results import Settled

Item = TypeVar("Item")
Made = TypeVar("Made")

SUFFIX = ".medaid"
_DOCUMENT = re.compile(r"^[ \t]*文件[ \t\u3000]+(\S.*?)[ \t\u3000]*$", re.M)
_CODE = re.compile(r"^[ \t\u3000]*代号[ \t\u3000]+(\S+)", re.M)


@attrs.frozen
class Report:
    """What the passes have made of one rule file so far."""

    path: Path
    readings: Mapping[str, str] = attrs.field(factory=dict)
    loaded: Loaded | None = None
    pack: Pack | None = None
    found: tuple[Diagnostic, ...] = ()

    @property
    def errors(self) -> int:
        """Findings that keep the pack from being used."""
        return sum(lookup(d.code).severity is Severity.ERROR for d in self.found)

    def with_found(self, more: list[Diagnostic] | tuple[Diagnostic, ...]) -> Report:
        """The report with further findings."""
        return attrs.evolve(self, found=(*self.found, *more))


def read(report: Report) -> Report:
    """The rule file and what it includes, as syntax trees."""
    from medaidlang.load import load

    loaded = load(report.path)
    return attrs.evolve(report, loaded=loaded).with_found(loaded.found)


def elaborate(report: Report) -> Report:
    """Core: names resolved, everything typed."""
    assert report.loaded is not None
    pack, found = report.loaded.pack(report.readings)
    return attrs.evolve(report, pack=pack).with_found(found)


def check(report: Report) -> Report:
    """Every check of a pack."""
    from medaidlang.check import run_checks

    assert report.pack is not None
    return report.with_found(run_checks(report.pack))


def check_alternatives(report: Report) -> Report:
    """Every alternative of every reading must be usable too."""
    from medaidlang.check.alternatives import check_alternatives as run
    from medaidlang.check.alternatives import elaborator

    assert report.pack is not None
    assert report.loaded is not None
    return report.with_found(run(report.pack, elaborator(report.loaded.files), report.found))


PASSES: tuple[Callable[[Report], Report], ...] = (read, elaborate, check)
"""From a path to a checked pack; each pass runs only if those before found no error."""


def inspect(
    path: Path, readings: Mapping[str, str] | None = None, *, every_reading: bool = False
) -> Report:
    """The report of all passes, up to the first that finds an error.

    `every_reading`: then the pack is elaborated again for each alternative.
    """
    report = Report(path, readings or {})
    for step in (*PASSES, check_alternatives) if every_reading else PASSES:
        report = step(report)
        if report.errors:
            break
    return report


def usable(path: Path) -> tuple[Loaded, Pack]:
    """A pack to settle with; raises `Refusal` with the errors that its check finds."""
    return passed(path, (read, elaborate, check))


def drafted(path: Path) -> tuple[Loaded, Pack]:
    """A pack that has a meaning, though its check may still find errors."""
    return passed(path, (read, elaborate))


def passed(path: Path, steps: tuple[Callable[[Report], Report], ...]) -> tuple[Loaded, Pack]:
    """What the passes make of a file; raises `Refusal` at the first that finds an error."""
    report = Report(path)
    for step in steps:
        report = step(report)
        if report.errors:
            errors = [d for d in report.found if lookup(d.code).severity is Severity.ERROR]
            raise Refusal(*errors)
    assert report.loaded is not None
    assert report.pack is not None
    return report.loaded, report.pack


# ── settling ─────────────────────────────────────────────────────────────────


def settle_all(
    pack: Pack,
    subjects: Iterable[Subject],
    *,
    year: int | None = None,
    trace: bool = False,
) -> list[Settled]:
    """Everybody's settlement; raises `Refusal` with what is wrong with anybody's data."""
    from medaidlang.interpret.settle import prepare
    from medaidlang.records.results import Settled

    settler = prepare(pack)
    if settler.applied:
        return _with_applications(settler, subjects, year=year, trace=trace)

    def settled(subject: Subject) -> Settled:
        made = settler.settle(subject.person, subject.claims, trace=trace, year=year)
        return Settled(subject, made)

    return _each(((subject, subject) for subject in subjects), settled)


def _with_applications(
    settler: Settler, subjects: Iterable[Subject], *, year: int | None, trace: bool
) -> list[Settled]:
    """Everybody's years, then the applications of each household on them.

    A person has an entry for each calendar year where a benefit reaches back.
    """
    from medaidlang.interpret.application import with_applications
    from medaidlang.records.results import Settled

    def settled(subject: Subject) -> tuple[Subject, Member]:
        name, given = subject.number, (subject.person, subject.claims)
        return subject, settler.member(name, *given, trace=trace, year=year)

    everybody = _each(((subject, subject) for subject in subjects), settled)
    households: dict[object, list[int]] = {}
    for place, (subject, _) in enumerate(everybody):
        households.setdefault(subject.household or place, []).append(place)
    found: dict[int, Member] = {}
    for places in households.values():
        members = [everybody[place][1] for place in places]
        made = with_applications(settler, members, trace=trace)
        found |= dict(zip(places, made, strict=True))
    return [
        Settled(
            attrs.evolve(subject, claims=subject.claims_of(one.bound.claims)),
            one.settlement,
            one.bound.year if settler.reaches else None,
        )
        for place, (subject, _) in enumerate(everybody)
        for one in found[place].years
    ]


def replay_all(
    pack: Pack, cases: Iterable[Case], *, year: int | None = None
) -> list[tuple[Subject, Replay]]:
    """Everybody's year without and with the events; raises `Refusal` as `settle_all`."""
    from medaidlang.interpret.replay import replay
    from medaidlang.interpret.settle import prepare

    settler = prepare(pack)

    def replayed(case: Case) -> tuple[Subject, Replay]:
        subject = case.subject
        made = replay(settler, subject.person, subject.claims, case.events, year=year)
        return subject, made

    return _each(((case.subject, case) for case in cases), replayed)


def _each(items: Iterable[tuple[Subject, Item]], act: Callable[[Item], Made]) -> list[Made]:
    """What `act` makes of each; the findings of all together, each with its place."""
    from medaidlang.records.raw import FINDINGS_LIMIT

    made: list[Made] = []
    found: list[Diagnostic] = []
    for subject, item in items:
        try:
            made.append(act(item))
        except Refusal as refused:
            found += map(subject.placed, refused.diagnostics)
            if len(found) >= FINDINGS_LIMIT:
                break
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])
    return made


# ── which pack ───────────────────────────────────────────────────────────────


def shipped() -> tuple[Path, ...]:
    """The rule files that come with the program."""
    folder = data_folder("policies")
    return tuple(sorted(path for path in folder.glob(f"*/*{SUFFIX}") if _head(path)[0]))


def find_packs(name: str) -> tuple[Path, ...]:
    """The rule files that `name` means: a file, a folder, or a shipped pack.

    Raises `Refusal`: E101 for a path that is not there, E919 for an unknown name.
    """
    path = Path(name)
    if path.is_dir():
        found = tuple(p for p in sorted(path.glob(f"*{SUFFIX}")) if _head(p)[0])
        found = found or tuple(p for p in sorted(path.glob(f"*/*{SUFFIX}")) if _head(p)[0])
        if found:
            return found
        raise Refusal(Diagnostic("E101", args={"path": f"{name}（其中没有规则文件）"}, place=name))
    if path.is_file():
        return (path,)
    for candidate in shipped():
        title, code = _head(candidate)
        if name in {code, title, candidate.stem, candidate.parent.name}:
            return (candidate,)
    looks_like_path = path.suffix or len(path.parts) > 1
    raise Refusal(
        Diagnostic("E101", args={"path": name}, place=name)
        if looks_like_path
        else Diagnostic("E919", args={"name": name})
    )


def all_packs(names: Sequence[str]) -> list[Path]:
    """The rule files that the names mean; all shipped ones if there are no names."""
    return [path for name in names for path in find_packs(name)] or list(shipped())


def find_pack(name: str) -> Path:
    """The one rule file that `name` means."""
    return find_packs(name)[0]


def _head(path: Path) -> tuple[str, str]:
    """Title and code of a rule file; ("", "") for one without 文件, such as a vocabulary."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return "", ""
    title, code = _DOCUMENT.search(text), _CODE.search(text)
    return (title[1] if title else ""), (code[1] if code else "")
