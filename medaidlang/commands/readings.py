"""`medaid readings PACK DATA`: what another reading of the text would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands import place as by_place
from medaidlang.commands.common import (
    claims_option,
    data_argument,
    optional_pack_argument,
    persons_option,
    place_option,
    progress,
    registry_option,
    say,
    say_json,
    verb,
)
from medaidlang.commands.differences import Change, Kind, Trial, amount, compared, everything

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medaidlang.core.nodes import Pack, Reading
    from medaidlang.load import Loaded
    from medaidlang.records.assemble import Records
    from medaidlang.records.results import Settled

HELP = """换一种读法会怎样：把每个口径的每个备选各算一遍，列出哪些人的结果会变、变多少：
救助、保险的支付，和其他结果。救助合计只算救助。

在这批数据上什么也不改变的口径，单独列出。

\b
例：
  medaid 口径 昆玉2025 samples/昆玉2025.json
  medaid readings 乌海2022 数据.xlsx --only 约数的取法
  medaid 口径 --place 昆玉市 数据.json
"""


@verb("readings", HELP)
@optional_pack_argument
@data_argument
@persons_option
@claims_option
@place_option
@registry_option
@click.option("--only", metavar="口径", help="只试这一个口径。")
def command(
    pack: str | None,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    place: str | None,
    registry: Path | None,
    only: str | None,
    as_json: bool,
) -> int:
    """Run every alternative over the data."""
    from medaidlang.commands.settle import pack_and_records
    from medaidlang.driver import find_pack, usable

    if place is not None:
        from medaidlang.commands.place_readings import readings_by_document
        from medaidlang.commands.settle import given_data
        from medaidlang.succession import Data, place_of

        files = Data(by_place.shifted(pack, data), persons, claims)
        given_data(files.data, persons, claims)
        return readings_by_document(place_of(place, registry), files, only, as_json=as_json)
    pack = by_place.needed(pack, place, registry)
    loaded, made = usable(find_pack(pack))
    _, records = pack_and_records(pack, data, persons, claims)
    chosen = [r for r in made.readings.values() if only in (None, r.name, r.label)]
    if not chosen:
        raise click.UsageError(f"没有口径“{only}”。有：{'、'.join(made.readings) or '（无）'}。")
    trials = run_trials(loaded, made, records, chosen)
    if as_json:
        say_json({"ok": True, "pack": made.document.code, "readings": as_records(trials)})
    else:
        show(made, trials)
    return 0


def run_trials(
    loaded: Loaded, pack: Pack, records: Records, readings: Sequence[Reading]
) -> list[Trial]:
    """Each alternative of each reading, compared with the readings taken."""
    from medaidlang.driver import settle_all

    before = settle_all(pack, records.subjects)
    wanted = [(reading, choice) for reading in readings for choice in reading.alternatives]
    trials: list[Trial] = []
    work = len(wanted) * len(records.subjects)
    with progress(wanted, "口径", work) as shown:
        for reading, choice in shown:
            after = settle_all(_remade(loaded, reading, choice), records.subjects)
            trials.append(Trial(reading, choice, tuple(changes(pack, before, after))))
    return trials


def _remade(loaded: Loaded, reading: Reading, choice: str) -> Pack:
    """The pack under one other reading."""
    from medaidlang.base.diagnostic import Refusal

    other, found = loaded.pack({reading.name: choice})
    if other is None:
        raise Refusal(*found)
    return other


def changes(pack: Pack, before: Sequence[Settled], after: Sequence[Settled]) -> Iterator[Change]:
    """What differs, person by person."""
    others = by_person(after)
    for person, years in by_person(before).items():
        said = [
            {k: v for one in each for k, v in everything(pack, one.settlement).items()}
            for each in (years, others[person])
        ]
        yield from compared(person[0], *said)


def by_person(settled: Sequence[Settled]) -> dict[tuple[str, str], list[Settled]]:
    """Everybody's years, which another reading may make more or fewer."""
    found: dict[tuple[str, str], list[Settled]] = {}
    for one in settled:
        found.setdefault((one.subject.number, one.subject.owner), []).append(one)
    return found


