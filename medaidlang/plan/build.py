"""Core to plan.

Takes a `Pack` without errors, gives the `Plan`: one program per chain and
treatment, subsidies, qualifications, and the results beside the payments.
"""

from __future__ import annotations

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.chains import Chained, chains_of, computing_order
from medaidlang.core.nodes import Pack
from medaidlang.core.parts import deep
from medaidlang.core.rows import levels
from medaidlang.plan import nodes as n
from medaidlang.plan.benefit import Given, lower_benefit, lower_subsidy, of_claims
from medaidlang.plan.linked import preceding
from medaidlang.plan.lower import Lowering
from medaidlang.plan.results import adding, at_end, each_claim, results_of, sharings
from medaidlang.plan.shared import RATIO_UNIT, Shared, shared_of
from medaidlang.plan.treatments import (
    SUBSIDY_COLUMNS,
    Treated,
    cells_for,
    contained,
    given_to_all,
    memberships,
    path_of,
    treated_as,
)


def build_plan(pack: Pack) -> n.Plan:
    """The plan of a pack."""
    shared = shared_of(pack)
    chains: list[n.Chain] = []
    applied: list[n.Applied] = []
    for chained in chains_of(pack):
        made = chain_of(shared, chained)
        benefit = pack.benefits[chained.benefits[0]]
        if benefit.application is None:
            chains.append(made)
        else:
            applied.append(applied_for(shared, benefit, benefit.application, made))
    grants = tuple(grant_of(shared, subsidy) for subsidy in pack.subsidies.values())
    layers = layer_program(shared)
    each, each_shown = each_claim(shared)
    return n.Plan(
        tuple(shared.slots),
        shared.words,
        shared.searched,
        RATIO_UNIT,
        tuple(shared.totals),
        tuple(published(shared, parameter) for parameter in pack.parameters.values()),
        qualifications(shared),
        memberships(pack),
        tuple(chains),
        grants,
        adding(shared, after_layers=False),
        each,
        results_of(shared),
        each_shown,
        at_end(shared),
        attribution(shared),
        layers,
        adding(shared, after_layers=True),
        standing(shared),
        tuple(applied),
        sharings(shared),
    )


# ── categories ───────────────────────────────────────────────────────────────


def qualifications(shared: Shared) -> tuple[n.Qualification, ...]:
    """Each category's own conditions, those that others ask about first."""
    pack = shared.pack
    ordered: list[str] = []

    def visit(name: str) -> None:
        if name in ordered:
            return
        for condition in pack.identities[name].conditions:
            for part in deep(pack, condition.expr):
                if isinstance(part, x.Holds):
                    for asked in part.identities:
                        for way in memberships_of(pack, asked):
                            if way != name:
                                visit(way)
        ordered.append(name)

    for name in pack.identities:
        visit(name)
    return tuple(qualification(shared, name) for name in ordered)


def memberships_of(pack: Pack, goal: str) -> list[str]:
    """Every category on a way to `goal`."""
    ways = [contained(pack, start, goal) for start in pack.identities]
    return list(dict.fromkeys(name for way in ways for name in way))


def qualification(shared: Shared, name: str) -> n.Qualification:
    """One category's own conditions as a program."""
    identity = shared.pack.identities[name]
    low = Lowering(shared)
    tests = []
    for condition in identity.conditions:
        test = low.lower(condition.expr)
        words = " ".join(condition.expr.span.text.split())
        low.notes.append(n.Note(n.Topic.CONDITION, name, (words,), test, condition.origin))
        low.reason(f"“{name}”的条件“{words}”不能判定", [condition.expr], condition.origin)
        tests.append(test)
    result = low.both(tests)
    alias = None
    if identity.as_if is not None and not isinstance(identity.as_if, x.Constant):
        alias = low.lower(identity.as_if)
    asks = any(
        isinstance(part, x.Holds) for c in identity.conditions for part in deep(shared.pack, c.expr)
    )
    program = low.program(results=(result,))
    return n.Qualification(name, program, not identity.conditions, asks, alias, identity.origin)


# ── programs ─────────────────────────────────────────────────────────────────


def chain_of(shared: Shared, chained: Chained) -> n.Chain:
    """A chain with one program for each way a category can be treated in it."""
    pack = shared.pack
    programs: list[n.Program] = []
    known: list[Treated] = []
    treatments: dict[str, n.Treatment] = {}
    for rank, identity in enumerate(ranked(pack, chained.rule)):
        treated = treated_as(pack, identity, chained.benefits)
        if not any(given.cells for given in treated.values()):
            continue
        if treated not in known:
            known.append(treated)
            programs.append(chain_program(shared, chained, treated))
        path = path_of(pack, identity, treated)
        treatments[identity] = n.Treatment(identity, known.index(treated), rank, path)
    rule = chained.rule
    return n.Chain(
        chained.benefits,
        rule.mode if rule else core.Mode.CUMULATIVE,
        rule.known_best if rule else False,
        tuple(programs),
        treatments,
        rule.origin if rule else None,
    )


