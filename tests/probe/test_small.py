"""Small packs with one inversion, one cliff, or neither."""

from tests.probe.conftest import messages

PEOPLE = "身份 特困人员、低保对象\n重叠 就高不就低 累计 于 医疗救助\n  依据 就高\n"


def aid(rows, head="| 身份 | 比例 | 限额 |", lines="  限额 按年累计\n  起付 不设\n"):
    table = "".join(f"  {line}\n" for line in (head, *rows))
    return f"待遇 医疗救助\n  费用 类型 为 住院\n  基数 个人负担\n{lines}{table}"


def test_smaller_cap_for_the_worse_off(found):
    text = PEOPLE + aid(["| 特困人员 | 90% | 5万元 |", "| 低保对象 | 80% | 8万元 |"])
    (one,) = found(text)
    assert one.code == "W531"
    assert dict(one.args) == {
        "benefit": "医疗救助",
        "worse": "特困人员",
        "better": "低保对象",
        "first": "100000元（类型 住院）",
        "then": "全年没有别的费用",
        "less": "50000元",
        "more": "80000元",
        "difference": "30000元",
    }
    assert one.clause == "一"
    assert "特困人员" in one.span.source.text[: one.span.start].splitlines()[-1]


def test_no_inversion(found):
    assert found(PEOPLE + aid(["| 特困人员 | 90% | 8万元 |", "| 低保对象 | 80% | 8万元 |"])) == []


def test_the_order_of_the_rows_says_who_is_worse_off(found):
    text = PEOPLE + aid(["| 低保对象 | 70% | 8万元 |", "| 特困人员 | 90% | 8万元 |"])
    (one,) = found(text)
    assert (one.args["worse"], one.args["better"]) == ("低保对象", "特困人员")
    # The largest difference, 17777.78, is at 8万 ÷ 90% = 88888.89; 90000 keeps most of it.
    assert (one.args["first"], one.args["less"], one.args["more"]) == (
        "90000元（类型 住院）",
        "63000元",
        "80000元",
    )


def test_a_common_row_is_one_treatment(found):
    assert found(PEOPLE + aid(["| 特困人员、低保对象 | 80% | 8万元 |"])) == []


def test_differences_of_rounding_are_not_told(found):
    assert found(PEOPLE + aid(["| 特困人员 | 33.33% | 不设 |", "| 低保对象 | 33.34% | 不设 |"]))
    rows = ["| 特困人员 | 33.33% | 5000元 |", "| 低保对象 | 33.33001% | 5000元 |"]
    assert found(PEOPLE + aid(rows)) == []


def test_categories_with_conditions_and_groups(found):
    text = (
        "事实 人员\n  | 事实 | 类型 | 未填时 | 说明 |\n  | 残疾等级 | 整数（级） | 未知 | “级” |\n"
        "身份 低保对象\n身份 重残人员\n  须 残疾等级 属于 1级、2级\n"
        "身份 其他困难人员\n  包括 重残人员\n  须 年龄 满 18岁\n"
        "重叠 就高不就低 累计 于 医疗救助\n  依据 就高\n"
    ) + aid(["| 其他困难人员 | 70% | 1万元 |", "| 低保对象 | 60% | 2万元 |"])
    (one,) = found(text.replace("年龄 满 18岁", "年龄 不低于 18岁"))
    assert (one.args["worse"], one.args["difference"]) == ("其他困难人员", "10000元")


def test_fall(found):
    text = (
        "令 档次比例 为 若 政策范围内费用 超过 1万元 则 50% 否则 80%\n"
        + PEOPLE
        + aid(["| 特困人员 | 90% | 9万元 |", "| 低保对象 | 档次比例 | 9万元 |"])
    )
    (one,) = found(text)
    assert one.code == "W532"
    assert messages([one]) == [
        "“低保对象”的一笔费用（类型 住院）从 10000元 变为 10000.01元，救助反而少 2999.99元："
        "救助 8000元 变为 5000.01元，自己负担 2000元 变为 5000元。变化主要在“医疗救助”。"
    ]


def test_less_to_pay_for_a_dearer_stay(found):
    text = ("令 门槛比例 为 若 个人负担 不低于 5000元 则 90% 否则 0%\n身份 低保对象\n") + aid(
        ["| 低保对象 | 门槛比例 | 9万元 |"]
    )
    (one,) = found(text)
    assert one.code == "W532"
    assert (one.args["low"], one.args["high"]) == ("4999.99元", "5000元")
    assert one.args["what"] == "自己负担反而少 4499.99元"
    assert (one.args["own_low"], one.args["own_high"]) == ("4999.99元", "500元")


def test_a_slope_over_the_whole_cost(found):
    """Not a jump: above 10000元, each further yuan takes away half a yuan of aid."""
    text = (
        "令 扣减 为 若 个人负担 超过 10000元 则 （个人负担 减 10000元） 乘 1.5倍 否则 0元\n"
        "令 计算基数 为 取大（0元，取小（个人负担，个人负担 减 扣减））\n身份 低保对象\n"
    ) + aid(["| 低保对象 | 100% | 不设 |"]).replace("基数 个人负担", "基数 计算基数")
    (one,) = found(text)
    assert one.code == "W532"
    assert (one.args["low"], one.args["high"]) == ("10000元", "30000元")
    assert one.args["what"] == "救助反而少 10000元"


def test_bands_are_no_cliff(found):
    bands = "取小（个人负担，1万元） 乘 80% 加 取大（0元，个人负担 减 1万元） 乘 50%"
    text = f"令 两段 为 {bands}\n身份 低保对象\n" + aid(["| 低保对象 | 100% | 9万元 |"]).replace(
        "基数 个人负担", "基数 两段"
    )
    assert found(text) == []


def test_key_columns(found):
    text = ("令 三级比例 为 若 个人负担 超过 2万元 则 40% 否则 60%\n身份 低保对象\n") + aid(
        [
            "| 低保对象 | 一级、二级 | 80% | 9万元 |",
            "| 低保对象 | 三级 | 三级比例 | 9万元 |",
        ],
        head="| 身份 | 医院级别 | 比例 | 限额 |",
    )
    (one,) = found(text)
    assert one.args["cost"] == "类型 住院，医院级别 三级"
    assert (one.args["aid_low"], one.args["aid_high"]) == ("12000元", "8000元")


def test_one_finding_for_the_same_place(found):
    text = ("令 基准 为 若 个人负担 超过 1万元 则 0元 否则 个人负担\n" + PEOPLE) + aid(
        ["| 特困人员 | 90% | 9万元 |", "| 低保对象 | 80% | 9万元 |"]
    ).replace("基数 个人负担", "基数 基准")
    (one,) = found(text)
    assert one.args["who"] == "特困人员、低保对象"


def test_what_is_not_known_is_left_out(found):
    text = (
        "参数 低保比例 比例\n  待定 以后公布\n"
        + PEOPLE
        + aid(["| 特困人员 | 10% | 1万元 |", "| 低保对象 | 低保比例 | 8万元 |"])
    )
    assert found(text) == []


def test_not_known_from_some_amount_on(found):
    text = (
        "参数 大额比例 比例\n  待定 以后公布\n"
        "令 甲比例 为 若 个人负担 超过 1万元 则 大额比例 否则 80%\n"
        + PEOPLE
        + aid(["| 特困人员 | 10% | 9万元 |", "| 低保对象 | 甲比例 | 9万元 |"])
    )
    assert found(text) == []


def test_nothing_to_try(found):
    assert found("身份 低保对象\n列示 年满 为 年龄 不低于 18岁\n") == []
