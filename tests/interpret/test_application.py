"""申请: what an application counts and pays, worked by hand."""

from datetime import date, timedelta

import pytest

from medaidlang.interpret.application import within
from medaidlang.interpret.settle import prepare
from tests.check.rules import clean
from tests.interpret.applying import (
    AGAIN,
    HEADER,
    ORDINARY,
    asks,
    claim,
    counted,
    decided,
    settler_of,
    shares,
)


# ── what counts ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("months", "asked", "first"),
    [
        (None, date(2026, 12, 1), date(2026, 1, 1)),
        (12, date(2026, 3, 1), date(2025, 3, 2)),
        (1, date(2026, 3, 31), date(2026, 3, 1)),  # there is no 31 February
        (12, date(2024, 2, 29), date(2023, 3, 1)),
        (36, date(2026, 7, 15), date(2023, 7, 16)),
    ],
)
def test_the_window(months, asked, first):
    assert within(months, asked, asked)
    assert not within(months, asked, asked + timedelta(days=1))
    assert within(months, asked, first)
    assert not within(months, asked, first - timedelta(days=1))


def test_the_year_up_to_the_day_less_what_was_paid():
    settler = settler_of()
    made, found = decided(
        settler,
        ("甲", ["低保对象"], [("a1", "2026-10-01")], [
            claim("c1", "2026-03-01", 10000),  # 7000 paid, 3000 left
            claim("c2", "2026-04-01", 400, "普通门诊"),  # nothing paid
            claim("c3", "2026-10-02", 9000),  # after the day
        ]),
    )  # fmt: skip
    a1 = found["a1"]
    assert counted(a1) == {("甲", "c1"): 300000, ("甲", "c2"): 40000}
    assert (a1.total, a1.amount, a1.result.identity) == (340000, 170000, "低保对象")
    assert shares(a1) == {("甲", "c1"): 150000, ("甲", "c2"): 20000}
    assert a1.clause == "一"
    assert made[0].years[0].settlement.totals == {"医疗救助": 1330000, "再救助": 170000}


def test_the_months_before_across_new_year():
    made, found = decided(
        settler_of("前 12个月"),
        ("甲", ["低保对象"], [("a1", "2026-03-01")], [
            claim("c1", "2025-03-01", 1000),  # a day too early
            claim("c2", "2025-03-02", 1000),
            claim("c3", "2026-01-05", 2000),
        ]),
    )  # fmt: skip
    assert counted(found["a1"]) == {("甲", "c2"): 30000, ("甲", "c3"): 60000}
    assert found["a1"].amount == 45000
    years = {year.bound.year: year.settlement for year in made[0].years}
    assert [c.number for c in years[2025].claims] == ["c1", "c2"]
    assert years[2025].totals == {"医疗救助": 140000, "再救助": 0}
    assert years[2026].totals == {"医疗救助": 140000, "再救助": 45000}


def test_each_year_has_accounts_of_its_own():
    """限额 5万元 a year: 2025 uses it up, 2026 begins anew."""
    _, found = decided(
        settler_of("前 12个月"),
        ("甲", ["低保对象"], [("a1", "2026-02-01")], [
            claim("c1", "2025-06-01", 100000),  # 70% would be 70000, 50000 paid
            claim("c2", "2026-01-05", 100000),  # 50000 again
        ]),
    )  # fmt: skip
    assert counted(found["a1"]) == {("甲", "c1"): 5000000, ("甲", "c2"): 5000000}
    assert found["a1"].amount == 2000000  # its own 限额


def test_an_application_in_a_year_without_claims():
    made, found = decided(
        settler_of("前 6个月"),
        ("甲", ["低保对象"], [("a1", "2026-01-31")], [claim("c1", "2025-12-01", 1000)]),
    )
    assert [y.bound.year for y in made[0].years] == [2025, 2026]
    assert found["a1"].amount == 15000
    assert made[0].years[1].settlement.applications == (found["a1"],)
    assert made[0].years[0].settlement.applications == ()


