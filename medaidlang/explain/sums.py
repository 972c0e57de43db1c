"""The sum of one benefit as lines of text, each with its clause."""

from __future__ import annotations

import re
from itertools import zip_longest

import attrs

from medaidlang.interpret.result import Step, TraceLine
from medaidlang.interpret.telling import caption, pool_of, telling

_REPEATED = re.compile(r"^(.*?)(?<![0-9.-])(-?[0-9]+\.[0-9]+) = \2$")
_ANSWERS = {1: "成立", 0: "不成立", None: "不能判定"}
_CAPTIONS = {
    Step.BASE: "可救助的负担",
    Step.USED_DEDUCTIBLE: "起付已累计",
    Step.DEDUCTIBLE: "起付标准",
    Step.ABOVE: "起付以上",
    Step.RATIO: "救助比例",
    Step.AMOUNT: "按比例应救助",
    Step.CAP: "限额",
    Step.CAP_LEFT: "限额还剩",
    Step.SLICE: "分段",
    Step.CHANGE: "调整",
    Step.TIMES: "限次",
    Step.PAY: "救助",
}
_OF_LAYER = {
    Step.AMOUNT: "按比例应支付",
    Step.PAY: "支付",
    Step.BASE: "可支付的费用",
    Step.RATIO: "支付比例",
}


def sum_lines(trace: list[TraceLine], *, layer: bool = False) -> list[str]:
    """The lines that matter; a condition that fails ends the sum.

    `layer`: it is the sum of an insurance before aid.
    """
    said: list[str] = []
    lines = telling(trace)
    for line, after in zip_longest(lines, lines[1:]):
        if line.step is Step.UNRESOLVED:
            if line.value != 0:
                said.append(f"无法计算：{line.text}{clause(line)}")
        elif line.step is Step.CONDITION:
            said.append(f"条件：{line.text} —— {_ANSWERS.get(line.value, '成立')}{clause(line)}")
        elif not (line.step is Step.RATIO and _has_amount(lines)):
            said.append(f"{sentence(line, after, layer)}{clause(line)}")
    return said if not refused(lines) else [text for text in said if "条件：" in text]


def sentence(line: TraceLine, after: TraceLine | None, layer: bool) -> str:
    """One step in words."""
    change = changed(line)
    if change is not None:
        return f"按“{change.name}”调整{change.target}：{change.how}"
    pool, text = pool_of(line)
    if pool:
        return f"额度“{pool}”还剩：{text}"
    words = {**_CAPTIONS, **_OF_LAYER} if layer else _CAPTIONS
    if line.step is Step.AMOUNT and text.startswith("定额"):
        return f"应{'支付' if layer else '救助'}：{text}"
    own = caption(line, after)
    return f"{own if own != line.step.value else words[line.step]}：{_tidy(text)}"


@attrs.frozen
class Changed:
    """An 调整 as its line says it: of what, by how much, from what to what."""

    target: str
    name: str
    how: str
    before: str
    after: str


def changed(line: TraceLine) -> Changed | None:
    """The 调整 of a line; None if it is about something else."""
    if line.step is not Step.CHANGE:
        return None
    target, _, rest = line.text.partition("：")
    name, _, how = rest.partition("，")
    before, _, after = how.rpartition("，")[2].partition(" → ")
    return Changed(target, name, how, before, after)


_CERTAIN = frozenset(
    {
        Step.CONDITION, Step.UNRESOLVED, Step.BASE, Step.DEDUCTIBLE, Step.RATIO, Step.CAP,
        Step.CHANGE, Step.TIMES,
    }
)  # fmt: skip
_STANDS_FOR_UNKNOWN = frozenset({"不设", "0%", "？"})


def certain(lines: list[TraceLine], open_ones: list[str]) -> list[TraceLine]:
    """What does not depend on the unknown: the trace takes it at its worst."""
    return [
        line
        for line in lines
        if line.step in _CERTAIN
        and "？" not in line.text
        and line.text not in _STANDS_FOR_UNKNOWN
        and not any(name in line.text for name in open_ones if name != line.benefit)
    ]


def refused(lines: list[TraceLine]) -> list[TraceLine]:
    """The conditions that are not met."""
    return [line for line in lines if line.step is Step.CONDITION and line.value == 0]


def clause(line: TraceLine) -> str:
    """The clause in its brackets."""
    return f"【{line.origin.clause}】" if line.origin.clause else ""


def _has_amount(lines: list[TraceLine]) -> bool:
    return any(line.step is Step.AMOUNT for line in lines)


def _tidy(text: str) -> str:
    """`负担 100.00 = 100.00` says its figure once."""
    match = _REPEATED.match(text)
    return f"{match[1]}{match[2]}" if match else text
