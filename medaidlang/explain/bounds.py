"""What kept a payment from being more: a condition, 起付, 比例 or 限额.

Takes the trace of one benefit on one claim, gives sentences.  Amounts are read
from the figures that the trace prints, which are exact.
"""

from __future__ import annotations

import re

from medaidlang.explain.sums import clause, refused
from medaidlang.interpret.result import Step, TraceLine
from medaidlang.runtime.money import format_yuan, parse_yuan

_FIGURE = re.compile(r"(-?[0-9]+\.[0-9]{2})$")


def why_not_more(benefit: str, lines: list[TraceLine], paid: int | None) -> list[str]:
    """One sentence for each thing that bound the amount."""
    missed = refused(lines)
    if missed:
        words = "；".join(f"“{line.text}”{clause(line)}" for line in missed)
        return [f"{benefit}：不符合条件 {words}，这一笔不给。"]
    if paid is None:
        return []
    figures = {line.step: (value, line) for line in lines if (value := _fen(line)) is not None}
    base = figures.get(Step.BASE)
    if base is not None and base[0] == 0:
        return [f"{benefit}：没有剩下可以救助的负担。"]
    said = [*_deductible(figures), *_ratio(figures, lines), *_cap(figures)]
    return [f"{benefit}：{sentence}" for sentence in said]


Figures = dict[Step, tuple[int, TraceLine]]


def _fen(line: TraceLine) -> int | None:
    """The last figure of a line, in 分."""
    match = _FIGURE.search(line.text)
    return parse_yuan(match[1]) if match else None


def _deductible(figures: Figures) -> list[str]:
    """起付: how much of the base it takes."""
    if not {Step.BASE, Step.ABOVE, Step.DEDUCTIBLE} <= {*figures}:
        return []
    base, above = figures[Step.BASE][0], figures[Step.ABOVE][0]
    standard, line = figures[Step.DEDUCTIBLE]
    used = figures[Step.USED_DEDUCTIBLE][0] if Step.USED_DEDUCTIBLE in figures else 0
    if base <= above or not standard:
        return []
    left = format_yuan(max(standard - used, 0))
    rule = f"起付标准 {format_yuan(standard)} 元{clause(line)}"
    if above <= 0:
        return [f"{rule}还差 {left} 元，本笔 {format_yuan(base)} 元没有超过，全部不救助。"]
    return [f"{rule}还差 {left} 元，先从本笔的 {format_yuan(base)} 元里扣除。"]


def _ratio(figures: Figures, lines: list[TraceLine]) -> list[str]:
    """比例: what it leaves to the person."""
    ratio = next((line for line in lines if line.step is Step.RATIO), None)
    amount = figures.get(Step.AMOUNT)
    before = figures.get(Step.ABOVE) or figures.get(Step.BASE)
    if ratio is None or amount is None or before is None or before[0] <= amount[0]:
        return []
    rest = format_yuan(before[0] - amount[0])
    return [f"只救助 {ratio.text}{clause(ratio)}，其余 {rest} 元留在个人负担里。"]


def _cap(figures: Figures) -> list[str]:
    """限额: where it cut."""
    limit = figures.get(Step.CAP)
    amount, pay = figures.get(Step.AMOUNT), figures.get(Step.PAY)
    if limit is None or amount is None or pay is None:
        return []
    if pay[0] >= amount[0]:
        return []
    left = figures[Step.CAP_LEFT][0] if Step.CAP_LEFT in figures else limit[0]
    return [
        f"按比例是 {format_yuan(amount[0])} 元，限额 {format_yuan(limit[0])} 元{clause(limit[1])}"
        f"只剩 {format_yuan(left)} 元，只能付 {format_yuan(pay[0])} 元。"
    ]
