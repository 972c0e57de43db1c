"""Core to plan.

Takes a `Pack` without errors, gives the `Plan`: one program per chain and
treatment, subsidies, qualifications, and the results beside the payments.
"""

from __future__ import annotations

from collections.abc import Sequence

from medaidlang.core import expr as x
from medaidlang.core import nodes as core
from medaidlang.core.chains import Chained, chains_of
from medaidlang.core.nodes import Column, Entry, Pack
from medaidlang.core.parts import deep
from medaidlang.core.rows import levels, parents, resolve
from medaidlang.core.types import BANDS, BOOL, MONEY
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s
from medaidlang.plan.benefit import lower_benefit, lower_subsidy
from medaidlang.plan.lower import Lowering
from medaidlang.plan.shared import RATIO_UNIT, Shared, shared_of

Treated = dict[str, dict[Column, tuple[Entry, ...]]]  # benefit → its cells for a category


def build_plan(pack: Pack) -> n.Plan:
    """The plan of a pack."""
    shared = shared_of(pack)
    chains = tuple(chain_of(shared, chained) for chained in chains_of(pack))
    grants = tuple(grant_of(shared, subsidy) for subsidy in pack.subsidies.values())
    adding, each, each_shown = each_claim(shared)
    return n.Plan(
        tuple(shared.slots),
        shared.words,
        RATIO_UNIT,
        tuple(shared.totals),
        tuple(published(shared, parameter) for parameter in pack.parameters.values()),
        qualifications(shared),
        memberships(pack),
        chains,
        grants,
        adding,
        each,
        each_shown,
        at_end(shared),
        attribution(shared),
    )


# ── categories ───────────────────────────────────────────────────────────────


def path_to(pack: Pack, start: str, goal: str) -> tuple[str, ...]:
    """The shortest way up from a category to a group, both included.

    比照 leads on without its target's own conditions: to be treated as somebody
    is not to be one.
    """
    ways: list[tuple[tuple[str, ...], str]] = [((start,), start)]
    seen = {start}
    for way, last in ways:
        if last == goal:
            return way
        for up in parents(pack, last):
            if up not in seen:
                seen.add(up)
                contains = last in pack.identities[up].members
                ways.append(((*way, up) if contains else way, up))
    return (start,)


def memberships(pack: Pack) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each category, the ways from a category below it (itself first)."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for goal in pack.identities:
        ways = []
        for start in pack.identities:
            way = contained(pack, start, goal)
            if way:
                ways.append(way)
        found[goal] = tuple(ways)
    return found


def contained(pack: Pack, start: str, goal: str) -> tuple[str, ...]:
    """The way from `start` up to `goal` through 包括 alone, or nothing."""
    if start == goal:
        return (start,)
    ways: list[tuple[str, ...]] = [(start,)]
    for way in ways:
        for group in pack.identities.values():
            if way[-1] in group.members and group.name not in way:
                if group.name == goal:
                    return (*way, goal)
                ways.append((*way, group.name))
    return ()


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


def cells_for(
    pack: Pack, identity: str, entries: Sequence[Entry], columns: Sequence[Column]
) -> dict[Column, tuple[Entry, ...]]:
    """The cells of each column that apply to a category.

    Where any column entitles it, 不享受 of the others (from 其余) says nothing.  A
    category treated as one that a fact names has only the rows that name itself.
    """
    as_if = pack.identities[identity].as_if
    if as_if is not None and not isinstance(as_if, x.Constant):
        entries = [entry for entry in entries if identity in entry.identities]
    found = {column: resolve(pack, identity, entries, column) for column in columns}
    entitled = {c: tuple(e for e in cells if e.entitled) for c, cells in found.items()}
    kept = entitled if any(entitled.values()) else found
    return {column: cells for column, cells in kept.items() if cells}


