"""What a settlement says, by name and in words.

Takes settlements, gives Chinese text; a total is only called a total if every
claim behind it could be computed.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from medaidlang.core.nodes import Pack
from medaidlang.core.types import Kind, Type
from medaidlang.interpret.result import Settlement
from medaidlang.interpret.shape import kinds
from medaidlang.sheet.figures import ratio_words, short_yuan, value_words, yuan

UNKNOWN = "无法计算"


def amount(fen: int | None) -> str:
    """An amount, or 无法计算."""
    return UNKNOWN if fen is None else f"{yuan(fen)}元"


def totals(settled: Settlement) -> dict[str, str]:
    """年度合计 of every benefit; of one on application, over all applications."""
    claimed = [p for c in settled.claims for p in c.payments]
    open_ones = {p.benefit for p in claimed if p.amount is None}
    open_ones |= {made.benefit for made in settled.applications if made.amount is None}
    applied = {made.benefit for made in settled.applications}
    said = {}
    for name, fen in settled.totals.items():
        part = f"（其中已能计算{yuan(fen)}元）" if fen else ""
        whole = f"各次申请{name}" if name in applied else f"年度{name}"
        said[whole] = f"{UNKNOWN}{part}" if name in open_ones else amount(fen)
    return said


def subsidies(settled: Settlement) -> dict[str, str]:
    """Every participation subsidy."""
    return {name: amount(payment.amount) for name, payment in settled.subsidies.items()}


def results(pack: Pack, settled: Settlement) -> dict[str, str]:
    """Everything a settlement says, by name."""
    found = {**totals(settled), **subsidies(settled)}
    for claim in settled.claims:
        for payment in claim.payments:
            found[f"费用{claim.number}的{payment.benefit}"] = amount(payment.amount)
    for made in settled.applications:
        found[f"申请{made.number}的{made.benefit}"] = amount(made.amount)
        for part in made.parts:
            whose = f"费用{part.claim}" if part.claim else part.member
            found[f"申请{made.number}分给{whose}的{made.benefit}"] = amount(part.share)
    types = kinds(pack)
    for result in settled.results:
        found[result.name] = shown(result.value, types[result.name])
    return found


def shown(value: object, kind: Type) -> str:
    """A result that is not a payment."""
    match value:
        case None:
            return UNKNOWN
        case tuple():
            return "，".join(band(one) for one in value)
        case int() if kind.kind is Kind.MONEY:
            return amount(value)
        case bool() | int() | str() | date() | Fraction():
            return value_words(value, kind)
        case _:
            return str(value)


def band(one: object) -> str:
    """One band of 分段: its upper edge and its ratio."""
    if isinstance(one, tuple) and len(one) == 2 and isinstance(one[1], Fraction):
        top, share = one
        edge = f"至{short_yuan(top)}元" if isinstance(top, int) else "以上"
        return f"{edge}{ratio_words(share, Type(Kind.RATIO))}"
    return str(one)