def test_conditions_are_asked_of_each_claim():
    _, found = decided(
        settler_of(lines="  费用 类型 为 住院\n  须 定点"),
        ("甲", ["低保对象"], [("a1", "2026-10-01")], [
            claim("c1", "2026-03-01", 1000, "普通门诊"),
            claim("c2", "2026-04-01", 1000, 定点=False),
            claim("c3", "2026-05-01", 1000),
        ]),
    )  # fmt: skip
    assert counted(found["a1"]) == {("甲", "c3"): 30000}


# ── once, and again ──────────────────────────────────────────────────────────
def test_a_second_application_counts_only_what_is_new():
    _, found = decided(
        settler_of(),
        ("甲", ["低保对象"], [("a2", "2026-11-01"), ("a1", "2026-06-01")], [
            claim("c1", "2026-03-01", 1000), claim("c2", "2026-08-01", 2000),
        ]),
    )  # fmt: skip
    assert counted(found["a1"]) == {("甲", "c1"): 30000}
    assert counted(found["a2"]) == {("甲", "c2"): 60000}


def test_accounts_run_on_between_applications():
    """起付 500 a year: 300 of a1 go into it, the other 200 come off a2's 600."""
    settler = settler_of(deductible="按年累计", standard="500元")
    _, found = decided(
        settler,
        ("甲", ["低保对象"], [("a1", "2026-06-01"), ("a2", "2026-11-01")], [
            claim("c1", "2026-03-01", 1000), claim("c2", "2026-08-01", 2000),
        ]),
    )  # fmt: skip
    assert found["a1"].amount == 0
    assert found["a2"].amount == 20000  # (600 − 200) × 50%


def test_once_a_year():
    """A refused application uses no claim up: the next year's takes them."""
    _, found = decided(
        settler_of("前 12个月", lines="  限次 按年累计 1次"),
        ("甲", ["低保对象"], [("a1", "2026-02-01"), ("a2", "2026-03-01"), ("a3", "2027-01-10")], [
            claim("c1", "2026-01-05", 1000), claim("c2", "2026-02-15", 2000),
        ]),
    )  # fmt: skip
    assert [found[n].amount for n in ("a1", "a2", "a3")] == [15000, 0, 30000]
    assert counted(found["a3"]) == {("甲", "c2"): 60000}


def test_the_categories_of_the_day_of_the_application():
    """The claim was paid as 低收入人口 (50%), the application as 低保对象 (50% of what is left)."""
    held = [
        {"名称": "低收入人口", "止": "2026-06-30"},
        {"名称": "低保对象", "起": "2026-07-01"},
    ]
    _, found = decided(
        settler_of(),
        ("甲", held, [("a1", "2026-06-30"), ("a2", "2026-07-01")], [
            claim("c1", "2026-03-01", 1000), claim("c2", "2026-07-01", 1000),
        ]),
    )  # fmt: skip
    assert (found["a1"].total, found["a1"].amount) == (50000, 15000)  # 30% of 500
    assert (found["a2"].total, found["a2"].amount) == (30000, 15000)  # 50% of 300


def test_nobody_without_a_category_uses_claims_up():
    held = [{"名称": "低保对象", "起": "2026-07-01"}]
    _, found = decided(
        settler_of(),
        (
            "甲",
            held,
            [("a1", "2026-06-30"), ("a2", "2026-07-01")],
            [claim("c1", "2026-03-01", 1000)],
        ),
    )
    assert (found["a1"].amount, found["a1"].unresolved) == (0, ())
    assert counted(found["a2"]) == {("甲", "c1"): 100000}
    assert found["a2"].amount == 50000


def test_a_row_of_a_group_rests_on_the_groups_condition():
    """Only the application's table names the group, whose own 须 must be asked all the same."""
    group = (
        "身份 重点对象\n  包括 低保对象\n  须 年龄 达到 60周岁\n身份 边缘对象\n  比照 低保对象\n"
    )
    text = HEADER.format(start="2020年1月1日") + group + ORDINARY
    text += AGAIN.format(window="当年", deductible="不设", standard="", lines="")
    text = text.replace(" 起付 | 比例", " 比例").replace(
        "  | 低保对象 |  | 50%", "  | 重点对象 | 50%"
    )
    settler = prepare(clean(text.replace("| 不设 |", "|")))
    for age, amount in ((60, 15000), (59, 0), (None, None)):
        person = {"身份": ["边缘对象"], "年龄": age, "申请": asks(("a1", "2026-10-01"))}
        made = settler.settle(person, [claim("c1", "2026-03-01", 1000)])
        assert made.applications[0].amount == amount
        tags = [line.tag for line in made.unresolved]
        assert ("a1" in tags) == (amount is None)


