"""申请: insurances before, unknowns, 调整 and data that cannot be used."""

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.interpret.settle import prepare
from tests.check.rules import clean
from tests.interpret.applying import AGAIN, HEADER, ORDINARY, claim, counted, decided, settler_of

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
