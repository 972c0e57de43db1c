"""The commands with --place and --registry, `places`, and what they refuse."""

import csv
import io
import json
import os

import openpyxl
import pytest

from medaidlang.registry import ENVIRONMENT
from tests.registry.packs import claim, new, old, person, rules

SPRING, AUTUMN = claim("a", "2025-03-01", 3000), claim("b", "2025-09-01", 3000)
EARLY = claim("c", "2022-03-01", 3000)


@pytest.fixture
def place(two):
    """The options that name the place with two documents."""
    return ("--place", "某市", "--registry", two)


@pytest.fixture
def year(data):
    return data(person("甲", SPRING, AUTUMN), person("乙", EARLY))


# ── settle ───────────────────────────────────────────────────────────────────


def test_table_says_which_document(medaid, place, year):
    done = medaid("结算", *place, year)
    assert done.status == 0, done.err
    rows = [line.split() for line in done.out.splitlines()]
    assert ["甲", "a", "2025-03-01", "jiu2023", "甲类人员", "1600.00", "1600.00"] in rows
    assert ["甲", "b", "2025-09-01", "xin2025", "甲类人员", "1350.00", "1350.00"] in rows
    assert ["乙", "c", "2022-03-01", "—", "无法计算", "无法计算"] in rows
    assert ["甲", "合计", "2950.00", "2950.00"] in rows
    assert [
        "jiu2023",
        "某市办法jiu2023",
        "某医保发〔2023〕5号",
        "2023-01-01",
        "2025-08-03",
        "1",
    ] in rows
    assert "2023-01-01施行之前" in done.out
    assert "2 个文件" in done.out


def test_json(medaid, place, year):
    record = json.loads(medaid("settle", *place, year, "--json").out)
    assert record["place"] == "某省某市"
    assert [(d["code"], d["from"], d["to"]) for d in record["documents"]] == [
        ("jiu2023", "2023-01-01", "2025-08-03"),
        ("xin2025", "2025-08-04", None),
    ]
    first, second = record["settlements"]
    assert [(d["代号"], d["逐笔"][0]["救助"]) for d in first["依据文件"]] == [
        ("jiu2023", {"医疗救助": "1600.00"}),
        ("xin2025", {"医疗救助": "1350.00"}),
    ]
    assert second["依据文件"][0]["没有文件管"] == ["c"]


def test_csv_and_xlsx(medaid, place, year, tmp_path):
    out = medaid("settle", *place, year, "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [(r["编号"], r["依据文件"], r["本笔合计"]) for r in rows] == [
        ("a", "jiu2023", "1600.00"), ("b", "xin2025", "1350.00"), ("c", "—", "无法计算"),
    ]  # fmt: skip
    assert "施行之前" in rows[2]["无法计算的原因"]
    target = tmp_path / "结果.xlsx"
    done = medaid("settle", *place, year, "-o", target)
    assert done.status == 0, done.err
    sheet = openpyxl.load_workbook(target)["逐笔"]
    assert [cell.value for cell in sheet[2]][3:] == ["jiu2023", "甲类人员", 1600, 1600]


def test_trace(medaid, place, year):
    out = medaid("settle", *place, year, "--trace").out
    assert "〔逐步 甲，jiu2023〕" in out
    assert "2000.00 × 80% = 1600.00" in out


def test_rule_files_and_data_are_not_written_over(medaid, place, year, two):
    for path in (year, two / "某省" / "旧" / "旧.medaid"):
        before = path.read_bytes()
        done = medaid("settle", *place, year, "-o", path)
        assert "错误[E926]" in done.err
        assert path.read_bytes() == before


def test_the_variable_names_the_folder(medaid, two, year, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT, str(two))
    assert medaid("settle", "--place", "某市", year).status == 0
    assert "某省某市" in medaid("places").out


def test_separate_files(medaid, place, tmp_path):
    persons, claims = tmp_path / "人员.csv", tmp_path / "费用.csv"
    persons.write_text("人员编号,身份,参保\n1,甲类人员,居民医保\n", encoding="utf-8")
    head = "人员编号,编号,日期,类型,政策范围内费用,基本医保支付,大病保险支付,其他补充支付\n"
    claims.write_text(f"{head}1,a,2025-03-01,住院,3000,0,0,0\n", encoding="utf-8")
    done = medaid("settle", *place, "--persons", persons, "--claims", claims)
    assert "1600.00" in done.out


# ── explain, readings ────────────────────────────────────────────────────────


def test_explain_says_by_which_document(medaid, place, year):
    done = medaid("说明", *place, year, "--person", "甲")
    assert done.status == 0, done.err
    first, second = done.out.split("费用 b")
    assert "依据《某市办法jiu2023》（jiu2023）" in first
    assert "2000.00 × 80% = 1600.00" in first
    assert "依据《某市办法xin2025》（xin2025）" in second
    assert "1500.00 × 90% = 1350.00" in second


