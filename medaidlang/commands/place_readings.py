"""`medaid readings --place`: another reading of one of a place's documents, over all claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
import click

from medaidlang.commands.common import progress, say_json
from medaidlang.commands.differences import (
    Change,
    Said,
    Trial,
    compared,
    payments,
    results_of,
)
from medaidlang.commands.readings import as_records, show

if TYPE_CHECKING:
    from medaidlang.core.nodes import Pack
    from medaidlang.records.versions import ByDocument
    from medaidlang.registry import Place, Version
    from medaidlang.succession import Data


def readings_by_document(place: Place, data: Data, only: str | None, *, as_json: bool) -> int:
    """Run every alternative of every document of the place."""
    from medaidlang.succession import settle_place

    wanted = [
        (version, reading, choice)
        for version in place.versions
        for reading in version.pack.readings.values()
        if only in (None, reading.name, reading.label)
        for choice in reading.alternatives
    ]
    if not wanted:
        known = dict.fromkeys(name for v in place.versions for name in v.pack.readings)
        said = f"没有口径“{only}”。" if only is not None else "这些文件没有记口径。"
        raise click.UsageError(f"{said}有：{'、'.join(known) or '（无）'}。")
    before = settle_place(place, data)
    trials: dict[str, list[Trial]] = {}
    with progress(wanted, "口径", len(wanted) * len(before.persons)) as shown:
        for version, reading, choice in shown:
            other = _remade(place, version, {reading.name: choice})
            made = tuple(_changes(before, settle_place(other, data)))
            trials.setdefault(version.about.code, []).append(Trial(reading, choice, made))
    documents = [(v.pack, trials[v.about.code]) for v in place.versions if v.about.code in trials]
    if as_json:
        records = [{"code": p.document.code, "readings": as_records(t)} for p, t in documents]
        say_json({"ok": True, "place": place.name, "documents": records})
        return 0
    for pack, listed in documents:
        show(pack, listed)
    return 0


def _remade(place: Place, version: Version, choices: dict[str, str]) -> Place:
    """The place with one document under another reading, which may also move its dates."""
    from medaidlang.base.diagnostic import Refusal
    from medaidlang.load import load
    from medaidlang.registry import succession

    other, found = load(version.path).pack(choices)
    if other is None:
        raise Refusal(*found)
    packs = [(v.path, other if v is version else v.pack) for v in place.versions]
    return attrs.evolve(place, versions=tuple(succession(packs)))


def _changes(before: ByDocument, after: ByDocument) -> Iterator[Change]:
    """What differs, person by person, whichever document settles it."""
    for person in before.persons:
        yield from compared(person, _paid(before, person), _paid(after, person))
        yield from compared(person, _results(before, person), _results(after, person))


def _paid(made: ByDocument, person: str) -> dict[str, Said]:
    """Every payment of a person's, under all documents."""
    return {k: v for _, one in made.of(person) for k, v in payments(one.settlement).items()}


def _results(made: ByDocument, person: str) -> dict[str, Said]:
    """Every other result; where several documents give one, each under its code."""
    held = made.of(person)

    def called(name: str, pack: Pack) -> str:
        return name if len(held) == 1 else f"{name}（{pack.document.code}）"

    return {
        called(name, part.pack): said
        for part, one in held
        for name, said in results_of(part.pack, one.settlement).items()
    }
