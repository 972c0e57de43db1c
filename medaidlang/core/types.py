"""The types of the language: 元 is not %, and 元 times 元 is nothing.

Every expression of core has one; the checker of expressions compares them.
"""

from __future__ import annotations

from enum import Enum

import attrs


class Kind(Enum):
    """What sort of thing a value is; the value is the author's word for it."""

    MONEY = "金额"
    RATIO = "比例"
    POINTS = "百分点"
    RATE = "单价"
    INTEGER = "整数"
    DATE = "日期"
    MONTH = "年月"
    BOOL = "是否"
    TEXT = "文本"
    CHOICE = "选项"
    IDENTITY = "身份"
    BANDS = "分段"
    DATES = "日期列"
    FLOWS = "流水"


@attrs.frozen
class Type:
    """`unit` for integers (岁, 次, 日…) and rates; `choices` for 选项 (in the author's order)."""

    kind: Kind
    unit: str = ""
    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        word: str = self.kind.value
        if self.kind is Kind.CHOICE:
            return f"{word}（{'、'.join(self.choices)}）"
        return f"{word}（{self.unit}）" if self.unit else word


MONEY = Type(Kind.MONEY)
RATIO = Type(Kind.RATIO)
POINTS = Type(Kind.POINTS)
INTEGER = Type(Kind.INTEGER)
DATE = Type(Kind.DATE)
MONTH = Type(Kind.MONTH)
BOOL = Type(Kind.BOOL)
TEXT = Type(Kind.TEXT)
IDENTITY = Type(Kind.IDENTITY)
BANDS = Type(Kind.BANDS)
DATES = Type(Kind.DATES)
FLOWS = Type(Kind.FLOWS)

# Units that are different words for one thing.
SAME_UNIT = {"周岁": "岁", "天": "日", "个工作日": "工作日", "个月": "月"}


def unit_of(word: str) -> str:
    """The canonical unit for the author's `word`."""
    return SAME_UNIT.get(word, word)


def compatible(one: Type, other: Type) -> bool:
    """Whether values of the two types may be compared or stand for each other.

    A bare number fits any unit; text fits a choice only through its names,
    which are resolved before this is asked.
    """
    if one.kind is not other.kind:
        return False
    if one.kind is Kind.INTEGER:
        return one.unit == other.unit or not one.unit or not other.unit
    return one.kind is not Kind.RATE or one.unit == other.unit