def test_explain_a_claim_that_nothing_governs(medaid, place, year):
    done = medaid("explain", *place, year, "--claim", "c")
    assert "登记的文件都不管这一天" in done.out
    assert "2023-01-01施行之前" in done.out
    record = json.loads(medaid("explain", *place, year, "--claim", "c", "--json").out)
    assert record["person"] == "乙"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "用 --person 写明"),
        (("--person", "丙"), "没有人员“丙”"),
        (("--person", "甲", "--claim", "z"), "没有费用“z”"),
        (("--claim", "z"), "用 --person 写明"),
    ],
)
def test_explain_whom(more, said, medaid, place, year):
    done = medaid("explain", *place, year, *more)
    assert done.status == 2
    assert said in done.err


READING = """\
口径 施行前费用占用额度
  编号 K1
  取   不占用
  备选 占用
  理由 原文没有写
"""
BOTH = """\
此前费用 不计入账户 〔口径 施行前费用占用额度 取 不占用〕
此前费用 计入账户 〔口径 施行前费用占用额度 取 占用〕"""


def test_readings(medaid, registry, year):
    root = registry(旧=old(), 新=new(more=READING, head=BOTH))
    done = medaid("口径", "--place", "某市", "--registry", root, year)
    assert done.status == 0, done.err
    rows = [line.split() for line in done.out.splitlines()]
    assert ["甲", "b", "医疗救助", "1350.00", "2700.00", "+1350.00"] in rows
    record = json.loads(
        medaid("readings", "--place", "某市", "--registry", root, year, "--json").out
    )
    (document,) = record["documents"]
    assert document["code"] == "xin2025"
    assert document["readings"][0]["difference"] == "1350.00"


def test_no_readings(medaid, place, year):
    assert "没有记口径" in medaid("readings", *place, year).err
    assert "没有口径“K9”" in medaid("readings", *place, year, "--only", "K9").err


# ── check ────────────────────────────────────────────────────────────────────


def test_check_the_registry(medaid, two):
    done = medaid("check", "--registry", two)
    assert done.status == 0, done.out
    assert done.out.count("✓") == 3
    assert "登记：统筹区 1，文件 2；没有发现问题" in done.out


def test_check_finds_what_is_wrong_between(medaid, registry):
    root = registry(旧=old(), 新=new(repeals=()))
    for more in ((), ("--place", "某市")):
        done = medaid("检查", "--registry", root, *more)
        assert done.status == 1
        assert "错误[E731]" in done.out
        assert "✗ 登记" in done.out
    record = json.loads(medaid("check", "--registry", root, "--json").out)
    assert not record["ok"]
    (found,) = record["registry"]
    assert found["code"] == "E731"
    assert found["labels"][0]["file"] != found["file"]


def test_a_pack_by_itself_is_not_compared(medaid, registry):
    root = registry(旧=old(), 新=new(repeals=()))
    done = medaid("check", root / "某省" / "新")
    assert done.status == 0
    assert "登记" not in done.out


def test_check_one_place_alone(medaid, registry):
    root = registry(旧=old(), 别处=rules("b", start="2024-01-01", region="别市") + "令 甲 为\n")
    assert medaid("check", "--registry", root).status == 1
    assert medaid("check", "--registry", root, "--place", "某市").status == 0


def test_a_note_is_no_failure(medaid, registry):
    root = registry(新=new())
    done = medaid("check", "--registry", root, "--strict")
    assert "提示[N733]" in done.out
    assert done.status == 0


# ── places ───────────────────────────────────────────────────────────────────


def test_places(medaid, two):
    done = medaid("统筹区", "--registry", two, "--date", "2025-08-04")
    rows = [line.split() for line in done.out.splitlines()]
    assert [
        "某省某市",
        "jiu2023",
        "某市办法jiu2023",
        "某医保发〔2023〕5号",
        "2023-01-01",
        "2025-08-03",
        "已废止（某医保发〔2025〕9号）",
    ] in rows
    assert rows[3][-1] == "有效"
    day = medaid("places", "--registry", two, "--date", "2025年8月3日", "--json")
    (listed,) = json.loads(day.out)["places"]
    assert [d["status"] for d in listed["documents"]] == ["有效", "未施行"]


def test_places_with_a_broken_file(medaid, registry):
    root = registry(旧=old(), 坏=new() + "令 甲 为\n")
    done = medaid("places", "--registry", root)
    assert done.status == 1
    assert "读不出来" in done.out
    assert "jiu2023" in done.out
    assert json.loads(medaid("places", "--registry", root, "--json").out)["unreadable"]


