"""申请 through the commands: settle, explain, test, readings, replay, and by place."""

import json

import pytest

from tests.records.test_applications import ASKED, CLAIMS, PERSONS, RULES, csv_text

EXAMPLE = """\
示例默认 类型 住院，基本医保支付 0元，大病保险支付 0元，其他补充支付 0元
示例 再救助
  人员 身份 低保对象
  申请 a1 2026年3月1日 再救助
  | 费用 | 日期         | 政策范围内费用 |
  | c1   | 2025年4月1日 | 1000元         |
  应得 再救助 {amount}元
"""
READING = """\
口径 再救助比例
  取   一成
  备选 两成
  理由 试
  例   试
"""


@pytest.fixture
def files(tmp_path):
    rules, data = tmp_path / "包" / "某市.medaid", tmp_path / "数据.json"
    rules.parent.mkdir()
    rules.write_text(RULES, encoding="utf-8")
    everything = {"人员": PERSONS, "费用": CLAIMS, "申请": ASKED}
    data.write_text(json.dumps(everything, ensure_ascii=False), encoding="utf-8")
    return rules, data


def test_settle(medaid, files):
    done = medaid("settle", *map(str, files))
    assert done.status == 0, done.text
    assert "〔申请〕" in done.out
    assert "再救助 350.00 元" in done.out


def test_settle_json(medaid, files):
    done = medaid("settle", *map(str, files), "--json")
    years = [(one["人员编号"], one["年度"]) for one in json.loads(done.out)["settlements"]]
    assert years[:2] == [("1", 2025), ("1", 2026)]


def test_settle_trace(medaid, files):
    assert "申请所计费用 3500.00" in medaid("settle", *map(str, files), "--trace").out


def test_settle_three_files(medaid, files, tmp_path):
    given = []
    for option, rows in (("persons", PERSONS), ("claims", CLAIMS), ("applications", ASKED)):
        plain = [{"家庭编号" if k == "家庭" else k: v for k, v in row.items()} for row in rows]
        path = tmp_path / f"{option}.csv"
        path.write_text(csv_text(plain), encoding="utf-8")
        given += [f"--{option}", str(path)]
    done = medaid("settle", str(files[0]), *given)
    assert "再救助 350.00 元" in done.out, done.text


def test_settle_national(medaid, files):
    done = medaid("settle", *map(str, files), "--format", "national")
    assert done.status == 0, done.text
    assert '"setl_id": "s1"' in done.out


def test_explain(medaid, files):
    done = medaid("explain", *map(str, files), "--claim", "s1")
    assert done.status == 0, done.text
    for line in (
        "人员 1，申请 s1（2026-03-01）",
        "再救助：350.00 元",
        "2 费用 a（2026-02-01）：计入 2000.00 元",
        "合计 3500.00 元。【二】",
        "2：计入 2000.00 元，分得 200.00 元",
    ):
        assert line in done.out


def test_explain_everything_of_a_person(medaid, files):
    done = medaid("explain", *map(str, files), "--person", "1", "--json")
    assert [one["number"] for one in json.loads(done.out)["claims"]] == ["a", "b", "s1"]


def test_the_examples(medaid, files):
    rules, _ = files
    rules.write_text(RULES + EXAMPLE.format(amount=50), encoding="utf-8")
    assert medaid("test", str(rules)).status == 0
    rules.write_text(RULES + EXAMPLE.format(amount=51), encoding="utf-8")
    done = medaid("test", str(rules))
    assert done.status == 1
    assert "51" in done.text


def test_readings(medaid, files):
    rules, data = files
    row = "  | 低保对象 | 10% |\n"
    guarded = [
        row.replace("10%", ratio).replace("\n", f" 〔口径 再救助比例 取 {word}〕\n")
        for ratio, word in (("10%", "一成"), ("20%", "两成"))
    ]
    rules.write_text(RULES.replace(row, "".join(guarded)) + READING, encoding="utf-8")
    done = medaid("readings", str(rules), str(data))
    assert done.status == 0, done.text
    assert "s1 再救助" in done.out
    assert "700.00" in done.out


def test_replay_refuses(medaid, files):
    done = medaid("replay", *map(str, files))
    assert done.status != 0
    assert "E943" in done.text


def test_by_place_refuses(medaid, files):
    rules, data = files
    done = medaid("settle", "--place", "某市", str(data), "--registry", str(rules.parent))
    assert done.status != 0
    assert "E943" in done.text
