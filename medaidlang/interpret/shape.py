"""A settlement as the plain mapping of the worked cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from medaidlang.core.nodes import Pack
from medaidlang.core.types import BANDS, MONEY, Type
from medaidlang.interpret.result import Application, ClaimResult, Settlement
from medaidlang.runtime.money import as_decimal


def amount(fen: int | None) -> Decimal | None:
    """分 as 元 with two places."""
    return None if fen is None else as_decimal(fen)


def ratio_text(value: Fraction) -> Decimal | str:
    """A ratio as a decimal of at least two places; as a fraction where it has no end."""
    for places in range(2, 9):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return Decimal(scaled.numerator).scaleb(-places)
    return str(value)


def plain(value: object, kind: Type) -> object:
    """One result: money as Decimal, dates as ISO text, bands as lists."""
    if value is None or isinstance(value, bool | str):
        return value
    if kind == BANDS:
        assert isinstance(value, tuple)
        return [[None if top is None else str(as_decimal(top)).removesuffix(".00"),
                 str(ratio_text(share))] for top, share in value]  # fmt: skip
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return ratio_text(value)
    return as_decimal(value) if kind == MONEY and isinstance(value, int) else value


def kinds(pack: Pack) -> dict[str, Type]:
    """The type of each result beside the payments."""
    from medaidlang.core.examples import INSURANCE_FIGURES

    found = {output.name: output.expr.type for output in pack.outputs}
    found |= {f"{split.name}·{payer}": MONEY for split in pack.splits for payer in split.payers}
    for change in pack.insurance:
        found |= {f"{change.name}·{name}": kind for name, kind in INSURANCE_FIGURES.items()}
    return found


def nested(target: dict[str, Any], name: str, value: object) -> None:
    """大病保险·适用 as {大病保险: {适用: …}}."""
    *groups, last = name.split("·")
    for group in groups:
        target = target.setdefault(group, {})
    target[last] = value


def claim_shape(claim: ClaimResult, types: Mapping[str, Type]) -> dict[str, Any]:
    """One claim."""
    shown: dict[str, Any] = {}
    for name, value in claim.shown.items():
        nested(shown, name, plain(value, types[name]))
    return {
        "编号": claim.number,
        "采用身份": claim.identity or None,
        "救助": {p.benefit: amount(p.amount) for p in claim.payments if p.amount is not None},
        "医保调整": shown,
        **({"保险": {n: amount(paid) for n, paid in claim.layers.items()}} if claim.layers else {}),
        "说明": list(claim.notes),
    }


def application_shape(made: Application) -> dict[str, Any]:
    """One application: what is paid, on what, and who gets how much of it."""
    return {
        "编号": made.number,
        "日期": made.day.isoformat(),
        "待遇": made.benefit,
        "采用身份": made.result.identity or None,
        "支付": amount(made.amount),
        "计入合计": amount(made.total),
        "计入": [
            {"人员编号": one.member, "费用": one.claim, "计入": amount(one.amount)}
            for one in made.counted
        ],
        "分配": [
            {
                "人员编号": part.member,
                **({"费用": part.claim} if part.claim else {}),
                "计入": amount(part.counted),
                "分得": amount(part.share),
            }
            for part in made.parts
        ],
        "条款": made.clause,
    }


def case_shape(settlement: Settlement, pack: Pack) -> dict[str, Any]:
    """The result shape of the worked cases."""
    types = kinds(pack)
    others: dict[str, Any] = {}
    applies = {r.name.partition("·")[0]: r.value for r in settlement.results
               if r.name.endswith("·适用")}  # fmt: skip
    for result in settlement.results:
        group, _, part = result.name.partition("·")
        if part and part != "适用" and applies.get(group) is False:
            continue
        nested(others, result.name, plain(result.value, types[result.name]))
    return {
        **{name: amount(payment.amount) for name, payment in settlement.subsidies.items()},
        "逐笔": [claim_shape(claim, types) for claim in settlement.claims],
        **({"申请": [application_shape(made) for made in settlement.applications]}
           if settlement.applications else {}),
        "年度合计": {name: amount(total) for name, total in settlement.totals.items()},
        "其他": others,
        "无法计算": [f"[{u.tag}] {u.reason}" + (f"〔{u.clause}〕" if u.clause else "")
                     for u in settlement.unresolved],
    }  # fmt: skip
