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
from medaidlang.core.types import MONEY, Type
from medaidlang.interpret.bearing import bearing, paid_before
from medaidlang.interpret.result import ClaimResult, Payment, Result, Settlement, Unresolved
from medaidlang.interpret.shape import kinds, plain
from medaidlang.records.assemble import Subject
from medaidlang.runtime.money import format_percent, format_yuan

UNDECIDED = "无法计算"
PARTIAL = "＊"
NOTHING = "—"
RECORDED = "数据所列支付"
OWN = "个人自付"
NOT_APPLICABLE = "不适用"
_SHOWN_PLACES = 4


@attrs.frozen
class Settled:
    """One person of the data with the settlement of the year.

    `year` is said where the data may hold several years of a person.
    """

    subject: Subject
    settlement: Settlement
    year: int | None = None


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
    return format_yuan(0) if payment is None else known(payment.amount)


def claim_table(pack: Pack, settled: Iterable[Settled]) -> Table:
    """One row per claim: what each benefit pays, and their sum.

    Where the document has insurances (保险): the cost, everything that is paid, and what
    is left to the person, which add up.
    """
    benefits = tuple(b.name for b in pack.benefits.values() if b.application is None)
    insured = tuple(pack.layers)
    before = (RECORDED,) if insured and paid_before(pack) else ()
    rows = []
    for one in settled:
        given = {str(claim.get("编号")): claim for claim in one.subject.claims}
        for claim in one.settlement.claims:
            head = (one.subject.number, claim.number, claim.day.isoformat(), claim.identity)
            amounts = _claim_amounts(claim, benefits)
            if insured:
                facts = {**one.subject.person, **given.get(claim.number, {})}
                whole = bearing(pack, facts, claim)
                paid = [whole.layers.get(name) for name in insured]
                recorded = [whole.before] if before else []
                first = [known(fen) for fen in (whole.cost, *recorded, *paid)]
                amounts = (*first, *amounts, known(whole.own))
            rows.append((*head, *amounts))
    layered = ("费用", *before, *insured) if insured else ()
    own = (OWN,) if insured else ()
    headings = ("人员编号", "编号", "日期", "采用身份", *layered, *benefits, "本笔合计", *own)
    return Table("逐笔", headings, tuple(rows), frozenset(range(4, len(headings))))


def known(fen: int | None) -> str:
    """An amount as text, or 无法计算."""
    return UNDECIDED if fen is None else format_yuan(fen)


def _claim_amounts(claim: ClaimResult, benefits: Sequence[str]) -> tuple[str, ...]:
    paid = {payment.benefit: payment for payment in claim.payments}
    texts = [amount(paid.get(name)) for name in benefits]
    known = sum(p.amount for p in claim.payments if p.amount is not None)
    open_ones = any(payment.amount is None for payment in claim.payments)
    if open_ones and not known:
        return (*texts, UNDECIDED)
    return (*texts, format_yuan(known) + (PARTIAL if open_ones else ""))


def year_table(pack: Pack, settled: Iterable[Settled]) -> Table:
    """One row per person (and year): the year's totals and the subsidies."""
    benefits, subsidies = tuple(pack.benefits), tuple(pack.subsidies)
    settled = list(settled)
    dated = has_years(settled)
    rows = []
    for one in settled:
        settlement = one.settlement
        totals = [settlement.totals.get(name, 0) for name in benefits]
        open_ones = any(is_open(result) for result in paid_results(settlement))
        sums = (*totals, sum(totals))
        marked = [format_yuan(fen) + (PARTIAL if open_ones else "") for fen in sums]
        granted = [amount(settlement.subsidies.get(name)) for name in subsidies]
        held = "、".join(settlement.held) or "（无）"
        rows.append((*who(one, dated=dated), held, *marked, *granted))
    years = ("年度",) if dated else ()
    headings = ("人员编号", *years, "有效身份", *benefits, "救助合计", *subsidies)
    money = frozenset(range(2 + dated, len(headings)))
    return Table("年度合计", headings, tuple(rows), money)


def has_years(settled: Iterable[Settled]) -> bool:
    """Whether persons may have several years, so that each row says which it is."""
    return any(one.year is not None for one in settled)


def who(one: Settled, *, dated: bool) -> tuple[str, ...]:
    """The person, and the year where that is said."""
    year = ("" if one.year is None else str(one.year),) if dated else ()
    return (one.subject.number, *year)


def paid_results(settlement: Settlement) -> list[ClaimResult]:
    """What was paid: on claims, and on applications."""
    return [*settlement.claims, *(made.result for made in settlement.applications)]


def is_open(result: ClaimResult) -> bool:
    """Whether any payment is not known."""
    return any(payment.amount is None for payment in result.payments)


def is_undecided(result: ClaimResult) -> bool:
    """Whether any payment, or what an insurance pays, is not known."""
    return is_open(result) or None in result.layers.values()


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
    found = [{r.name: r for r in one.settlement.results} for one in settled]
    known = [name for values in found for name, r in values.items() if r.value is not None]
    names = tuple(dict.fromkeys(known))
    dated = has_years(settled)
    rows = [
        (*who(one, dated=dated), *(result_text(values.get(name), types) for name in names))
        for one, values in zip(settled, found, strict=True)
    ]
    head = ("人员编号", "年度") if dated else ("人员编号",)
    money = frozenset(i for i, n in enumerate(names, start=len(head)) if types[n] == MONEY)
    return Table("其他结果", (*head, *names), tuple(rows) if names else (), money)


def result_text(result: Result | None, types: Mapping[str, Type]) -> str:
    """A result as text: a dash where there is none, 无法计算 where it is not known."""
    if result is None or (result.value is None and not unknown(result)):
        return NOTHING
    if result.value is None:
        return UNDECIDED
    return shown(plain(result.value, types[result.name]))


def unknown(result: Result) -> bool:
    """Whether there is a result that is not known, and not simply none."""
    return result.value is None and result.reason not in ("", NOT_APPLICABLE)


def open_table(settled: Sequence[Settled]) -> Table:
    """The other results that are not known, for whom and why; the same reason once."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for one in settled:
        for result in one.settlement.results:
            if unknown(result):
                clause = f"【{result.origin.clause}】" if result.origin.clause else ""
                whom = groups.setdefault((result.name, result.reason, clause), [])
                whom.append(one.subject.number)
    rows = [
        (name, _places(whom), reason, clause) for (name, reason, clause), whom in groups.items()
    ]
    return Table("其他结果无法计算", ("结果", "人员编号", "原因", "条款"), tuple(rows))


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
    """`8 人、12 笔、1 份申请：医疗救助 5000.00 元，…；合计 … 元；2 处无法计算`."""
    totals = {
        name: sum(one.settlement.totals.get(name, 0) for one in settled) for name in pack.benefits
    }
    persons = len({(one.subject.number, one.subject.owner) for one in settled})
    if not has_years(settled):
        persons = len(settled)
    claims = sum(len(one.settlement.claims) for one in settled)
    asked = sum(len(one.settlement.applications) for one in settled)
    applied = f"、{asked} 份申请" if asked else ""
    results = [result for one in settled for result in paid_results(one.settlement)]
    open_ones = sum(map(is_undecided, results))
    said = "，".join(f"{name} {format_yuan(fen, grouped=True)} 元" for name, fen in totals.items())
    whole = format_yuan(sum(totals.values()), grouped=True)
    tail = f"；{open_ones} {'笔' if not asked else '处'}无法计算" if open_ones else ""
    return f"{persons} 人、{claims} 笔{applied}：{said}；救助合计 {whole} 元{tail}。"
