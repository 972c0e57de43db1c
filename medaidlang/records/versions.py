"""Settlements under several documents of one place, as tables of text and plain data.

Takes what each document settled, gives the tables of `results` with the document
of every line: a claim has one document, a person's year may have several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import attrs

from medaidlang.base.table import text_table
from medaidlang.core.nodes import Pack
from medaidlang.interpret.result import ClaimResult
from medaidlang.interpret.shape import case_shape
from medaidlang.records.output import steps
from medaidlang.records.results import (
    NOTHING,
    PARTIAL,
    UNDECIDED,
    Settled,
    Table,
    amount,
    other_table,
    undecided_table,
)
from medaidlang.runtime.money import format_yuan

DOCUMENT = "依据文件"
WHOLE_YEAR = "合计"
_SHEET_TITLE = 31


@attrs.frozen
class Part:
    """What one document, in force from `start` to `end`, settles: persons with their claims."""

    pack: Pack
    start: date | None
    end: date | None
    settled: tuple[Settled, ...]

    @property
    def code(self) -> str:
        """How tables call the document."""
        return self.pack.document.code

    @property
    def paid(self) -> dict[str, int]:
        """The sum of each benefit over everybody, in 分."""
        totals = dict.fromkeys(self.pack.benefits, 0)
        for one in self.settled:
            for name, fen in one.settlement.totals.items():
                totals[name] += fen
        return totals


@attrs.frozen
class ByDocument:
    """Everybody's claims, each under its document; `parts` oldest first.

    `order` has every claim (person, number) in the order of the data; `ungoverned`
    are those that no registered document governs.
    """

    place: str
    parts: tuple[Part, ...]
    persons: tuple[str, ...]
    order: Mapping[tuple[str, str], int]
    ungoverned: frozenset[tuple[str, str]]
    notes: tuple[str, ...] = ()

    def names(self, sort: str) -> tuple[str, ...]:
        """The `benefits` or `subsidies` of all documents, each once."""
        return tuple(dict.fromkeys(n for part in self.parts for n in getattr(part.pack, sort)))

    def of(self, person: str) -> list[tuple[Part, Settled]]:
        """What each document settled of one person."""
        return [(p, one) for p in self.parts for one in p.settled if one.subject.number == person]


# ── tables ───────────────────────────────────────────────────────────────────


def tables(made: ByDocument) -> tuple[Table, ...]:
    """Everything, in the order of reading; the first says what the documents are."""
    others = [
        attrs.evolve(table, title=f"{table.title} {part.code}"[:_SHEET_TITLE])
        for part in made.parts
        if (table := other_table(part.pack, part.settled)).rows
    ]
    return (documents(made), claims(made), years(made), *others, undecided(made))


def documents(made: ByDocument) -> Table:
    """The documents that settle something, and their days."""
    rows = [
        (part.code, part.pack.document.title, part.pack.document.number or NOTHING,
         _day(part.start), _day(part.end), str(_count(made, part)))
        for part in made.parts
        if part.settled
    ]  # fmt: skip
    return Table("文件", (DOCUMENT, "标题", "文号", "施行", "到", "笔数"), tuple(rows))


def _day(day: date | None) -> str:
    return day.isoformat() if day else NOTHING


def _count(made: ByDocument, part: Part) -> int:
    """The claims that the document governs."""
    numbers = [(s.subject.number, c.number) for s in part.settled for c in s.settlement.claims]
    return sum(number not in made.ungoverned for number in numbers)


def claims(made: ByDocument) -> Table:
    """One row per claim, in the order of the data."""
    benefits = made.names("benefits")
    rows: dict[int, tuple[str, ...]] = {}
    for part in made.parts:
        for one in part.settled:
            for claim in one.settlement.claims:
                who = (one.subject.number, claim.number)
                by = NOTHING if who in made.ungoverned else part.code
                head = (*who, claim.day.isoformat(), by, claim.identity)
                rows[made.order[who]] = (*head, *_paid(part, claim, benefits))
    headings = ("人员编号", "编号", "日期", DOCUMENT, "采用身份", *benefits, "本笔合计")
    listed = tuple(rows[place] for place in sorted(rows))
    return Table("逐笔", headings, listed, frozenset(range(5, len(headings))))


def _paid(part: Part, claim: ClaimResult, benefits: tuple[str, ...]) -> tuple[str, ...]:
    """What each benefit pays on a claim, and the sum; — for benefits of other documents."""
    payments = {payment.benefit: payment for payment in claim.payments}
    texts = [amount(payments.get(n)) if n in part.pack.benefits else NOTHING for n in benefits]
    known = sum(p.amount for p in claim.payments if p.amount is not None)
    open_ones = any(payment.amount is None for payment in claim.payments)
    if open_ones and not known:
        return (*texts, UNDECIDED)
    return (*texts, format_yuan(known) + (PARTIAL if open_ones else ""))


def years(made: ByDocument) -> Table:
    """One row per person and document; one more where a person has several."""
    benefits, subsidies = made.names("benefits"), made.names("subsidies")
    rows = []
    for person in made.persons:
        held = made.of(person)
        rows += [_year(person, part, one, benefits, subsidies) for part, one in held]
        if len(held) > 1:
            rows.append(_whole_year(person, held, benefits, subsidies))
    headings = ("人员编号", DOCUMENT, "有效身份", *benefits, "救助合计", *subsidies)
    return Table("年度合计", headings, tuple(rows), frozenset(range(3, len(headings))))


def _open(one: Settled) -> bool:
    """Whether a claim of the person could not be computed."""
    return any(p.amount is None for claim in one.settlement.claims for p in claim.payments)


def _year(
    person: str, part: Part, one: Settled, benefits: tuple[str, ...], subsidies: tuple[str, ...]
) -> tuple[str, ...]:
    """A person's year under one document."""
    settlement, mark = one.settlement, PARTIAL if _open(one) else ""
    paid = {name: settlement.totals.get(name, 0) for name in part.pack.benefits}
    totals = [format_yuan(paid[n]) + mark if n in paid else NOTHING for n in benefits]
    whole = format_yuan(sum(settlement.totals.values())) + mark
    granted = [
        amount(settlement.subsidies[name]) if name in settlement.subsidies else NOTHING
        for name in subsidies
    ]
    return (person, part.code, "、".join(settlement.held) or "（无）", *totals, whole, *granted)


