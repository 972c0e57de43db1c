"""Data files of every sort give the same records."""

from datetime import date, datetime

import pytest

from medaidlang.records.assemble import Records

HEAD = "人员编号,身份,参保,编号,日期,类型,政策范围内费用,基本医保支付,大病保险支付,其他补充支付\n"
ROW = "1,低保对象,居民医保,c1,2025-09-01,住院,10000.00,0,0,0\n"


def only(records):
    assert isinstance(records, Records), records
    (subject,) = records.subjects
    return subject


def test_tables_in_json(read, json_file, person, claim):
    subject = only(read(json_file({"人员": [person], "费用": [claim]})))
    assert subject.person["身份"] == ["低保对象"]
    assert subject.claims[0]["政策范围内费用"] == "10000.00"


def test_cases_in_json(read, json_file, person, claim):
    del person["人员编号"], claim["人员编号"]
    cases = [{"person": person, "claims": [claim]}, {"person": person, "claims": []}]
    records = read(json_file(cases))
    assert [len(s.claims) for s in records.subjects] == [1, 0]


def test_one_case_in_json(read, json_file, person, claim):
    del person["人员编号"], claim["人员编号"]
    assert only(read(json_file({"person": person, "claims": [claim]}))).claims


def test_separate_files(read, json_file, csv_file, person):
    claims = HEAD.replace("身份,参保,", "") + ROW.replace("低保对象,居民医保,", "")
    subject = only(read(persons=json_file([person]), claims=csv_file(claims)))
    assert subject.claims[0]["编号"] == "c1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_of_persons_with_their_claims(read, csv_file, encoding):
    text = HEAD + ROW + ROW.replace("c1", "c2")
    subject = only(read(csv_file(text, encoding=encoding)))
    assert [claim["编号"] for claim in subject.claims] == ["c1", "c2"]
    assert subject.person["参保"] == "居民医保"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(read, csv_file, separator):
    text = (HEAD + ROW).replace(",", separator)
    assert only(read(csv_file(text))).claims[0]["政策范围内费用"] == "10000.00"


def test_national_field_names_and_codes(read, csv_file):
    text = (
        "PSN_NO,身份,insutype,setl_id,setl_time,med_type,Inscp_Scp_Amt,hifp_pay,hifmi_pay,oth_pay\n"
        "1,低保对象,390,c1,2025-09-01 10:20:30,21,10000.00,0,0,0\n"
    )
    subject = only(read(csv_file(text)))
    assert subject.person["参保"] == "居民医保"
    assert subject.claims[0]["类型"] == "住院"
    assert subject.claims[0]["日期"] == "2025-09-01"
    assert subject.claims[0]["政策范围内费用"] == "10000.00"


def test_identities_over_intervals(read, json_file, person):
    person["身份"] = "低保边缘家庭成员（2025-01-01~2025/6/30）；低保对象（2025年7月1日~）"
    subject = only(read(json_file({"人员": [person]})))
    assert subject.person["身份"] == [
        {"名称": "低保边缘家庭成员", "起": "2025-01-01", "止": "2025-06-30"},
        {"名称": "低保对象", "起": "2025-07-01"},
    ]


def test_parameters_for_everybody_and_for_one(read, json_file, person):
    other = {**person, "人员编号": "2", "推送年月": "2025-10"}
    data = {"人员": [person, other], "参数": {"推送年月": "2025-09"}}
    first, second = read(json_file(data)).subjects
    assert first.person["参数"] == {"推送年月": "2025-09"}
    assert second.person["参数"] == {"推送年月": "2025-10"}


def test_workbook(read, xlsx_file):
    sheets = {
        "人员": [["人员编号", "身份", "参保", "残疾等级"], [1001, "重残人员", "居民医保", 1]],
        "费用": [
            ["psn_no", "编号", "日期", "类型", "政策范围内费用", "基本医保支付", "转诊备案"],
            [1001, "c1", datetime(2025, 9, 1, 8, 30), "住院", 10000.1, 0.1, True],
            [1001, "c2", date(2025, 9, 2), "住院", 10000.125, 0, "是"],
        ],
        "参数": [["名称", "值"], ["推送年月", "2025-09"]],
    }
    subject = only(read(xlsx_file(sheets)))
    first, second = subject.claims
    assert subject.number == "1001"
    assert first["日期"] == "2025-09-01"
    assert (first["政策范围内费用"], first["基本医保支付"]) == ("10000.1", "0.1")
    assert second["政策范围内费用"] == "10000.125"  # the interpreter refuses it
    assert subject.person["参数"] == {"推送年月": "2025-09"}


def test_no_float_comes_out(read, json_file, person, claim):
    path = json_file({"人员": [person], "费用": [claim]})
    text = path.read_text(encoding="utf-8").replace('"10000.00"', "1e9")
    path.write_text(text.replace('"基本医保支付": "0"', '"基本医保支付": 0.1'), encoding="utf-8")
    given = only(read(path)).claims[0]
    assert (given["政策范围内费用"], given["基本医保支付"]) == ("1e9", "0.1")
