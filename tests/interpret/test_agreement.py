"""The interpreter against an independent Decimal reading, on generated years."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaidlang.load import shipped
from tests.interpret.reference import (
    KUNYU_CLASS,
    WUHAI,
    KunyuLane,
    WuhaiLane,
    burden,
    cumulative,
)  # fmt: skip

amounts = st.one_of(
    st.sampled_from(["0", "0.01", "0.02", "2000", "6000", "6000.01", "7000", "80000.01"]),
    st.integers(0, 40_000_000).map(lambda fen: str(Decimal(fen).scaleb(-2))),
)


@st.composite
def claims(draw, kinds, day):
    """A year of well-formed claims about which everything is known."""
    made = []
    for place in range(draw(st.integers(1, 5))):
        cost = Decimal(draw(amounts))
        basic = (cost * draw(st.integers(0, 100)) / 100).quantize(Decimal("0.01"), "ROUND_DOWN")
        made.append(
            {
                "编号": f"c{place}", "日期": day, "类型": draw(st.sampled_from(kinds)),
                "政策范围内费用": cost, "基本医保支付": basic, "大病保险支付": Decimal(0),
                "其他补充支付": Decimal(0), "定点": draw(st.integers(0, 5)) > 0, "急诊": False,
                "疆内": draw(st.integers(0, 4)) > 0, "区内": draw(st.integers(0, 4)) > 0,
                "转诊备案": draw(st.booleans()), "市内": draw(st.booleans()),
            }
        )  # fmt: skip
    return made


def in_fen(row):
    """元 as 分."""
    return tuple(int(amount * 100) for amount in row)


def settled(code, identities, year, parameters=None):
    """The payments that the interpreter makes, by claim."""
    person = {"身份": identities, "参保": "居民医保", "参数": parameters or {}}
    person |= {"个人缴费标准": "350"}
    return shipped_settler(code).settle(person, year)


def shipped_settler(code, made={}):  # noqa: B006 - compiled once for all examples
    """The compiled pack."""
    if code not in made:
        made[code] = shipped(code)
    return made[code]


KUNYU_KINDS = ["普通门诊", "慢病门诊", "特病门诊", "重特大疾病门诊", "住院"]
held = st.lists(st.sampled_from(list(KUNYU_CLASS)), min_size=1, max_size=3, unique=True)


@given(held, claims(KUNYU_KINDS, "2025-09-01"))
def test_kunyu(identities, year):
    result = settled("kunyu2025", identities, year)
    order = [n for n in shipped_settler("kunyu2025").pack.identities if n in identities]
    rows = cumulative([KunyuLane(name) for name in order], year)
    got = [(c.paid("医疗救助"), c.paid("倾斜救助")) for c in result.claims]
    assert [sum(row) for row in got] == [sum(in_fen(row)) for row in rows]
    if len({KUNYU_CLASS[name] for name in identities}) == 1:
        assert got == [in_fen(row) for row in rows]


wuhai_held = st.lists(st.sampled_from(list(WUHAI)[:3]), min_size=1, max_size=2, unique=True)


@given(st.one_of(wuhai_held, st.just(["因病致贫重病患者"])), claims(KUNYU_KINDS[1:], "2023-05-01"))
def test_wuhai(identities, year):
    parameters = {"上年全体居民人均可支配收入": "48000", "定额资助标准": "160"}
    result = settled("wuhai2022", identities, year, parameters)
    order = [n for n in shipped_settler("wuhai2022").pack.identities if n in identities]
    rows = cumulative([WuhaiLane(name) for name in order], year)
    got = [[c.paid(b) for b in ("住院救助", "门诊救助", "倾斜救助")] for c in result.claims]
    assert [sum(row) for row in got] == [sum(in_fen(row)) for row in rows]


@pytest.mark.parametrize("code", ["kunyu2025", "wuhai2022"])
@given(st.data())
def test_never_more_than_the_burden_and_never_below_a_single_category(code, data):
    """(H) and (N) of overlap.md, and Σ payments ≤ burden after every claim."""
    names = list(KUNYU_CLASS if code == "kunyu2025" else list(WUHAI)[:3])
    identities = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    day = "2025-09-01" if code == "kunyu2025" else "2023-05-01"
    year = data.draw(claims(KUNYU_KINDS[1:], day))
    parameters = {} if code == "kunyu2025" else {"上年全体居民人均可支配收入": "48000"}
    together = settled(code, identities, year, parameters)
    alone = [settled(code, [name], year, parameters) for name in identities]
    borne = paid = 0
    singles = [0] * len(alone)
    for place, claim in enumerate(year):
        borne += int(burden(claim) * 100)
        paid += sum(together.claims[place].amounts)
        singles = [
            total + sum(one.claims[place].amounts)
            for total, one in zip(singles, alone, strict=True)
        ]
        assert paid == max(singles)
        assert 0 <= paid <= borne
