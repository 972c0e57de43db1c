"""What is said of a claim that counts towards an application, which may be another member's."""

import json
from pathlib import Path

import pytest

from medaidlang.cli import run

PACK = Path(__file__).parents[1] / "sheet" / "on_application.medaid"


def person(number, identities, **more):
    return {"人员编号": number, "家庭编号": "H1", "身份": identities, "参保": "居民医保", **more}


def claim(number, who, cost, day, within=True):
    paid = dict.fromkeys(("基本医保支付", "大病保险支付", "其他补充支付"), "0")
    return {
        "人员编号": who, "编号": number, "日期": day, "类型": "住院", "定点": within,
        "政策范围内费用": cost, **paid,
    }  # fmt: skip


@pytest.fixture
def data(tmp_path):
    listed = {
        "人员": [person("A", "低保家庭", 家庭={"有未成年人": "否"}), person("B", [])],
        "费用": [
            claim("a1", "A", "10000", "2026-07-15"),
            claim("b1", "B", "20000", "2026-05-01"),
            claim("b2", "B", "100", "2026-07-02", within=False),
        ],
        "申请": [{"人员编号": "A", "编号": "S1", "日期": "2026-08-01", "待遇": "再救助"}],
    }
    path = tmp_path / "一家.json"
    path.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    return path


def told(capsys, *args):
    assert run(["explain", str(PACK), *map(str, args)]) == 0
    return capsys.readouterr().out


def test_a_member_is_told_what_comes_of_anothers_application(data, capsys):
    said = told(capsys, data, "--person", "B")
    assert (
        "再救助，申请 S1（A，2026-08-01）：计入 20000.00 元；共付 19000.00 元，"
        "B的费用共计入 20000.00 元，分得 12666.66 元。" in said
    )
    assert "人员 B，A 的申请 S1（2026-08-01）" in said
    assert "A：计入 10000.00 元，分得 6333.34 元" in said
    assert "没有随这一笔结算支付的待遇。" in said


def test_a_claim_that_does_not_count_says_that_the_benefit_is_asked_for(data, capsys):
    said = told(capsys, data, "--claim", "b2")
    assert "没有可以享受的待遇（不算申请的）。" in said
    assert "没有申请计入这一笔。要申请才付的：再救助。" in said
    assert "A 的申请" not in said


def test_an_application_is_found_from_the_side_of_a_member(data, capsys):
    assert "人员 B，A 的申请 S1" in told(capsys, data, "--person", "B", "--claim", "S1")
    made = json.loads(told(capsys, data, "--person", "B", "--claim", "S1", "--json"))
    assert [one["number"] for one in made["claims"]] == ["S1"]
    assert {step["编号"] for step in made["steps"]} == {"S1"}


def test_the_applicant_is_told_it_once(data, capsys):
    said = told(capsys, data, "--person", "A")
    assert said.count("申请 S1（2026-08-01）") == 1


def test_the_cells_that_applications_exercise_are_counted(capsys):
    assert run(["test", str(PACK), "--cells"]) == 0
    said = capsys.readouterr().out
    assert "表格 4/4 格" in said
