"""What is said of the whole year beside the payments: 监测, 时限, 列示, 资金, 分担, 医保调整."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from medaidlang.core import expr as x
from medaidlang.core.parts import deep
from medaidlang.interpret import report
from medaidlang.interpret.machine import Machine
from medaidlang.interpret.result import Result, Unresolved
from medaidlang.interpret.shares import PaidAs, shared_out
from medaidlang.interpret.standing import Standing
from medaidlang.plan import nodes as n

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler
    from medaidlang.interpret.year import YearRun

DERIVED = (n.Source.TOTAL, n.Source.PAID)
"""What the program adds up itself: nobody fills it in."""

OPEN, BEYOND = "有的费用无法计算", "给出的数超出文件规定的范围"
SHOWN = 3


def other_results(run: YearRun, standing: Standing) -> tuple[Result, ...]:
    """All results of the year, the parts of an insurance change only where it surely applies."""
    settler = run.settler
    inputs = list(standing.inputs)
    run.fill_running(inputs)
    made = []
    for item, machine, decoded in settler.ending:
        value = decoded(run.ask(machine, item.register, inputs))
        reason = "" if value is not None else why_not(run, item.name, machine, inputs)
        made.append(Result(item.name, value, reason, item.origin))
    unsure = {
        r.name.partition("·")[0] for r in made if r.name.endswith("·适用") and r.value is None
    }
    for sharing, machine in settler.shares:
        parts, _ = shared_out(sharing, machine, inputs, run.paid_as(), settler.plan)
        made += parts
    return tuple(
        attrs.evolve(r, value=None, reason="是否适用不能判定")
        if r.name.partition("·")[0] in unsure
        else r
        for r in made
    )


def why_not(run: YearRun, name: str, machine: Machine, inputs: list[Any]) -> str:
    """The inputs for want of which a result is not known."""
    plan = run.settler.plan
    pending = {p.name: p.pending for p in plan.parameters}
    absent = [plan.slots[i] for i in machine.program.needs if inputs[i] is None]
    own = [slot for slot in absent if slot.source not in DERIVED]
    named = [report.missing(slot, pending) for slot in own]
    derived = [slot for slot in absent if slot.source in DERIVED]
    if derived:
        paid = [slot.name for slot in derived if slot.source is n.Source.PAID]
        named += lacking(run, name, pending)
        named += undecided_payments([*open_layers(run, name), *paid])
    return "、".join(dict.fromkeys(named)) or (OPEN if derived else BEYOND)


def lacking(run: YearRun, name: str, pending: Mapping[str, str]) -> Iterator[str]:
    """What was not recorded of some claim that the running totals of a result add up."""
    settler, read = run.settler, totalled(run, name)
    asked = {part.name for part in read if isinstance(part, x.FactRef | x.Contains)}
    figures = {part.name for part in read if isinstance(part, x.ParameterRef)}
    published = {parameter.slot for parameter in settler.published}
    for place, slot in enumerate(settler.plan.slots):
        if slot.source is n.Source.CLAIM and slot.name in asked:
            silent = [claim.number for claim in run.bound.claims if claim.values[place] is None]
            if silent:
                yield f"费用 {'、'.join(silent[:SHOWN])} 没有填“{slot.name.partition(' 含 ')[0]}”"
        unset = run.base[place] is None and place not in published
        if slot.source is n.Source.PARAMETER and slot.name in figures and unset:
            yield report.missing(slot, pending)


def open_layers(run: YearRun, name: str) -> list[str]:
    """The insurances that a result reads and that are not known on some claim."""
    used = {part.benefit for part in totalled(run, name) if isinstance(part, x.FigureRef)}
    return [layer for layer in run.settler.layers if layer in used & run.open_layers]


def totalled(run: YearRun, name: str) -> set[x.Expr]:
    """Everything that the running totals of a result read."""
    pack = run.settler.pack
    output = next((one for one in pack.outputs if one.name == name), None)
    parts = deep(pack, output.expr) if output is not None else ()
    totals = [p for p in parts if isinstance(p, x.Apply) and p.function.value in x.YEARLY]
    return {part for total in totals for part in deep(pack, total)}


def undecided_payments(names: Sequence[str]) -> list[str]:
    """Payments that are not known themselves; why is said with their claims."""
    listed = "".join(f"“{name}”" for name in names)
    return [f"有的费用的{listed}无法计算（原因见“无法计算”）"] if names else []


def undecided_identities(settler: Settler, standing: Standing) -> list[Unresolved]:
    """Categories that cannot be decided, once."""
    found = []
    for item in standing.undecided:
        reason = report.described(item.reason, standing.inputs, settler.plan)
        found.append(Unresolved("身份", reason, item.reason.origin.clause))
    for name, target in standing.alias.items():
        if target is None:
            origin = settler.pack.identities[name].origin
            found.append(Unresolved("身份", f"“{name}”比照哪一类没有给出", origin.clause))
    return found


def undecided_shares(settler: Settler, standing: Standing, paid: PaidAs) -> list[Unresolved]:
    """What nobody can be told to bear."""
    return [
        line
        for sharing, machine in settler.shares
        for line in shared_out(sharing, machine, list(standing.inputs), paid, settler.plan)[1]
    ]