def path_of(pack: Pack, identity: str, treated: Treated) -> tuple[str, ...]:
    """The categories whose conditions the treatment rests on."""
    steps: dict[str, None] = {identity: None}
    for cells in treated.values():
        for entries in cells.values():
            for entry in entries:
                goals = [g for level in levels(pack, identity) for g in level]
                goal = next((g for g in goals if g in entry.identities), identity)
                steps |= dict.fromkeys(path_to(pack, identity, goal))
    return tuple(steps)


# ── programs ─────────────────────────────────────────────────────────────────

BENEFIT_COLUMNS = (Column.DEDUCTIBLE, Column.RATIO, Column.CAP)
SUBSIDY_COLUMNS = (Column.RATIO, Column.FIXED)


def chain_of(shared: Shared, chained: Chained) -> n.Chain:
    """A chain with one program for each way a category can be treated in it."""
    pack = shared.pack
    programs: list[n.Program] = []
    known: list[Treated] = []
    treatments: dict[str, n.Treatment] = {}
    for rank, identity in enumerate(ranked(pack, chained.rule)):
        treated = {
            name: cells_for(pack, identity, pack.benefits[name].entries, BENEFIT_COLUMNS)
            for name in chained.benefits
        }
        if not any(treated.values()):
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
        treated = {subsidy.name: cells}
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


# ── results beside the payments ──────────────────────────────────────────────


def each_claim(
    shared: Shared,
) -> tuple[n.Program, n.Program, tuple[tuple[n.Shown, n.Program], ...]]:
    """What every claim adds to 年度累计, the same with the results shown, and each result."""
    outputs = [output for output in shared.pack.outputs if output.each_claim]
    adding, whole = Lowering(shared), Lowering(shared)
    for low in (adding, whole):
        for inner, total in shared.year_totals.items():
            low.steps.append(s.Feed(total, low.rounded(low.lower(inner))))
    results = [settled(whole, output.expr) for output in outputs]
    shown = tuple(shown_by(shared, output) for output in outputs)
    return adding.program(), whole.program(results=results), shown


def at_end(shared: Shared) -> tuple[tuple[n.Shown, n.Program], ...]:
    """A program for each result of the person's year."""
    outputs = [output for output in shared.pack.outputs if not output.each_claim]
    shown = [shown_by(shared, output) for output in outputs]
    for change in shared.pack.insurance:
        shown += insurance(shared, change)
    return tuple(shown)


def shown_by(shared: Shared, output: core.Output) -> tuple[n.Shown, n.Program]:
    """One result and its program."""
    low = Lowering(shared)
    register = settled(low, output.expr)
    made = n.Shown(output.kind, output.name, register, output.expr.type, output.origin)
    return made, low.program(results=[register])


def settled(low: Lowering, expr: x.Expr) -> int:
    """A result, money rounded to whole 分."""
    found = low.lower(expr)
    return low.rounded(found) if expr.type == MONEY else found


def insurance(shared: Shared, change: core.InsuranceChange) -> list[tuple[n.Shown, n.Program]]:
    """医保调整: whether it applies, its 起付 and bands, and what it pays on the year's cost."""
    low = Lowering(shared)
    zero = low.const(0, MONEY)
    applies = low.both([low.lower(condition.expr) for condition in change.conditions])
    deductible = zero
    if change.deductible is not None:
        deductible = low.rounded(low.lower(change.deductible))
    bands = low.lower(change.bands)
    above = low.most(low.subtract(low.rounded(low.lower(change.cost)), deductible), zero)
    exact = low.function(x.Builtin.BANDS_PAY, (above, bands), MONEY, RATIO_UNIT)
    paid = low.rounded(exact)
    if change.cap is not None:
        paid = low.least(paid, low.rounded(low.lower(change.cap)))
    parts = (("适用", applies, BOOL), ("起付标准", deductible, MONEY), ("分段", bands, BANDS),
             ("年度应付", paid, MONEY))  # fmt: skip
    return [
        (n.Shown(None, f"{change.name}·{w}", r, k, change.origin), low.program(results=[r]))
        for w, r, k in parts
    ]


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
