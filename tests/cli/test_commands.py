"""Each command as a person uses it."""

import csv
import json
import re
from datetime import datetime

import pytest

from medaidlang.base.resources import data_folder
from medaidlang.cli import COMMANDS

SAMPLE = "samples/昆玉2025.json"


@pytest.fixture
def data(tmp_path, person, claim):
    path = tmp_path / "数据.json"
    path.write_text(json.dumps([{"person": person, "claims": [claim]}]), encoding="utf-8")
    return path


# ── check, coverage, test, fmt ───────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["昆玉2025", "kunyu2025", str(data_folder("policies") / "昆玉2025")]
)
def test_a_pack_has_many_names(name, medaid):
    done = medaid("检查", name)
    assert done.status == 0, done.text
    assert "✓" in done.out


def test_all_shipped_packs_by_default(medaid):
    done = medaid("check", "--json")
    packs = json.loads(done.out)["packs"]
    assert done.status == 0
    assert len(packs) >= 2
    assert all(pack["ok"] and pack["coverage"] for pack in packs)


def test_unknown_pack(medaid):
    assert "错误[E919]" in medaid("check", "没有这个").err
    assert "错误[E101]" in medaid("check", "没有/这个.medaid").err
    assert medaid("check", "没有这个").status == 1


def test_strict_counts_warnings(small, small_text, medaid):
    small.write_text(small_text.replace("6万元", "不设"), encoding="utf-8")
    loose, strict = medaid("check", small), medaid("check", "--strict", small)
    assert loose.status == 0
    assert strict.status == (1 if "警告" in loose.out else 0)


def test_coverage(small, small_text, medaid):
    assert medaid("覆盖", small).status == 0
    small.write_text(small_text.replace("【一】【二】", "【一】【二】【三】"), encoding="utf-8")
    done = medaid("coverage", small)
    assert done.status == 1
    assert "缺" in done.out


def test_examples(small, small_text, medaid):
    done = medaid("测试", small)
    assert done.status == 0
    assert "✓ 甲类住院" in done.out
    assert "表格" in done.out
    small.write_text(small_text.replace("9000元", "9001元"), encoding="utf-8")
    done = medaid("test", small)
    assert done.status == 1
    assert "应得 9001.00，实得 9000.00" in done.out
    record = json.loads(medaid("test", small, "--json").out)
    assert record["packs"][0]["examples"][0]["mismatches"][0]["got"] == "9000.00"


def test_cells_that_no_example_uses(small, medaid):
    assert "乙类人员·比例 75%" in medaid("test", small, "--cells").out


def test_fmt_repairs_what_only_looks_wrong(small, small_text, medaid):
    medaid("fmt", small)
    tidy = small.read_bytes()
    untidy = tidy.decode().replace("\n  ", "\n\t").replace("6万元", "６万元")
    untidy = untidy.replace("\n\t费用", "\n\u3000\u3000费用")
    small.write_bytes(b"\xef\xbb\xbf" + untidy.replace("\n", "\r\n").encode())
    checked = medaid("格式", "--check", small)
    assert checked.status == 1
    assert "+++" in checked.out
    assert small.read_bytes() != tidy
    assert medaid("fmt", small).status == 0
    assert small.read_bytes() == tidy
    assert medaid("fmt", "--check", small).status == 0


def test_fmt_leaves_what_it_cannot_read(small, small_text, medaid):
    small.write_text(small_text.replace("基数 个人负担", "基数 「个人负担"), encoding="utf-8")
    before = small.read_bytes()
    done = medaid("fmt", small)
    assert done.status == 1
    assert "错误[E203]" in done.err
    assert small.read_bytes() == before
    assert [path.name for path in small.parent.iterdir()] == [small.name]


# ── settle, explain, readings ────────────────────────────────────────────────


def test_settle_as_a_table(small, data, medaid):
    done = medaid("结算", small, data)
    assert done.status == 0, done.text
    assert "9000.00" in done.out
    assert "1 人、1 笔" in done.out


def test_settle_as_json(small, data, medaid):
    done = medaid("settle", small, data, "--json", "--trace")
    (record,) = json.loads(done.out)["settlements"]
    assert record["逐笔"][0]["救助"] == {"医疗救助": "9000.00"}
    assert any("× 90% = 9000.00" in step["算式"] for step in record["逐步"])


