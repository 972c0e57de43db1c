"""申请 in data files of every sort, and in every form of the results."""

import csv
import io
import json

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.driver import settle_all, usable
from medaidlang.explain.process import process_text
from medaidlang.interpret.replay import Events, replay
from medaidlang.interpret.settle import prepare
from medaidlang.records import output
from medaidlang.records.interface import by_name
from medaidlang.records.national import National, as_records
from medaidlang.records.read import read_records
from medaidlang.records.results import summary_line

RULES = """\
包含 公共词汇
文件 某市医疗救助办法
  代号 moushi
  统筹区 某市
  目录 【一】【二】
  施行 2020年1月1日
【一】 救助
身份 低保对象
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 低保对象 | 50% |
【二】 再救助
待遇 再救助
  申请 前 12个月 按家庭
  接续 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 低保对象 | 10% |
"""
PERSONS = [
    {"人员编号": "1", "家庭": "F1", "身份": "低保对象"},
    {"人员编号": "2", "家庭编号": "F1", "身份": "低保对象"},
    {"人员编号": "3", "身份": "低保对象"},
]
PAID = {"类型": "住院", "基本医保支付": "0", "大病保险支付": "0", "其他补充支付": "0"}
CLAIMS = [
    {"人员编号": "1", "编号": "a", "日期": "2025-12-01", "政策范围内费用": "2000.00", **PAID},
    {"人员编号": "1", "编号": "b", "日期": "2026-01-05", "政策范围内费用": "1000.00", **PAID},
    {"人员编号": "2", "编号": "a", "日期": "2026-02-01", "政策范围内费用": "4000.00", **PAID},
    {"人员编号": "3", "编号": "a", "日期": "2026-02-01", "政策范围内费用": "8000.00", **PAID},
]
ASKED = [{"人员编号": "1", "编号": "s1", "日期": "2026年3月1日", "待遇": "再救助"}]


@pytest.fixture(scope="module")
def moushi(tmp_path_factory):
    path = tmp_path_factory.mktemp("包") / "某市.medaid"
    path.write_text(RULES, encoding="utf-8")
    return usable(path)[1]


def settled(pack, records):
    return settle_all(pack, records.subjects, trace=True)


def found(pack, records):
    """(person, year, application, amount, shares)."""
    return [
        (s.subject.number, s.year, a.number, a.amount, {p.member: p.share for p in a.parts})
        for s in settled(pack, records)
        for a in s.settlement.applications
    ]


EXPECTED = [("1", 2026, "s1", 35000, {"1": 15000, "2": 20000})]
"""1000 + 500 + 2000 are left, of which 10%; person 3 is of another household."""


def all_of(**others):
    return {"人员": PERSONS, "费用": CLAIMS, "申请": ASKED, **others}


def refused(pack, path, **files):
    with pytest.raises(Refusal) as caught:
        settled(pack, read_records(pack, path, **files))
    return [(d.code, d.place) for d in caught.value.diagnostics]


# ── files ────────────────────────────────────────────────────────────────────
def test_a_table_of_json(moushi, json_file):
    assert found(moushi, read_records(moushi, json_file(all_of()))) == EXPECTED


def test_with_the_person(moushi, json_file):
    own = {k: v for k, v in ASKED[0].items() if k != "人员编号"}
    persons = [{**PERSONS[0], "申请": [own]}, *PERSONS[1:]]
    assert found(moushi, read_records(moushi, json_file(all_of(人员=persons, 申请=[])))) == EXPECTED


def test_a_case_of_json(moushi, json_file):
    cases = [
        {"person": person, "claims": [c for c in CLAIMS if c["人员编号"] == person["人员编号"]]}
        for person in PERSONS
    ]
    cases[0]["applications"] = [{k: v for k, v in ASKED[0].items() if k != "人员编号"}]
    claims = [{k: v for k, v in claim.items() if k != "人员编号"} for claim in cases[0]["claims"]]
    cases[0]["claims"] = claims
    assert found(moushi, read_records(moushi, json_file(cases))) == EXPECTED


def csv_text(rows):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_three_files_of_csv(moushi, tmp_path):
    files = {}
    for name, rows in (("persons", PERSONS), ("claims", CLAIMS), ("applications", ASKED)):
        plain = [{"家庭编号" if k == "家庭" else k: v for k, v in row.items()} for row in rows]
        files[name] = tmp_path / f"{name}.csv"
        files[name].write_text(csv_text(plain), encoding="utf-8")
    assert found(moushi, read_records(moushi, None, **files)) == EXPECTED


def test_a_sheet(moushi, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (("人员", PERSONS), ("费用", CLAIMS), ("申请", ASKED)):
        plain = [{"家庭编号" if k == "家庭" else k: v for k, v in row.items()} for row in rows]
        headings = list(dict.fromkeys(key for row in plain for key in row))
        sheet = book.create_sheet(title)
        sheet.append(headings)
        for row in plain:
            sheet.append([row.get(heading) for heading in headings])
    book.save(tmp_path / "数据.xlsx")
    assert found(moushi, read_records(moushi, tmp_path / "数据.xlsx")) == EXPECTED


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"人员编号": "9"}, "E914", "申请第 1 项"),
        ({"待遇": "医疗救助"}, "E941", "申请第 1 项·待遇"),
        ({"待遇": "再求助"}, "E940", "申请第 1 项·待遇"),
        ({"日期": None}, "E901", "申请第 1 项"),
        ({"日期": "3月1日"}, "E912", "申请第 1 项·日期"),
        ({"编号": "b"}, "E942", "申请第 1 项"),
        ({"理由": "困难"}, "E910", "申请第 1 项"),
    ],
)
def test_an_application_that_cannot_be_used(moushi, json_file, change, code, where):
    asked = [{**ASKED[0], **change}]
    ((found_code, place),) = refused(moushi, json_file(all_of(申请=asked)))
    assert found_code == code
    assert where in place


