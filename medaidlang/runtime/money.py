"""Exact money and ratios.

Takes text and decimals as people write them, gives integers of 分 and exact
fractions.  No float goes in or comes out: one 分 lost here is a wrong payment.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

MAX_DIGITS = 15
"""Digits an amount or a ratio may have in all, decimals included."""

_AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_RATIO = re.compile(r"([0-9]+)(?:\.([0-9]+))?([%％]?)")


class AmountError(ValueError):
    """An amount or ratio that cannot be read; the subclasses say why."""


class AmountSyntaxError(AmountError):
    """Not written as plain decimal digits (exponent, comma, sign, nan, spaces)."""


class AmountPrecisionError(AmountError):
    """More decimals than 分 can hold."""


class AmountTooLongError(AmountError):
    """More than `MAX_DIGITS` digits."""


def parse_yuan(text: str) -> int:
    """The 分 in an amount of 元 such as `1500`, `1500.5`, `-1500.50`.

    Only ASCII digits, one point with one or two decimals, and a leading `-`;
    raises a subclass of AmountError for anything else.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise AmountSyntaxError(text[:40])
    sign, whole, decimals = match[1], match[2], match[3] or ""
    if len(whole) + len(decimals) > MAX_DIGITS:
        raise AmountTooLongError(text[:40])
    if len(decimals) > 2:
        raise AmountPrecisionError(text)
    fen = int(whole) * 100 + int(decimals.ljust(2, "0"))
    return -fen if sign else fen


def to_fen(value: Decimal | int | str) -> int:
    """The 分 in a number of 元; TypeError for a float or a bool, else as `parse_yuan`.

    A Decimal is taken by its value: `Decimal("1500.500")` and `Decimal("1E+3")`
    are exact amounts, `Decimal("0.005")` is not.
    """
    if isinstance(value, bool | float):
        raise TypeError(f"an amount must be Decimal, int or str, not {type(value).__name__}")
    if isinstance(value, str):
        return parse_yuan(value)
    if isinstance(value, int):
        if abs(value) >= 10**MAX_DIGITS:
            raise AmountTooLongError(f"more than {MAX_DIGITS} digits")
        return value * 100
    if isinstance(value, Decimal):
        return _decimal_to_fen(value)
    raise TypeError(f"an amount must be Decimal, int or str, not {type(value).__name__}")


def _decimal_to_fen(value: Decimal) -> int:
    """As `to_fen`; integer arithmetic, so that no decimal context can round."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise AmountSyntaxError(str(value))
    if value == 0:
        return 0
    if value.adjusted() >= MAX_DIGITS or len(digits) > 4 * MAX_DIGITS:
        raise AmountTooLongError(f"more than {MAX_DIGITS} digits")
    if exponent < -4 * MAX_DIGITS:
        raise AmountPrecisionError(f"{-exponent} decimals")
    number = int("".join(map(str, digits)) + "0" * (exponent + 2))
    unit: int = 10 ** max(-exponent - 2, 0)
    fen, rest = divmod(number, unit)
    if rest:
        raise AmountPrecisionError(str(value))
    return -fen if sign else fen


def format_yuan(fen: int, *, grouped: bool = False) -> str:
    """`9500.00` for 950000 分; `9,500.00` when grouped."""
    whole, rest = divmod(abs(fen), 100)
    digits = f"{whole:,}" if grouped else str(whole)
    return f"{'-' if fen < 0 else ''}{digits}.{rest:02d}"


def as_decimal(fen: int) -> Decimal:
    """The amount in 元 as a Decimal with exactly two decimals."""
    return Decimal(format_yuan(fen))


def scale_half_up(amount: int, num: int, den: int) -> int:
    """`amount × num ÷ den` to the nearest integer, halves away from zero.

    The rule of 四舍五入; a negative product mirrors the positive one.
    ValueError unless `den` is positive.
    """
    if den <= 0:
        raise ValueError("the denominator must be positive")
    product = amount * num
    rounded = (2 * abs(product) + den) // (2 * den)
    return -rounded if product < 0 else rounded


def parse_ratio(text: str) -> Fraction:
    """The exact ratio in `0.75` or `75%` (or `75％`); not negative.

    Raises AmountSyntaxError or AmountTooLongError.
    """
    match = _RATIO.fullmatch(text)
    if match is None:
        raise AmountSyntaxError(text[:40])
    whole, decimals, percent = match[1], match[2] or "", match[3]
    if len(whole) + len(decimals) > MAX_DIGITS:
        raise AmountTooLongError(text[:40])
    return Fraction(int(whole + decimals), 10 ** (len(decimals) + (2 if percent else 0)))


def format_percent(ratio: Fraction) -> str:
    """`75%`, `62.5%`; a ratio with no finite decimals is shown as it is: `1/3`."""
    hundred = ratio * 100
    places = _decimal_places(hundred.denominator)
    if places is None:
        return str(ratio)
    scaled = abs(hundred.numerator) * 10**places // hundred.denominator
    digits = str(scaled).rjust(places + 1, "0")
    shown = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"{'-' if ratio < 0 else ''}{shown}%"


def _decimal_places(denominator: int) -> int | None:
    """Decimals a fraction in lowest terms needs; None if they never end."""
    powers = {2: 0, 5: 0}
    for prime in powers:
        while denominator % prime == 0:
            denominator //= prime
            powers[prime] += 1
    return max(powers.values()) if denominator == 1 else None
