"""`medaid replay` and `medaid settle --format national` as a person uses them."""

import csv
import json

import pytest

from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "昆玉2025.json"
NATIONAL = ("settle", "昆玉2025", SAMPLE, "--format", "国家接口")


@pytest.fixture
def year(tmp_path, person, claim):
    """A file of a person's claims with events."""

    def write(*events):
        path = tmp_path / "数据.json"
        second = {**claim, "编号": "c2", "政策范围内费用": "70000.00"}
        data = [{"person": person, "claims": [claim, second, *events]}]
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


BACK = {"编号": "t1", "冲销": "c1"}


def test_text(small, year, medaid):
    done = medaid("重算", small, year(BACK))
    assert done.status == 0, done.text
    assert "由“t1”冲销" in done.out
    assert "限额剩余 51000.00 → 60000.00" in done.out
    assert "应补 9,000.00 元，应退 9,000.00 元" in done.out


def test_json(small, year, medaid):
    done = medaid("replay", small, year(BACK, BACK | {"编号": "t2", "冲销": "c2"}), "--json")
    record = json.loads(done.out)
    assert record["ok"]
    (one,) = record["persons"]
    assert [row["应退"] for row in one["逐笔"]] == ["9000.00", "51000.00"]
    assert [row["应付"] for row in one["逐笔"]] == ["0.00", "0.00"]
    assert one["合计"] == {"此前": "60000.00", "应付": "0.00", "应补": "0.00",
                         "应退": "60000.00", "无法计算": 0}  # fmt: skip
    assert one["事件"][0] == {"冲销": "c1", "编号": "t1"}


def test_unknown_is_said(small, year, claim, medaid):
    unknown = {**claim, "编号": "c0", "基本医保支付": None, "政策范围内费用": "90000", "补报": "是"}
    path = year()
    data = json.loads(path.read_text(encoding="utf-8"))
    data[0]["claims"].insert(0, unknown)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    done = medaid("重算", small, path)
    assert done.status == 0
    row = next(line for line in done.out.splitlines() if " c0 " in line)
    assert "没有填“基本医保支付”" in row
    assert "0.00＊" in done.out
    (one,) = json.loads(medaid("重算", small, path, "--json").out)["persons"]
    first = [one["逐笔"][0][name] for name in ("此前", "应付", "应补", "应退")]
    assert first == ["0.00", None, None, None]
    assert one["合计"]["无法计算"] == 3


def test_files(small, year, medaid, tmp_path):
    data = year(BACK)
    for suffix in ("csv", "xlsx", "json", "txt"):
        out = tmp_path / f"结果.{suffix}"
        assert medaid("replay", small, data, "-o", out).status == 0
        assert out.stat().st_size > 100
    with (tmp_path / "结果.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["应补"] for row in rows] == ["0.00", "9000.00"]
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "结果.xlsx")
    assert book.sheetnames == ["逐笔", "合计"]
    assert book["合计"]["B2"].value == 60000


def test_nothing_happened(small, year, medaid):
    done = medaid("重算", small, year())
    assert done.status == 0
    assert "没有冲销" in done.err


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"编号": "t1", "冲销": "c9"}, "E927"),
        ({"编号": "t1", "冲销": "c1", "政策范围内费用": "5"}, "E930"),
        ({"编号": "t1", "refd_setl_flag": "1", "政策范围内费用": "-5"}, "E931"),
        ({"编号": "t1", "冲销": "c1", "补报": "是"}, "E932"),
        ({"编号": "t1", "政策范围内费用": "-5", "日期": "2025-09-01", "类型": "住院"}, "E902"),
        ({"编号": "t1", "冲销": ["c1"]}, "E927"),
        ({"编号": "t1", "冲销": "c1", "没有这列": 1}, "E910"),
    ],
)
def test_bad_events(event, code, small, year, medaid, tmp_path):
    out = tmp_path / "结果.json"
    done = medaid("重算", small, year(event), "-o", out)
    assert done.status == 1, done.text
    assert f"错误[{code}]" in done.err
    assert "数据.json" in done.err
    assert not out.exists()
    assert json.loads(medaid("重算", small, year(event), "--json").out)["ok"] is False


