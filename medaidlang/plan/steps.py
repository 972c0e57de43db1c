"""The steps of a plan; `to` is the register assigned, `a` and `b` the registers read."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from medaidlang.core.expr import Builtin, Order


@attrs.frozen
class Const:
    """to := value"""

    to: int
    value: object


@attrs.frozen
class Add:
    """to := a + b (same scale)"""

    to: int
    a: int
    b: int


@attrs.frozen
class Subtract:
    """to := a − b (same scale)"""

    to: int
    a: int
    b: int


@attrs.frozen
class Least:
    """to := the smaller of a and b"""

    to: int
    a: int
    b: int


@attrs.frozen
class Most:
    """to := the larger of a and b"""

    to: int
    a: int
    b: int


@attrs.frozen
class Multiply:
    """to := a × b; the scales multiply"""

    to: int
    a: int
    b: int


@attrs.frozen
class Rescale:
    """to := a × factor; same value at `factor` times the scale"""

    to: int
    a: int
    factor: int


@attrs.frozen
class Round:
    """to := a ÷ scale at scale 1, to a multiple of `unit`.

    A remainder (of a, by scale × unit) is rounded up from `up` on.
    """

    to: int
    a: int
    scale: int
    up: int
    unit: int = 1


@attrs.frozen
class Quotient:
    """to := (a × numerator) ÷ (b × denominator), half up; unknown where b ≤ 0"""

    to: int
    a: int
    b: int
    numerator: int
    denominator: int


@attrs.frozen
class Compare:
    """to := 1 if a `order` b else 0 (same scale)"""

    to: int
    order: Order
    a: int
    b: int


@attrs.frozen
class OneOf:
    """to := 1 if a is one of `values`"""

    to: int
    a: int
    values: frozenset[int]


@attrs.frozen
class Invert:
    """to := 1 − a"""

    to: int
    a: int


@attrs.frozen
class Both:
    """to := 1 if all are 1 (0 if any is 0, whatever is unknown)"""

    to: int
    parts: tuple[int, ...]


@attrs.frozen
class Either:
    """to := 1 if any is 1 (0 only if all are known 0)"""

    to: int
    parts: tuple[int, ...]


@attrs.frozen
class Choose:
    """to := a if test else b; unknown test gives the common value, if there is one"""

    to: int
    test: int
    a: int
    b: int


@attrs.frozen
class Known:
    """to := 1 if the slot was filled"""

    to: int
    slot: int


@attrs.frozen
class Within:
    """to := a if it respects the published bound (a ≥ b, or ≤), else unknown"""

    to: int
    a: int
    b: int
    floor: bool


@attrs.frozen
class Read:
    """to := the running total `account`"""

    to: int
    account: int


@attrs.frozen
class Feed:
    """running total `account` += a"""

    account: int
    a: int


@attrs.frozen
class Decide:
    """to := a; an unknown a splits into both answers, for `why`, unless `where` is 0"""

    to: int
    a: int
    where: int
    why: int


@attrs.frozen
class Doubt:
    """to := a unless `doubt` holds; where it does, a = 1 splits into both answers"""

    to: int
    a: int
    doubt: int
    why: int


@attrs.frozen
class Bracket:
    """to := a; an unknown a splits into its extremes `low` and `high` (or register `ceiling`)

    Unless `where` is 0, where it is `low`.
    """

    to: int
    a: int
    low: int
    high: int
    why: int
    ceiling: int | None = None
    where: int | None = None


@attrs.frozen
class Function:
    """to := a built-in over dates or bands"""

    to: int
    function: Builtin
    parts: tuple[int, ...]


Step: TypeAlias = (
    Const | Add | Subtract | Least | Most | Multiply | Rescale | Round | Quotient | Compare
    | OneOf | Invert | Both | Either | Choose | Known | Within | Read | Feed | Decide
    | Doubt | Bracket | Function
)  # fmt: skip


def operands(step: Step) -> tuple[int, ...]:
    """The registers that a step reads."""
    match step:
        case Both(parts=parts) | Either(parts=parts) | Function(parts=parts):
            return parts
        case Choose(test=test, a=a, b=b):
            return (test, a, b)
        case Doubt(a=a, doubt=doubt):
            return (a, doubt)
        case Decide(a=a, where=where):
            return (a, where)
        case Const() | Read():
            return ()
        case Bracket(a=a, ceiling=top, where=where):
            return (a, *(part for part in (top, where) if part is not None))
        case Known(slot=slot):
            return (slot,)
        case (
            Add(a=a, b=b) | Subtract(a=a, b=b) | Least(a=a, b=b) | Most(a=a, b=b)
            | Multiply(a=a, b=b) | Quotient(a=a, b=b) | Compare(a=a, b=b) | Within(a=a, b=b)
        ):  # fmt: skip
            return (a, b)
        case _:
            return (step.a,)
