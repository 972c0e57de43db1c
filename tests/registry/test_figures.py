"""Published figures in 参数/, and `medaid params`."""

import json

import pytest

from medaidlang.load import load
from tests.registry.packs import OLD, claim, new, old, person

RATIO = "参数 救助比例 比例\n  待定 市医保局公布\n  不低于 50%\n"
FIGURE = """\
公布值 {name}
  公布 市医保局
  来源 某医保函〔{year}〕1号
  | 起 | 止 | 值 |
  | {year}年1月1日 | {year}年12月31日 | {value} |
"""


def figures(root, name="旧", **texts):
    """Files in 参数/ beside a rule file of the registry."""
    folder = root / "某省" / name / "参数"
    folder.mkdir(exist_ok=True)
    for stem, text in texts.items():
        (folder / f"{stem.strip('_')}.medaid").write_text(text, encoding="utf-8")
    return root / "某省" / name / f"{name}.medaid"


def figure(year, value, name="救助比例"):
    return FIGURE.format(year=year, value=value, name=name)


@pytest.fixture
def root(registry):
    """A document whose ratio is set by somebody else."""
    return registry(旧=old(more=RATIO, ratio="救助比例"))


def values(path):
    pack, found = load(path).pack()
    assert not found
    return pack.parameters["救助比例"].values


def test_files_are_read_with_the_pack(root):
    path = figures(root, _2024=figure(2024, "70%"), _2025=figure(2025, "75%"))
    found = values(path)
    assert [(v.start.year, str(v.value), v.publisher, v.source) for v in found] == [
        (2024, "7/10", "市医保局", "某医保函〔2024〕1号"),
        (2025, "3/4", "市医保局", "某医保函〔2025〕1号"),
    ]
    assert found[0].origin.span.source.name.endswith("2024.medaid")


def test_a_row_may_have_its_own_source(root):
    text = "公布值 救助比例\n  来源 甲文\n  | 值 | 来源 |\n  | 70% | “乙文” |\n"
    assert [v.source for v in values(figures(root, a=text))] == ["乙文"]


def test_the_digest_knows_of_them(root):
    path = root / "某省" / "旧" / "旧.medaid"
    before, _ = load(path).pack()
    figures(root, a=figure(2024, "70%"))
    after, _ = load(path).pack()
    assert before.digest != after.digest


def test_they_decide_amounts(medaid, root, data):
    figures(root, _2024=figure(2024, "70%"), _2025=figure(2025, "75%"))
    given = data(
        person("1", claim("a", "2024-03-01", 3000)), person("2", claim("b", "2025-03-01", 3000)),
        person("3", claim("c", "2026-03-01", 3000)),
    )  # fmt: skip
    rows = [
        line.split()
        for line in medaid("settle", root / "某省" / "旧" / "旧.medaid", given).out.splitlines()
    ]
    assert ["1", "a", "2024-03-01", "甲类人员", "1400.00", "1400.00"] in rows
    assert ["2", "b", "2025-03-01", "甲类人员", "1500.00", "1500.00"] in rows
    assert ["3", "c", "2026-03-01", "甲类人员", "无法计算", "无法计算"] in rows


def test_of_the_shared_vocabulary(root):
    text = "公布值 儿童年龄上限\n  公布 市民政局\n  | 值 |\n  | 14岁 |\n"
    pack, found = load(figures(root, a=text)).pack()
    assert not found
    assert pack.parameters["儿童年龄上限"].values[0].value == 14


@pytest.mark.parametrize(
    ("texts", "code", "said"),
    [
        ({"a": figure(2024, "70%", name="救助比列")}, "E301", "救助比例"),
        ({"a": figure(2024, "7元")}, "E401", "在这里定义"),
        ({"a": figure(2024, "40%")}, "E717", "这里要求"),
        ({"a": figure(2024, "70%"), "b": figure(2024, "75%")}, "E716", "a.medaid:5"),
        ({"a": "令 甲 为 1元\n"}, "E117", "“令”"),
        ({"a": "包含 公共词汇\n"}, "E117", "“包含”"),
        ({"a": "文件 又一个\n  代号 c\n"}, "E117", "“文件”"),
        ({"a": "公布值 救助比例\n  | 起 | 值 |\n  | 70% |\n"}, "E209", ""),
        ({"a": "公布值 救助比例\n  | 起 | 数 |\n  | — | 70% |\n"}, "E501", "数"),
        ({"a": "公布值 救助比例\n"}, "E509", "公布值 救助比例"),
        ({"a": "公布值 救助比例\n  待定 以后\n"}, "E2", ""),
        ({"a": "公布值 救助比例\n  | 值 |\n  | 70 |\n"}, "E401", "旧.medaid"),
        ({"a": "公布值 救助比例\n  | 起 | 止 | 值 |\n  | 2025年2月1日 | 2025年1月1日 | 70% |\n"},
         "E720", ""),
        ({"a": "\0"}, "E104", ""),
        ({"a": ""}, "E213", ""),
    ],
    ids=lambda part: part if isinstance(part, str) and part.startswith("E") else "",
)  # fmt: skip
def test_bad_files(texts, code, said, medaid, root):
    done = medaid("check", figures(root, **texts))
    assert done.status == 1
    assert f"错误[{code}" in done.out
    assert said in done.out
    assert "Traceback" not in done.text


