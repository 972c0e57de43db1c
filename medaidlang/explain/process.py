"""A claim's sum as one text of limited length: what `setl_proc_info` of a fund holds."""

from __future__ import annotations

from collections.abc import Sequence

from medaidlang.explain.applications import explain_application
from medaidlang.explain.paragraphs import NOTHING, Paragraph, explain
from medaidlang.interpret.result import ClaimResult, Settlement

LIMIT = 4000
"""Characters that the national interface's field holds."""

CUT = "……（过长，以下略）"

_LEFT_OUT = frozenset({"结果", "为什么不更多"})
_OF_BENEFIT = ("怎样算", "能确定的部分")


def process_text(settlement: Settlement, claim: ClaimResult, benefits: Sequence[str]) -> str:
    """How the amounts of some of a claim's benefits came about, each step with its clause.

    The comparison of categories, and why something cannot be computed, are always in it.
    """
    others = {
        f"{name}{ending}"
        for name in (*claim.layers, *claim.benefits)
        if name not in benefits
        for ending in _OF_BENEFIT
    }
    lines = [f"采用身份：{claim.identity}"] if claim.identity else []
    for paragraph in told(settlement, claim):
        if paragraph.title not in _LEFT_OUT | others:
            lines += [f"〔{paragraph.title}〕", *paragraph.lines]
    return clipped(lines or [NOTHING])


def told(settlement: Settlement, claim: ClaimResult) -> list[Paragraph]:
    """The paragraphs of a claim, or of the application whose sum it is."""
    for made in settlement.applications:
        if made.result is claim:
            return explain_application(settlement, made)
    return explain(settlement, claim)


def clipped(lines: Sequence[str], limit: int = LIMIT) -> str:
    """The lines as one text; where it is too long, whole lines and a mark."""
    whole = "\n".join(lines)
    if len(whole) <= limit:
        return whole
    kept: list[str] = []
    left = limit - len(CUT)
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            break
        kept.append(line)
    return "\n".join([*kept, CUT])
