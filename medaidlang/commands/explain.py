"""`medaid explain PACK DATA`: why this amount, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from medaidlang.commands import place as by_place
from medaidlang.commands.common import (
    applications_option,
    claims_option,
    colour,
    data_argument,
    optional_pack_argument,
    persons_option,
    place_option,
    registry_option,
    say,
    say_json,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from medaidlang.explain.paragraphs import Paragraph
    from medaidlang.interpret.result import Application, Settlement
    from medaidlang.records.assemble import Records, Subject
    from medaidlang.records.results import Settled

HELP = """一笔费用为什么是这个金额：逐步的算式和条款，受什么限制，为什么无法计算。

不写 --claim，就说明这个人的每一笔费用和每一份申请。

\b
例：
  medaid 说明 昆玉2025 samples/昆玉2025.json --person K03 --claim K03-2
  medaid explain 乌海2022 samples/乌海2022.json --person H06
  medaid 说明 --place 昆玉市 数据.json --claim K03-2
"""


@verb("explain", HELP)
@optional_pack_argument
@data_argument
@persons_option
@claims_option
@applications_option
@place_option
@registry_option
@click.option("--person", metavar="人员编号", help="说明这个人；数据里只有一个人时不用写。")
@click.option("--claim", metavar="编号", help="说明这一笔费用，或者这一份申请。")
def command(
    pack: str | None,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    applications: Path | None,
    place: str | None,
    registry: Path | None,
    person: str | None,
    claim: str | None,
    as_json: bool,
) -> int:
    """Explain one claim or application, or everything of one person."""
    from medaidlang.commands.settle import pack_and_records
    from medaidlang.driver import settle_all

    if place is not None:
        if applications is not None:
            raise click.UsageError("--applications 不能与 --place 同用。")
        files = (by_place.shifted(pack, data), persons, claims)
        found = by_place.settled_by_document(place, registry, *files, trace=True)
        return by_place.explain_by_document(found, person, claim, as_json=as_json)
    pack = by_place.needed(pack, place, registry)
    made, records = pack_and_records(pack, data, persons, claims, applications=applications)
    subject = _subject(records, person, claim)
    household = settle_all(made, records.household_of(subject), trace=True)
    applied = [one.name for one in made.benefits.values() if one.application is not None]
    chosen = _told(_everything(household, subject, applied), subject.number, claim)
    if as_json:
        say_json(_record(subject.number, chosen))
        return 0
    say(f"{made.document.title}\n")
    for one in chosen:
        say(_heading(f"人员 {subject.number}，{one.what} {one.number}（{one.day.isoformat()}）"))
        for paragraph in one.paragraphs:
            say(f"〔{paragraph.title}〕")
            for line in paragraph.lines:
                say(f"  {line}")
        say()
    return 0


_Steps = dict[str, list[dict[str, str]]]


@attrs.frozen
class _Told:
    """A claim or an application, explained."""

    what: str
    number: str
    day: date
    paragraphs: list[Paragraph]
    steps: list[dict[str, str]]


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
        found = [s for s in subjects if claim in s.numbers]
        if len(found) == 1:
            return found[0]
    if len(subjects) == 1:
        return subjects[0]
    raise click.UsageError(f"用 --person 写明哪一个人。有：{_some(s.number for s in subjects)}。")


def _some(names: Iterable[str]) -> str:
    """Up to ten names."""
    listed = list(names)
    return "、".join(listed[:10]) + (f" 等 {len(listed)} 个" if len(listed) > 10 else "")


def _told(listed: Sequence[_Told], person: str, number: str | None) -> list[_Told]:
    """What to explain: the claim or application of that number, or all of them."""
    if number is None:
        if not listed:
            raise click.UsageError("这个人没有费用。")
        return list(listed)
    found = [one for one in listed if one.number == number]
    if not found:
        has = _some(one.number for one in listed) or "（没有费用）"
        raise click.UsageError(f"人员“{person}”没有费用“{number}”。有：{has}。")
    return found


def _everything(
    household: Sequence[Settled], subject: Subject, applied: Sequence[str]
) -> list[_Told]:
    """A person's claims and applications, then others' applications that count the claims."""
    from medaidlang.explain.applications import concerns

    made = [one for year in household for one in year.settlement.applications]
    own = [year for year in household if _is(year.subject, subject)]
    others = [year for year in household if not _is(year.subject, subject)]
    told = [one for year in own for one in _of_year(year, made, applied)]
    for year in others:
        trace = _steps(year.settlement)
        told += [
            _application(year, one, f"{one.applicant} 的申请", trace)
            for one in year.settlement.applications
            if concerns(one, subject.number)
        ]
    return told


def _is(one: Subject, other: Subject) -> bool:
    return (one.number, one.owner) == (other.number, other.owner)


def _of_year(
    settled: Settled, made: Sequence[Application], applied: Sequence[str]
) -> Iterator[_Told]:
    """The claims of a year, then its applications; `made` are those of the household."""
    from medaidlang.explain.applications import explain_claim

    settlement, person = settled.settlement, settled.subject.number
    trace = _steps(settlement)
    for claim in settlement.claims:
        told = explain_claim(settlement, claim, person, made, applied)
        yield _Told("费用", claim.number, claim.day, told, trace.get(claim.number, []))
    for one in settlement.applications:
        yield _application(settled, one, "申请", trace)


def _application(settled: Settled, made: Application, what: str, trace: _Steps) -> _Told:
    """An application, explained."""
    from medaidlang.explain.applications import explain_application

    told = explain_application(settled.settlement, made)
    return _Told(what, made.number, made.day, told, trace.get(made.number, []))


def _steps(settlement: Settlement) -> _Steps:
    """The steps of each claim and application, by its number."""
    from medaidlang.records.output import steps

    found: _Steps = {}
    for line in steps(settlement):
        found.setdefault(line["编号"], []).append(line)
    return found


def _record(person: str, chosen: Sequence[_Told]) -> dict[str, object]:
    """The paragraphs as plain data."""
    return {
        "ok": True,
        "person": person,
        "claims": [
            {
                "number": one.number,
                "paragraphs": [{"title": p.title, "lines": p.lines} for p in one.paragraphs],
            }
            for one in chosen
        ],
        "steps": [line for one in chosen for line in one.steps],
    }
