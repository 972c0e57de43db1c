"""Unknowns: a result is known exactly when no way of filling them in would change it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interpret.test_agreement import KUNYU_CLASS, claims, shipped_settler

KINDS = ["普通门诊", "慢病门诊", "住院"]
# What may be left out of a 昆玉 claim, and what it could have been.
HIDDEN = {
    "定点": [True, False],
    "疆内": [True, False],
    "转诊备案": [True, False],
}


def person(identities, **more):
    """A person about whom the rest is known."""
    return {"身份": identities, "参保": "居民医保", "个人缴费标准": "400", "参数": {}, **more}


@given(
    st.lists(st.sampled_from(list(KUNYU_CLASS)), min_size=1, max_size=2, unique=True),
    claims(KINDS, "2025-09-01"),
    st.data(),
)
def test_a_known_result_holds_whatever_the_unknown_payment_was(identities, year, data):
    """基本医保支付 left out of one claim: what is said all the same is right for every value."""
    settler = shipped_settler("kunyu2025")
    place = data.draw(st.integers(0, len(year) - 1))
    hidden = [dict(claim) for claim in year]
    hidden[place]["基本医保支付"] = None
    said = settler.settle(person(identities), hidden)
    for share in (Decimal(0), Decimal("0.37"), Decimal(1)):
        filled = [dict(claim) for claim in year]
        cost = filled[place]["政策范围内费用"]
        filled[place]["基本医保支付"] = (cost * share).quantize(Decimal("0.01"), "ROUND_DOWN")
        truth = settler.settle(person(identities), filled)
        for one, other in zip(said.claims, truth.claims, strict=True):
            for payment in one.payments:
                if payment.amount is not None and len(identities) == 1:
                    assert payment.amount == other.paid(payment.benefit)


@given(claims(KINDS, "2025-09-01"), st.booleans())
def test_an_undecided_category_counts_only_where_it_matters(year, recognised):
    """困难职工 with unknown membership beside 特困人员 never wins: everything stays known."""
    settler = shipped_settler("kunyu2025")
    both = person(["特困人员", "困难职工"], 总工会认定=None, 师市户籍=None)
    result = settler.settle(both, year)
    alone = settler.settle(person(["特困人员"]), year)
    assert [sum(c.amounts) for c in result.claims] == [sum(c.amounts) for c in alone.claims]


def test_an_emergency_outside_leaves_only_its_own_claim_open():
    """K34 and on: the claim after an undecided one is known again."""
    settler = shipped_settler("kunyu2025")
    claim = {
        "日期": "2025-09-01", "类型": "住院", "政策范围内费用": "1000", "基本医保支付": "0",
        "大病保险支付": "0", "其他补充支付": "0",
    }  # fmt: skip
    year = [
        {**claim, "编号": "c1", "定点": False, "急诊": True},
        {**claim, "编号": "c2"},
    ]
    result = settler.settle(person(["低保对象"]), year)
    assert result.claims[0].paid("医疗救助") is None
    assert (result.claims[0].bounds["医疗救助"]) == (0, 90_000)
    assert result.claims[1].paid("医疗救助") == 90_000
    assert [u.tag for u in result.unresolved] == ["c1", "参保资助"]


def test_a_missing_standard_is_compared_only_if_it_could_win():
    """overlap.md: 易返贫 without 起付 beside 低保 cannot win even with 起付 0."""
    settler = shipped_settler("wuhai2022")
    claim = {
        "编号": "c1", "日期": "2023-05-01", "类型": "住院", "政策范围内费用": "22000",
        "基本医保支付": "0", "大病保险支付": "0", "其他补充支付": "0", "区内": False,
    }  # fmt: skip
    given_ = {"上年全体居民人均可支配收入": "48000", "定额资助标准": "160"}
    one = settler.settle(person(["低保对象", "易返贫致贫人口"], 参数=given_), [claim])
    assert one.claims[0].paid("住院救助") == 1_650_000
    assert one.unresolved == ()
    two = settler.settle(person(["因病致贫重病患者", "易返贫致贫人口"], 参数=given_), [claim])
    assert two.claims[0].paid("住院救助") == 700_000
    assert {u.tag for u in two.unresolved} == {"身份"}


@pytest.mark.parametrize("identity", ["特困人员", "因病致贫重病患者"])
@given(claims(KINDS, "2025-09-01"))
def test_a_later_claim_never_changes_an_earlier_result(identity, year):
    settler = shipped_settler("kunyu2025")
    whole = settler.settle(person([identity]), year).claims
    for count in range(1, len(year)):
        part = settler.settle(person([identity]), year[:count]).claims
        assert [c.amounts for c in part] == [c.amounts for c in whole[:count]]


def test_spells_carry_the_accounts_on():
    """A category lost in June and another gained: 起付 progress and 限额 use go on."""
    settler = shipped_settler("kunyu2025")
    claim = {
        "类型": "普通门诊", "基本医保支付": "0", "大病保险支付": "0", "其他补充支付": "0",
    }  # fmt: skip
    year = [
        {**claim, "编号": "c1", "日期": "2025-09-01", "政策范围内费用": "60000"},
        {**claim, "编号": "c2", "日期": "2025-11-01", "政策范围内费用": "20000"},
    ]
    held = [
        {"名称": "低保边缘家庭成员", "止": "2025-09-30"},
        {"名称": "低保对象", "起": "2025-10-01"},
    ]
    result = settler.settle(person(held), year)
    # 85% of 60000 − 2000 is 49300; 10700 of the 60000 is left for 90% of 20000.
    assert [c.paid("医疗救助") for c in result.claims] == [4_930_000, 1_070_000]
    assert [c.identity for c in result.claims] == ["低保边缘家庭成员", "低保对象"]
