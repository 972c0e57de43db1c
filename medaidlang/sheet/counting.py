"""How the document counts: 归属日期, 身份日期, 舍入 and 结算次序, in words for the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from medaidlang.core import expr as x
from medaidlang.core.nodes import Pack, Rounding
from medaidlang.sheet.words import Speaker

UNITS = {1: "分", 10: "角", 100: "元"}
WORDS = {
    Fraction(1, 2): "四舍五入到{}",
    Fraction(3, 5): "五舍六入到{}",
    Fraction(1): "只取到{}，以下舍去",
    Fraction(0): "不足一{0}的进为一{0}",
}


def rounding_words(item: Rounding) -> str:
    """四舍五入到分."""
    return WORDS[item.up].format(UNITS[item.unit])


def rules(pack: Pack, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """(what, how) for the record at the head; the usual ones of dates are left out."""
    about = pack.document
    if about.attribution is not None and not isinstance(about.attribution, x.FactRef):
        yield "费用归属的日期", speaker.say(about.attribution)
    if about.standing:
        days = "或".join(f"“{speaker.say(day)}”" for day in about.standing)
        which = "这一天" if len(about.standing) == 1 else "其中一天"
        yield "身份看哪一天", f"{days}；在{which}持有的身份都算"
    order = "按费用日期先后" if about.by_date else "按结算先后"
    when = "年度合计后" if about.rounds_year else "每笔支付"
    yield "结算次序和舍入", f"{order}；{when}{rounding_words(about.rounding)}"
