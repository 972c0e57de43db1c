"""What is said of slices, changes, counts, pools and insurances."""

from pathlib import Path

import pytest

from medaidlang.explain.bounds import why_not_more
from medaidlang.explain.paragraphs import explain
from medaidlang.explain.process import process_text
from medaidlang.explain.sums import sum_lines
from medaidlang.interpret.settle import prepare
from medaidlang.load import load

PACK = Path(__file__).parents[1] / "sheet" / "every_construct.medaid"


@pytest.fixture(scope="module")
def settled():
    pack, _ = load(PACK).pack()
    settler = prepare(pack)
    return {e.title: settler.settle(e.person, e.claims, trace=True) for e in pack.examples}


def said(settlement, claim):
    return {p.title: p.lines for p in explain(settlement, settlement.claims[claim])}


def test_slices_changes_and_pools(settled):
    lines = said(settled["低保对象住院"], 1)["住院救助怎样算"]
    assert "按“未转诊”调整比例：乘 80%，70% → 56%【六】" in lines
    assert "分段：0.00 至 10000.00：9450.00 × 56%【三】" in lines
    assert "单次限额：30000.00【三】" in lines
    assert "额度“年度总额度”还剩：40000.00 − 已用 7356.00 = 32644.00【五】" in lines
    assert not any("80% → 64%" in line for line in lines)  # a slice that got nothing


def test_insurances_come_first_and_have_their_own_words(settled):
    told = said(settled["低保对象住院"], 0)
    assert told["结果"][:2] == ("保险 基本医保：41300.00 元", "保险 大病保险：8255.00 元")
    assert "按比例应支付：各段合计 8255.00【二】" in told["大病保险怎样算"]
    assert "按“大病保险倾斜”调整比例：加 5个百分点，60% → 65%【二】" in told["大病保险怎样算"]
    why = told["为什么不更多"]
    assert "基本医保：只支付 70%【二】，其余 17700.00 元归后面的保险、救助和个人。" in why


def test_why_not_more(settled):
    why = said(settled["低保对象住院"], 1)["为什么不更多"]
    assert "住院救助：因“未转诊”，比例由 70% 变为 56%【六】。" in why
    assert "慰问金：已支付 1次，至多 1次【四】，次数已经用完，这一笔不给。" in why
    told = said(settled["特困人员门诊"], 1)["为什么不更多"]
    cut = "门诊救助：按比例是 600.00 元，额度“门诊季度额度” 800.00 元【五】只剩 290.00 元，"
    assert f"{cut}只能付 290.00 元。" in told


def test_a_count_that_is_used_up_ends_the_sum(settled):
    lines = said(settled["特困人员门诊"], 2)["门诊救助怎样算"]
    assert lines[-1] == "限次：已支付 2次，至多 2次，次数已经用完【四】"
    assert not any(line.startswith("起付") for line in lines)


def test_the_process_of_one_benefit_leaves_the_insurances_out(settled):
    whole = settled["低保对象住院"]
    text = process_text(whole, whole.claims[0], ["住院救助"])
    assert "〔住院救助怎样算〕" in text
    assert "基本医保怎样算" not in text


def test_every_trace_can_be_told(settled):
    for one in settled.values():
        for claim in one.claims:
            for name in (*claim.layers, *claim.benefits):
                lines = [line for line in claim.trace if line.benefit == name]
                assert all(sum_lines(lines))
                assert all(why_not_more(name, lines, claim.paid(name)))
