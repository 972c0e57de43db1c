"""What is found, and what is not, when our small document is held against its rules."""

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.collate.compare import Standing

from .conftest import RULES, TEXT


def test_the_rules_of_the_document_are_fine(found):
    assert found() == []


def test_every_clause_is_found_where_it_stands(held):
    lines = {c.mark: [line.number for line in c.text.all_lines] for c in held().clauses}
    assert lines == {
        "引": [1, 3, 5, 7, 8], "一": [10, 12], "二（一）": [16, 17, 21], "二（二）": [23],
        "二（二）·1": [25], "二（二）·2": [26], "三·1": [28, 30], "三·2": [31],
        "四": [], "末": [33, 35, 36],
    }  # fmt: skip


def test_a_figure_worked_out_is_explained(held):
    clause = next(c for c in held().clauses if c.mark == "二（一）")
    worked = {j.said.span.text: j.how for j in clause.judged if j.standing is Standing.WORKED}
    assert worked == {"36%": "60%×60%", "4.8万元": "80,000元×60%"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("75%  | 8万元 | 〔", "76%  | 8万元 | 〔", ("E744", "二（一）", "76%")),
        ("| 60%  | 8万元", "| 60%  | 8.1万元", ("E744", "二（一）", "8.1万元")),
        ("| 低保边缘人员 | 3000元", "| 低保边缘人员 | 3001元", ("E744", "二（一）", "3001元")),
        ("3个工作日", "4个工作日", ("E744", "三·1", "4个工作日")),
        ("14周岁以下", "15周岁以下", ("E744", "二（二）·1", "15周岁")),
        ("1级、2级", "1级、3级", ("E744", "一", "3级")),
        ("乘 30%", "乘 20%", ("E744", "三·2", "20%")),
        ("共 3种\n  条目 白血病", "共 3种\n  条目 败血病", ("E746", "二（二）·1", "败血病")),
        ("施行   2026年1月1日", "施行   2026年2月1日", ("E744", "", "施行 2026年2月1日")),
        ("〔2025〕7号", "〔2025〕8号", ("E744", "", "文号 云医保发〔2025〕8号")),
    ],
)  # fmt: skip
def test_a_wrong_copy_is_found(found, old, new, expected):
    assert old in RULES
    code, mark, words = expected
    listed = found(rules=RULES.replace(old, new))
    assert any((c, m) == (code, mark) and w.startswith(words) for c, m, w in listed), listed


def test_a_wrong_category_is_found(found):
    listed = found(rules=RULES.replace("低保边缘人员", "退役军人"))
    assert ("E746", "一", "退役军人") in listed
    assert ("E746", "二（一）", "退役军人") in listed


def test_nearly_the_same_name_is_no_error(found):
    listed = found(
        rules=RULES.replace("脑瘫", "儿童的脑瘫").replace("低保对象", "最低生活保障对象")
    )
    assert not [f for f in listed if f[0] == "E746" and "保障" in f[2]]
    assert any(f[0] == "W747" for f in listed)


def test_alternatives_not_taken_are_no_rules(found):
    swapped = RULES.replace("  取   八万\n  备选 九万", "  取   九万\n  备选 八万")
    listed = found(rules=swapped)
    assert ("E744", "二（一）", "9万元") in listed
    assert not [f for f in found() if "9万元" in f[2]]


def test_a_figure_that_no_rule_uses(found):
    listed = found(text=TEXT.replace("年度限额 80,000元", "年度限额 80,000元，每次不超过500元"))
    assert listed == [("W748", "二（一）", "500元")]


def test_numbers_of_other_documents_are_no_figures(found):
    more = "按照2019年3月2日《关于某事的通知》（某发〔2019〕12号）第5条，电话0471-1234567。\n"
    assert found(text=TEXT.replace("二、救助标准\n", "二、救助标准\n" + more)) == []


def test_a_lost_clause_is_found_unless_it_is_declared(found):
    gone = TEXT.replace("（二）门诊救助", "门诊救助")
    assert ("E741", "二（二）", "【二（二）】") in found(text=gone)
    assert not [f for f in found() if f[1] == "四"]
    undeclared = RULES.replace("原文缺页，没有找到", "尚未公布")
    assert ("E741", "四", "【四】") in found(rules=undeclared)


def test_a_heading_that_the_contents_leave_out(found):
    more = TEXT.replace("三、经办", "（三）转诊\n转诊备案后救助。\n\n三、经办")
    assert ("E750", "", "（三）转诊") in found(text=more)


def test_the_text_of_another_document_is_refused(held):
    other = "某市绿化办法\n一、总则\n种树。\n二、标准\n（一）树种\n松树。\n（二）株距\n3米。\n"
    with pytest.raises(Refusal) as refused:
        held(text=other)
    assert [d.code for d in refused.value.diagnostics] == ["E742"]
    with pytest.raises(Refusal):
        held(text="没有标题的一段话。")


def test_only_the_changed_clause_is_changed(held, found):
    before = held().digests
    assert found(before=before) == []
    changed = TEXT.replace("白血病", "血友病")
    listed = [f for f in found(text=changed, before=before) if f[0] == "E749"]
    assert listed == [("E749", "二（二）·1", "【二（二）·1】")]
    assert not any(one.changed for one in held(text=TEXT.replace(" ", "　"), before=before).clauses)