# ── showing ──────────────────────────────────────────────────────────────────


def show(pack: Pack, trials: Sequence[Trial]) -> None:
    """The alternatives that change something, then those that do not."""
    say(f"{pack.document.title}：{len({t.reading.name for t in trials})} 个口径\n")
    for trial in trials:
        if trial.changes:
            _show_trial(trial)
    silent = [t for t in trials if not t.changes]
    if silent:
        say("在这批数据上不改变结果：")
        for trial in silent:
            say(f"  {_named(trial.reading)}：取“{trial.choice}”也一样")
        say()
    changing = {t.reading.name for t in trials if t.changes}
    said = f"{len(changing)} 个会改变结果" if changing else "都不改变这批数据的结果"
    say(f"{len({t.reading.name for t in trials})} 个口径里，{said}。")


def _show_trial(trial: Trial) -> None:
    from medaidlang.base.table import text_table

    reading = trial.reading
    say(f"{_named(reading)}")
    say(f"  现取“{reading.active}”；改取“{trial.choice}”：{_effect(trial)}")
    rows = [
        (c.person, c.what, c.before, c.after, "—" if c.fen is None else _signed(c.fen))
        for c in trial.changes
    ]
    table = text_table(["人员", "项目", "现在", "改取后", "相差"], rows, "llrrr")
    say("".join(f"    {line}\n" for line in table.splitlines()))


def _named(reading: Reading) -> str:
    label = f"〔{reading.label}〕" if reading.label else ""
    clause = f"【{reading.origin.clause}】" if reading.origin.clause else ""
    return f"口径 {reading.name}{label}{clause}"


def _effect(trial: Trial) -> str:
    """How many persons, how much; per person where one has several changes."""
    said = [f"{len(trial.by_person)} 人的结果改变"]
    said += [_sum(trial, kind) for kind in (Kind.AID, Kind.INSURANCE) if trial.of(kind)]
    if not trial.of(Kind.AID):
        said.append("救助合计不变")
    others = len(trial.of(Kind.OTHER))
    if others:
        said.append(f"{'另有 ' if len(trial.changes) > others else ''}{others} 项其他结果改变")
    aid = [change for change in trial.of(Kind.AID) if change.fen]
    people = {who: fen for who, fen in trial.by_person.items() if fen}
    several = len(people) < len(aid) and len(people) > 1
    each = "，".join(f"{who} {_signed(fen)}" for who, fen in people.items())
    return "，".join(said) + (f"（{each}）" if several else "")


def _sum(trial: Trial, kind: Kind) -> str:
    """`救助合计 +100.00 元`, with how many are not in it; without a figure where none is known."""
    unknown = sum(change.fen is None for change in trial.of(kind))
    fen = trial.difference(kind)
    if fen is None:
        return f"{unknown} 项{kind.value}无法比较（有一边无法计算），{kind.value}合计差多少不知道"
    tail = f"（不含 {unknown} 项有一边无法计算的）" if unknown else ""
    return f"{kind.value}合计 {_signed(fen)} 元{tail}"


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else ''}{amount(fen)}"


def as_records(trials: Sequence[Trial]) -> list[dict[str, object]]:
    """The trials as plain data; amounts as text, null where nothing is known."""
    return [
        {
            "reading": trial.reading.name,
            "label": trial.reading.label,
            "clause": trial.reading.origin.clause,
            "taken": trial.reading.active,
            "alternative": trial.choice,
            "persons": {who: _known(fen) for who, fen in trial.by_person.items()},
            "difference": _known(trial.difference(Kind.AID)),
            "insurance_difference": _known(trial.difference(Kind.INSURANCE)),
            "changes": [
                {
                    "person": change.person,
                    "kind": change.kind.value,
                    "what": change.what,
                    "before": change.before,
                    "after": change.after,
                    "difference": _known(change.fen),
                }
                for change in trial.changes
            ],
        }
        for trial in trials
    ]


def _known(fen: int | None) -> str | None:
    return None if fen is None else amount(fen)
