"""Refunds and late claims as tables, text and plain data: 此前, 应付, 应补, 应退.

Takes persons with their `Replay`, gives tables for every writer.  Amounts that are
not known are 无法计算, with why; nothing is shown as a negative payment.
"""

from __future__ import annotations

from collections.abc import Sequence

from medaidlang.base.table import text_table
from medaidlang.interpret.replay import Cause, Change, Replay, Sums
from medaidlang.interpret.shape import amount
from medaidlang.records.assemble import Subject
from medaidlang.records.results import PARTIAL, UNDECIDED, Table, clause_of
from medaidlang.runtime.money import format_yuan

Replayed = tuple[Subject, Replay]

INSURED = "保险合计"

_CLAIMS = ("人员编号", "编号", "日期", "待遇", "此前", "应付", "应补", "应退", "缘由", "说明")
_SUMS = ("人员编号", "此前合计", "应付合计", "应补合计", "应退合计", "无法计算")


def change_table(replayed: Sequence[Replayed]) -> Table:
    """One row per claim and payment, without those of which nothing was or is paid."""
    rows = []
    for subject, made in replayed:
        for change in made.changes:
            if change.cause is Cause.SAME and change.before == 0:
                continue
            amounts = map(_text, (change.before, change.after, change.owed, change.returned))
            head = (subject.number, change.claim, change.day.isoformat(), change.benefit)
            rows.append((*head, *amounts, change.cause.value, reason(change, made)))
    return Table("逐笔", _CLAIMS, tuple(rows), frozenset(range(4, 8)))


def sum_table(replayed: Sequence[Replayed]) -> Table:
    """One row per person: the sums of aid over what is known."""
    return summed("合计", [(subject, made.sums) for subject, made in replayed])


def insured_table(replayed: Sequence[Replayed]) -> Table:
    """The same for the insurances before aid, where the document has any."""
    if not has_layers(replayed):
        return summed(INSURED, [])
    return summed(INSURED, [(subject, made.insured) for subject, made in replayed])


def has_layers(replayed: Sequence[Replayed]) -> bool:
    """Whether the document computes insurances before aid."""
    return any(change.layer for _, made in replayed for change in made.changes)


def summed(title: str, found: Sequence[tuple[Subject, Sums]]) -> Table:
    """One row per person."""
    rows = []
    for subject, sums in found:
        mark = PARTIAL if sums.open else ""
        whole = (sums.before, sums.after, sums.owed, sums.returned)
        texts = (format_yuan(fen) + mark for fen in whole)
        rows.append((subject.number, *texts, f"{sums.open} 项" if sums.open else ""))
    return Table(title, _SUMS, tuple(rows), frozenset(range(1, 5)))


def tables(replayed: Sequence[Replayed]) -> tuple[Table, ...]:
    """Everything, in the order of reading."""
    insured = insured_table(replayed)
    return change_table(replayed), *([insured] if insured.rows else []), sum_table(replayed)


def as_text(replayed: Sequence[Replayed]) -> str:
    """Tables for the terminal and one line that sums them up."""
    blocks = [
        f"〔{table.title}〕\n{text_table(table.headings, table.rows, table.align)}"
        for table in tables(replayed)
        if table.rows
    ]
    if any(made.sums.open or made.insured.open for _, made in replayed):
        blocks.append(f"{PARTIAL} 不含无法计算的部分。")
    return "\n\n".join([*blocks, summary_line(replayed)])


def as_records(replayed: Sequence[Replayed]) -> list[dict[str, object]]:
    """Plain data, every claim and benefit; amounts in 元, null where not known."""
    return [
        {
            "人员编号": subject.number,
            "事件": [
                *({"冲销": r.original, "编号": r.number} for r in made.events.reversals),
                *({"补报": number} for number in sorted(made.events.late)),
            ],
            "逐笔": [_change_record(change, made) for change in made.changes],
            "合计": _sum_record(made.sums),
            **({"保险合计": _sum_record(made.insured)} if has_layers([(subject, made)]) else {}),
        }
        for subject, made in replayed
    ]


def _change_record(change: Change, made: Replay) -> dict[str, object]:
    return {
        "编号": change.claim,
        "日期": change.day.isoformat(),
        "待遇": change.benefit,
        "此前": amount(change.before),
        "应付": amount(change.after),
        "应补": amount(change.owed),
        "应退": amount(change.returned),
        "缘由": change.cause.value,
        "说明": reason(change, made),
    }


def _sum_record(sums: Sums) -> dict[str, object]:
    return {
        "此前": amount(sums.before),
        "应付": amount(sums.after),
        "应补": amount(sums.owed),
        "应退": amount(sums.returned),
        "无法计算": sums.open,
    }


def _text(fen: int | None) -> str:
    return UNDECIDED if fen is None else format_yuan(fen)


def reason(change: Change, made: Replay) -> str:
    """Why the payment is another, in words."""
    said = []
    match change.cause:
        case Cause.REVERSED:
            own = next(r.number for r in made.events.reversals if r.original == change.claim)
            said.append(f"由“{own}”冲销，不再支付")
        case Cause.LATE:
            said.append("补报，此前没有结算")
        case Cause.FOLLOWS:
            gone = made.events.reversed
            named = "、".join(f"{n} {'冲销' if n in gone else '补报'}" for n in change.events)
            said.append(f"{named}，从那里重算")
    said += [f"{s.what} {s.before} → {s.after}" for s in change.shifts]
    if change.difference is None:
        reasons = dict.fromkeys(f"{line.reason}{clause_of(line)}" for line in change.doubts)
        said.append(f"{UNDECIDED}：{'；'.join(reasons)}" if reasons else UNDECIDED)
    return "；".join(said)


def summary_line(replayed: Sequence[Replayed]) -> str:
    """`2 人，冲销 1 笔、补报 1 笔：此前 … 元，应付 … 元；应补 … 元，应退 … 元。`."""
    gone = sum(len(made.events.reversals) for _, made in replayed)
    late = sum(len(made.events.late) for _, made in replayed)
    aid = sums_words([made.sums for _, made in replayed])
    insured = sums_words([made.insured for _, made in replayed])
    parts = f"救助{aid}。保险{insured}" if has_layers(replayed) else aid
    return f"{len(replayed)} 人，冲销 {gone} 笔、补报 {late} 笔：{parts}。"


def sums_words(sums: Sequence[Sums]) -> str:
    """`此前 … 元，应付 … 元；应补 … 元，应退 … 元`."""
    before, after, owed, returned = (
        format_yuan(fen, grouped=True)
        for fen in (
            sum(s.before for s in sums),
            sum(s.after for s in sums),
            sum(s.owed for s in sums),
            sum(s.returned for s in sums),
        )
    )
    count = sum(s.open for s in sums)
    tail = f"；{count} 项无法计算" if count else ""
    return f"此前 {before} 元，应付 {after} 元；应补 {owed} 元，应退 {returned} 元{tail}"
