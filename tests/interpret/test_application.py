"""申请: benefits paid on application, worked by hand, and what always holds of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medaidlang.base.diagnostic import Refusal
from medaidlang.interpret.application import Member, with_applications, within
from medaidlang.interpret.settle import prepare
from tests.check.rules import clean

HEADER = """\
包含 公共词汇
文件 某市医疗救助办法
  代号 moushi
  目录 【一】
  施行 {start}
【一】 规则
身份 低保对象、低收入人口
"""
ORDINARY = """\
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 按年累计
  | 身份 | 比例 | 限额 |
  | 低保对象 | 70% | 5万元 |
  | 低收入人口 | 50% | 5万元 |
重叠 就高不就低 于 医疗救助
"""
AGAIN = """\
待遇 再救助
  申请 {window}
  接续 医疗救助
  基数 个人负担
  起付 {deductible}
  限额 按年累计
{lines}
  | 身份 | 起付 | 比例 | 限额 |
  | 低保对象 | {standard} | 50% | 2万元 |
  | 低收入人口 | 不设 | 30% | 2万元 |
重叠 就高不就低 于 再救助
"""


def settler_of(
    window="当年",
    deductible="不设",
    standard="不设",
    lines="",
    before=ORDINARY,
    start="2020年1月1日",
):
    again = AGAIN.format(window=window, deductible=deductible, standard=standard, lines=lines)
    if deductible == "不设":
        again = again.replace(" 起付 | 比例", " 比例").replace("| 不设 |", "|")
    return prepare(clean(HEADER.format(start=start) + before + again))


def claim(number, day, cost, kind="住院", **others):
    return {
        "编号": number, "日期": day, "类型": kind, "政策范围内费用": cost, "基本医保支付": 0,
        "大病保险支付": 0, "其他补充支付": 0, **others,
    }  # fmt: skip


def asks(*events):
    return [{"编号": n, "日期": day, "待遇": "再救助"} for n, day in events]


def decided(settler, *people):
    """(settled members, every application by number); a person is (name, 身份, events, claims)."""
    members = [
        settler.member(name, {"身份": held, "申请": asks(*events)}, claims, trace=True)
        for name, held, events, claims in people
    ]
    made = with_applications(settler, members, trace=True)
    found = {a.number: a for m in made for y in m.years for a in y.settlement.applications}
    return made, found


def counted(made):
    return {(one.member, one.claim): one.amount for one in made.counted}


def shares(made):
    return {(part.member, part.claim): part.share for part in made.parts}


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


# ── insurances before ────────────────────────────────────────────────────────
LAYER = """\
保险 大病保险
  费用 类型 为 住院
  基数 个人负担
  起付 每次
  限额 不设
  | 起付 | 比例 |
  | 1000元 | 60% |
