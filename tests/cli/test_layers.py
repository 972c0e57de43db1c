"""A document that computes insurances before aid, in every command that tells payments."""

import json

import pytest

from tests.conftest import ROOT

PACK = ROOT / "tests/cli/data/保险层.medaid"
STAY = {
    "编号": "c1", "日期": "2026-05-01", "类型": "住院", "政策范围内费用": "2500",
    "其他补充支付": "0",
}  # fmt: skip


@pytest.fixture
def data(tmp_path):
    """A file with one person, insured and 低保对象 unless said otherwise."""

    def write(*claims, held="低保对象"):
        path = tmp_path / "数据.json"
        person = {"人员编号": "1", "身份": held, "参保": "居民医保"}
        made = [{"person": person, "claims": claims}]
        path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def own(medaid, path):
    """What is left to the person, claim by claim, from the CSV."""
    done = medaid("settle", PACK, path, "--format", "csv")
    assert done.status == 0, done.text
    head, *rows = (line.split(",") for line in done.out.lstrip("\ufeff").splitlines() if line)
    return [dict(zip(head, row, strict=True))["个人自付"] for row in rows]


# ── 个人自付 ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("filed", ["1600", "0", "", "2400"])
def test_what_the_rules_compute_is_not_taken_off_twice(filed, medaid, data):
    """2500 − 1600 (the rules') − 75% of (900 − 100) = 300, whatever the platform has paid."""
    claim = {**STAY, "hifp_pay": filed, "hifmi_pay": "" if filed == "" else "0"}
    assert own(medaid, data(claim)) == ["300.00"]


def test_what_they_do_not_compute_is(medaid, data):
    """普通门诊 is not the insurance's: 2500 − 1000 − 75% of (1500 − 100) = 450."""
    visit = {**STAY, "类型": "普通门诊", "基本医保支付": "1000", "大病保险支付": "0"}
    assert own(medaid, data(visit)) == ["450.00"]
    assert own(medaid, data({**visit, "基本医保支付": ""})) == ["无法计算"]


def test_a_fixed_amount_above_the_cost_leaves_nothing(medaid, data, tmp_path):
    text = PACK.read_text(encoding="utf-8").replace("  基数 基本数", "  基数 不设")
    text = text.replace("起付 按年累计", "起付 不设").replace("接续 基本医保\n", "")
    text = text.replace("身份     | 起付  | 比例 |", "身份 | 定额 |").replace(
        "低保对象 | 100元 | 75%  |", "低保对象 | 5000元 |"
    )
    pack = tmp_path / "定额.medaid"
    pack.write_text(text[: text.index("示例默认")], encoding="utf-8")
    done = medaid("settle", pack, data(STAY))
    row = next(line for line in done.out.splitlines() if line.startswith("1 "))
    assert row.split()[-2:] == ["5000.00", "0.00"], done.text


# ── before 施行 ──────────────────────────────────────────────────────────────
def test_why_an_insurance_is_not_known(medaid, data):
    done = medaid("settle", PACK, data({**STAY, "日期": "2026-02-01"}, held="无"))
    assert "2026-03-01施行之前" in done.out
    assert "1 笔无法计算" in done.out


def test_no_category_is_said_and_an_empty_cell_is_not(medaid, data):
    assert own(medaid, data(STAY, held="无")) == ["900.00"]
    assert "E901" in medaid("settle", PACK, data(STAY, held="")).text


# ── readings ─────────────────────────────────────────────────────────────────
def tried(medaid, path):
    """The trials by reading."""
    done = medaid("readings", PACK, path, "--json")
    assert done.status == 0, done.text
    return {one["reading"]: one for one in json.loads(done.out)["readings"]}


def test_another_reading_of_an_insurance(medaid, data):
    made = tried(medaid, data({**STAY, "政策范围内费用": "10500"}, held="无"))
    assert made["报销高低"]["insurance_difference"] == "-1000.00"
    assert made["报销高低"]["difference"] == "0.00"
    (change,) = made["报销高低"]["changes"]
    assert (change["kind"], change["what"]) == ("保险", "c1 基本医保")
    text = medaid("readings", PACK, data({**STAY, "政策范围内费用": "10500"}, held="无")).out
    assert "保险合计 -1000.00 元，救助合计不变" in text


def test_a_shown_amount_is_subtracted_but_no_aid(medaid, data):
    made = tried(medaid, data(STAY))["列示高低"]
    (change,) = made["changes"]
    assert (change["what"], change["difference"]) == ("补贴", "-40.00")
    assert made["difference"] == "0.00"


def test_what_becomes_unknown_is_not_a_difference_of_nothing(medaid, data):
    made = tried(medaid, data(STAY))["缺数"]
    assert made["difference"] is None
    assert made["persons"] == {"1": None}
    text = medaid("readings", PACK, data(STAY), "--only", "缺数").out
    assert "救助合计差多少不知道" in text
    assert "合计 0.00" not in text


# ── replay ───────────────────────────────────────────────────────────────────
def test_a_refund_lists_the_insurances_beside_the_aid(medaid, data):
    path = data(STAY, {**STAY, "编号": "c2"}, {"编号": "t1", "冲销": "c1"})
    done = medaid("replay", PACK, path, "--json")
    assert done.status == 0, done.text
    (one,) = json.loads(done.out)["persons"]
    rows = {(row["编号"], row["待遇"]): row["应退"] for row in one["逐笔"]}
    assert rows["c1", "基本医保"] == "1600.00"
    assert rows["c1", "医疗救助"] == "600.00"
    assert one["保险合计"]["应退"] == "1600.00"
    assert one["合计"]["此前"] == "1275.00"
    assert one["保险合计"]["此前"] == "3200.00"
    assert "〔保险合计〕" in medaid("replay", PACK, path).out


# ── test ─────────────────────────────────────────────────────────────────────
def test_cells_of_insurances_are_counted(medaid):
    done = medaid("test", PACK, "--cells")
    assert "表格 5/5 格" in done.out, done.out
