"""A clause's rules against its text: which figure and which name stands there.

Takes what the rules say and the clauses' figures, gives for each what was found: in
the clause, worked out of it, in the account of a 口径, in another clause, or nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction

import attrs

from medaidlang.collate.figures import Figure, Key
from medaidlang.collate.names import nearly, stands_in
from medaidlang.collate.rules import Named, Said

_CONVERTED = {"年": ("月", 12), "周": ("日", 7), "日": ("小时", 24)}


class Standing(Enum):
    """Where something that a rule says stands in the document."""

    HERE = "在本条"
    WORKED = "算得"
    NEARLY = "近似"
    READING = "口径所定"
    ELSEWHERE = "在别条"
    NOWHERE = "不在原文"


@attrs.frozen
class Judged:
    """One figure or name of a rule; `how` is the sum, the near words or the other clause."""

    said: Said | Named
    standing: Standing
    how: str = ""


@attrs.frozen
class Scope:
    """The figures that a clause's rules may take: its own, and around it.

    `stated` are the figures of those rules: an amount is only worked out of one that
    some rule takes as it is, or else a miscopied 6万元 would be 75% of the text's 8万元.
    `readings` are the figures that the choices of each 口径 name: only those may stand
    under it without being in the document.
    """

    near: tuple[Figure, ...]
    far: Mapping[str, tuple[Figure, ...]]
    stated: tuple[Key, ...] = ()
    readings: Mapping[str, frozenset[Key]] = attrs.field(factory=dict)


def judge_figure(said: Said, scope: Scope) -> Judged:
    """Where a figure of a rule stands."""
    if one := _found(said.key, scope.near):
        return Judged(said, Standing.HERE, "" if said.key in one.keys else one.text)
    if how := worked_out(said.key, scope.near, scope.stated):
        return Judged(said, Standing.WORKED, how)
    for mark, figures in scope.far.items():
        if how := shared_out(said.key, scope.near, figures, scope.stated):
            return Judged(said, Standing.WORKED, f"{how}【{mark}】")
    for name in sorted(said.readings):
        if any(equal(said.key, key) for key in scope.readings.get(name, ())):
            return Judged(said, Standing.READING, name)
    places = [mark for mark, figures in scope.far.items() if _found(said.key, figures)]
    if places:
        return Judged(said, Standing.ELSEWHERE, "".join(f"【{mark}】" for mark in places[:3]))
    return Judged(said, Standing.NOWHERE)


def judge_name(named: Named, near: str, far: Mapping[str, str]) -> Judged:
    """Where a name of a rule stands; `near` and `far` are readable texts."""
    if stands_in(named.name, near):
        return Judged(named, Standing.HERE)
    places = [mark for mark, text in far.items() if stands_in(named.name, text)]
    if not named.roster and places:
        return Judged(named, Standing.ELSEWHERE, "".join(f"【{mark}】" for mark in places[:3]))
    if like := nearly(named.name, near):
        return Judged(named, Standing.NEARLY, like)
    if places:
        return Judged(named, Standing.ELSEWHERE, "".join(f"【{mark}】" for mark in places[:3]))
    like = next((words for text in far.values() if (words := nearly(named.name, text))), "")
    return Judged(named, Standing.NEARLY if like else Standing.NOWHERE, like)


def equal(rule: Key, text: Key) -> bool:
    """Whether a rule's figure and the text's are the same."""
    if rule == text:
        return True
    (kind, value), (other, amount) = rule, text
    if isinstance(value, date) or isinstance(amount, date):
        return _same_day(rule, text)
    if value == amount and ("数" in (kind, other) or {kind, other} == {"%", "点"}):
        return True
    if {kind, other} == {"%", "倍"}:
        return value * (100 if kind == "倍" else 1) == amount * (100 if other == "倍" else 1)
    if {kind, other} <= {"级", "类", "档"}:
        return False
    return _converted(kind, value, other, amount) or _converted(other, amount, kind, value)


def _converted(kind: str, value: Fraction, other: str, amount: Fraction) -> bool:
    unit, factor = _CONVERTED.get(kind, ("", 0))
    return other == unit and value * factor == amount


def _same_day(rule: Key, text: Key) -> bool:
    """2023年1月1日 and 2023年1月; 2023年; 1月1日."""
    (_, value), (kind, amount) = rule, text
    if kind == "月日" and rule[0] == "日期" and isinstance(value, date):
        return amount == 100 * value.month + value.day
    if isinstance(value, date) and isinstance(amount, date):
        return value == amount
    if isinstance(amount, date):
        return rule[0] == "年" and amount.year == value and kind == "年月"
    return False


def _found(key: Key, figures: Iterable[Figure]) -> Figure | None:
    """The figure of the text that says this, exact ones first."""
    listed = list(figures)
    exact = (one for one in listed if key in one.keys)
    like = (one for one in listed if any(equal(key, other) for other in one.keys))
    return next(exact, None) or next(like, None)


# ── worked out by the author ─────────────────────────────────────────────────


def worked_out(key: Key, figures: Sequence[Figure], stated: Sequence[Key]) -> str:
    """How the author may have come to a figure: 60%×60%, 100%−20%, 5000元×60%; or ""."""
    kind, wanted = key
    if isinstance(wanted, date):
        return ""
    shares = _values(figures, "%")
    taken = _values(_stated(figures, stated), kind)
    match kind:
        case "%":
            sums = [*_products(taken, shares, 100), *((100 - v, f"100%−{t}") for v, t in shares)]
        case "元":
            sums = [*_products(taken, shares, 100), *_sums(taken)]
        case _:
            sums = []
    return next((how for value, how in sums if value == wanted), "")


def shared_out(
    key: Key, near: Sequence[Figure], far: Sequence[Figure], stated: Sequence[Key]
) -> str:
    """A figure of the clause times a share that another clause gives: 90%×50%; or ""."""
    kind, wanted = key
    if isinstance(wanted, date) or kind not in ("%", "元", "点"):
        return ""
    taken = _stated(near, stated)
    own = _values(taken, kind) + (_values(taken, "%") if kind == "点" else [])
    sums = _products(own, _values(far, "%"), 100)
    return next((how for value, how in sums if value == wanted), "")


def _stated(figures: Sequence[Figure], stated: Sequence[Key]) -> list[Figure]:
    """The figures that some rule takes as they are."""
    return [f for f in figures if any(equal(key, other) for key in stated for other in f.keys)]


def _values(figures: Sequence[Figure], kind: str) -> list[tuple[Fraction, str]]:
    found = {
        value: one.text
        for one in figures
        for name, value in one.keys
        if name == kind and isinstance(value, Fraction) and (one.sure or value != 100)
    }
    return list(found.items())


def _products(
    ones: Sequence[tuple[Fraction, str]], others: Sequence[tuple[Fraction, str]], scale: int
) -> Iterator[tuple[Fraction, str]]:
    for value, text in ones:
        for factor, word in others:
            yield value * factor / scale, f"{text}×{word}"


def _sums(amounts: Sequence[tuple[Fraction, str]]) -> Iterator[tuple[Fraction, str]]:
    for value, text in amounts:
        for other, word in amounts:
            yield value + other, f"{text}＋{word}"
            if value > other:
                yield value - other, f"{text}−{word}"
