"""Which of two standards a person of both follows, and where that changes."""

import attrs
import pytest

from medaidlang.core.nodes import Exclusive, Origin
from medaidlang.interpret.curves import Point
from medaidlang.sheet.curves import Panel
from medaidlang.sheet.overlaps import crossing, outcome
from medaidlang.sheet.parties import Group


def panel(name, *points):
    made = tuple(Point(burden * 100, paid * 100) for burden, paid in points)
    return Panel(Group(name, (name,)), made, (), "", "" if made else "缺", (), ())


FULL = panel("低保对象", (0, 0), (20_000, 10_000), (40_000, 10_000))
LATE = panel("孤儿", (0, 0), (10_000, 0), (40_000, 30_000))
LESS = panel("特困人员", (0, 0), (20_000, 5_000), (40_000, 5_000))
UNKNOWN = panel("返贫致贫人口")


def test_one_is_never_below_the_other():
    assert crossing(FULL, LESS) == crossing(LESS, FULL) == "按低保对象"


def test_the_same_standard():
    assert crossing(FULL, attrs.evolve(FULL, group=Group("孤儿", ("孤儿",)))) == "两者标准相同"


def test_they_cross_at_the_exact_amount():
    # f = x/2 up to 10000, g = x − 10000: equal at 20000
    assert crossing(FULL, LATE) == "费用不超过2万元时按低保对象，超过2万元按孤儿"


def test_what_cannot_be_computed(kunyu):
    assert outcome(kunyu.pack, UNKNOWN, UNKNOWN) == "无法计算"
    assert "已知的下限" in outcome(kunyu.pack, FULL, UNKNOWN)
    undecided = tuple(attrs.evolve(o, known_best=False) for o in kunyu.pack.overlaps)
    strict = attrs.evolve(kunyu.pack, overlaps=undecided)
    assert outcome(strict, UNKNOWN, FULL) == "除非返贫致贫人口不可能更高，否则无法计算"


def test_what_nobody_may_hold_together(kunyu):
    origin = Origin(kunyu.pack.document.origin.span, "一")
    rule = Exclusive(("低保对象", "孤儿"), origin)
    pack = attrs.evolve(kunyu.pack, exclusives=(rule,))
    assert outcome(pack, FULL, LATE).startswith("互斥")


@pytest.mark.parametrize(
    ("one", "other"), [("第一类救助对象", "第二类救助对象"), ("第二类救助对象", "第三类救助对象")]
)
def test_kunyu_follows_the_classes(kunyu, one, other):
    (pair,) = [p for p in kunyu.sheet.done.pairs if (p.one, p.other) == (one, other)]
    assert pair.outcome == f"按{one}"