def _whole_year(
    person: str,
    held: list[tuple[Part, Settled]],
    benefits: tuple[str, ...],
    subsidies: tuple[str, ...],
) -> tuple[str, ...]:
    """A person's year under all documents together; the subsidies stand above."""
    mark = PARTIAL if any(_open(one) for _, one in held) else ""
    sums = [sum(one.settlement.totals.get(name, 0) for _, one in held) for name in benefits]
    texts = [format_yuan(fen) + mark for fen in (*sums, sum(sums))]
    return (person, WHOLE_YEAR, "", *texts, *(NOTHING for _ in subsidies))


def undecided(made: ByDocument) -> Table:
    """What could not be computed, under which document."""
    rows = [
        (who, reason, part.code, clause)
        for part in made.parts
        for who, reason, clause in undecided_table(part.settled).rows
    ]
    return Table("无法计算", ("对象", "原因", "规则文件", "条款"), tuple(rows))


# ── writers ──────────────────────────────────────────────────────────────────


def as_text(made: ByDocument) -> str:
    """Tables for the terminal and one line that sums them up."""
    blocks = [
        f"〔{table.title}〕\n{text_table(table.headings, table.rows, table.align)}"
        for table in tables(made)
        if table.rows
    ]
    if any(PARTIAL in cell for block in blocks for cell in block):
        blocks.append(f"{PARTIAL} 不含无法计算的部分。")
    return "\n\n".join([*blocks, *made.notes, summary_line(made)])


def summary_line(made: ByDocument) -> str:
    """How many persons and claims, under how many documents, and the sums."""
    paid = dict.fromkeys(made.names("benefits"), 0)
    for part in made.parts:
        for name, fen in part.paid.items():
            paid[name] += fen
    said = "，".join(f"{name} {format_yuan(fen, grouped=True)} 元" for name, fen in paid.items())
    whole = format_yuan(sum(paid.values()), grouped=True)
    count = sum(bool(part.settled) for part in made.parts)
    return (
        f"{made.place}：{len(made.persons)} 人、{len(made.order)} 笔，{count} 个文件：{said}；"
        f"救助合计 {whole} 元。"
    )


def with_reasons(made: ByDocument) -> Table:
    """The table of claims with why where one could not be computed, for CSV."""
    table = claims(made)
    reasons = {
        (one.subject.number, line.tag): line.reason
        for part in made.parts
        for one in part.settled
        for line in one.settlement.unresolved
    }
    rows = tuple((*row, reasons.get((row[0], row[1]), "")) for row in table.rows)
    return attrs.evolve(table, headings=(*table.headings, "无法计算的原因"), rows=rows)


def as_records(made: ByDocument, *, trace: bool) -> list[dict[str, object]]:
    """Plain data: each person with the result under each document."""
    return [
        {"人员编号": person, DOCUMENT: list(_records(made, person, trace=trace))}
        for person in made.persons
    ]


def _records(made: ByDocument, person: str, *, trace: bool) -> Iterator[dict[str, object]]:
    for part, one in made.of(person):
        record = {"代号": part.code, **case_shape(one.settlement, part.pack)}
        record["没有文件管"] = [
            claim.number
            for claim in one.settlement.claims
            if (person, claim.number) in made.ungoverned
        ]
        if trace:
            record["逐步"] = steps(one.settlement)
        yield record


def document_records(made: ByDocument) -> list[dict[str, object]]:
    """The documents as plain data."""
    return [
        {
            "code": part.code,
            "title": part.pack.document.title,
            "number": part.pack.document.number,
            "from": part.start and part.start.isoformat(),
            "to": part.end and part.end.isoformat(),
            "digest": part.pack.digest,
        }
        for part in made.parts
    ]
