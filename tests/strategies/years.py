"""Random years of persons for the packs of `wide`, by seed: known, and with unknowns."""

from __future__ import annotations

import copy
import itertools
import random
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from tests.strategies.wide import KINDS, LEVELS

Year = tuple[dict[str, Any], list[dict[str, Any]]]
CENT = Decimal("0.01")
COSTS = ["0", "0.01", "123.45", "200", "300", "500.01", "999.99", "1000", "2000.03", "3000",
         "7777.77", "10000"]  # fmt: skip
SPELLS: list[dict[str, str]] = [{}, {}, {}, {"止": "2026-05-31"}, {"起": "2026-04-01"}]


def year(draw: random.Random, identities: Iterable[str]) -> Year:
    """A person's year about which everything is known; claims in any order."""
    held: list[Any] = []
    names = list(identities)
    for name in draw.sample(names, draw.randint(1, len(names))):
        spell = draw.choice(SPELLS)
        held.append({"名称": name, **spell} if spell else name)
    claims = [claim(draw, place) for place in range(draw.randint(1, 6))]
    return {"身份": held, "知否": draw.random() < 0.6}, claims


def claim(draw: random.Random, place: int) -> dict[str, Any]:
    """One claim."""
    cost = Decimal(draw.choice(COSTS))
    share = draw.choice([0, 0, 25, 50, 90])
    return {
        "编号": f"c{place}", "日期": f"2026-{draw.randint(1, 12):02d}-10",
        "类型": draw.choice(KINDS), "政策范围内费用": cost,
        "基本医保支付": (cost * share / 100).quantize(CENT, "ROUND_DOWN"),
        "大病保险支付": Decimal(0), "其他补充支付": Decimal(0),
        "条一": draw.random() < 0.5, "条二": draw.random() < 0.5,
        "医院级别": draw.choice(LEVELS), "医院": draw.choice(["甲院", "乙院"]),
    }  # fmt: skip


class Open(NamedTuple):
    """A year of which one to four facts are not known, and ways of filling them in."""

    person: dict[str, Any]
    claims: list[dict[str, Any]]
    filled: list[Year]


def opened(draw: random.Random, known: Year) -> Open:
    """The same year with some facts forgotten."""
    domains: list[tuple[int, str, list[Any]]] = [(-1, "知否", [True, False])]
    for place, one in enumerate(known[1]):
        left = one["政策范围内费用"] - one["基本医保支付"]
        paid = [(left * part / 4).quantize(CENT, "ROUND_DOWN") for part in (0, 1, 2, 4)]
        domains += [(place, "条一", [True, False]), (place, "条二", [True, False])]
        domains += [(place, "医院级别", list(LEVELS)), (place, "大病保险支付", paid)]
    unknown = draw.sample(domains, draw.randint(1, 4))
    asked = with_facts(known, unknown, [None] * len(unknown))
    ways = list(itertools.product(*[values for *_, values in unknown]))
    few = draw.sample(ways, min(12, len(ways)))
    return Open(*asked, [with_facts(known, unknown, way) for way in few])


def with_facts(
    known: Year, unknown: list[tuple[int, str, list[Any]]], values: Iterable[Any]
) -> Year:
    """The year with other answers."""
    person, claims = copy.deepcopy(known)
    for (place, name, _), value in zip(unknown, values, strict=True):
        (person if place < 0 else claims[place])[name] = value
    return person, claims
