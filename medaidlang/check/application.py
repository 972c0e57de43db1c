"""Benefits paid on application (申请): what they, and others of them, cannot use.

Takes the pack.  Such a benefit is settled after all claims, on the sum of what they
count: nothing can use its figures on a claim, and its table knows nothing of one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding, words
from medaidlang.check.formulas import Formula, formulas
from medaidlang.core import expr as x
from medaidlang.core.nodes import Benefit, Pack, Period, Scope
from medaidlang.core.parts import deep

OF_EACH_CLAIM = ("费用", "须", "无法计算", "基数")


def application(pack: Pack) -> Iterator[Diagnostic]:
    """E573 to E579."""
    asked = {n: b for n, b in pack.benefits.items() if b.application is not None}
    if not asked:
        return
    yield from used_elsewhere(pack, asked)
    for item in (*pack.layers.values(), *pack.benefits.values()):
        for before in item.after:
            if before in asked:
                yield finding("E575", item.origin, name=item.name, before=before)
    for benefit in asked.values():
        if benefit.unbased:
            yield finding("E579", benefit.base_origin, name=benefit.name)
        yield from own_uses(pack, benefit)
        yield from by_hospital(pack, benefit)
        yield from shared(pack, benefit)


# ── what others use of it ────────────────────────────────────────────────────
def used_elsewhere(pack: Pack, asked: Collection[str]) -> Iterator[Diagnostic]:
    """E573: its payment is not there yet when anything else is computed."""
    for formula in formulas(pack):
        used = {part.benefit for part in x.walk(formula.expr) if isinstance(part, x.FigureRef)}
        for name in asked:
            if name in used and name != formula.owner:
                yield finding("E573", formula.origin, name=name, where=formula.owner)


# ── what it uses itself ──────────────────────────────────────────────────────
def own_formulas(pack: Pack, benefit: Benefit) -> Iterator[tuple[Formula, bool]]:
    """Each of its formulas, and whether it is asked of each claim, or of the sum."""
    for formula in formulas(pack):
        if formula.sort == "待遇" and formula.owner == benefit.name:
            yield formula, formula.part in OF_EACH_CLAIM
        elif benefit.name in formula.changes:
            yield formula, False


def own_uses(pack: Pack, benefit: Benefit) -> Iterator[Diagnostic]:
    """E574 and E578, once for each formula."""
    for formula, of_each in own_formulas(pack, benefit):
        for part in deep(pack, formula.expr):
            code = wrong_use(pack, benefit, part, of_each=of_each)
            if code:
                yield finding(code, formula.origin, name=benefit.name, text=words(part))
                break


def wrong_use(pack: Pack, benefit: Benefit, part: x.Expr, *, of_each: bool) -> str:
    """The code for something that is not known where it is asked; "" if it is."""
    match part:
        case x.FactRef(name=name):
            of_claim = pack.facts[name].scope is Scope.CLAIM
            return "E574" if of_claim and not of_each else ""
        case x.FigureRef(benefit=benefit.name, figure=x.Figure.BASE):
            return ""  # a column 基数: the sum
        case x.FigureRef(benefit=name, figure=x.Figure.PAID) if name in pack.layers and of_each:
            return ""
        case x.FigureRef():
            return "E578"
        case x.Apply(function=function) if function.value in x.YEARLY:
            return "E578"
        case _:
            return ""


def by_hospital(pack: Pack, benefit: Benefit) -> Iterator[Diagnostic]:
    """E576: an application is not made in a hospital."""
    accounts = [pack.accounts[name] for name in benefit.accounts]
    said = [(account.period, account.column.value, account.origin) for account in accounts]
    if benefit.times is not None:
        said.append((benefit.times.period, "限次", benefit.times.origin))
    for pool in pack.pools.values():
        if benefit.name in pool.benefits:
            said.append((pool.period, "额度", pool.origin))
    for period, what, origin in said:
        if period is Period.HOSPITAL:
            yield finding("E576", origin, name=benefit.name, what=what, period=period.value)


def shared(pack: Pack, benefit: Benefit) -> Iterator[Diagnostic]:
    """E577: accounts with benefits that are settled claim by claim, before it."""
    for account in pack.accounts.values():
        if benefit.name in account.benefits and len(account.benefits) > 1:
            args = {"what": account.column.value, "others": others(benefit, account.benefits)}
            yield finding("E577", benefit.origin, name=benefit.name, **args)
    for pool in pack.pools.values():
        if benefit.name in pool.benefits and len(pool.benefits) > 1:
            args = {"what": f"额度“{pool.name}”", "others": others(benefit, pool.benefits)}
            yield finding("E577", pool.origin, name=benefit.name, **args)


def others(benefit: Benefit, names: Collection[str]) -> str:
    """The other benefits."""
    return "、".join(name for name in names if name != benefit.name)
