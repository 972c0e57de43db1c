"""A document with insurances: every row of the text table adds up to the cost."""

from pathlib import Path

import pytest

from medaidlang.interpret.settle import prepare
from medaidlang.load import load
from medaidlang.records.assemble import Subject
from medaidlang.records.output import as_text
from medaidlang.records.results import Settled, claim_table, open_table, other_table
from medaidlang.runtime.money import parse_yuan

PACK = Path(__file__).parents[1] / "sheet" / "every_construct.medaid"


@pytest.fixture(scope="module")
def pack():
    return load(PACK).pack()[0]


@pytest.fixture(scope="module")
def settled(pack):
    settler = prepare(pack)
    return [
        Settled(Subject(e.title, e.person, e.claims, {}), settler.settle(e.person, e.claims))
        for e in pack.examples
    ]


def columns(table, row, *names):
    return [row[table.headings.index(name)] for name in names]


def test_every_row_adds_up_to_the_cost(pack, settled):
    table = claim_table(pack, settled)
    paid = ("数据所列支付", "基本医保", "大病保险", "本笔合计", "个人自付")
    known = 0
    for row in table.rows:
        cost, *parts = columns(table, row, "费用", *paid)
        if not any("无法" in part or "＊" in part for part in parts):
            assert sum(map(parse_yuan, parts)) == parse_yuan(cost)
            known += 1
    assert known == 7


def test_what_is_not_known_is_not_nothing(pack, settled):
    table = claim_table(pack, settled)
    row = next(row for row in table.rows if row[0] == "低收入对象门诊：额度缺失")
    assert columns(table, row, "门诊救助", "个人自付") == ["无法计算", "无法计算"]


def test_results_that_are_not_known_are_listed(pack, settled):
    listed = {(row[0], row[1], row[2]) for row in open_table(settled).rows}
    assert ("救助资金分担·县区", "特困人员门诊", "原文缺失“县区的份额”") in listed
    table = other_table(pack, settled)
    row = next(row for row in table.rows if row[0] == "特困人员门诊")
    assert columns(table, row, "救助资金分担·县区") == ["无法计算"]
    assert "〔其他结果无法计算〕" in as_text(pack, settled)


def test_other_documents_have_no_such_columns():
    pack, _ = load(Path(__file__).parents[2] / "policies" / "昆玉2025" / "昆玉2025.medaid").pack()
    assert claim_table(pack, []).headings[-1] == "本笔合计"
