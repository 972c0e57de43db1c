"""Bugs that generated packs and the worked constructs have found, each in its smallest form."""

import pytest

from medaidlang.interpret.settle import prepare
from medaidlang.load import load

HEAD = """文件 试验
  代号 shiyan
  施行 2020年1月1日
{document}
事实 费用
  | 事实 | 类型               | 未填时 | 字段           |
  | 编号 | 文本               | 必填   | setl_id        |
  | 日期 | 日期               | 必填   | setl_time      |
  | 类型 | 选项（住院，门诊） | 住院   | —              |
  | 自付 | 金额               | 未知   | —              |
  | 级别 | 选项（高，低）     | 未知   | —              |
  | 条一 | 是否               | 未知   | —              |
  | 医院 | 文本               | 未知   | fixmedins_code |
  | 别处 | 文本               | 未知   | —              |
身份 甲类
身份 乙类
"""


@pytest.fixture
def settle(tmp_path):
    """Payments by claim of somebody under a rule text; claims are mappings without 编号, 日期."""

    def run(text, *claims, document="", held=("甲类",)):
        path = tmp_path / "试验.medaid"
        path.write_text(HEAD.format(document=document) + text, encoding="utf-8")
        pack, found = load(path).pack()
        assert not found, [item.code for item in found]
        made = [{"编号": f"c{i}", "日期": "2026-05-01", **c} for i, c in enumerate(claims)]
        return prepare(pack).settle({"身份": list(held)}, made).claims

    return run


def aid(more, table="| 身份 | 比例 |\n  | 甲类 | 50% |", start="不设"):
    """A benefit."""
    return f"待遇 救助\n  基数 自付\n  起付 {start}\n  限额 不设\n{more}  {table}\n"


def test_hospitals_that_no_rule_names_differ(settle):
    table = "| 身份 | 起付 | 比例 |\n  | 甲类 | 100元 | 50% |"
    text = aid("", table, "每院每年")
    said = settle(text, {"自付": 200, "医院": "东"}, {"自付": 200, "医院": "西"})
    assert [c.paid("救助") for c in said] == [5000, 5000]


def test_texts_that_no_rule_names_differ(settle):
    text = aid("  须 医院 为 别处\n")
    said = settle(
        text, {"自付": 2, "医院": "东", "别处": "西"}, {"自付": 2, "医院": "东", "别处": "东"}
    )
    assert [c.paid("救助") for c in said] == [0, 100]


def test_nothing_is_asked_of_a_cost_that_is_not_admitted(settle):
    text = aid("  费用 类型 为 门诊\n") + "调整 提高\n  对 救助\n  须 条一\n  比例 加 5个百分点\n"
    said = settle(text, {"自付": 200}, {"自付": 200, "类型": "门诊", "条一": True})
    assert [c.paid("救助") for c in said] == [0, 11000]


def test_an_adjustment_that_does_not_hold_changes_nothing(settle):
    table = "| 身份 | 定额 |\n  | 甲类 | 1.50元 |"
    change = "调整 打折\n  对 救助\n  须 条一\n  支付 乘 50%\n"
    document = "  舍入 每笔 去尾到元"
    claim = {"自付": 200, "条一": False}
    with_it = settle(aid("", table) + change, claim, document=document)
    assert with_it[0].paid("救助") == settle(aid("", table), claim, document=document)[0].paid(
        "救助"
    )


def test_insurances_keep_what_is_not_known_of_their_accounts(settle):
    layer = "保险 医保\n  基数 自付\n  起付 按年累计\n  限额 不设\n"
    table = "  | 级别 | 起付 | 比例 |\n  | 高 | 100元 | 50% |\n  | 低 | 900元 | 50% |\n"
    text = layer + table + aid("  接续 医保\n")
    said = settle(text, {"自付": None, "级别": "低"}, {"自付": 600, "级别": "低"})
    assert [c.layers["医保"] for c in said] == [None, None]


def test_a_tier_between_the_extremes_counts(settle):
    table = "| 身份 | 基数 | 比例 |\n  | 甲类 | 不满100元 | 50% |\n"
    table += "  | 甲类 | 100元以上 不满200元 | 100% |\n  | 甲类 | 200元以上 | 0% |"
    made = settle(aid("", table), {"自付": None})[0].payments[0]
    assert made.amount is None
    assert made.high is None or made.high >= 19999


def test_slices_whose_ratios_fall_and_rise(settle):
    rows = "| 身份 | 分段 | 比例 |\n  | 甲类 | 100元以下 | 50% |\n"
    rows += "  | 甲类 | 100元以上 200元以下 | 10% |\n  | 甲类 | 200元以上 | 50% |"
    text = aid("  分段 基数 按年累计\n", rows)
    said = settle(text, {"自付": None}, {"自付": 50})
    assert said[1].paid("救助") is None


def test_a_rounded_year_after_an_amount_that_is_not_known(settle):
    text = aid("", "| 身份 | 比例 |\n  | 甲类 | 33% |")
    said = settle(text, {"自付": None}, {"自付": "1.01"}, document="  舍入 按年度合计")
    assert said[1].paid("救助") is None


def test_divisions_in_a_row_are_not_rounded(settle):
    text = aid("  须 自付 除以 6 除以 2 低于 1200元\n")
    said = settle(text, {"自付": "14399.99"}, {"自付": 14400})
    assert [c.paid("救助") for c in said] == [720000, 0]


def test_categories_that_stack_never_pay_more_than_is_borne(settle):
    table = "| 身份 | 比例 |\n  | 甲类、乙类 | 80% |"
    more = "待遇 再助\n  接续 救助\n  基数 自付\n  起付 不设\n  限额 不设\n  " + table + "\n"
    rule = "重叠 可同时享受 于 救助、再助\n"
    said = settle(aid("", table) + more + rule, {"自付": 100}, held=("甲类", "乙类"))
    assert said[0].amounts == (8000 + 320, 1600 + 64)


def test_yes_and_no_are_one_question(settle):
    table = "| 身份 | 条一 | 比例 |\n  | 甲类 | 是 | 50% |\n  | 甲类 | 否 | 50% |"
    assert settle(aid("", table), {"自付": 200, "条一": None})[0].paid("救助") == 10000
