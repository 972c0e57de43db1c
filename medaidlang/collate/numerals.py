"""Numbers as documents write them: 两, 三十, 6, 1,000, 2.5."""

from __future__ import annotations

from fractions import Fraction

CHINESE = "零〇一二两三四五六七八九十百千"
"""The characters of a Chinese number below 万."""

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def number(text: str) -> Fraction:
    """The value of `text`, which is Arabic (with , and .) or Chinese below 万."""
    if text[0].isascii():
        return Fraction(text.replace(",", ""))
    return Fraction(chinese(text))


def chinese(text: str) -> int:
    """十二 → 12, 二百五十 → 250, 二〇二五 → 2025."""
    if len(text) > 1 and not any(char in _TENS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _TENS:
            total += (1 if digit is None else digit) * _TENS[char]
            digit = None
        else:
            digit = DIGITS[char]
    return total + (digit or 0)