def test_accounts_of_one_person_are_not_anothers():
    settler = settler_of(lines="  限次 按年累计 1次")
    one = ("甲", ["低保对象"], [("a1", "2026-06-01")], [claim("c1", "2026-03-01", 1000)])
    two = ("乙", ["低保对象"], [("b1", "2026-06-01")], [claim("c1", "2026-03-01", 1000)])
    _, found = decided(settler, one, two)
    assert [found[n].amount for n in ("a1", "b1")] == [15000, 15000]
    _, found = decided(settler_of("当年 按家庭", lines="  限次 按年累计 1次"), one, two)
    assert [found[n].amount for n in ("a1", "b1")] == [30000, 0]  # the household's accounts


# ── a household ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("remainder", "named"), [("申请人", "甲"), ("最大者", "子"), ("最后一笔", "妻")]
)
def test_the_odd_fen_is_the_named_ones(remainder, named):
    """300.01 × 50% = 150.005, that is 150.01; 50.00 for each (50.0016, 50.0016, 50.0066)."""
    _, found = decided(
        settler_of(f"当年 按家庭 尾差归 {remainder}", before=ORDINARY.replace("70%", "0%")),
        ("子", ["低保对象"], [], [claim("k1", "2026-05-01", "100.01")]),
        ("妻", ["低保对象"], [], [claim("w1", "2026-08-01", "100.00")]),
        ("甲", ["低保对象"], [("a1", "2026-12-01")], [claim("c1", "2026-03-01", "100.00")]),
    )
    assert (found["a1"].total, found["a1"].amount) == (30001, 15001)
    expected = {name: 5000 + (name == named) for name in ("子", "妻", "甲")}
    assert {part.member: part.share for part in found["a1"].parts} == expected


def test_an_applicant_without_costs_gets_the_odd_fen_alone():
    settler = settler_of("当年 按家庭", before=ORDINARY.replace("70%", "0%"))
    _, found = decided(
        settler,
        ("甲", ["低保对象"], [("a1", "2026-12-01")], []),
        ("子", ["低保对象"], [], [claim("k1", "2026-05-01", "0.03")]),
        ("妻", ["低保对象"], [], [claim("w1", "2026-05-01", "0.03")]),
    )
    assert found["a1"].amount == 3
    assert {p.member: p.share for p in found["a1"].parts} == {"子": 1, "妻": 1, "甲": 1}


def test_the_largest_of_one_persons_claims():
    settler = settler_of("当年 尾差归 最大者", before=ORDINARY.replace("70%", "0%"))
    claims = [
        claim("c1", "2026-03-01", "0.02"),
        claim("c2", "2026-04-01", "0.03"),
        claim("c3", "2026-05-01", "0.02"),
    ]
    _, found = decided(settler, ("甲", ["低保对象"], [("a1", "2026-12-01")], claims))
    assert found["a1"].amount == 4  # 0.07 × 50% = 0.035
    assert shares(found["a1"]) == {("甲", "c1"): 1, ("甲", "c2"): 2, ("甲", "c3"): 1}


def test_the_last_claim_is_last_by_date():
    settler = settler_of(before=ORDINARY.replace("70%", "0%"))
    claims = [
        claim("c1", "2026-05-01", "0.02"),
        claim("c2", "2026-04-01", "0.02"),
        claim("c3", "2026-03-01", "0.02"),
    ]
    _, found = decided(settler, ("甲", ["低保对象"], [("a1", "2026-12-01")], claims))
    assert shares(found["a1"]) == {("甲", "c1"): 1, ("甲", "c2"): 1, ("甲", "c3"): 1}
    claims[0]["政策范围内费用"] = "0.04"
    _, found = decided(settler, ("甲", ["低保对象"], [("a1", "2026-12-01")], claims))
    assert shares(found["a1"]) == {("甲", "c1"): 2, ("甲", "c2"): 1, ("甲", "c3"): 1}
