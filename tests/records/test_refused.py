"""Data that cannot be read: the code, and the place down to the column."""

import pytest


def codes(found):
    assert isinstance(found, tuple), found
    return [diagnostic.code for diagnostic in found]


HEAD = "人员编号,身份,参保,编号,日期,类型,政策范围内费用\n"
ROW = "1,低保对象,居民医保,c1,2025-09-01,住院,10000.00\n"

TEXTS = {
    "empty": ("", "E908"),
    "blank": (" \n\n", "E908"),
    "headings only": (HEAD, "E908"),
    "gb18030": ((HEAD + ROW).encode("gb18030"), "E102"),
    "utf-16": ((HEAD + ROW).encode("utf-16"), "E102"),
    "nul": (HEAD + ROW.replace("c1", "c\0"), "E104"),
    "bidirectional": (HEAD + ROW.replace("c1", "c\u202e1"), "E105"),
    "zero width": (HEAD + ROW.replace("低保对象", "低保\u200b对象"), "E106"),
    "unclosed quotation mark": (HEAD + '1,"低保对象,居民医保\n', "E203"),
    "more cells than headings": (HEAD + ROW.replace("\n", ",,多\n"), "E209"),
    "unknown column": (HEAD.replace("类型", "类形") + ROW, "E910"),
    "column twice": (HEAD.replace("类型", "日期") + ROW, "E917"),
    "column without heading": (HEAD.replace("类型", "") + ROW, "E910"),
    "no number of the person": (HEAD + ROW.replace("1,", ",", 1), "E901"),
    "person said otherwise": (HEAD + ROW + ROW.replace("居民", "职工").replace("c1", "c2"), "E914"),
    "claim twice": (HEAD + ROW + ROW, "E907"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_csv(name, read, csv_file):
    text, code = TEXTS[name]
    assert codes(read(csv_file(text)))[0] == code


DOCUMENTS = {
    "not json": ("{“人员”: []}", "E916"),
    "key twice": ('{"人员": [{"身份": "a", "身份": "b"}]}', "E917"),
    "deep": ("[" * 200_000, "E916"),
    "number": ("1", "E908"),
    "empty list": ("[]", "E908"),
    "list of numbers": ("[1, 2]", "E901"),
    "unknown table": ('{"人员": [], "费": []}', "E910"),
    "tables that are no lists": ('{"人员": {"身份": "低保对象"}, "费用": 3}', "E908"),
    "person that is no object": ('{"人员": [3]}', "E908"),
    "claims of nobody": ('{"费用": [{"编号": "c1"}]}', "E901"),
    "claim of a stranger": ('{"人员": [{"人员编号": "1"}, {"人员编号": "2"}],'
                            ' "费用": [{"人员编号": "3"}]}', "E914"),
    "person twice": ('{"人员": [{"人员编号": "1"}, {"人员编号": "1"}]}', "E914"),
    "amount that is a list": ('{"人员": [{"人员编号": "1"}],'
                              ' "费用": [{"政策范围内费用": [1]}]}', "E911"),
    "category that is a number": ('{"人员": [{"身份": 5}]}', "E911"),
    "parameters that are text": ('{"人员": [{"参数": "x"}]}', "E911"),
    "unknown parameter": ('{"人员": [{"参数": {"推送年": "2025-09"}}]}', "E910"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_json(name, read, csv_file):
    text, code = DOCUMENTS[name]
    assert codes(read(csv_file(text, "数据.json")))[0] == code


def test_wrong_sheet(read, xlsx_file):
    (found,) = read(xlsx_file({"Sheet1": [["编号"], ["c1"]]}))
    assert found.code == "E909"
    assert found.args["sheets"] == "Sheet1"


def test_sheet_without_rows(read, xlsx_file):
    assert codes(read(xlsx_file({"人员": [], "费用": []}))) == ["E908"]


def test_formula_without_value(read, xlsx_file):
    rows = [["编号", "政策范围内费用"], ["c1", "=1+1"], ["c2", "=2+2"]]
    found = read(xlsx_file({"人员": [["人员编号"], ["1"]], "费用": rows}))
    assert codes(found) == ["E923", "E923"]
    assert "B2" in found[0].place


DAMAGED = {"cut": b"PK\x03\x04 broken", "text": b"no archive", "empty": b"PK\x05\x06" + bytes(18)}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_workbook(name, read, csv_file):
    assert codes(read(csv_file(DAMAGED[name], "数据.xlsx"))) == ["E101"]


def test_unknown_type_and_missing_file(read, tmp_path):
    old = tmp_path / "旧.xls"
    old.write_bytes(b"x")
    assert codes(read(old)) == ["E918"]
    assert codes(read(tmp_path / "没有.csv")) == ["E101"]
    assert codes(read(tmp_path / "没有.xyz")) == ["E101"]
    assert codes(read(tmp_path)) == ["E918"]


def test_place_names_file_row_and_column(read, csv_file):
    (found,) = read(csv_file(HEAD.replace("类型", "类形") + ROW))
    assert "数据.csv 第 2 行“类形”列" in found.place
    assert found.args["nearest"] == "类型"


def test_everything_is_reported_but_not_without_end(read, json_file, person, claim):
    many = [{**claim, "人员编号": str(n), "编号": str(n)} for n in range(2, 200)]
    assert len(read(json_file({"人员": [person], "费用": many}))) == 50


def test_other_year(read, json_file, person, claim):
    path = json_file({"人员": [person], "费用": [claim]})
    (found,) = read(path, year=2024)
    assert (found.code, found.args["date"]) == ("E905", "2025-09-01")
