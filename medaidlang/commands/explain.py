"""`medaid explain PACK DATA`: why this amount, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import (
    claims_option,
    colour,
    data_argument,
    pack_argument,
    persons_option,
    say,
    say_json,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medaidlang.interpret.result import ClaimResult
    from medaidlang.records.assemble import Records, Subject
    from medaidlang.records.results import Settled

HELP = """一笔费用为什么是这个金额：逐步的算式和条款，受什么限制，为什么无法计算。

不写 --claim，就说明这个人的每一笔。

\b
例：
  medaid 说明 昆玉2025 samples/昆玉2025.json --person K03 --claim K03-2
  medaid explain 乌海2022 samples/乌海2022.json --person H06
"""


@verb("explain", HELP)
@pack_argument
@data_argument
@persons_option
@claims_option
@click.option("--person", metavar="人员编号", help="说明这个人；数据里只有一个人时不用写。")
@click.option("--claim", metavar="编号", help="说明这一笔费用。")
def command(
    pack: str,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    person: str | None,
    claim: str | None,
    as_json: bool,
) -> int:
    """Explain one claim, or all claims of one person."""
    from medaidlang.commands.settle import pack_and_records
    from medaidlang.driver import settle_all
    from medaidlang.explain.paragraphs import explain

    made, records = pack_and_records(pack, data, persons, claims)
    subject = _subject(records, person, claim)
    (settled,) = settle_all(made, [subject], trace=True)
    chosen = _claims(settled, claim)
    if as_json:
        say_json(_record(settled, chosen))
        return 0
    say(f"{made.document.title}\n")
    for one in chosen:
        say(_heading(f"人员 {subject.number}，费用 {one.number}（{one.day.isoformat()}）"))
        for paragraph in explain(settled.settlement, one):
            say(f"〔{paragraph.title}〕")
            for line in paragraph.lines:
                say(f"  {line}")
        say()
    return 0


def _heading(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour() else text


def _subject(records: Records, person: str | None, claim: str | None) -> Subject:
    """The person meant; a usage error that names the choices where it is not clear."""
    subjects = records.subjects
    if person is not None:
        found = [s for s in subjects if s.number == person]
        if found:
            return found[0]
        raise click.UsageError(
            f"数据里没有人员“{person}”。有：{_some(s.number for s in subjects)}。"
        )
    if claim is not None:
        found = [s for s in subjects if any(c.get("编号") == claim for c in s.claims)]
        if len(found) == 1:
            return found[0]
    if len(subjects) == 1:
        return subjects[0]
    raise click.UsageError(f"用 --person 写明哪一个人。有：{_some(s.number for s in subjects)}。")


def _some(names: Iterable[str]) -> str:
    """Up to ten names."""
    listed = list(names)
    return "、".join(listed[:10]) + (f" 等 {len(listed)} 个" if len(listed) > 10 else "")


def _claims(settled: Settled, claim: str | None) -> list[ClaimResult]:
    """The claims to explain."""
    listed = list(settled.settlement.claims)
    if claim is None:
        if not listed:
            raise click.UsageError("这个人没有费用。")
        return listed
    found = [one for one in listed if one.number == claim]
    if not found:
        number = settled.subject.number
        has = _some(one.number for one in listed) or "（没有费用）"
        raise click.UsageError(f"人员“{number}”没有费用“{claim}”。有：{has}。")
    return found


def _record(settled: Settled, chosen: list[ClaimResult]) -> dict[str, object]:
    """The paragraphs as plain data."""
    from medaidlang.explain.paragraphs import explain
    from medaidlang.records.output import steps

    numbers = {one.number for one in chosen}
    trace = [line for line in steps(settled.settlement) if line["编号"] in numbers]
    return {
        "ok": True,
        "person": settled.subject.number,
        "claims": [
            {
                "number": one.number,
                "paragraphs": [
                    {"title": p.title, "lines": p.lines} for p in explain(settled.settlement, one)
                ],
            }
            for one in chosen
        ],
        "steps": trace,
    }
