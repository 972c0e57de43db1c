"""Why an application got what it got: what was counted, the sum, and how it is divided.

Also what a claim got through applications, which may be another member's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medaidlang.explain.paragraphs import NOTHING, Paragraph, explain
from medaidlang.interpret.result import Application, ClaimResult, Counted, Settlement
from medaidlang.runtime.money import format_yuan


def explain_application(settlement: Settlement, made: Application) -> list[Paragraph]:
    """Everything there is to say about one application."""
    first, *rest = explain(settlement, made.result)
    paragraphs = [first, Paragraph("计入哪些费用", tuple(counted_lines(made))), *rest]
    if made.parts:
        paragraphs.append(Paragraph("怎样分", tuple(division_lines(made))))
    return paragraphs


def counted_lines(made: Application) -> list[str]:
    """Each claim that counts, and their sum."""
    clause = f"【{made.clause}】" if made.clause else ""
    if not made.counted:
        return [f"申请的时段里没有可以计入的费用。{clause}"]
    several = len({one.member for one in made.counted}) > 1
    lines = []
    for one in made.counted:
        whose = f"{one.member} " if several else ""
        lines.append(f"{whose}费用 {one.claim}（{one.day.isoformat()}）：{_counts(one)}")
    if made.total is not None:
        lines.append(f"合计 {format_yuan(made.total)} 元。{clause}")
    return lines


def division_lines(made: Application) -> list[str]:
    """Each share; the odd 分 is in one of them."""
    lines = []
    for part in made.parts:
        whose = f"费用 {part.claim}" if part.claim else part.member
        counted, share = format_yuan(part.counted), format_yuan(part.share)
        lines.append(f"{whose}：计入 {counted} 元，分得 {share} 元")
    return lines


# ── from the side of a claim ─────────────────────────────────────────────────
def explain_claim(
    settlement: Settlement,
    claim: ClaimResult,
    member: str,
    made: Sequence[Application],
    applied: Sequence[str],
) -> list[Paragraph]:
    """Everything there is to say about one claim of `member`.

    `made` are the applications of the whole household, `applied` the benefits that are
    paid on application.
    """
    first, *rest = explain(settlement, claim)
    if not applied:
        return [first, *rest]
    lines = [line for one in made for line in _counted_in(one, member, claim.number)]
    said = "没有随这一笔结算支付的待遇。" if lines else f"{NOTHING[:-1]}（不算申请的）。"
    first = Paragraph(first.title, tuple(said if line == NOTHING else line for line in first.lines))
    waiting = f"没有申请计入这一笔。要申请才付的：{'、'.join(applied)}。"
    return [first, Paragraph("申请", tuple(lines or [waiting])), *rest]


def concerns(made: Application, member: str) -> bool:
    """Whether claims of `member` count towards an application."""
    return any(one.member == member for one in made.counted)


def _counted_in(made: Application, member: str, claim: str) -> Iterator[str]:
    """What a claim counts towards an application, and what comes back."""
    for one in made.counted:
        if (one.member, one.claim) == (member, claim):
            yield f"{_title(made)}：{_counts(one)}{_outcome(made, member, claim)}"


def _title(made: Application) -> str:
    """再救助，申请 S1（D01，2026-08-01）."""
    whose = f"{made.applicant}，" if made.applicant else ""
    return f"{made.benefit}，申请 {made.number}（{whose}{made.day.isoformat()}）"


def _counts(one: Counted) -> str:
    """What it counts."""
    known = one.amount is not None
    return f"计入 {format_yuan(one.amount or 0)} 元" if known else "计入多少不能确定"


def _outcome(made: Application, member: str, claim: str) -> str:
    """What is paid, and the share of the claim or of its person."""
    if made.amount is None:
        return "；付多少无法计算。"
    for part in made.parts:
        if part.member == member and part.claim in ("", claim):
            share = f"分得 {format_yuan(part.share)} 元"
            if not part.claim:
                share = f"{member}的费用共计入 {format_yuan(part.counted)} 元，{share}"
            return f"；共付 {format_yuan(made.amount)} 元，{share}。"
    return f"；共付 {format_yuan(made.amount)} 元。"
