"""分担: what each payer bears of the year's payments, to the 分."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from medaidlang.interpret import report
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import Result, Unresolved
from medaidlang.plan import nodes as n

PaidAs = Mapping[tuple[str, str], "int | None"]  # (benefit, category) → 分, None = not known


def paid_sum(paid: PaidAs, benefit: str, identities: Sequence[str]) -> int | None:
    """What a benefit has paid under these categories; unknown if any of it is."""
    total = 0
    for (name, identity), amount in paid.items():
        if name == benefit and (identity in identities or amount is None):
            if amount is None:
                return None
            total += amount
    return total


def shared_out(
    sharing: n.Sharing, machine: Machine, inputs: list[Any], paid: PaidAs, plan: n.Plan
) -> tuple[list[Result], list[Unresolved]]:
    """The parts of each payer, and why they cannot be told.

    Where a payment itself is not known that has been said with its claim.
    """
    inputs = list(inputs)
    known = True
    for slot, benefit, identities in sharing.paid:
        inputs[slot] = paid_sum(paid, benefit, identities)
        known = known and inputs[slot] is not None
    found: Any = machine.quick(inputs, [])
    if found is None:
        registers = machine.careful(inputs, [], {})
        found = [registers[result] for result in machine.program.results]
    applies, doubt, *parts = found
    names = [f"{sharing.name}·{payer}" for payer in sharing.payers]
    if applies == 0:
        return [Result(name, None, "不适用", sharing.origin) for name in names], []
    if doubt == 0 and applies and None not in parts:
        made = zip(names, parts, strict=True)
        return [Result(name, part, "", sharing.origin) for name, part in made], []
    reason = why(sharing, machine, inputs, plan) if known else "有的费用无法计算"
    nothing = [Result(name, None, reason, sharing.origin) for name in names]
    lines = [Unresolved(sharing.name, reason, sharing.origin.clause)] if known else []
    return nothing, lines


def why(sharing: n.Sharing, machine: Machine, inputs: Sequence[Any], plan: n.Plan) -> str:
    """What is not known."""
    pending = {p.name: p.pending for p in plan.parameters}
    slots = [i for i in machine.program.needs if inputs[i] is None]
    missing = [report.missing(plan.slots[i], pending) for i in slots]
    said = [reason.text for reason in machine.program.reasons]
    return "、".join(dict.fromkeys(missing or said)) or "没有规定由谁承担"
