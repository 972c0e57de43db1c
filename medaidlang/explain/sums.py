"""The sum of one benefit as lines of text, each with its clause."""

from __future__ import annotations

import re

from medaidlang.interpret.result import Step, TraceLine

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
    Step.PAY: "救助",
}


def sum_lines(lines: list[TraceLine]) -> list[str]:
    """The lines that matter; a condition that fails ends the sum."""
    said: list[str] = []
    for line in lines:
        if line.step is Step.UNRESOLVED:
            if line.value != 0:
                said.append(f"无法计算：{line.text}{clause(line)}")
        elif line.step is Step.CONDITION:
            said.append(f"条件：{line.text} —— {_ANSWERS.get(line.value, '成立')}{clause(line)}")
        elif not (line.step is Step.RATIO and _has_amount(lines)):
            said.append(f"{_CAPTIONS[line.step]}：{_tidy(line.text)}{clause(line)}")
    return said if not refused(lines) else [text for text in said if "条件：" in text]


_CERTAIN = frozenset(
    {Step.CONDITION, Step.UNRESOLVED, Step.BASE, Step.DEDUCTIBLE, Step.RATIO, Step.CAP}
)
_STANDS_FOR_UNKNOWN = frozenset({"不设", "0%", "？"})


def certain(lines: list[TraceLine], open_ones: list[str]) -> list[TraceLine]:
    """What does not depend on the unknown: the trace takes it at its worst."""
    return [
        line
        for line in lines
        if line.step in _CERTAIN
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