def test_a_link_that_leads_out(medaid, root, tmp_path):
    path = figures(root, a=figure(2024, "70%"))
    away = tmp_path / "别处.medaid"
    away.write_text(figure(2025, "70%"), encoding="utf-8")
    (path.parent / "参数" / "b.medaid").symlink_to(away)
    assert "错误[E112]" in medaid("check", path).out


def test_bytes_that_are_no_text(medaid, root):
    path = figures(root)
    (path.parent / "参数" / "a.medaid").write_bytes("公布值 救助比例".encode("gbk"))
    assert "错误[E102]" in medaid("check", path).out


# ── params ───────────────────────────────────────────────────────────────────


def test_what_there_is_and_what_is_missing(medaid, root):
    path = figures(root, _2024=figure(2024, "70%"))
    done = medaid("参数", path, "--year", 2024)
    assert done.status == 0, done.out
    assert "70%" in done.out
    assert "市医保局" in done.out
    assert "某医保函〔2024〕1号" in done.out
    done = medaid("params", path, "--year", 2025)
    assert done.status == 1
    rows = [line.split() for line in done.out.splitlines()]
    assert ["救助比例", "没有数", "市医保局公布", "医疗救助·比例（甲类人员）"] in rows
    assert "70%" not in done.out


def test_part_of_a_year(medaid, root):
    text = "公布值 救助比例\n  | 起 | 止 | 值 |\n  | 2025年3月1日 | 2025年6月30日 | 70% |\n"
    record = json.loads(medaid("params", figures(root, a=text), "--year", 2025, "--json").out)
    assert not record["ok"]
    (document,) = record["documents"]
    (ratio,) = [p for p in document["parameters"] if p["name"] == "救助比例"]
    assert ratio["missing"] == [
        {"from": "2025-01-01", "to": "2025-02-28"},
        {"from": "2025-07-01", "to": "2025-12-31"},
    ]
    assert ratio["needed_by"] == ["医疗救助·比例（甲类人员）"]


def test_what_nothing_uses_is_no_fault(medaid, registry):
    path = registry(旧=old()) / "某省" / "旧"
    done = medaid("params", path, "--year", 2025)
    assert done.status == 0, done.out
    assert "缺着而没有用到" in done.out


def test_holidays_are_needed_by_deadlines(medaid, registry):
    more = "参数 收到日 日期\n  待定 随办件\n时限 答复 为 工作日后（收到日，5个工作日）\n"
    path = registry(旧=old(more=more)) / "某省" / "旧"
    record = json.loads(medaid("params", path, "--year", 2024, "--json").out)
    needed = {p["name"]: p["needed_by"] for p in record["documents"][0]["parameters"]}
    assert needed["节假日"] == ["时限 答复"]


def test_of_a_place_only_the_days_in_force(medaid, registry):
    root = registry(旧=old(more=RATIO, ratio="救助比例"), 新=new())
    text = "公布值 救助比例\n  | 起 | 止 | 值 |\n  | 2025年1月1日 | 2025年8月3日 | 70% |\n"
    figures(root, a=text)
    done = medaid("params", "--place", "某市", "--registry", root, "--year", 2025)
    assert done.status == 0, done.out
    assert "2025-01-01 至 2025-08-03" in done.out
    assert "2025-08-04 至 2025-12-31" in done.out
    done = medaid("params", "--place", "某市", "--registry", root, "--year", 2020)
    assert "2020年没有一天有效" in done.out
    assert OLD not in done.out


def test_a_list_of_days(medaid, registry):
    more = "参数 收到日 日期\n  待定 随办件\n时限 答复 为 工作日后（收到日，1个工作日）\n"
    root = registry(旧=old(more=more))
    text = (
        "公布值 节假日\n  | 起 | 止 | 值 |\n"
        "  | 2024年1月1日 | 2024年12月31日 | 期间（2024年10月1日，2024年10月7日） |\n"
        "公布值 调休上班日\n  | 起 | 止 | 值 |\n"
        "  | 2024年1月1日 | 2024年12月31日 | 2024年10月12日 |\n"
    )
    path = figures(root, a=text)
    assert "10月1日至7日" in medaid("params", path, "--year", 2024).out
