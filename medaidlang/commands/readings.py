"""`medaid readings PACK DATA`: what another reading of the text would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from medaidlang.commands.common import (
    claims_option,
    data_argument,
    pack_argument,
    persons_option,
    progress,
    say,
    say_json,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medaidlang.core.nodes import Pack, Reading
    from medaidlang.interpret.result import Settlement
    from medaidlang.load import Loaded
    from medaidlang.records.assemble import Records
    from medaidlang.records.results import Settled

HELP = """换一种读法会怎样：把每个口径的每个备选各算一遍，列出哪些人的结果会变、变多少。

在这批数据上什么也不改变的口径，单独列出。

\b
例：
  medaid 口径 昆玉2025 samples/昆玉2025.json
  medaid readings 乌海2022 数据.xlsx --only 约数的取法
"""


@attrs.frozen
class Change:
    """One payment or other result that comes out otherwise.

    `before` and `after` are texts; `fen` is how much more is paid, None where that
    is not known or the result is not a payment.
    """

    person: str
    what: str
    before: str
    after: str
    fen: int | None


@attrs.frozen
class Trial:
    """One alternative of one reading, run over the data."""

    reading: Reading
    choice: str
    changes: tuple[Change, ...]

    @property
    def by_person(self) -> dict[str, int]:
        """Who is affected, and by how many 分 as far as known."""
        sums: dict[str, int] = {}
        for change in self.changes:
            sums[change.person] = sums.get(change.person, 0) + (change.fen or 0)
        return sums

    @property
    def difference(self) -> int:
        """分 more (or less) over the payments whose amounts are known both ways."""
        return sum(self.by_person.values())


@verb("readings", HELP)
@pack_argument
@data_argument
@persons_option
@claims_option
@click.option("--only", metavar="口径", help="只试这一个口径。")
def command(
    pack: str,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    only: str | None,
    as_json: bool,
) -> int:
    """Run every alternative over the data."""
    from medaidlang.commands.settle import pack_and_records
    from medaidlang.driver import find_pack, usable

    loaded, made = usable(find_pack(pack))
    _, records = pack_and_records(pack, data, persons, claims)
    chosen = [r for r in made.readings.values() if only in (None, r.name, r.label)]
    if not chosen:
        raise click.UsageError(f"没有口径“{only}”。有：{'、'.join(made.readings) or '（无）'}。")
    trials = run_trials(loaded, made, records, chosen)
    if as_json:
        say_json({"ok": True, "pack": made.document.code, "readings": _as_records(trials)})
    else:
        _show(made, trials)
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
    """What differs: claim by claim, the subsidies, then the other results."""
    for one, other in zip(before, after, strict=True):
        person = one.subject.number
        old, new = amounts(one.settlement), amounts(other.settlement)
        for what in dict.fromkeys([*old, *new]):
            first, second = old.get(what, 0), new.get(what, 0)
            if first != second:
                fen = None if first is None or second is None else second - first
                yield Change(person, what, _amount(first), _amount(second), fen)
        results, others = results_of(pack, one.settlement), results_of(pack, other.settlement)
        for what in dict.fromkeys([*results, *others]):
            said, instead = results.get(what, "—"), others.get(what, "—")
            if said != instead:
                yield Change(person, what, said, instead, None)


def amounts(settlement: Settlement) -> dict[str, int | None]:
    """Every payment of a settlement under a name of its own, in 分."""
    paid: dict[str, int | None] = {
        f"{claim.number} {payment.benefit}": payment.amount
        for claim in settlement.claims
        for payment in claim.payments
    }
    paid |= {name: payment.amount for name, payment in settlement.subsidies.items()}
    return paid


def results_of(pack: Pack, settlement: Settlement) -> dict[str, str]:
    """Deadlines, flags and the like, as text; not who funds the payments already compared."""
    from medaidlang.core.nodes import OutputKind
    from medaidlang.interpret.shape import kinds, plain
    from medaidlang.records.results import shown

    types = kinds(pack)
    funds = {output.name for output in pack.outputs if output.kind is OutputKind.FUNDS}
    return {
        r.name: shown(plain(r.value, types[r.name]))
        for r in settlement.results
        if r.name not in funds
    }


# ── showing ──────────────────────────────────────────────────────────────────


def _show(pack: Pack, trials: Sequence[Trial]) -> None:
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
    open_ones = sum(change.fen is None for change in trial.changes)
    tail = f"，另有 {open_ones} 项不能以金额相减" if open_ones else ""
    several = len(trial.by_person) < len(trial.changes) and len(trial.by_person) > 1
    each = "，".join(f"{who} {_signed(fen)}" for who, fen in trial.by_person.items() if fen)
    said = f"{len(trial.by_person)} 人的结果改变，救助合计 {_signed(trial.difference)} 元{tail}"
    return f"{said}（{each}）" if several and each else said


def _amount(fen: int | None) -> str:
    from medaidlang.runtime.money import format_yuan

    return "无法计算" if fen is None else format_yuan(fen)


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else ''}{_amount(fen)}"


def _as_records(trials: Sequence[Trial]) -> list[dict[str, object]]:
    """The trials as plain data; amounts as text."""
    return [
        {
            "reading": trial.reading.name,
            "label": trial.reading.label,
            "clause": trial.reading.origin.clause,
            "taken": trial.reading.active,
            "alternative": trial.choice,
            "persons": {who: _amount(fen) for who, fen in trial.by_person.items()},
            "difference": _amount(trial.difference),
            "changes": [
                {
                    "person": change.person,
                    "what": change.what,
                    "before": change.before,
                    "after": change.after,
                }
                for change in trial.changes
            ],
        }
        for trial in trials
    ]
