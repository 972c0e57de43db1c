"""The search for cases against trying everything, over small domains."""

from datetime import date
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from medaidlang.base.source import Source, Span
from medaidlang.check.possible.domains import domain
from medaidlang.check.possible.people import possible
from medaidlang.check.possible.problem import Case, Listed, Problem
from medaidlang.check.possible.state import State
from medaidlang.check.possible.words import person
from medaidlang.core import expr as x
from medaidlang.core.types import BOOL, INTEGER, MONTH, RATIO, Kind, Type
from tests.check.rules import clean

SPAN = Span(Source("试", "试"), 0, 1)
LEVEL = Type(Kind.INTEGER, "级")
PLACE = Type(Kind.CHOICE, choices=("甲", "乙", "丙"))
PACK = clean("""\
事实 人员
  | 事实 | 类型               | 未填时 |
  | 真   | 是否               | 未知   |
  | 假   | 是否               | 否     |
  | 级   | 整数（级）         | 未知   |
  | 数   | 整数（级）         | 必填   |
  | 地   | 选项（甲，乙，丙） | 未知   |
身份 大类
  包括 小类
身份 小类
  须 级 不超过 3级
身份 别类
互斥 小类、别类
""")
LEVELS = range(8)  # the constants below are 1 to 5
VALUES = {
    "真": (True, False, None),
    "假": (True, False),
    "级": (*LEVELS, None),
    "数": tuple(LEVELS),
    "地": (*PLACE.choices, None),
}
HELD = [(), ("大类",), ("小类",), ("别类",), ("大类", "小类"), ("大类", "别类")]


def fact(name):
    return x.FactRef(name, PACK.facts[name].type, SPAN)


def number(value):
    return x.Constant(value, LEVEL, SPAN)


def truth(expr, facts, held):  # noqa: C901
    """Kleene's logic, written as plainly as possible; None is unknown."""
    match expr:
        case x.Constant(value=value):
            return value
        case x.FactRef(name=name):
            return facts[name]
        case x.Presumed(operand=operand, default=default):
            value = facts[operand.name]
            return default.value if value is None else value
        case x.Filled(operand=operand):
            return facts[operand.name] is not None
        case x.Holds(identities=names):
            return any_of([holds(name, facts, held) for name in names])
        case x.Not(operand=operand):
            value = truth(operand, facts, held)
            return None if value is None else not value
        case x.All(operands=parts):
            return all_of([truth(part, facts, held) for part in parts])
        case x.Any(operands=parts):
            return any_of([truth(part, facts, held) for part in parts])
        case x.If(condition=test, positive=yes, negative=no):
            value = truth(test, facts, held)
            return None if value is None else truth(yes if value else no, facts, held)
        case x.Among(operand=operand, choices=choices):
            value = truth(operand, facts, held)
            return None if value is None else value in [choice.value for choice in choices]
        case x.Compare(operator=order, left=left, right=right):
            one, other = truth(left, facts, held), truth(right, facts, held)
            if one is None or other is None:
                return None
            return {
                x.Order.EQ: one == other, x.Order.NE: one != other, x.Order.GE: one >= other,
                x.Order.LE: one <= other, x.Order.GT: one > other, x.Order.LT: one < other,
            }[order]  # fmt: skip
    raise AssertionError(expr)


def holds(name, facts, held):
    identity = PACK.identities[name]
    ways = [name in held, *(holds(member, facts, held) for member in identity.members)]
    tests = [truth(condition.expr, facts, held) for condition in identity.conditions]
    return all_of([any_of(ways), *tests])


def all_of(values):
    return False if False in values else None if None in values else True


def any_of(values):
    return True if True in values else None if None in values else False


def by_trying(expr):
    return any(
        truth(expr, dict(zip(VALUES, row, strict=True)), held) is True
        for row in product(*VALUES.values())
        for held in HELD
    )


