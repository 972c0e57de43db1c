"""What kept a payment from being more: a condition, 限次, 调整, 起付, 比例, 限额 or 额度.

Takes the trace of one benefit on one claim, gives sentences.  Amounts are read
from the figures that the trace prints, which are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest

from medaidlang.explain.sums import Changed, changed, clause, refused
from medaidlang.interpret.result import Step, TraceLine
from medaidlang.interpret.telling import caption, pool_of, telling, used_up
from medaidlang.runtime.money import format_yuan, parse_yuan

_FIGURES = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FIGURE = re.compile(r"(-?[0-9]+\.[0-9]{2})$")


def why_not_more(
    benefit: str, lines: list[TraceLine], paid: int | None, *, layer: bool = False
) -> list[str]:
    """One sentence for each thing that bound the amount; `layer`: of an insurance."""
    missed = refused(lines)
    if missed:
        words = "；".join(f"“{line.text}”{clause(line)}" for line in missed)
        return [f"{benefit}：不符合条件 {words}，这一笔不给。"]
    if paid is None:
        return []
    spent = next((line for line in lines if used_up(line)), None)
    if spent is not None:
        return [f"{benefit}：{spent.text}{clause(spent)}，次数已经用完，这一笔不给。"]
    figures = {line.step: (value, line) for line in lines if (value := _fen(line)) is not None}
    base = figures.get(Step.BASE)
    if base is not None and base[0] == 0:
        return [f"{benefit}：没有剩下可以救助的负担。"]
    said = [
        *_deductible(figures),
        *_ratio(figures, lines, layer),
        *_changes(lines),
        *_cap(figures, lines),
    ]
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


def _ratio(figures: Figures, lines: list[TraceLine], layer: bool) -> list[str]:
    """比例: what it leaves to the person."""
    ratio = next((line for line in lines if line.step is Step.RATIO), None)
    sliced = next((line for line in lines if line.step is Step.SLICE), None)
    amount = figures.get(Step.AMOUNT)
    before = figures.get(Step.ABOVE) or figures.get(Step.BASE)
    if amount is None or before is None or before[0] <= amount[0]:
        return []
    verb = "支付" if layer else "救助"
    where = "归后面的保险、救助和个人" if layer else "留在个人负担里"
    left = f"其余 {format_yuan(before[0] - amount[0])} 元{where}"
    if ratio is not None:
        return [f"只{verb} {ratio.text}{clause(ratio)}，{left}。"]
    if sliced is not None:
        return [f"按各段的比例{verb}{clause(sliced)}，{left}。"]
    return []


def _changes(lines: list[TraceLine]) -> list[str]:
    """调整: what made the payment less."""
    said = []
    for line in telling(lines):
        change = changed(line)
        if change is not None and _less(change):
            said.append(
                f"因“{change.name}”，{change.target}由 {change.before} 变为 {change.after}"
                f"{clause(line)}。"
            )
    return said


def _less(change: Changed) -> bool:
    """Whether a change leaves less to be paid."""
    before, after = (_FIGURES.search(text) for text in (change.before, change.after))
    if before is None or after is None:
        return False
    grown = Fraction(after[0]) - Fraction(before[0])
    return grown > 0 if change.target == "起付" else grown < 0


def _cap(figures: Figures, lines: list[TraceLine]) -> list[str]:
    """限额, 单次限额 or 额度: the one that cut, which is the one with the least left."""
    amount, pay = figures.get(Step.AMOUNT), figures.get(Step.PAY)
    if amount is None or pay is None or pay[0] >= amount[0]:
        return []
    limits = list(_limits(telling(lines)))
    if not limits:
        return []
    left, name, limit, line = min(limits, key=lambda one: one[0])
    if left > pay[0]:
        return []  # something else cut it
    head = f"{_found(amount[1])} {format_yuan(amount[0])} 元，{name}"
    if limit == left:
        return [f"{head} {format_yuan(limit)} 元{clause(line)}，只能付 {format_yuan(pay[0])} 元。"]
    return [
        f"{head} {format_yuan(limit)} 元{clause(line)}"
        f"只剩 {format_yuan(left)} 元，只能付 {format_yuan(pay[0])} 元。"
    ]


def _found(line: TraceLine) -> str:
    """How the amount before the limit came about."""
    return "定额是" if line.text.startswith("定额") else "按比例是"


def _limits(lines: list[TraceLine]) -> Iterator[tuple[int, str, int, TraceLine]]:
    """(what is left, its name, the limit, its line) of every limit."""
    for line, after in zip_longest(lines, lines[1:]):
        if line.step is Step.CAP and (after is None or after.step is not Step.CAP_LEFT):
            limit = _fen(line)
            if limit is not None:
                yield limit, caption(line, after), limit, line
        if line.step is Step.CAP_LEFT:
            pool, text = pool_of(line)
            left, whole = _fen(line), _FIGURES.match(text)
            if left is not None and whole is not None:
                name = f"额度“{pool}”" if pool else "限额"
                yield left, name, parse_yuan(whole[0]), line
