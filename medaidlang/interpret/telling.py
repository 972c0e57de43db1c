"""What of a trace is worth telling to whoever reads a sum.

Takes the lines of one benefit, gives those that say something: without the 调整
of slices that got nothing, without the zero that an earlier category took, and
without a sum where the number of payments is used up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from medaidlang.interpret.result import Step, TraceLine

TAKEN_BEFORE = "已由前一身份支付 0.00，"
POOL = "额度“"
_MOST = re.compile(r"至多 ([0-9]+)次$")


def telling(lines: Sequence[TraceLine]) -> list[TraceLine]:
    """The lines that say something."""
    used = next((line for line in lines if used_up(line)), None)
    if used is not None:
        lines = [line for line in lines if line.step in (Step.CONDITION, Step.UNRESOLVED)]
        lines.append(attrs.evolve(used, text=f"{used.text}，次数已经用完"))
    sliced = any(line.text.startswith("各段合计 ") for line in lines)
    kept: list[TraceLine] = []
    for line in reversed(lines):
        after = kept[-1] if kept else None
        if line.text.startswith(TAKEN_BEFORE):
            continue
        if sliced and of_slice(line) and (after is None or not leads(after)):
            continue
        if line.step is Step.CAP and after is not None and of_pool(after):
            continue  # said again with what is left
        kept.append(line)
    return kept[::-1]


def of_slice(line: TraceLine) -> bool:
    """Whether it changes the 比例 of a slice."""
    return line.step is Step.CHANGE and line.text.startswith("比例：")


def leads(after: TraceLine) -> bool:
    """Whether such a line belongs to what follows it: its slice, or its next change."""
    return after.step is Step.SLICE or of_slice(after)


def used_up(line: TraceLine) -> bool:
    """Whether no further payment is allowed (限次)."""
    most = _MOST.search(line.text) if line.step is Step.TIMES else None
    return most is not None and line.value is not None and line.value >= int(most[1])


def caption(line: TraceLine, after: TraceLine | None) -> str:
    """What a line is called: its step, or more closely which limit it is about."""
    if of_pool(line):
        return f"额度 {pool_of(line)[0]}"
    once = after is not None and after.step is Step.CAP
    return "单次限额" if line.step is Step.CAP and once else line.step.value


def of_pool(line: TraceLine) -> bool:
    """Whether it says what is left of an 额度."""
    return line.step is Step.CAP_LEFT and line.text.startswith(POOL)


def pool_of(line: TraceLine) -> tuple[str, str]:
    """The 额度 that a line is about, and its sum; ("", text) if it is about none."""
    if not of_pool(line):
        return "", line.text
    name, _, rest = line.text.removeprefix(POOL).partition("” ")
    return name, rest
