"""The passes in their order, and what every command needs of them.

Takes what a person calls a rule pack (a path, a folder, a code, a title), gives
a `Report`: the pack and all that is wrong with it.  Nothing is printed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Diagnostic, Refusal, Severity
from medaidlang.base.resources import data_folder

if TYPE_CHECKING:
    from medaidlang.core.nodes import Pack
    from medaidlang.load import Loaded
    from medaidlang.records.assemble import Subject
    from medaidlang.records.results import Settled

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
    from medaidlang.records.raw import FINDINGS_LIMIT
    from medaidlang.records.results import Settled

    settler = prepare(pack)
    settled: list[Settled] = []
    found: list[Diagnostic] = []
    for subject in subjects:
        try:
            made = settler.settle(subject.person, subject.claims, trace=trace, year=year)
        except Refusal as refused:
            found += map(subject.placed, refused.diagnostics)
            if len(found) >= FINDINGS_LIMIT:
                break
        else:
            settled.append(Settled(subject, made))
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])
    return settled


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