def test_replay_used_wrongly(small, year, medaid, tmp_path):
    data = year(BACK)
    assert medaid("重算", small).status == 2
    assert medaid("重算", small, data, "-o", tmp_path / "结果.pdf").status == 2
    assert medaid("重算", small, data, "-o", tmp_path / "结果.csv", "--json").status == 2
    assert "E926" in medaid("重算", small, data, "-o", data).err
    assert "E905" in medaid("重算", small, data, "--year", "2024").err


# ── national ─────────────────────────────────────────────────────────────────
def test_national_json(medaid):
    done = medaid(*NATIONAL)
    bills = json.loads(done.out)["settlements"]
    assert done.status == 0
    first = bills[0]
    assert first["setlinfo"]["maf_pay"] == "33766.20"
    assert [row["fund_pay_type"] for row in first["setldetail"]][-2:] == ["610100", "999996"]
    assert medaid(*NATIONAL[:-1], "national", "--json").out == done.out


def test_national_files(medaid, tmp_path):
    from openpyxl import load_workbook

    table, book = tmp_path / "结果.csv", tmp_path / "结果.xlsx"
    assert medaid(*NATIONAL, "-o", table).status == 0
    assert medaid(*NATIONAL, "-o", book).status == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sheets = load_workbook(book)
    for name in ("setlinfo", "setldetail"):
        mine = [row for row in rows if row["表"] == name]
        sheet = list(sheets[name].iter_rows(values_only=True))
        assert len(sheet) == len(mine) + 1
        for row, cells in zip(mine, sheet[1:], strict=True):
            for heading, cell in zip(sheet[0], cells, strict=True):
                assert (row[heading] == "") == (cell is None), (heading, row)
    assert "\n" in next(r["setl_proc_info"] for r in rows if r["fund_pay_type"] == "610100")


def test_national_mapping(medaid, tmp_path):
    path = tmp_path / "对照.toml"
    fund = '[[fund]]\nfund_pay_type = "610100"\nfund_pay_type_name = "救助"\nsetlinfo = "maf_pay"\n'
    path.write_text(f'{fund}benefits = ["医疗救助", "倾斜救助"]\n', encoding="utf-8")
    done = medaid(*NATIONAL, "--mapping", path)
    rows = json.loads(done.out)["settlements"][0]["setldetail"]
    assert rows[-1]["fund_payamt"] == "33766.20"
    assert "〔倾斜救助怎样算〕" in rows[-1]["setl_proc_info"]
    path.write_text(f'{fund}benefits = ["医疗救助"]\n', encoding="utf-8")
    done = medaid(*NATIONAL, "--mapping", path)
    assert done.status == 1
    assert "错误[E937]" in done.err
    path = path.rename(tmp_path / "对照.json")
    before = path.read_bytes()
    assert medaid(*NATIONAL, "--mapping", path, "-o", path).status == 1
    assert path.read_bytes() == before


def test_national_is_never_half_written(medaid, tmp_path):
    path, out = tmp_path / "对照.toml", tmp_path / "结果.xlsx"
    path.write_text("[[fund]\n", encoding="utf-8")
    done = medaid(*NATIONAL, "--mapping", path, "-o", out)
    assert "错误[E933]" in done.err
    assert "第 1 行第" in done.err
    assert not out.exists()


def test_national_used_wrongly(medaid, tmp_path):
    assert medaid(*NATIONAL, "-o", tmp_path / "结果.txt").status == 2
    assert medaid(*NATIONAL, "-o", tmp_path / "结果.csv", "--json").status == 2
    assert medaid(*NATIONAL[:3], "--mapping", tmp_path / "x.toml").status == 2
    assert medaid(*NATIONAL, "--mapping", tmp_path / "没有.toml").status == 1