def test_settle_to_files(small, data, medaid, tmp_path):
    for suffix in ("csv", "json", "xlsx", "txt"):
        out = tmp_path / f"结果.{suffix}"
        assert medaid("settle", small, data, "-o", out).status == 0
        assert out.stat().st_size
    assert (tmp_path / "结果.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "结果.xlsx")
    assert book["逐笔"]["E2"].value == 9000


def test_what_came_in_never_becomes_a_formula(small, person, claim, medaid, tmp_path):
    claim["编号"] = '=HYPERLINK("x")'
    path = tmp_path / "数据.json"
    path.write_text(json.dumps([{"person": person, "claims": [claim]}]), encoding="utf-8")
    assert "\"'=HYPERLINK" in medaid("settle", small, path, "--format", "csv").out
    out = tmp_path / "结果.xlsx"
    medaid("settle", small, path, "-o", out)
    from openpyxl import load_workbook

    assert load_workbook(out)["逐笔"]["B2"].data_type == "s"


def test_the_same_from_json_csv_and_excel(medaid, tmp_path):
    """The sample in JSON, in CSV with the interface's names, and as a workbook."""
    from openpyxl import Workbook

    expected = json.loads(medaid("settle", "昆玉2025", SAMPLE, "--json").out)["settlements"]
    persons, claims = "samples/昆玉2025-人员.csv", "samples/昆玉2025-费用.csv"
    done = medaid("settle", "昆玉2025", "--persons", persons, "--claims", claims, "--json")
    assert json.loads(done.out)["settlements"] == expected
    book = Workbook()
    book.remove(book.active)
    for name, path in (("人员", persons), ("费用", claims)):
        sheet = book.create_sheet(name)
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                sheet.append([as_typed(cell) for cell in row])
    book.save(tmp_path / "数据.xlsx")
    done = medaid("settle", "昆玉2025", tmp_path / "数据.xlsx", "--json")
    assert json.loads(done.out)["settlements"] == expected


def as_typed(cell):
    """What Excel makes of text that looks like a number or a date."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", cell):
        return float(cell)
    if re.fullmatch(r"2025-[0-9]{2}-[0-9]{2}", cell):
        return datetime.fromisoformat(cell)
    return cell


BAD_CLAIMS = {
    "missing field": ({"政策范围内费用": None}, "E901"),
    "negative amount": ({"政策范围内费用": "-1.00"}, "E902"),
    "exponent": ({"政策范围内费用": "1e9"}, "E903"),
    "three decimals": ({"政策范围内费用": "0.125"}, "E903"),
    "payments above the cost": ({"基本医保支付": "99999.00"}, "E904"),
    "no such day": ({"日期": "2025-02-30"}, "E912"),
    "unknown kind": ({"类型": "住医院"}, "E911"),
    "neither yes nor no": ({"定点": "大概"}, "E913"),
    "unknown field": ({"政策范围費用": "1"}, "E910"),
}


@pytest.mark.parametrize("name", BAD_CLAIMS)
def test_bad_claims(name, small, person, claim, medaid, tmp_path):
    changed, code = BAD_CLAIMS[name]
    path, out = tmp_path / "数据.json", tmp_path / "结果.csv"
    path.write_text(json.dumps([{"person": person, "claims": [claim | changed]}]), encoding="utf-8")
    done = medaid("settle", small, path, "-o", out)
    assert done.status == 1, done.text
    assert f"错误[{code}]" in done.err
    assert "数据.json" in done.err
    assert "Traceback" not in done.text
    assert not out.exists()


def test_raw_exponent_in_json(small, data, medaid):
    text = data.read_text(encoding="utf-8").replace('"10000.00"', "1e9")
    data.write_text(text, encoding="utf-8")
    done = medaid("settle", small, data)
    assert "错误[E903]" in done.err
    assert "1e9" in done.err


def test_bad_persons(small, person, claim, medaid, tmp_path):
    path = tmp_path / "数据.json"
    for identity, code in (
        ("甲类人", "E906"),
        ("甲类人员（2025-06-01~2025-03-01）", "E922"),
        ("甲类人员（2025-02-30~）", "E912"),
    ):
        case = {"person": person | {"身份": identity}, "claims": [claim]}
        path.write_text(json.dumps([case]), encoding="utf-8")
        done = medaid("settle", small, path)
        assert done.status == 1
        assert f"错误[{code}]" in done.err, done.err


def test_two_years_and_the_wrong_year(small, person, claim, medaid, tmp_path):
    path = tmp_path / "数据.json"
    claims = [claim, claim | {"编号": "c2", "日期": "2026-01-01"}]
    path.write_text(json.dumps([{"person": person, "claims": claims}]), encoding="utf-8")
    assert "错误[E905]" in medaid("settle", small, path).err
    assert "错误[E905]" in medaid("settle", small, path, "--year", "2026").err


def test_refusals_as_json(small, data, medaid):
    data.write_text("[]", encoding="utf-8")
    done = medaid("settle", small, data, "--json")
    assert done.status == 1
    assert json.loads(done.out)["diagnostics"][0]["code"] == "E908"


def test_explain(medaid):
    done = medaid("说明", "昆玉2025", SAMPLE, "--claim", "K05-1")
    assert done.status == 0, done.text
    for words in ("× 85%", "【二（二）】", "就高不就低", "重残人员：5274.50 元", "为什么不更多"):
        assert words in done.out
    assert "为什么无法计算" in medaid("explain", "昆玉2025", SAMPLE, "--claim", "K06-1").out
    assert medaid("explain", "昆玉2025", SAMPLE, "--person", "K01", "--json").status == 0


def test_explain_says_only_what_is_certain(medaid):
    """易返贫致贫人口 has no 起付标准: no sum that takes it for something."""
    done = medaid("说明", "乌海2022", "samples/乌海2022.json", "--claim", "H05-1")
    assert "在 0.00 元和 5075.00 元之间" in done.out
    assert "参数“易返贫致贫人口起付标准”没有给出" in done.out
    assert "起付剩余" not in done.out


@pytest.mark.parametrize("extra", [(), ("--person", "无此人"), ("--person", "K01", "--claim", "x")])
def test_explain_needs_to_know_what(extra, medaid):
    done = medaid("explain", "昆玉2025", SAMPLE, *extra)
    assert done.status == 2
    assert "K01" in done.err


def test_readings(medaid):
    done = medaid("口径", "昆玉2025", SAMPLE)
    assert done.status == 0, done.text
    assert "-1279.80" in done.out
    assert "在这批数据上不改变结果" in done.out
    record = json.loads(medaid("readings", "昆玉2025", SAMPLE, "--only", "K10", "--json").out)
    assert record["readings"][0]["changes"][0]["after"] == "2025-09-04"


# ── sheet, new, explain-code ─────────────────────────────────────────────────


def test_sheet(small, medaid, tmp_path):
    out = tmp_path / "表.html"
    done = medaid("规则表", small, "-o", out)
    assert done.status == 0, done.text
    assert "试验通知" in out.read_text(encoding="utf-8")


PRINTED = """某市医疗保障局关于完善医疗救助
政策的通知
某医保发〔2025〕3号
各区医疗保障局：
一、救助对象
（一）特困人员。指依法供养的人员。
(二)低保对象
1.城市低保对象
2、农村低保对象#
二、救助标准
年度限额6.5万元。
第三条 附则
2025年8月4日
"""


def test_new(medaid, tmp_path):
    printed, rules = tmp_path / "原文.txt", tmp_path / "新的.medaid"
    printed.write_text(PRINTED, encoding="utf-8")
    done = medaid("新建", printed, "--code", "moushi2025", "-o", rules)
    assert done.status == 0, done.text
    text = rules.read_text(encoding="utf-8")
    assert "文件 某市医疗保障局关于完善医疗救助政策的通知\n" in text
    assert "【引】【一】【一（一）】【一（二）】【一（二）·1】【一（二）·2】【二】" in text
    assert "印发   2025年8月4日" in text
    assert medaid("fmt", rules).status == 0
    assert "错误[E2" not in medaid("check", rules).out
    assert medaid("new", printed, "-o", rules).status == 2
    assert medaid("new", printed, "-o", rules, "--force").status == 0


def test_new_needs_headings(medaid, tmp_path):
    printed = tmp_path / "原文.txt"
    printed.write_text("没有条款\n", encoding="utf-8")
    assert medaid("new", printed).status == 2
    assert not list(tmp_path.glob("*.medaid"))


def test_codes(medaid):
    assert "金额为负" in medaid("错误", "e902").out
    assert json.loads(medaid("explain-code", "E902", "--json").out)["title"] == "金额为负"
    assert "E902" in medaid("错误").out
    assert medaid("错误", "X1").status == 2


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_is_chinese_and_has_an_example(command, medaid):
    for name in (command.name, command.alias):
        done = medaid(name, "--help")
        assert done.status == 0
        assert "例：\n" in done.out
        assert "--json" in done.out
        for word in ("Usage", "Options", "Show this", "[OPTIONS]", "TEXT", "INTEGER", "PATH"):
            assert word not in done.out
