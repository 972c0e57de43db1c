"""What settle, explain and check do with `--place`: a place's documents instead of one pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import colour, note, say, say_json, to_json, write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medaidlang.base.diagnostic import Diagnostic
    from medaidlang.interpret.result import ClaimResult
    from medaidlang.records.results import Settled
    from medaidlang.records.versions import ByDocument, Part
    from medaidlang.registry import Place


def shifted(pack: str | None, data: Path | None) -> Path | None:
    """With --place the first argument is the data file; a usage error where there are two."""
    if data is not None:
        raise click.UsageError("--place 和规则包只能用一种：写了 --place，只再写数据文件。")
    return Path(pack) if pack is not None else None


def needed(pack: str | None, place: str | None, registry: Path | None) -> str:
    """The pack; a usage error where there is neither pack nor place, or a registry alone."""
    if pack is None:
        raise click.UsageError("缺少参数“规则包”；或者用 --place 写明统筹区。")
    if registry is not None and place is None:
        raise click.UsageError("--registry 与 --place 同用。")
    return pack


def settled_by_document(
    place: str,
    registry: Path | None,
    data: Path | None,
    persons: Path | None,
    claims: Path | None,
    *,
    year: int | None = None,
    trace: bool = False,
) -> ByDocument:
    """Everybody in the data, each claim under its document."""
    from medaidlang.commands.settle import given_data
    from medaidlang.succession import Data, place_of, settle_place

    given_data(data, persons, claims)
    found = place_of(place, registry)
    return settle_place(found, Data(data, persons, claims, year), trace=trace)


# ── settle ───────────────────────────────────────────────────────────────────


def write_settled(
    made: ByDocument, form: str, output: Path | None, *, trace: bool, inputs: Sequence[Path | None]
) -> int:
    """The result in one of the formats, to a file or as the command's output."""
    from medaidlang.records.versions import summary_line

    shown = _rendered(made, form, trace)
    if output is None:
        say(shown.decode("utf-8-sig").rstrip("\r\n"))
    else:
        origins = [part.pack.document.origin for part in made.parts]
        rules = [Path(origin.span.source.name) for origin in origins if origin is not None]
        write_atomically(output, shown, [*inputs, *rules])
        notes = "".join(f"{line}\n" for line in made.notes)
        note(f"{notes}{summary_line(made)}\n结果已写到 {output}")
    return 0


def _rendered(made: ByDocument, form: str, trace: bool) -> bytes:
    from medaidlang.records import output, versions

    match form:
        case "json":
            return (to_json(_record(made, trace)) + "\n").encode()
        case "csv":
            return b"\xef\xbb\xbf" + output.table_csv(versions.with_reasons(made)).encode()
        case "xlsx":
            return output.workbook(versions.tables(made))
        case _:
            steps = [_steps(part, one) for part in made.parts for one in part.settled if trace]
            return "\n\n".join([versions.as_text(made), *steps, ""]).encode()


def _record(made: ByDocument, trace: bool) -> dict[str, object]:
    from medaidlang.records.versions import as_records, document_records

    return {
        "ok": True,
        "place": made.place,
        "documents": document_records(made),
        "notes": list(made.notes),
        "settlements": as_records(made, trace=trace),
    }


def _steps(part: Part, one: Settled) -> str:
    """Every step of a person's claims under one document."""
    from medaidlang.base.table import text_table
    from medaidlang.records.output import steps

    keys = ("编号", "待遇", "步骤", "算式", "条款")
    rows = [tuple(line[key] for key in keys) for line in steps(one.settlement)]
    return f"〔逐步 {one.subject.number}，{part.code}〕\n" + text_table(keys, rows)


# ── explain ──────────────────────────────────────────────────────────────────


def explain_by_document(
    made: ByDocument, person: str | None, claim: str | None, *, as_json: bool
) -> int:
    """Why each claim of a person got what it got, under its document."""
    number = _person(made, person, claim)
    listed = [
        (made.order[number, one.number], part, settled, one)
        for part, settled in made.of(number)
        for one in settled.settlement.claims
        if claim in (None, one.number)
    ]
    if not listed:
        said = f"没有费用“{claim}”" if claim is not None else "没有费用"
        raise click.UsageError(f"人员“{number}”{said}。")
    listed.sort(key=lambda item: item[0])
    chosen = [item[1:] for item in listed]
    if as_json:
        say_json({"ok": True, "person": number, "claims": [_explained(*one) for one in chosen]})
        return 0
    for part, settled, one in chosen:
        _say_claim(made, part, settled, one)
    return 0


def _person(made: ByDocument, person: str | None, claim: str | None) -> str:
    """The person meant."""
    owners = [who for who, number in made.order if number == claim]
    fitting = [person] if person is not None else owners or list(made.persons)
    if len(fitting) == 1 and fitting[0] in made.persons:
        return fitting[0]
    some = "、".join(made.persons[:10]) + (" 等" if len(made.persons) > 10 else "")
    if person is not None:
        raise click.UsageError(f"数据里没有人员“{person}”。有：{some}。")
    raise click.UsageError(f"用 --person 写明哪一个人。有：{some}。")


def _say_claim(made: ByDocument, part: Part, settled: Settled, one: ClaimResult) -> None:
    from medaidlang.explain.paragraphs import explain

    number = settled.subject.number
    title = part.pack.document.title
    away = (number, one.number) in made.ungoverned
    by = f"登记的文件都不管这一天，最近的是《{title}》" if away else f"依据《{title}》"
    heading = f"人员 {number}，费用 {one.number}（{one.day.isoformat()}）：{by}（{part.code}）"
    say(f"\x1b[1m{heading}\x1b[0m" if colour() else heading)
    for paragraph in explain(settled.settlement, one):
        say(f"〔{paragraph.title}〕")
        for line in paragraph.lines:
            say(f"  {line}")
    say()


def _explained(part: Part, settled: Settled, one: ClaimResult) -> dict[str, object]:
    from medaidlang.explain.paragraphs import explain
    from medaidlang.records.output import steps

    return {
        "number": one.number,
        "document": part.code,
        "paragraphs": [
            {"title": p.title, "lines": p.lines} for p in explain(settled.settlement, one)
        ],
        "steps": [line for line in steps(settled.settlement) if line["编号"] == one.number],
    }


# ── check ────────────────────────────────────────────────────────────────────


def registry_line(listed: Sequence[Place], found: Sequence[Diagnostic]) -> str:
    """One line that says how the documents stand to each other."""
    from medaidlang.base.render import summary

    count = sum(len(place.versions) for place in listed)
    failed = any(d.code.startswith("E") for d in found)
    named = sum(bool(place.name) for place in listed)
    return f"{'✗' if failed else '✓'} 登记：统筹区 {named}，文件 {count}；{summary(found)}"