def test_the_same_number_twice(moushi, json_file):
    codes = [code for code, _ in refused(moushi, json_file(all_of(申请=[*ASKED, *ASKED])))]
    assert codes == ["E942"]


def test_whose_it_is_must_be_said(moushi, json_file):
    asked = [{k: v for k, v in ASKED[0].items() if k != "人员编号"}]
    assert [code for code, _ in refused(moushi, json_file(all_of(申请=asked)))] == ["E901"]


def test_it_is_no_list(moushi, json_file):
    persons = [{**PERSONS[0], "申请": "再救助"}, *PERSONS[1:]]
    codes = [code for code, _ in refused(moushi, json_file(all_of(人员=persons, 申请=[])))]
    assert codes == ["E911"]


def test_a_year_that_is_asked_for_is_the_only_one(moushi, json_file):
    with pytest.raises(Refusal):
        read_records(moushi, json_file(all_of()), year=2026)


# ── results ──────────────────────────────────────────────────────────────────
@pytest.fixture
def made(moushi, json_file):
    return settled(moushi, read_records(moushi, json_file(all_of())))


def test_years_apart(made):
    assert [(s.subject.number, s.year) for s in made] == [
        ("1", 2025), ("1", 2026), ("2", 2026), ("3", 2026),
    ]  # fmt: skip


def test_tables(moushi, made):
    shown = {table.title: table.rows for table in output.tables(moushi, made)}
    assert shown["申请"] == (
        ("1", "s1", "2026-03-01", "再救助", "低保对象", "3500.00", "350.00", "【二】"),
    )
    assert [row[2:4] + row[5:] for row in shown["申请计入的费用"]] == [
        ("1", "a", "1000.00"), ("1", "b", "500.00"), ("2", "a", "2000.00"),
    ]  # fmt: skip
    assert [row[2:] for row in shown["申请的分配"]] == [
        ("1", "—", "1500.00", "150.00"), ("2", "—", "2000.00", "200.00"),
    ]  # fmt: skip
    assert [row[:2] + row[3:] for row in shown["年度合计"]] == [
        ("1", "2025", "1000.00", "0.00", "1000.00"),
        ("1", "2026", "500.00", "350.00", "850.00"),
        ("2", "2026", "2000.00", "0.00", "2000.00"),
        ("3", "2026", "4000.00", "0.00", "4000.00"),
    ]
    assert summary_line(moushi, made).startswith("3 人、4 笔、1 份申请：")
    assert "救助合计 7,850.00 元" in summary_line(moushi, made)


def test_text_and_workbook(moushi, made):
    assert "〔申请的分配〕" in output.as_text(moushi, made)
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(output.as_xlsx(moushi, made)))
    assert book["申请"]["G2"].value == 350


def test_csv(moushi, made):
    rows = list(csv.DictReader(io.StringIO(output.as_csv(moushi, made))))
    (row,) = [row for row in rows if row["编号"] == "s1"]
    assert row["再救助"] == row["本笔合计"] == "350.00"
    assert (row["申请计入"], row["申请分配"]) == ("3500.00", "1 150.00；2 200.00")
    assert [row["再救助"] for row in rows if row["编号"] != "s1"] == [""] * 4


def test_json(moushi, made):
    records = output.as_records(moushi, made, trace=True)
    one = records[1]
    assert (one["年度"], one["申请"][0]["支付"]) == (2026, 350)
    assert [part["分得"] for part in one["申请"][0]["分配"]] == [150, 200]
    assert any(step["编号"] == "s1" and step["步骤"] == "支付" for step in one["逐步"])
    json.dumps(records, default=str)


def test_the_national_interface(moushi, made):
    bills = as_records(National(moushi, by_name(moushi), process_text).bills(made))
    (bill,) = [bill for bill in bills if bill["setlinfo"]["setl_id"] == "s1"]
    assert bill["setlinfo"]["maf_pay"] == bill["setlinfo"]["fund_pay_sumamt"] == 350
    assert bill["setlinfo"]["inscp_scp_amt"] is None
    (detail,) = bill["setldetail"]
    assert (detail["fund_pay_type"], detail["fund_payamt"]) == ("610102", 350)
    assert "怎样分" in detail["setl_proc_info"]
    claims = [bill for bill in bills if bill["setlinfo"]["setl_id"] != "s1"]
    assert all(row["fund_pay_type"] != "610102" for bill in claims for row in bill["setldetail"])


def test_what_is_not_known(moushi, json_file):
    claims = [{k: v for k, v in CLAIMS[0].items() if k != "基本医保支付"}, *CLAIMS[1:]]
    made = settled(moushi, read_records(moushi, json_file(all_of(费用=claims))))
    shown = {table.title: table.rows for table in output.tables(moushi, made)}
    assert shown["申请"][0][5:7] == ("无法计算", "无法计算")
    assert any(row[0] == "1 s1" for row in shown["无法计算"])
    rows = list(csv.DictReader(io.StringIO(output.as_csv(moushi, made))))
    (row,) = [row for row in rows if row["编号"] == "s1"]
    assert "基本医保支付" in row["无法计算的原因"]


def test_replay_refuses(moushi):
    person = {
        "身份": ["低保对象"],
        "申请": [{"编号": "s1", "日期": "2026-03-01", "待遇": "再救助"}],
    }
    with pytest.raises(Refusal) as caught:
        replay(prepare(moushi), person, [], Events())
    assert [d.code for d in caught.value.diagnostics] == ["E943"]
