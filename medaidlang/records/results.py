"""Settlements as tables of text, for every writer.

Takes settled persons, gives headings and rows: claims, years, other results,
and what could not be computed.  Amounts are texts of 元 with two decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from medaidlang.core.nodes import Pack
from medaidlang.core.types import MONEY
from medaidlang.interpret.result import ClaimResult, Payment, Settlement, Unresolved
from medaidlang.interpret.shape import kinds, plain
from medaidlang.records.assemble import Subject
from medaidlang.runtime.money import format_percent, format_yuan

UNDECIDED = "无法计算"
PARTIAL = "＊"
NOTHING = "—"
_SHOWN_PLACES = 4


@attrs.frozen
class Settled:
    """One person of the data with the settlement of the year."""

    subject: Subject
    settlement: Settlement


@attrs.frozen
class Table:
    """Headings and rows of text; `money` are the indexes of columns that hold amounts."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    money: frozenset[int] = frozenset()

    @property
    def align(self) -> str:
        """Letters for `text_table`: amounts to the right."""
        return "".join("r" if i in self.money else "l" for i in range(len(self.headings)))


def amount(payment: Payment | None) -> str:
    """A payment as text: 0.00 where the benefit has none, 无法计算 where it is open."""
    if payment is None:
        return format_yuan(0)
    return UNDECIDED if payment.amount is None else format_yuan(payment.amount)


def claim_table(pack: Pack, settled: Iterable[Settled]) -> Table:
    """One row per claim: what each benefit pays, and their sum."""
    benefits = tuple(pack.benefits)
    rows = []
    for one in settled:
        for claim in one.settlement.claims:
            head = (one.subject.number, claim.number, claim.day.isoformat(), claim.identity)
            rows.append((*head, *_claim_amounts(claim, benefits)))
    headings = ("人员编号", "编号", "日期", "采用身份", *benefits, "本笔合计")
    return Table("逐笔", headings, tuple(rows), frozenset(range(4, len(headings))))


def _claim_amounts(claim: ClaimResult, benefits: Sequence[str]) -> tuple[str, ...]:
    paid = {payment.benefit: payment for payment in claim.payments}
    texts = [amount(paid.get(name)) for name in benefits]
    known = sum(p.amount for p in claim.payments if p.amount is not None)
    open_ones = any(payment.amount is None for payment in claim.payments)
    if open_ones and not known:
        return (*texts, UNDECIDED)
    return (*texts, format_yuan(known) + (PARTIAL if open_ones else ""))


def year_table(pack: Pack, settled: Iterable[Settled]) -> Table:
    """One row per person: the year's totals and the subsidies."""
    benefits, subsidies = tuple(pack.benefits), tuple(pack.subsidies)
    rows = []
    for one in settled:
        settlement = one.settlement
        totals = [settlement.totals.get(name, 0) for name in benefits]
        open_ones = any(p.amount is None for claim in settlement.claims for p in claim.payments)
        sums = (*totals, sum(totals))
        marked = [format_yuan(fen) + (PARTIAL if open_ones else "") for fen in sums]
        granted = [amount(settlement.subsidies.get(name)) for name in subsidies]
        held = "、".join(settlement.held) or "（无）"
        rows.append((one.subject.number, held, *marked, *granted))
    headings = ("人员编号", "有效身份", *benefits, "救助合计", *subsidies)
    return Table("年度合计", headings, tuple(rows), frozenset(range(2, len(headings))))


def undecided_table(settled: Iterable[Settled]) -> Table:
    """What could not be computed, why, and by which clause; the same reason once."""
    groups: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for one in settled:
        for line in one.settlement.unresolved:
            places, clauses = groups.setdefault(line.reason, ({}, {}))
            places[f"{one.subject.number} {line.tag}"] = None
            clauses[clause_of(line)] = None
    rows = [(_places([*p]), reason, "".join(c)) for reason, (p, c) in groups.items()]
    return Table("无法计算", ("对象", "原因", "条款"), tuple(rows))


def clause_of(line: Unresolved) -> str:
    """The clause in its brackets."""
    return f"【{line.clause}】" if line.clause else ""


def _places(places: list[str]) -> str:
    shown = "，".join(places[:_SHOWN_PLACES])
    return f"{shown} 等 {len(places)} 处" if len(places) > _SHOWN_PLACES else shown


def other_table(pack: Pack, settled: Sequence[Settled]) -> Table:
    """Deadlines, flags and the like: one row per person, without what nobody has."""
    types = kinds(pack)
    found = [
        {r.name: r.value for r in one.settlement.results if r.value is not None} for one in settled
    ]
    names = tuple(dict.fromkeys(name for values in found for name in values))
    rows = [
        (one.subject.number, *(shown(plain(values.get(name), types[name])) for name in names))
        for one, values in zip(settled, found, strict=True)
    ]
    money = frozenset(i for i, name in enumerate(names, start=1) if types[name] == MONEY)
    return Table("其他结果", ("人员编号", *names), tuple(rows) if names else (), money)


def shown(value: object) -> str:
    """A plain value as text."""
    match value:
        case None:
            return NOTHING
        case bool():
            return "是" if value else "否"
        case Decimal():
            return str(value)
        case Fraction():
            return format_percent(value)
        case date():
            return value.isoformat()
        case Mapping():
            return "；".join(f"{key} {shown(part)}" for key, part in value.items())
        case str():
            return value
        case Sequence():
            return "、".join(shown(part) for part in value)
        case _:
            return str(value)


def summary_line(pack: Pack, settled: Sequence[Settled]) -> str:
    """`8 人、12 笔：医疗救助 5000.00 元，…；合计 … 元；2 处无法计算`."""
    totals = {
        name: sum(one.settlement.totals.get(name, 0) for one in settled) for name in pack.benefits
    }
    claims = sum(len(one.settlement.claims) for one in settled)
    open_ones = sum(
        any(p.amount is None for p in claim.payments)
        for one in settled
        for claim in one.settlement.claims
    )
    said = "，".join(f"{name} {format_yuan(fen, grouped=True)} 元" for name, fen in totals.items())
    whole = format_yuan(sum(totals.values()), grouped=True)
    tail = f"；{open_ones} 笔无法计算" if open_ones else ""
    return f"{len(settled)} 人、{claims} 笔：{said}；救助合计 {whole} 元{tail}。"
