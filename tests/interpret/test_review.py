"""Faults that a review found, each kept from coming back."""

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.interpret.settle import prepare
from medaidlang.load import load
from tests.interpret.test_agreement import shipped_settler

HEAD = """包含 公共词汇

文件 试验
  代号 shiyan
  施行 2020年1月1日

【一】 总则
事实 人员
  | 事实   | 类型       | 未填时 |
  | 年收入 | 金额       | 未知   |
  | 人口   | 整数（人） | 未知   |
  | 知否   | 是否       | 未知   |
"""
BODY = """身份 甲类、乙类
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 {start}
  限额 {cap}
  | 身份 | {head} |
  | 甲类 | {one} |
  | 乙类 | {one} |
重叠 就高不就低 于 医疗救助
"""


def settler_of(tmp_path, text):
    """A pack of our own, compiled."""
    path = tmp_path / "试验.medaid"
    path.write_text(HEAD + text, encoding="utf-8")
    pack, found = load(path).pack()
    assert not found, [d.code for d in found]
    return prepare(pack)


def simple(tmp_path, head, one, start="不设", cap="不设", more=""):
    """One benefit for 甲类 and 乙类."""
    return settler_of(tmp_path, BODY.format(head=head, one=one, start=start, cap=cap) + more)


def stay(number, cost, day="2026-03-01", **more):
    """One inpatient claim."""
    return {
        "编号": number, "日期": day, "类型": "住院", "政策范围内费用": str(cost),
        "基本医保支付": "0", "大病保险支付": "0", "其他补充支付": "0", **more,
    }  # fmt: skip


def paid(settler, claims, **person):
    """What 医疗救助 pays on each claim, for one of 甲类."""
    result = settler.settle({"身份": ["甲类"], "参数": {}, **person}, claims)
    return [claim.paid("医疗救助") for claim in result.claims]


def test_a_claim_after_one_with_a_missing_payment():
    year = [
        stay("1", 1000, "2024-09-09", 基本医保支付=None),
        stay("2", 1000, "2024-09-10", 医疗总费用="1000"),
    ]
    result = shipped_settler("wuhai2022").settle(
        {"身份": ["低保对象"], "参保": "居民医保", "参数": {}}, year
    )
    assert result.claims[0].paid("住院救助") is None
    assert result.claims[1].paid("住院救助") == 75_000


def test_an_unknown_amount_fed_to_an_account(tmp_path):
    settler = simple(tmp_path, "起付 | 比例", "300元 | 50%", start="按年累计 计入 个人负担")
    year = [stay("a", 3000, 大病保险支付=None), stay("b", 1000)]
    assert paid(settler, year) == [None, None]


def test_monthly_accounts_take_claims_in_any_order(tmp_path):
    settler = simple(tmp_path, "比例 | 限额", "100% | 1000元", cap="按月累计")
    right = [stay("a", 1000, "2026-02-01"), stay("b", 1000), stay("c", 1000, "2026-03-02")]
    assert paid(settler, right) == [100_000, 100_000, 0]
    assert paid(settler, [right[1], right[0], right[2]]) == [100_000, 100_000, 0]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("年收入 除以 人口 低于 100元", True),
        ("人均 低于 100元", True),
        ("100元 除以 3人 不高于 年收入 除以 人口", True),
    ],
)
def test_comparisons_of_quotients_are_exact(tmp_path, condition, expected):
    settler = settler_of(
        tmp_path,
        BODY.format(head="比例", one="90%", start="不设", cap="不设")
        + f"令 人均 为 年收入 除以 人口\n监测 贫 为 {condition}\n",
    )
    person = {"身份": ["甲类"], "年收入": "299.99", "人口": 3, "参数": {}}
    assert settler.settle(person, []).results[0].value is expected
    zero = {**person, "人口": 0}
    assert settler.settle(zero, []).results[0].value is None


def test_a_ratio_above_one_is_not_paid(tmp_path):
    settler = simple(
        tmp_path, "比例", "另定比例 加 10个百分点", more="参数 另定比例 比例\n  待定 另行公布\n"
    )
    assert paid(settler, [stay("a", 1000)], 参数={"另定比例": "95%"}) == [None]
    assert paid(settler, [stay("a", 1000)], 参数={"另定比例": "85%"}) == [95_000]


def test_a_cap_below_zero_pays_nothing(tmp_path):
    settler = simple(tmp_path, "比例 | 限额", "50% | 1万元 减 大病保险支付", cap="每次")
    assert paid(settler, [stay("a", 50000, 大病保险支付="20000")]) == [0]


def test_rows_by_hospital_level_with_the_level_unknown(tmp_path):
    settler = settler_of(
        tmp_path,
        """身份 甲类
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 每次
  限额 不设
  | 身份 | 医院级别 | 起付   | 比例 |
  | 甲类 | 三级     | 5000元 | 100% |
  | 甲类 | 二级     | 3000元 | 100% |
  | 甲类 | 一级     | 100元  | 100% |
""",
    )
    assert paid(settler, [stay("a", 1000)]) == [None]
    assert paid(settler, [stay("a", 1000, 医院级别="一级")]) == [90_000]


def test_the_known_best_catches_up(tmp_path):
    settler = settler_of(
        tmp_path,
        """身份 甲类
身份 乙类
  须 知否
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 按年累计
  限额 不设
  | 身份 | 起付   | 比例 |
  | 甲类 | 1000元 | 100% |
  | 乙类 | 不设   | 80%  |
重叠 就高不就低 于 医疗救助
  判定不全时 按已知最高
""",
    )
    person = {"身份": ["甲类", "乙类"], "参数": {}}
    result = settler.settle(person, [stay("a", 2000), stay("b", 10000)])
    assert [c.paid("医疗救助") for c in result.claims] == [100_000, 1_000_000]


def test_assimilated_to_a_category_with_conditions_of_its_own(tmp_path):
    settler = settler_of(
        tmp_path,
        """身份 甲类
  须 知否
身份 恒类
  比照 甲类
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 甲类 | 100% |
重叠 就高不就低 于 医疗救助
""",
    )
    for known in (True, False, None):
        result = settler.settle({"身份": ["恒类"], "知否": known, "参数": {}}, [stay("a", 1000)])
        assert result.claims[0].paid("医疗救助") == 100_000


@pytest.mark.parametrize(
    ("person", "claims"),
    [
        ([], []),
        ({"身份": 3}, []),
        ({"参数": 3}, []),
        ({"身份": [], 3: "x"}, []),
        ({"身份": []}, None),
        ({"身份": []}, "abc"),
        ({"身份": []}, [3]),
        ({"身份": [{"名称": "低保对象", "开始": "2025-12-01"}]}, []),
        ({"身份": [], "年龄": float("nan")}, []),
        ({"身份": [], "参保": ["居民医保"]}, []),
        ({"身份": []}, [stay("1", 1000, 病种=1.5)]),
        ({"身份": []}, [stay("1", "99999999999999")]),
        ({"身份": []}, [stay("1", 1000, 日期="")]),
        ({"身份": []}, [stay(True, 1000)]),
    ],
)
def test_what_cannot_be_used_is_refused(person, claims):
    with pytest.raises(Refusal) as refused:
        shipped_settler("kunyu2025").settle(person, claims)
    assert all(d.code.startswith("E9") for d in refused.value.diagnostics)