levels = st.one_of(
    st.sampled_from([fact("级"), fact("数")]),
    st.integers(1, 5).map(lambda n: x.Presumed(fact("级"), number(n), LEVEL, SPAN)),
)
leaves = st.one_of(
    st.sampled_from([fact("真"), fact("假")]),
    st.sampled_from([x.Filled(fact("级"), SPAN), x.Filled(fact("真"), SPAN)]),
    st.builds(
        lambda order, left, n: x.Compare(order, left, number(n), SPAN),
        st.sampled_from(list(x.Order)), levels, st.integers(1, 5),
    ),
    st.sets(st.sampled_from(PLACE.choices), min_size=1, max_size=2).map(
        lambda names: x.Among(
            fact("地"), tuple(x.Constant(n, PLACE, SPAN) for n in sorted(names)), SPAN
        )
    ),
    st.sets(st.sampled_from(["大类", "小类", "别类"]), min_size=1, max_size=2).map(
        lambda names: x.Holds(tuple(sorted(names)), SPAN)
    ),
)  # fmt: skip
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(lambda part: x.Not(part, SPAN)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: x.All(tuple(parts), SPAN)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: x.Any(tuple(parts), SPAN)),
        st.tuples(inner, inner, inner).map(lambda three: x.If(*three, BOOL, SPAN)),
    ),
    max_leaves=7,
)


@settings(max_examples=150, deadline=None)
@given(formulas)
def test_agrees_with_trying_everything(expr):
    assert (possible(PACK, [expr]) is not None) == by_trying(expr)


@settings(max_examples=60, deadline=None)
@given(formulas)
def test_a_case_found_meets_the_condition(expr):
    case = possible(PACK, [expr])
    if case is None:
        return
    facts = {"真": None, "假": False, "级": None, "数": 0, "地": None}
    facts |= {
        key.name: None if value is State.MISSING else value
        for key, value in case.values
        if isinstance(key, x.FactRef)
    }
    assert truth(expr, facts, case.identities) is True


def test_a_quantity_and_its_opposite():
    burden = x.DefinitionRef("个人负担", PACK.definitions["个人负担"].expr.type, SPAN)
    line = x.Constant(100, burden.type, SPAN)
    more, less = (x.Compare(order, burden, line, SPAN) for order in (x.Order.GT, x.Order.LE))
    assert possible(PACK, [more]) is not None
    assert possible(PACK, [less]) is not None
    assert possible(PACK, [more, less]) is None


def test_two_quantities_are_compared_consistently():
    more = x.Compare(x.Order.GT, fact("级"), fact("数"), SPAN)
    less = x.Compare(x.Order.GT, fact("数"), fact("级"), SPAN)
    same = x.Compare(x.Order.EQ, fact("数"), fact("级"), SPAN)
    assert possible(PACK, [more]) is not None
    assert possible(PACK, [more, less]) is None
    assert possible(PACK, [same, more]) is None


def test_two_exclusive_categories_cannot_be_listed_together():
    problem = Problem(PACK)
    problem.hold("小类")
    problem.hold("别类")
    assert problem.find() is None


def test_too_long_a_search_counts_as_possible():
    wide = clean(
        "事实 人员\n  | 事实 | 类型 |\n"
        + "".join(f"  | 甲{n} | 是否 |\n" for n in range(40))
        + "列示 甲 为 "
        + " 且 ".join(f"甲{n}" for n in range(40))
        + "\n"
    )
    facts = [x.FactRef(f"甲{n}", BOOL, SPAN) for n in range(40)]
    pairs = [x.Any((a, x.Not(b, SPAN)), SPAN) for a, b in pairwise(facts)]
    odd = [x.Any(tuple(facts), SPAN), x.Not(x.All(tuple(facts), SPAN), SPAN)]
    assert possible(wide, [*pairs, *odd]) is not None


def test_domains():
    assert domain(INTEGER, [2], floor=True) == (2, 3, 1)
    assert domain(INTEGER, [0], floor=True) == (0, 1)
    assert len(domain(RATIO, [], floor=True)) == 1
    months = domain(MONTH, [date(2025, 1, 1)], floor=False)
    assert [month.isoformat()[:7] for month in months] == ["2025-01", "2025-02", "2024-12"]


def test_person_in_words():
    values = ((fact("级"), 1), (fact("真"), State.MISSING), (Listed("小类"), True))
    case = Case(("小类", "别类"), values[:2])
    assert person(PACK, case) == "一个同时是小类和别类的人（级 1级，真 未填）"
    assert person(PACK, Case(("小类",), ())) == "一个是小类的人"
