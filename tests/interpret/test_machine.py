"""The step table is total, and both forms of a program agree with each other and its ranges."""

import random
from typing import get_args

import pytest

from medaidlang.interpret.actions import LENIENT, STRICT, Split
from medaidlang.plan import steps
from medaidlang.plan.nodes import Source
from tests.interpret.test_agreement import shipped_settler

CODES = ["kunyu2025", "wuhai2022"]


def test_every_step_has_a_meaning():
    apart = {steps.Const, steps.Feed}  # a value in its place, and the only step without a register
    assert {*STRICT, *LENIENT, *apart} == set(get_args(steps.Step))
    assert not {*STRICT} & {*LENIENT}


def machines(settler):
    """Every program of a plan."""
    found = [m for _, programs, _ in settler.chains for m in programs]
    found += [m for _, programs, _ in settler.subsidies.grants for m in programs]
    return [*found, settler.each, *(m for _, m, _, _ in settler.shown)]


def inputs_for(settler, draw):
    """Random inputs of the right types, some unknown."""
    values = []
    for slot in settler.plan.slots:
        kind = slot.type.kind.value
        if slot.source is Source.GAP or draw.random() < 0.1:
            values.append(None)
        elif kind == "是否":
            values.append(draw.randrange(2))
        elif kind == "金额":
            values.append(draw.choice([0, 1, 700_000, draw.randrange(20_000_000)]))
        elif kind == "比例":
            values.append(draw.randrange(1_000_001))
        elif kind == "选项":
            values.append(settler.plan.words[draw.choice(slot.type.choices)])
        elif kind in ("分段", "日期列"):
            values.append(((None, 600_000),) if kind == "分段" else (frozenset(), None))
        else:
            values.append(draw.randrange(1, 700_000) if kind in ("日期", "年月") else 3)
    return values


@pytest.mark.parametrize("code", CODES)
def test_the_quick_form_says_what_the_careful_one_says(code):
    settler = shipped_settler(code)
    draw = random.Random(7)
    quick_runs = 0
    for _ in range(150):
        inputs = inputs_for(settler, draw)
        start = [draw.randrange(10_000_000) for _ in settler.plan.totals]
        for machine in machines(settler):
            before, after = list(start), list(start)
            quick = machine.quick(list(inputs), before)
            if quick is None:
                assert before == start  # nothing half-done
                continue
            quick_runs += 1
            try:
                registers = machine.careful(list(inputs), after, {})
            except Split as split:
                pytest.fail(f"quick decided what is open: {split}")
            wanted = machine.pays or list(machine.program.results)
            assert list(quick) == [registers[register] for register in wanted]
            assert before == after
    assert quick_runs > 300


@pytest.mark.parametrize("code", CODES)
def test_registers_stay_in_their_ranges(code):
    settler = shipped_settler(code)
    draw = random.Random(8)
    for _ in range(60):
        inputs = inputs_for(settler, draw)
        for place in settler.binder.payments:
            inputs[place] = 0 if inputs[place] else inputs[place]  # no more than the cost
        totals = [0] * len(settler.plan.totals)
        for machine in machines(settler):
            try:
                registers = machine.careful(list(inputs), list(totals), {})
            except Split:
                continue
            described = machine.program.registers
            for value, register in zip(registers, described, strict=True):
                if isinstance(value, int):
                    assert register.low <= value <= register.high, register


@pytest.mark.parametrize("code", CODES)
def test_every_register_is_assigned_once_and_before_it_is_read(code):
    settler = shipped_settler(code)
    for machine in machines(settler):
        assigned = set(range(machine.program.inputs))
        for step in machine.program.steps:
            assert set(steps.operands(step)) <= assigned
            if not isinstance(step, steps.Feed):
                assert step.to not in assigned
                assigned.add(step.to)
