"""Why a claim got what it got, in paragraphs.

Takes a settlement with its trace, gives titled paragraphs of plain lines: the
result, the sum step by step, the comparison of categories, what bound it, and
what could not be computed.
"""

from __future__ import annotations

import attrs

from medaidlang.explain.bounds import why_not_more
from medaidlang.explain.sums import certain, sum_lines
from medaidlang.interpret.result import (
    ClaimResult,
    Comparison,
    Payment,
    Settlement,
    Standing,
    TraceLine,
)
from medaidlang.runtime.money import format_yuan

NOTHING = "没有可以享受的待遇。"


@attrs.frozen
class Paragraph:
    """A heading and the lines below it."""

    title: str
    lines: tuple[str, ...]


def explain(settlement: Settlement, claim: ClaimResult) -> list[Paragraph]:
    """Everything there is to say about one claim."""
    made = [Paragraph("结果", tuple(_result(claim)))]
    made += [_sum(benefit, lines, claim) for benefit, lines in _by_benefit(claim).items()]
    comparisons = [line for c in claim.comparisons for line in _comparison(c, claim)]
    if comparisons:
        made.append(Paragraph("就高不就低", tuple(comparisons)))
    bounds = [
        line
        for benefit, lines in _by_benefit(claim).items()
        for line in why_not_more(benefit, lines, claim.paid(benefit), layer=benefit in claim.layers)
    ]
    if bounds:
        made.append(Paragraph("为什么不更多", tuple(bounds)))
    undecided = _undecided(settlement, claim)
    if undecided:
        made.append(Paragraph("为什么无法计算", tuple(undecided)))
    if claim.notes:
        made.append(Paragraph("说明", claim.notes))
    return made


def _by_benefit(claim: ClaimResult) -> dict[str, list[TraceLine]]:
    """The trace of each benefit, in the order of payment."""
    grouped: dict[str, list[TraceLine]] = {}
    for line in claim.trace:
        grouped.setdefault(line.benefit, []).append(line)
    return grouped


def _result(claim: ClaimResult) -> list[str]:
    """What each benefit pays."""
    insured = [f"保险 {name}：{_known(paid)}" for name, paid in claim.layers.items()]
    if not claim.payments:
        return [*insured, NOTHING]
    lines = [f"{payment.benefit}：{_paid(payment)}" for payment in claim.payments]
    if claim.identity:
        lines.insert(0, f"采用身份：{claim.identity}")
    return [*insured, *lines]


def _known(paid: int | None) -> str:
    """What an insurance pays."""
    return "无法计算" if paid is None else f"{format_yuan(paid)} 元"


def _paid(payment: Payment) -> str:
    if payment.amount is not None:
        return f"{format_yuan(payment.amount)} 元"
    return f"无法计算（{bounds_of(payment.low, payment.high)}）"


def bounds_of(low: int, high: int | None) -> str:
    """What is known of an amount that is not."""
    if high is None:
        return f"至少 {format_yuan(low)} 元" if low else "没有已知的范围"
    if low == high:
        return f"{format_yuan(low)} 元"
    return f"在 {format_yuan(low)} 元和 {format_yuan(high)} 元之间"


def _sum(benefit: str, lines: list[TraceLine], claim: ClaimResult) -> Paragraph:
    """The arithmetic of one benefit; where it is open, only what is certain."""
    layer = benefit in claim.layers
    paid = {**claim.layers, **{p.benefit: p.amount for p in claim.payments}}
    open_ones = [name for name, amount in paid.items() if amount is None]
    if benefit in open_ones:
        known = sum_lines(certain(lines, open_ones), layer=layer)
        return Paragraph(f"{benefit}能确定的部分", tuple(known))
    return Paragraph(f"{benefit}怎样算", tuple(sum_lines(lines, layer=layer)))


def _comparison(comparison: Comparison, claim: ClaimResult) -> list[str]:
    """What each held category alone would have given, and what is paid."""
    if len(comparison.standings) < 2 and not _rebooked(comparison, claim):
        return []
    name = "、".join(comparison.benefits)
    lines = [f"{name}：各身份单独计算到本笔为止的累计"]
    lines += [f"  {standing.identity}：{_standing(standing)}" for standing in comparison.standings]
    if comparison.due is None:
        return [*lines, "  最高的一个不能判定。"]
    paid = comparison.due - comparison.paid_before
    lines.append(
        f"  最高的是“{comparison.identity}”，累计应得 {format_yuan(comparison.due)} 元；"
        f"此前已付 {format_yuan(comparison.paid_before)} 元；"
        f"本笔付差额 {format_yuan(paid)} 元。"
    )
    return lines


def _rebooked(comparison: Comparison, claim: ClaimResult) -> bool:
    """Whether the payment is not simply this claim's own sum."""
    own = [p.amount for p in claim.payments if p.benefit in comparison.benefits]
    return any(amount is not None and amount < 0 for amount in own)


def _standing(standing: Standing) -> str:
    if standing.low == standing.high:
        return f"{format_yuan(standing.low)} 元"
    return bounds_of(standing.low, standing.high)


def _undecided(settlement: Settlement, claim: ClaimResult) -> list[str]:
    """Why there is no number, by which clause, and what is known all the same."""
    open_ones = [payment for payment in claim.payments if payment.amount is None]
    reasons: dict[str, str] = {}
    unknown = open_ones or None in claim.layers.values()
    for line in settlement.unresolved:
        if line.tag == claim.number or (line.tag == "身份" and unknown):
            clause = f"【{line.clause}】" if line.clause else ""
            reasons[line.reason] = reasons.get(line.reason, "") + clause
    lines = [f"{reason}{clauses}" for reason, clauses in reasons.items()]
    lines += [
        f"{payment.benefit}{bounds_of(payment.low, payment.high)}；补上上面所缺的，就能算出确数。"
        for payment in open_ones
        if lines and payment.high is not None
    ]
    return lines