def ranked(pack: Pack, rule: core.Overlap | None) -> list[str]:
    """Categories in the order of a 顺位 rule (through their groups), else the document's."""
    order = rule.ranking if rule else ()

    def rank(identity: str) -> int:
        names = [name for level in levels(pack, identity) for name in level]
        return min((order.index(name) for name in names if name in order), default=len(order))

    return sorted(pack.identities, key=rank)


def chain_program(shared: Shared, chained: Chained, treated: Treated) -> n.Program:
    """The benefits of a chain in their order, for one claim."""
    low = Lowering(shared)
    pack = shared.pack
    ports = [
        lower_benefit(low, pack, pack.benefits[name], treated[name]) for name in chained.benefits
    ]
    return low.program(ports)


def grant_of(shared: Shared, subsidy: core.Subsidy) -> n.Grant:
    """A subsidy with one program for each way a category can be treated."""
    pack = shared.pack
    rule = next((r for r in pack.overlaps if subsidy.name in r.benefits), None)
    programs: list[n.Program] = []
    known: list[Treated] = []
    treatments: dict[str, n.Treatment] = {}
    for rank, identity in enumerate(ranked(pack, rule)):
        cells = cells_for(pack, identity, subsidy.entries, SUBSIDY_COLUMNS)
        treated = {subsidy.name: Given(cells)}
        if not cells:
            continue
        if treated not in known:
            known.append(treated)
            low = Lowering(shared)
            programs.append(low.program([lower_subsidy(low, subsidy, cells)]))
        path = path_of(pack, identity, treated)
        treatments[identity] = n.Treatment(identity, known.index(treated), rank, path)
    return n.Grant(
        subsidy.name,
        rule.mode if rule else core.Mode.CUMULATIVE,
        tuple(programs),
        treatments,
        doubt_of(shared, subsidy),
    )


def doubt_of(shared: Shared, subsidy: core.Subsidy) -> n.Program:
    """Whether the document leaves a subsidy undecided for the person."""
    low = Lowering(shared)
    tests = []
    for doubt in subsidy.unresolved:
        tests.append(low.lower(doubt.condition))
        low.reason(doubt.reason, [], doubt.origin)
    return low.program(results=(*tests, low.either(tests)))


# ── insurances, applications, days ───────────────────────────────────────────


def layer_program(shared: Shared) -> n.Program:
    """The insurances in their order, for one claim; the results are all their figures."""
    low = Lowering(shared)
    pack = shared.pack
    ports = [
        lower_benefit(low, pack, pack.layers[name], given_to_all(pack, pack.layers[name]))
        for name in layer_order(pack)
    ]
    results = [low.figures[port.benefit, figure] for port in ports for figure in x.Figure]
    return low.program(ports, results)


def layer_order(pack: Pack) -> tuple[str, ...]:
    """The document's order, but an insurance after those that it needs."""
    return computing_order(pack.layers, pack, set(pack.layers))


def applied_for(
    shared: Shared, benefit: core.Benefit, application: core.Application, chain: n.Chain
) -> n.Applied:
    """What one claim counts towards an application: does it, is that in doubt, how much."""
    low = Lowering(shared)
    tests, doubts = [], []
    for condition in benefit.conditions:
        if not of_claims(shared.pack, condition.expr):
            continue  # asked once, of the applicant and the sum
        tests.append(low.lower(condition.expr))
        words = " ".join(condition.expr.span.text.split())
        text = f"{benefit.name}的条件“{words}”不能判定"
        low.reason(text, [condition.expr], condition.origin)
    for doubt in benefit.unresolved:
        doubts.append(low.lower(doubt.condition))
        low.reason(doubt.reason, [doubt.condition], doubt.origin)
    amount = low.rounded(low.lower(benefit.base))
    text = f"{benefit.name}的基数不能确定"
    low.reason(text, [benefit.base], benefit.base_origin, figure=True)
    found = (low.both(tests), low.either(doubts), amount)
    counting = low.program(results=(*found, *tests, *doubts, amount))
    slot = shared.index[n.Source.APPLIED, benefit.name]
    before = preceding(shared.pack, benefit)
    doubtful = tuple(counting.reasons[len(tests) : len(tests) + len(doubts)])
    return n.Applied(
        benefit.name, counting, doubtful, before, slot, chain, application, benefit.origin
    )


def standing(shared: Shared) -> n.Program | None:
    """The days on one of which a category must be held, where the document declares them."""
    asked = shared.pack.document.standing
    if not asked:
        return None
    low = Lowering(shared)
    return low.program(results=[low.lower(expr) for expr in asked])


def attribution(shared: Shared) -> n.Program | None:
    """The date a claim is attributed to, where the document declares one."""
    expr = shared.pack.document.attribution
    if expr is None or (isinstance(expr, x.FactRef) and expr.name == "日期"):
        return None
    low = Lowering(shared)
    return low.program(results=(low.lower(expr),))


def published(shared: Shared, parameter: core.Parameter) -> n.Published:
    """A parameter's figures by date."""
    from medaidlang.plan.values import encode

    slot = shared.index[n.Source.PARAMETER, parameter.name]
    values = tuple(
        (dated.start, dated.end, encode(shared.words, dated.value, parameter.type))
        for dated in parameter.values
    )
    return n.Published(parameter.name, slot, values, parameter.pending, parameter.origin)
