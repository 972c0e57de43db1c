"""Benefits that must be compared together.

Takes the pack; benefits linked by a base (接续, 的 支付), a shared 起付 or a shared
限额 are one chain.  Comparing the parts of a chain by different rules can pay
more than the best category, or more than the cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import finding
from medaidlang.check.overlap.pairs import pairs, rules_for
from medaidlang.core import expr as x
from medaidlang.core.chains import chains_of
from medaidlang.core.nodes import Benefit, Pack


def chains(pack: Pack) -> Iterator[Diagnostic]:
    """E603."""
    for names, why in links(pack):
        one, other = (pack.benefits[name] for name in names)
        ours, theirs = rules_for(pack, one), rules_for(pack, other)
        if [id(rule) for rule in ours] == [id(rule) for rule in theirs]:
            continue
        if any(not rules and any(True for _ in pairs(pack, item))
               for rules, item in ((ours, one), (theirs, other))):  # fmt: skip
            continue  # E601 says so already
        rules = [rule for rule in (*ours, *theirs) if rule not in ours or rule not in theirs]
        labels = [Label(rule.origin.span, "again") for rule in rules[1:2]]
        args = {"first": one.name, "second": other.name, "link": why}
        yield finding("E603", rules[0].origin, *labels, **args)


def divided(pack: Pack) -> Iterator[Diagnostic]:
    """E612: several rules, each 限于 some categories, on one chain."""
    for chained in chains_of(pack):
        rules = [r for r in pack.overlaps if set(r.benefits) & set(chained.benefits)]
        if len(rules) > 1 and any(rule.identities for rule in rules):
            label = Label(rules[0].origin.span, "first")
            benefits = "、".join(chained.benefits)
            yield finding("E612", rules[1].origin, label, benefits=benefits)


def links(pack: Pack) -> Iterator[tuple[tuple[str, str], str]]:
    """Pairs of linked benefits, with what links them; each pair once."""
    told: set[frozenset[str]] = set()
    for names, why in all_links(pack):
        pair = frozenset(names)
        if len(pair) == 2 and pair not in told and pair <= set(pack.benefits):
            told.add(pair)
            yield names, why


def all_links(pack: Pack) -> Iterator[tuple[tuple[str, str], str]]:
    """Every link: 接续, figures of another benefit, shared accounts."""
    for benefit in pack.benefits.values():
        if benefit.application is not None:
            continue  # settled by itself, when all of these have been paid
        for before in benefit.after:
            yield (before, benefit.name), "接续"
        for reference in figures(pack, formulas(pack, benefit)):
            words = f"{reference.benefit} 的 {reference.figure.value}"
            yield (reference.benefit, benefit.name), words
    for account in pack.accounts.values():
        for other in account.benefits[1:]:
            yield (account.benefits[0], other), f"{account.column.value}共用"
    for pool in pack.pools.values():
        for other in pool.benefits[1:]:
            yield (pool.benefits[0], other), f"额度“{pool.name}”共用"


def formulas(pack: Pack, benefit: Benefit) -> list[x.Expr]:
    """Everything that decides what the benefit pays."""
    parts = [benefit.base]
    parts += [condition.expr for condition in benefit.conditions]
    parts += [doubt.condition for doubt in benefit.unresolved]
    for entry in benefit.entries:
        parts += [key.expr for key in entry.keys]
        parts += [entry.expr] if entry.expr is not None else []
    for name in benefit.accounts:
        account = pack.accounts.get(name)
        if account is not None and account.feed is not None:
            parts.append(account.feed)
    for pool in pack.pools.values():
        if benefit.name in pool.benefits:
            parts += [entry.expr for entry in pool.entries if entry.expr is not None]
            parts += [key.expr for entry in pool.entries for key in entry.keys]
    for adjustment in pack.adjustments:
        if benefit.name in adjustment.benefits:
            parts += [condition.expr for condition in adjustment.conditions]
            parts += [change.expr for change in adjustment.changes]
    return parts


def figures(pack: Pack, parts: Iterable[x.Expr]) -> list[x.FigureRef]:
    """The figures of benefits that the expressions use, through definitions."""
    return [part for part in spread(pack, parts) if isinstance(part, x.FigureRef)]


def spread(pack: Pack, parts: Iterable[x.Expr]) -> Iterator[x.Expr]:
    """Everything in the expressions and in the definitions they use."""
    opened: set[str] = set()
    waiting = list(parts)
    while waiting:
        for part in x.walk(waiting.pop()):
            yield part
            if isinstance(part, x.DefinitionRef) and part.name not in opened:
                opened.add(part.name)
                if part.name in pack.definitions:
                    waiting.append(pack.definitions[part.name].expr)