"""


def test_everything_that_was_paid_before_is_taken_off():
    """11000: 大病保险 6000, of 5000 left 医疗救助 3500, 1500 count."""
    before = LAYER + ORDINARY.replace("  费用 类型", "  接续 大病保险\n  费用 类型")
    _, found = decided(
        settler_of(before=before),
        ("甲", ["低保对象"], [("a1", "2026-12-01")], [claim("c1", "2026-03-01", 11000)]),
    )
    assert counted(found["a1"]) == {("甲", "c1"): 150000}
    assert found["a1"].amount == 75000


# ── what is not known ────────────────────────────────────────────────────────
def unknown_claim(number, day):
    return {k: v for k, v in claim(number, day, 1000).items() if k != "基本医保支付"}


def test_an_unknown_in_one_claim():
    made, found = decided(
        settler_of(),
        ("甲", ["低保对象"], [("a1", "2026-12-01")], [
            claim("c1", "2026-03-01", 1000), unknown_claim("c2", "2026-04-01"),
        ]),
    )  # fmt: skip
    a1 = found["a1"]
    assert (a1.amount, a1.total, a1.parts) == (None, None, ())
    (line,) = a1.unresolved
    assert line.tag == "a1"
    assert "费用 c2" in line.reason
    assert "基本医保支付" in line.reason
    settlement = made[0].years[0].settlement
    assert line in settlement.unresolved
    assert settlement.totals["再救助"] == 0


def test_nothing_is_unknown_about_who_gets_nothing():
    _, found = decided(
        settler_of(),
        ("甲", [], [("a1", "2026-12-01")], [unknown_claim("c2", "2026-04-01")]),
    )
    assert (found["a1"].amount, found["a1"].unresolved) == (0, ())


def test_after_an_undecided_application():
    """What a1 counted is used, whatever it was; a2 has its own claim, on unknown accounts."""
    settler = settler_of(deductible="按年累计", standard="500元")
    _, found = decided(
        settler,
        ("甲", ["低保对象"], [("a1", "2026-05-01"), ("a2", "2026-12-01")], [
            unknown_claim("c1", "2026-04-01"), claim("c2", "2026-08-01", 2000),
        ]),
    )  # fmt: skip
    assert found["a1"].amount is None
    assert counted(found["a2"]) == {("甲", "c1"): None, ("甲", "c2"): 60000}
    assert found["a2"].amount is None
    assert any("a1" in line.reason for line in found["a2"].unresolved)


def test_a_doubt_of_the_document():
    _, found = decided(
        settler_of(lines="  无法计算 当 急诊：急诊怎样算，原文没有写"),
        ("甲", ["低保对象"], [("a1", "2026-12-01")], [claim("c1", "2026-04-01", 1000, 急诊=True)]),
    )
    (line,) = found["a1"].unresolved
    assert (line.tag, line.clause) == ("a1", "一")
    assert "急诊怎样算，原文没有写" in line.reason


def test_the_payment_before_is_unknown():
    _, found = decided(
        settler_of(before=ORDINARY.replace("  起付 不设", "  无法计算 当 急诊：不明\n  起付 不设")),
        ("甲", ["低保对象"], [("a1", "2026-12-01")], [claim("c1", "2026-04-01", 1000, 急诊=True)]),
    )
    assert [line.reason for line in found["a1"].unresolved] == ["费用 c1 的医疗救助无法计算"]


def test_an_application_before_the_document():
    _, found = decided(
        settler_of(start="2026年6月1日"),
        ("甲", ["低保对象"], [("a1", "2026-05-01")], [claim("c1", "2026-04-01", 1000)]),
    )
    assert found["a1"].amount is None
    assert "施行之前" in found["a1"].unresolved[0].reason


# ── 调整, 可同时享受 ──────────────────────────────────────────────────────────
def test_a_change_of_the_base():
    change = "调整 减半\n  对 再救助\n  基数 乘 50%\n"
    _, found = decided(
        settler_of(before=ORDINARY + change),
        ("甲", ["低保对象"], [("a1", "2026-12-01")], [claim("c1", "2026-04-01", 1000)]),
    )
    assert found["a1"].amount == 7500  # 300 × 50% × 50%


def test_categories_one_after_the_other():
    """可同时享受: 50% of 1000, then 30% of the 500 that are left."""
    text = AGAIN.format(window="当年", deductible="不设", standard="不设", lines="")
    text = (
        text.replace(" 起付 | 比例", " 比例")
        .replace("| 不设 |", "|")
        .replace("就高不就低 于", "可同时享受 于")
    )
    text = text.replace("  接续 医疗救助\n", "")
    settler = prepare(clean(HEADER.format(start="2020年1月1日") + text))
    _, found = decided(
        settler,
        (
            "甲",
            ["低保对象", "低收入人口"],
            [("a1", "2026-12-01")],
            [claim("c1", "2026-04-01", 1000)],
        ),
    )
    assert found["a1"].amount == 65000


# ── data ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"编号": "a1", "日期": "2026-12-01", "待遇": "再求助"}, "E940"),
        ({"编号": "a1", "日期": "2026-12-01", "待遇": "医疗救助"}, "E941"),
        ({"编号": "c1", "日期": "2026-12-01", "待遇": "再救助"}, "E942"),
        ({"编号": "a1", "待遇": "再救助"}, "E901"),
        ({"编号": "a1", "日期": "2026-13-01", "待遇": "再救助"}, "E912"),
        ({"编号": "a1", "日期": "2026-12-01", "待遇": "再救助", "金额": 3}, "E910"),
        ({"编号": "a1", "日期": "2026-12-01", "待遇": 0}, "E940"),
        ({"编号": "a1", "日期": [], "待遇": "再救助"}, "E912"),
        ({"编号": "", "日期": "2026-12-01", "待遇": "再救助"}, "E901"),
    ],
)
def test_an_application_that_cannot_be_used(item, code):
    with pytest.raises(Refusal) as caught:
        settler_of().settle({"身份": [], "申请": [item]}, [claim("c1", "2026-04-01", 1000)])
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_several_years_only_where_a_benefit_reaches_back():
    claims = [claim("c1", "2025-04-01", 1000), claim("c2", "2026-04-01", 1000)]
    with pytest.raises(Refusal) as caught:
        settler_of().member("甲", {"身份": []}, claims)
    assert {d.code for d in caught.value.diagnostics} == {"E905"}
    with pytest.raises(Refusal):
        settler_of("前 3个月").member("甲", {"身份": []}, claims, year=2026)
    assert len(settler_of("前 3个月").member("甲", {"身份": []}, claims).years) == 2


# ── what always holds ────────────────────────────────────────────────────────
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(date.isoformat)
MONEY = st.integers(0, 3_000_000).map(lambda fen: str(Decimal(fen) / 100))
CLAIMS = st.lists(st.tuples(DAYS, MONEY), max_size=5)
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([["低保对象"], ["低收入人口"], []]), CLAIMS, st.lists(DAYS, max_size=3)
    ),
    min_size=1,
    max_size=3,
)
RANDOM = {
    (window, deductible): settler_of(f"{window}{who}", deductible, standard, lines)
    for window, who, deductible, standard, lines in [
        ("前 12个月", "", "不设", "不设", ""),
        ("前 6个月", " 按家庭 尾差归 最大者", "按年累计", "300元", ""),
        ("前 3个月", " 按家庭", "每次", "100元", "  限次 按年累计 1次"),
        ("前 18个月", " 尾差归 最大者", "按季累计", "200元", ""),
    ]
}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(RANDOM)), PEOPLE)
def test_nothing_is_paid_twice(which, people):
    given_people = [
        (
            f"人{i}",
            held,
            [(f"a{i}{j}", day) for j, day in enumerate(events)],
            [claim(f"c{j}", day, cost) for j, (day, cost) in enumerate(claims)],
        )
        for i, (held, claims, events) in enumerate(people)
    ]
    made, found = decided(RANDOM[which], *given_people)
    left = {
        (m.name, given["编号"]): Decimal(given["政策范围内费用"]) * 100
        - (result.paid("医疗救助") or 0)
        for m, (_, _, _, claims) in zip(made, given_people, strict=True)
        for given in claims
        for year in m.years
        for result in year.settlement.claims
        if result.number == given["编号"]
    }
    seen = set()
    for one in found.values():
        assert one.amount is not None
        assert sum(part.share for part in one.parts) == one.amount
        assert sum(part.counted for part in one.parts) == (one.total if one.parts else 0)
        assert 0 <= one.amount <= one.total
        for (member, number), amount in counted(one).items():
            assert amount == left[member, number]
        if one.amount:
            assert not seen & counted(one).keys()
            seen |= counted(one).keys()
    for member in made:
        assert isinstance(member, Member)
        for year in member.years:
            paid = sum(a.amount for a in year.settlement.applications)
            assert year.settlement.totals["再救助"] == paid


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(RANDOM)),
    st.lists(st.tuples(DAYS, st.integers(1, 500_000), st.booleans()), min_size=1, max_size=4),
    st.lists(DAYS, min_size=1, max_size=3),
    st.lists(st.integers(0, 100), min_size=4, max_size=4),
)
def test_what_is_known_holds_however_the_rest_turns_out(which, claims, events, filling):
    """Where a payment of an insurer is not recorded, what is said is said of every value of it."""
    settler = RANDOM[which]
    given_claims, filled = [], []
    for j, (day, fen, known) in enumerate(claims):
        whole = claim(f"c{j}", day, str(Decimal(fen) / 100))
        paid = str(Decimal(fen * filling[j] // 100) / 100)
        filled.append({**whole, "基本医保支付": "0" if known else paid})
        given_claims.append(
            whole if known else {k: v for k, v in whole.items() if k != "基本医保支付"}
        )
    asked = [(f"a{j}", day) for j, day in enumerate(events)]
    _, said = decided(settler, ("甲", ["低保对象"], asked, given_claims))
    _, truth = decided(settler, ("甲", ["低保对象"], asked, filled))
    for number, one in said.items():
        if one.amount is None:
            assert any(line.tag == number for line in one.unresolved)
            (payment,) = one.result.payments
            assert payment.low <= truth[number].amount
            assert payment.high is None or truth[number].amount <= payment.high
        else:
            assert one.amount == truth[number].amount
            if one.parts:
                assert shares(one) == shares(truth[number])