def test_shipped_places(medaid):
    record = json.loads(medaid("places", "--json").out)
    assert {"kunyu2025", "wuhai2022"} <= {
        d["code"] for place in record["places"] for d in place["documents"]
    }


# ── what is refused ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", ["settle", "explain", "readings"])
def test_no_such_place(verb, medaid, two, year):
    done = medaid(verb, "--place", "别市", "--registry", two, year)
    assert done.status == 1
    assert "错误[E735]" in done.err
    assert "某省某市" in done.err
    assert "错误[E735]" in medaid(verb, "--place", "", "--registry", two, year).err


def test_more_than_one_place(medaid, registry, year):
    root = registry(旧=old(), 别处=rules("b", start="2024-01-01", region="别市"))
    done = medaid("settle", "--place", "市", "--registry", root, year)
    assert done.status == 1
    assert "错误[E736]" in done.err
    assert "别市、某省某市" in done.err


def test_documents_at_odds(medaid, registry, year):
    root = registry(旧=old(), 新=new(repeals=()))
    done = medaid("settle", "--place", "某市", "--registry", root, year)
    assert done.status == 1
    assert "错误[E731]" in done.err
    assert done.out == ""


def test_a_document_with_errors(medaid, registry, year):
    root = registry(旧=old(), 新=new(ratio="190%"))
    done = medaid("settle", "--place", "某市", "--registry", root, year)
    assert done.status == 1
    assert "错误[E212]" in done.err


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("settle", "--place", "某市", "ROOT", "DATA", "--registry", "ROOT"), 2, "只能用一种"),
        (("settle", "--place", "某市", "--registry", "ROOT"), 2, "缺少数据"),
        (("settle", "昆玉2025", "DATA", "--registry", "ROOT"), 2, "与 --place 同用"),
        (("settle", "--place", "某市", "DATA", "--registry", "没有"), 1, "错误[E101]"),
        (("settle", "--place", "某市", "DATA", "--registry", "ROOT", "--format", "national"), 2,
         "不能与 --place 同用"),
        (("settle",), 2, "缺少参数“规则包”"),
        (("explain",), 2, "缺少参数“规则包”"),
        (("readings",), 2, "缺少参数“规则包”"),
        (("params",), 2, "缺少参数“规则包”"),
        (("params", "昆玉2025", "--place", "某市"), 2, "只能用一种"),
        (("params", "昆玉2025", "--year", "今年"), 2, "今年"),
        (("check", "昆玉2025", "--place", "某市"), 2, "只能用一种"),
        (("check", "--registry", "没有"), 1, "错误[E101]"),
        (("check", "--place", "没有市", "--registry", "ROOT"), 1, "错误[E735]"),
        (("places", "--date", "2025-02-30"), 2, "不是日期"),
        (("places", "--registry", "DATA"), 1, "错误[E101]"),
        (("settle", "--place", "某市", "没有.json", "--registry", "ROOT"), 1, "错误[E101]"),
    ],
    ids=str,
)  # fmt: skip
def test_refused(args, status, said, medaid, two, year):
    given = {"ROOT": two, "DATA": year}
    done = medaid(*(given.get(arg, arg) for arg in args))
    assert done.status == status, done
    assert said in done.err
    assert "Traceback" not in done.text
    assert "程序内部错误" not in done.text


@pytest.mark.parametrize(
    ("raw", "code"),
    [("文件 坏".encode("gbk"), "E102"), ("\ufeff文件 坏\n".encode(), "E103")],
    ids=["gbk", "bom"],
)
def test_a_rule_file_that_cannot_be_read_is_never_passed_over(raw, code, medaid, two, year):
    (two / "坏.medaid").write_bytes(raw)
    assert f"错误[{code}]" in medaid("check", "--registry", two).out
    assert "坏.medaid：读不出来" in medaid("places", "--registry", two).out
    done = medaid("settle", "--place", "某市", "--registry", two, year)
    assert done.status == 1
    assert f"错误[{code}]" in done.err


def test_a_link_to_nowhere_and_a_pipe(medaid, two, year):
    (two / "断.medaid").symlink_to(two / "没有.medaid")
    os.mkfifo(two / "管.medaid")
    assert medaid("check", "--registry", two).out.count("错误[E101]") == 2
    assert "错误[E101]" in medaid("settle", "--place", "某市", "--registry", two, year).err


def test_an_empty_registry(medaid, tmp_path, year):
    (tmp_path / "空").mkdir()
    assert medaid("check", "--registry", tmp_path / "空").status == 0
    done = medaid("settle", "--place", "某市", "--registry", tmp_path / "空", year)
    assert "错误[E735]" in done.err
