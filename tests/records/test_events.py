"""Refunds and late claims in data files of every sort, and what is refused."""

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.driver import replay_all
from medaidlang.interpret.replay import Reversal
from medaidlang.records.events import read_cases

HEAD = "人员编号,身份,参保,编号,日期,类型,政策范围内费用,基本医保支付,冲销,补报,refd_setl_flag\n"
C1 = "1,低保对象,居民医保,c1,2025-09-01,住院,10000.00,4000,,,\n"
C2 = "1,低保对象,居民医保,c2,2025-09-02,住院,10000.00,4000,,是,0\n"
T1 = "1,低保对象,居民医保,t1,2025-10-01,住院,-10000.00,-4000.00,c1,,1\n"


@pytest.fixture
def cases(pack):
    """The cases of a file, replayed too; or the findings."""

    def call(path):
        try:
            made = read_cases(pack, path)
            replay_all(pack, made)
        except Refusal as refused:
            return [(d.code, d.place) for d in refused.diagnostics]
        return made

    return call


def test_csv(cases, csv_file):
    (case,) = cases(csv_file(HEAD + C1 + C2 + T1))
    assert [c["编号"] for c in case.subject.claims] == ["c1", "c2"]
    assert case.events.reversals == (Reversal("t1", "c1"),)
    assert case.events.late == {"c2"}


def test_a_reversal_of_two_cells(cases, csv_file):
    (case,) = cases(csv_file(HEAD + C1 + "1,,,t1,,,,,c1,,\n"))
    assert case.events.reversals == (Reversal("t1", "c1"),)


def test_nested_json_and_the_national_names(cases, json_file, person, claim):
    claim.pop("人员编号")
    person.pop("人员编号")
    back = {"setl_id": "t1", "init_setl_id": "c1", "refd_setl_flag": 1, "hifp_pay": "0"}
    back["inscp_scp_amt"] = "-10000"
    flagged = {**claim, "refd_setl_flag": "1"}
    (case,) = cases(json_file([{"person": person, "claims": [flagged, back]}]))
    assert case.events.reversals == (Reversal("t1", "c1"),)


def test_sheets(cases, xlsx_file):
    persons = [
        ["人员编号", "身份", "参保"],
        [1, "低保对象", "居民医保"],
        [2, "特困人员", "居民医保"],
    ]
    rows = [
        ["人员编号", "编号", "日期", "类型", "政策范围内费用", "冲销", "补报"],
        [2, "c1", "2025-09-01", "住院", 100, None, None],
        [1, "c1", "2025-09-01", "住院", 100, None, "否"],
        [2, "t1", None, None, None, "c1", None],
    ]
    one, two = cases(xlsx_file({"人员": persons, "费用": rows}))
    assert one.events.reversals == ()
    assert two.events.reversals == (Reversal("t1", "c1"),)


def other(row):
    return row.replace("1,低保对象", "2,低保对象", 1)


BAD = {
    "unknown number": (C1 + T1.replace(",c1,", ",c9,"), "E927"),
    "twice": (C1 + T1 + T1.replace("t1", "t2"), "E928"),
    "of another person": (C1 + other(C2) + other(T1), "E929"),
    "of nobody": (C1 + other(T1), "E914"),
    "part of the amount": (C1 + T1.replace("-10000.00", "-1000.00"), "E930"),
    "not negated": (C1 + T1.replace("-4000.00", "4000.00"), "E930"),
    "no amount": (C1 + T1.replace("-4000.00", "四千"), "E930"),
    "amount that was not there": (C1.replace(",4000,", ",,") + T1, "E930"),
    "another kind": (C1 + T1.replace("住院", "普通门诊"), "E930"),
    "flag without a claim": (C1 + T1.replace(",c1,,1", ",,,1"), "E931"),
    "flag 0 on a refund": (C1 + T1.replace(",c1,,1", ",c1,,0"), "E931"),
    "flag 2": (C1 + C2.replace("是,0", "是,2"), "E931"),
    "late and taken back": (C2 + T1.replace("c1", "c2"), "E932"),
    "late refund": (C1 + T1.replace("c1,,", "c1,是,"), "E932"),
    "late perhaps": (C1 + C2.replace("是", "也许"), "E913"),
    "no number of its own": (C1 + T1.replace("t1", ""), "E901"),
    "a number that is taken": (C1 + T1.replace("t1", "c1"), "E907"),
    "a refund of a refund": (C1 + T1 + "1,,,t2,,,,,t1,,\n", "E927"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name, cases, csv_file):
    text, code = BAD[name]
    found = cases(csv_file(HEAD + text))
    assert isinstance(found, list), found
    assert found[0][0] == code
    assert "数据.csv 第" in found[0][1]


def test_unknown_column_of_a_refund(cases, json_file, person, claim):
    back = {"人员编号": "1", "编号": "t1", "冲销": "c1", "退款额": "5"}
    found = cases(json_file({"人员": [person], "费用": [claim, back]}))
    assert [code for code, _ in found] == ["E910"]


def test_settle_does_not_know_events(read, csv_file):
    assert {d.code for d in read(csv_file(HEAD + C1 + T1))} >= {"E910"}
