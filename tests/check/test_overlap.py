"""Who can hold what together, and which benefits can pay one cost."""

import pytest

from tests.check.rules import findings


def benefit(name, rows="  | 其余 | 90% |\n", lines=""):
    head = f"待遇 {name}\n{lines}  基数 个人负担\n  起付 不设\n  限额 不设\n  | 身份 | 比例 |\n"
    return head.replace("  基数 个人负担\n", "") + rows if "基数" in lines else head + rows


def codes(text):
    return [d.code for d in findings(text)]


ROWS = "  | 甲 | 90% |\n  | 乙 | 80% |\n"


@pytest.mark.parametrize(
    ("identities", "possible"),
    [
        ("身份 甲\n身份 乙\n", True),
        ("身份 甲\n身份 乙\n互斥 甲、乙\n", False),
        ("身份 甲\n  须 年龄 不满 18岁\n身份 乙\n  须 年龄 不低于 60岁\n", False),
        ("身份 甲\n  须 年龄 不超过 60岁\n身份 乙\n  须 年龄 不低于 60岁\n", True),
        ("身份 甲\n  须 参保 为 未参保\n身份 乙\n  须 参保 属于 居民医保、职工医保\n", False),
        ("身份 甲\n  须 年龄 未填视为 10岁 不满 18岁\n身份 乙\n  须 年龄 未填\n", True),
        ("身份 甲\n  须 非 身份 属于 乙\n身份 乙\n", False),
        ("身份 甲\n身份 乙\n身份 丙\n  包括 乙\n互斥 甲、丙\n", False),
        ("身份 甲\n  须 年份（日期） 为 2025\n身份 乙\n  须 年份（日期） 为 2026\n", False),
        ("身份 甲\n身份 乙\n  包括 甲\n", False),  # a group and its member
    ],
)
def test_whether_two_categories_can_be_held_together(identities, possible):
    assert ("E601" in codes(identities + benefit("医疗救助", ROWS))) is possible


def test_one_finding_names_a_person_and_counts():
    names = [f"类{n}" for n in range(8)]
    rows = "".join(f"  | {name} | {50 + n}% |\n" for n, name in enumerate(names))
    text = f"身份 {'、'.join(names)}\n  须 年龄 不满 18岁\n" + benefit("医疗救助", rows)
    (found,) = findings(text)
    assert found.args["person"] == "一个同时是类0和类1的人（年龄 17岁）"
    assert found.args["count"] == "28 种"


def test_categories_that_get_the_same_need_no_rule():
    rows = "  | 甲 | 90% |\n  | 乙 | 90% |\n"
    assert codes("身份 甲、乙\n" + benefit("医疗救助", rows)) == []


def test_a_rule_covers_only_those_it_is_limited_to():
    text = "身份 甲、乙、丙\n" + benefit("医疗救助", ROWS + "  | 丙 | 70% |\n")
    (found,) = findings(text + "重叠 就高不就低 于 医疗救助\n  限于 甲、乙\n")
    assert (found.code, found.args["count"]) == ("E601", "2 种")


def test_a_chain_of_three_takes_off_both():
    """接续 takes off what the named benefit paid, and those before it."""
    two = benefit("一") + benefit("二", lines="  接续 一\n")
    assert codes(two + benefit("三", lines="  接续 二\n")) == []
    assert codes(two + benefit("三", lines="  接续 一、二\n")) == []
    assert codes(two + benefit("三", lines="  接续 二\n  基数 二 的 基数\n")) == []
    paid = "  接续 二\n  基数 个人负担 减 一 的 支付\n"
    assert codes(two + benefit("三", lines=paid)) == []


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("  费用 类型 为 住院\n", "  费用 类型 为 普通门诊\n", False),
        ("  费用 类型 为 住院\n", "  费用 类型 属于 住院、普通门诊\n", True),
        ("  须 定点\n", "  须 非 定点\n", False),
        ("  须 个人负担 超过 1万元\n", "  须 个人负担 不超过 1万元\n", False),
        ("  须 个人负担 不低于 1万元\n", "  须 个人负担 不超过 1万元\n", True),
    ],
)
def test_whether_two_benefits_can_pay_one_cost(one, other, both):
    assert ("E607" in codes(benefit("一", lines=one) + benefit("二", lines=other))) is both
