"""Applications as tables of text: what was paid, what was counted, how it is divided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from medaidlang.core.nodes import Pack
from medaidlang.interpret.result import Application
from medaidlang.records.results import UNDECIDED, Settled, Table, known
from medaidlang.runtime.money import format_yuan

WHOLE = "—"
"""Instead of a claim where the payment is divided over members."""


def made_by(settled: Iterable[Settled]) -> Iterator[tuple[Settled, Application]]:
    """Every application, with who made it."""
    for one in settled:
        for made in one.settlement.applications:
            yield one, made


def clause(made: Application) -> str:
    """The clause in its brackets."""
    return f"【{made.clause}】" if made.clause else ""


def application_table(settled: Sequence[Settled]) -> Table:
    """One row per application."""
    rows = [
        (
            one.subject.number, made.number, made.day.isoformat(), made.benefit,
            made.result.identity, known(made.total), known(made.amount), clause(made),
        )
        for one, made in made_by(settled)
    ]  # fmt: skip
    headings = ("申请人", "申请", "日期", "待遇", "采用身份", "计入合计", "支付", "条款")
    return Table("申请", headings, tuple(rows), frozenset((5, 6)))


def counted_table(settled: Sequence[Settled]) -> Table:
    """One row for each claim that counts towards an application."""
    rows = [
        (
            one.subject.number, made.number, claim.member, claim.claim, claim.day.isoformat(),
            known(claim.amount),
        )
        for one, made in made_by(settled)
        for claim in made.counted
    ]  # fmt: skip
    headings = ("申请人", "申请", "谁的费用", "费用", "日期", "计入")
    return Table("申请计入的费用", headings, tuple(rows), frozenset((5,)))


def division_table(settled: Sequence[Settled]) -> Table:
    """One row for each share of an application's payment."""
    rows = [
        (
            one.subject.number, made.number, part.member, part.claim or WHOLE,
            format_yuan(part.counted), format_yuan(part.share),
        )
        for one, made in made_by(settled)
        for part in made.parts
    ]  # fmt: skip
    headings = ("申请人", "申请", "分给", "费用", "计入", "分得")
    return Table("申请的分配", headings, tuple(rows), frozenset((4, 5)))


def application_tables(settled: Sequence[Settled]) -> tuple[Table, ...]:
    """All three."""
    return application_table(settled), counted_table(settled), division_table(settled)


# ── beside the claims, in one table ──────────────────────────────────────────
def joined(pack: Pack, table: Table, settled: Sequence[Settled]) -> Table:
    """The table of claims with a row for each application; for packs that have such benefits.

    What claims have no part in is empty on their rows, and the other way round.
    """
    benefits = tuple(b.name for b in pack.benefits.values() if b.application is not None)
    if not benefits:
        return table
    more = (*benefits, "申请计入", "申请分配", "申请条款")
    rows: list[tuple[str, ...]] = [(*row, *("",) * len(more)) for row in table.rows]
    for one, made in made_by(settled):
        head = (one.subject.number, made.number, made.day.isoformat(), made.result.identity)
        first = [known(made.amount) if h == "本笔合计" else "" for h in table.headings[len(head) :]]
        paid = [known(made.amount) if name == made.benefit else "" for name in benefits]
        rows.append((*head, *first, *paid, known(made.total), shares(made), clause(made)))
    first_new = len(table.headings)
    money = table.money | frozenset(range(first_new, first_new + len(benefits) + 1))
    return Table(table.title, (*table.headings, *more), tuple(rows), money)


def shares(made: Application) -> str:
    """`甲 1500.00；乙 1920.01`."""
    if made.amount is None:
        return UNDECIDED
    return "；".join(
        f"{part.claim or part.member} {format_yuan(part.share)}" for part in made.parts
    )
