"""Unknowns: a result is known exactly when no way of filling them in would change it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interpret.reference import KUNYU_CLASS
from tests.interpret.test_agreement import claims, shipped_settler

KINDS = ["普通门诊", "慢病门诊", "住院"]


def person(identities, **more):
    """A person about whom the rest is known."""
    return {"身份": identities, "参保": "居民医保", "个人缴费标准": "350", "参数": {}, **more}


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
    assert {u.tag for u in one.unresolved} == set()
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


def stay(number, day, cost, **more):
    """One inpatient claim that no insurer shares."""
    return {
        "编号": number, "日期": day, "类型": "住院", "政策范围内费用": cost, "基本医保支付": "0",
        "大病保险支付": "0", "其他补充支付": "0", **more,
    }  # fmt: skip


def test_a_dropped_category_begins_no_new_spell():
    """困难职工 refused by the union, listed from mid-month: nothing changes for the others."""
    settler = shipped_settler("kunyu2025")
    year = [
        stay("c1", "2025-09-01", "64000", 转诊备案=True),
        stay("c2", "2025-09-20", "2000", 疆内=False),
    ]
    held = ["特困人员", "低保对象"]
    with_dropped = [*held, {"名称": "困难职工", "起": "2025-09-15"}]
    one = settler.settle(person(held), year)
    other = settler.settle(person(with_dropped, 总工会认定=False), year)
    assert [c.amounts for c in one.claims] == [c.amounts for c in other.claims]
    assert one.totals == {"医疗救助": 5_940_000, "倾斜救助": 608_000}


def test_an_undecided_account_stays_undecided_through_a_time_without_category():
    settler = shipped_settler("kunyu2025")
    held = [{"名称": "特困人员", "止": "2025-08-31"}, {"名称": "特困人员", "起": "2025-10-01"}]
    year = [
        stay("c1", "2025-08-20", "64000", 定点=False, 急诊=True),
        stay("c2", "2025-09-15", "100"),
        stay("c3", "2025-10-10", "10000", 转诊备案=True),
    ]
    result = settler.settle(person(held), year)
    assert result.claims[1].amounts == (0, 0)
    assert result.claims[2].paid("医疗救助") is None
    assert {u.tag for u in result.unresolved} == {"c1", "c3", "参保资助"}


def test_a_person_level_doubt_is_one_doubt():
    """参保 unknown: twelve claims later it is still the same question."""
    settler = shipped_settler("kunyu2025")
    year = [stay(f"c{n}", "2025-09-01", "1000") for n in range(12)]
    result = settler.settle(person(["特困人员", "低保对象"], 参保=None), year)
    assert all(c.paid("医疗救助") is None for c in result.claims)
    assert not any("太多" in u.reason for u in result.unresolved)
    assert any("没有填“参保”" in u.reason for u in result.unresolved)


def test_exclusive_categories_are_a_data_error(tmp_path):
    from medaidlang.base.diagnostic import Refusal
    from medaidlang.interpret.settle import prepare
    from medaidlang.load import load, shipped_paths

    text = shipped_paths()["昆玉2025"].read_text(encoding="utf-8")
    path = tmp_path / "互斥.medaid"
    path.write_text(text + "\n互斥 特困人员、低保对象\n", encoding="utf-8")
    pack, _ = load(path).pack()
    with pytest.raises(Refusal) as refused:
        prepare(pack).settle(person(["特困人员", "低保对象"]), [])
    assert [d.code for d in refused.value.diagnostics] == ["E924"]
