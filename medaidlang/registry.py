"""Which document governs which day: the documents of each place, one after the other.

Takes a folder of rule packs, gives the versions of every 统筹区 with the days on
which each is in force, and what is wrong between them: two for one day, none for
a day between, one code for two.  What a single rule file says is `check`'s.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

import attrs

from medaidlang.base.diagnostic import Diagnostic, Label, Refusal
from medaidlang.base.resources import data_folder
from medaidlang.base.source import Span
from medaidlang.core.nodes import Document, Pack
from medaidlang.load import FIGURES, SUFFIX, shown
from medaidlang.runtime.dates import format_date_cn
from medaidlang.syntax.reading import read_source

ENVIRONMENT = "MEDAID_REGISTRY"
"""The variable that names the folder of the registry."""

DAY = timedelta(days=1)
_BLANK = r"[ \t\u3000]"
_HEAD = re.compile(rf"^{_BLANK}*文件{_BLANK}+\S", re.M)
_REST = r"[^\n#]*[^\s#]"
_REGION = re.compile(rf"^{_BLANK}*统筹区{_BLANK}+(\S[^\n#]*)", re.M)


class Status(Enum):
    """How a document stands on a day."""

    BEFORE = "未施行"
    IN_FORCE = "有效"
    REPEALED = "已废止"
    EXPIRED = "已失效"


@attrs.frozen
class Version:
    """A document of a place, in force from `start` to `end` (inclusive; None = open).

    `repealed_by` is the document that ends it, where not its own 失效 does.
    """

    path: Path
    pack: Pack
    start: date | None
    end: date | None
    repealed_by: Document | None = None

    @property
    def about(self) -> Document:
        """The document."""
        return self.pack.document

    def governs(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        begun = self.start is not None and self.start <= day
        return begun and (self.end is None or day <= self.end)

    def status(self, day: date) -> Status:
        """How it stands on `day`."""
        if self.start is None or day < self.start:
            return Status.BEFORE
        if self.governs(day):
            return Status.IN_FORCE
        return Status.REPEALED if self.repealed_by is not None else Status.EXPIRED


@attrs.frozen
class Place:
    """A 统筹区 with its documents, oldest first."""

    name: str
    versions: tuple[Version, ...]


# ── where the documents are ──────────────────────────────────────────────────


def root_of(folder: Path | None) -> Path:
    """The folder of the registry: the one given, that of the environment, the shipped one."""
    named = os.environ.get(ENVIRONMENT)
    root = folder or (Path(named) if named else data_folder("policies"))
    if not root.is_dir():
        raise Refusal(Diagnostic("E101", args={"path": str(root)}, place=str(root)))
    return root


def rule_files(root: Path) -> list[Path]:
    """Every rule file with a 文件 below `root`, at any depth, each once."""
    found: dict[Path, Path] = {}
    for folder, inner, names in os.walk(root, onerror=_refuse):
        inner[:] = sorted(name for name in inner if name != FIGURES and not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if path.suffix == SUFFIX and _is_rule_file(path):
                found.setdefault(path.resolve(), path)
    return list(found.values())


def _refuse(error: OSError) -> None:
    """A folder that cannot be read may hold documents: nothing is said without it."""
    path = str(error.filename)
    raise Refusal(Diagnostic("E101", args={"path": path}, place=path)) from None


def _is_rule_file(path: Path) -> bool:
    """Whether it has a 文件; one that cannot be read counts, so that somebody says so."""
    try:
        return _HEAD.search(read_source(path).text) is not None
    except Refusal:
        return True


def rule_files_of(root: Path, name: str) -> list[Path]:
    """The rule files of the one place that `name` is, or is the end of.

    Raises `Refusal`: E735 if there is none, E736 if there are several, E1xx for a file
    that cannot be read, since it may be a document of the place.
    """
    paths = rule_files(root)
    regions = {path: region(read_source(path, shown(path)).text) for path in paths}
    chosen = place_named(name, regions.values())
    return [path for path, said in regions.items() if chosen.endswith(said) and said]


def region(text: str) -> str:
    """What a rule file says under 统筹区; "" if nothing."""
    found = _REGION.search(text)
    return found[1].strip() if found else ""


def place_named(name: str, regions: Iterable[str]) -> str:
    """The place, in its longest form, that `name` means."""
    forms = canonical(regions)
    wanted = name.strip()
    said = {whole for short, whole in forms.items() if wanted and short.endswith(wanted)}
    known = "、".join(sorted(set(forms.values()))) or "（无）"
    if not said:
        raise Refusal(Diagnostic("E735", args={"name": name, "known": known}, place="统筹区"))
    if len(said) > 1:
        args = {"name": name, "known": "、".join(sorted(said))}
        raise Refusal(Diagnostic("E736", args=args, place="统筹区"))
    return said.pop()


def canonical(regions: Iterable[str]) -> dict[str, str]:
    """Each 统筹区 → its longest form: 昆玉市 and 兵团第十四师昆玉市 are one place."""
    forms: dict[str, str] = {}
    for short in sorted({r for r in regions if r}, key=lambda r: (-len(r), r)):
        longer = [whole for whole in forms.values() if whole.endswith(short)]
        forms[short] = longer[0] if longer else short
    return forms


# ── who follows whom ─────────────────────────────────────────────────────────


def places(packs: Iterable[tuple[Path, Pack]]) -> tuple[Place, ...]:
    """The packs by place, in the order of their names; "" for those that name none."""
    listed = list(packs)
    forms = canonical(pack.document.region for _, pack in listed)
    grouped: dict[str, list[tuple[Path, Pack]]] = {}
    for path, pack in listed:
        grouped.setdefault(forms.get(pack.document.region, ""), []).append((path, pack))
    return tuple(Place(name, tuple(succession(grouped[name]))) for name in sorted(grouped))


def succession(packs: Iterable[tuple[Path, Pack]]) -> list[Version]:
    """The documents of one place, oldest first, each up to its 失效 or its 废止."""
    listed = list(packs)
    made = []
    for path, pack in listed:
        about = pack.document
        end, by = about.expires, None
        for _, other in listed:
            new = other.document
            if other is not pack and repeals(new, about) and new.effective is not None:
                last = new.effective - DAY
                if end is None or last < end:
                    end, by = last, new
        made.append(Version(path, pack, about.effective, end, by))
    return sorted(made, key=lambda version: (version.start or date.min, version.about.code))


def repeals(new: Document, old: Document) -> bool:
    """Whether `new` names `old` in its 废止; a document repeals none that came after it."""
    names = {_plain(said) for said in (old.number, old.title, old.code) if said}
    later = old.effective is None or new.effective is None or old.effective <= new.effective
    return later and any(_plain(said) in names for said in new.repeals)


def _plain(said: str) -> str:
    """A document number or title as it is compared."""
    return re.sub(r"[\s《》]", "", said).translate(str.maketrans("[]［］【】", "〔〕〔〕〔〕"))


# ── what is wrong between them ───────────────────────────────────────────────


def findings(listed: Sequence[Place]) -> list[Diagnostic]:
    """E734 one code for two; E731, E732, N733 place by place."""
    every = [version for place in listed for version in place.versions]
    found = list(_codes(every))
    for place in listed:
        found += timeline(place) if place.name else ()
    for version in every:
        found += _unregistered(version, every)
    return found


def timeline(place: Place) -> Iterator[Diagnostic]:
    """E731 two documents on one day, E732 none on a day between two."""
    before: Version | None = None  # the one in force longest, so far
    for after in place.versions:
        if after.start is None or (after.end is not None and after.end < after.start):
            continue  # never in force: its own check says so, or another replaced it at once
        if before is not None:
            yield from _between(place.name, before, after)
        if before is None or (before.end and (after.end is None or after.end > before.end)):
            before = after


def _between(place: str, before: Version, after: Version) -> Iterator[Diagnostic]:
    """What is wrong where one document follows another."""
    assert after.start is not None
    args = {"place": place, "before": before.about.title, "after": after.about.title}
    span = line_of(after.about, "施行", after.start)
    if before.end is None or after.start <= before.end:
        assert before.start is not None
        label = Label(line_of(before.about, "施行", before.start), "earlier")
        day = {"day": format_date_cn(after.start)}
        yield Diagnostic("E731", span, {**args, **day}, labels=(label,))
    elif before.end + DAY < after.start:
        label = Label(line_of(before.about, "失效", before.end), "earlier")
        days = (before.end + DAY, after.start - DAY)
        said = dict(zip(("start", "end"), map(format_date_cn, days), strict=True))
        yield Diagnostic("E732", span, {**args, **said}, labels=(label,))


def _codes(every: Iterable[Version]) -> Iterator[Diagnostic]:
    """E734."""
    first: dict[str, Version] = {}
    for version in every:
        about = version.about
        before = first.setdefault(about.code, version)
        if before is not version:
            args = {"name": about.code, "before": before.about.title, "after": about.title}
            label = Label(line_of(before.about, "代号"), "earlier")
            yield Diagnostic("E734", line_of(about, "代号"), args, labels=(label,))


def _unregistered(version: Version, every: Iterable[Version]) -> Iterator[Diagnostic]:
    """N733."""
    about = version.about
    known = {_plain(x) for v in every for x in (v.about.number, v.about.title, v.about.code) if x}
    effective = format_date_cn(about.effective) if about.effective else "施行"
    for said in about.repeals:
        if _plain(said) not in known:
            args = {"title": about.title, "repeals": said, "effective": effective}
            yield Diagnostic("N733", line_of(about, "废止", said), args)


def line_of(about: Document, word: str, said: date | str = "") -> Span:
    """The line of 文件 that says so; the head of the item where it is written otherwise."""
    assert about.origin is not None
    head = about.origin.span
    text = format_date_cn(said) if isinstance(said, date) else said
    pattern = rf"^{_BLANK}*({word}{_BLANK}+{re.escape(text) or _REST})"
    found = re.compile(pattern, re.M).search(head.source.text, head.end)
    return Span(head.source, found.start(1), found.end(1)) if found else head
