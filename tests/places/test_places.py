"""Documents of invented cities, encoded by people who used the language for the first time.

Each folder has the rule file and the document's text.  A first line `# 警告 W…、W…：why`
announces findings; exactly these are then expected.
"""

import json
import re
from pathlib import Path

import pytest

from medaidlang.base.render import render_text
from medaidlang.check.alternatives import check_alternatives, elaborator
from medaidlang.check.coverage import Status, coverage
from medaidlang.cli import run
from medaidlang.driver import inspect
from medaidlang.interpret.examples import run_examples
from medaidlang.load import load

HERE = Path(__file__).parent
PLACES = sorted(path.name for path in HERE.iterdir() if (path / "原文.txt").exists())
ANNOUNCED = re.compile(r"^# 警告 ([EW0-9、]+)：")


@pytest.fixture(scope="module", params=PLACES)
def path(request):
    return HERE / request.param / f"{request.param}.medaid"


@pytest.fixture(scope="module")
def loaded(path):
    return load(path)


def announced(path):
    """The codes of the findings that the first comment lists."""
    found = ANNOUNCED.match(path.read_text(encoding="utf-8"))
    return set(found[1].split("、")) if found else set()


def test_the_three_documents_are_here():
    assert PLACES == ["东岭2026", "临江2026", "清河2026"]


def test_only_the_announced_findings(path):
    found = inspect(path).found
    assert {item.code for item in found} == announced(path), render_text(list(found), colour=False)


def test_every_alternative_can_be_chosen(loaded):
    pack, _ = loaded.pack()
    known = list(inspect(loaded.path).found)
    found = check_alternatives(pack, elaborator(loaded.files), known)
    errors = [item for item in found if item.code.startswith("E")]
    assert not errors, render_text(errors, colour=False)


def test_every_example_comes_out(loaded):
    pack, _ = loaded.pack()
    assert len(pack.examples) > 30
    for outcome in run_examples(pack, lambda readings: loaded.pack(readings)[0]):
        assert outcome.refused is None, (outcome.example.title, outcome.refused)
        wrong = [(m.path, m.expected, m.got) for m in outcome.mismatches]
        assert not wrong, (outcome.example.title, wrong)


def test_an_example_for_every_alternative(loaded):
    """What an alternative pays is worked out; of one that never differs, that it does not."""
    pack, _ = loaded.pack()
    shown = {pair for example in pack.examples for pair in example.readings}
    every = {(r.name, other) for r in pack.readings.values() for other in r.alternatives}
    assert every - shown == set()


def test_the_layout_is_stable(path):
    assert run(["fmt", "--check", str(path)]) == 0


def test_every_clause_is_covered(loaded):
    pack, _ = loaded.pack()
    clauses = coverage(pack)
    assert [one.mark for one in clauses] == list(pack.document.contents)
    assert {one.status for one in clauses} <= {Status.CODED, Status.READ, Status.UNCODED}


def test_the_text_says_the_same(path):
    assert run(["source", str(path), "--text", str(path.with_name("原文.txt"))]) == 0


def test_a_changed_figure_is_noticed(path, tmp_path, capsys):
    """So that the test above can fail."""
    rules = path.read_text(encoding="utf-8")
    changed = tmp_path / path.name
    changed.write_text(rules.replace("3万元", "3.1万元"), encoding="utf-8")
    assert run(["source", str(changed), "--text", str(path.with_name("原文.txt"))]) == 1
    assert "3.1万元" in capsys.readouterr().out


@pytest.mark.slow
def test_the_rule_sheet_renders(loaded, path, tmp_path):
    out = tmp_path / "规则表.html"
    paper = path.with_name("原文.txt")
    assert run(["sheet", str(path), "-o", str(out), "--text", str(paper)]) == 0
    html = out.read_text(encoding="utf-8")
    pack, _ = loaded.pack()
    for name in (*pack.layers, *pack.benefits, *pack.subsidies):
        assert name in html


# ── the family of three of 东岭 ──────────────────────────────────────────────
#
# 计入 12000 + 10000.50 + 8000 = 30000.50；减起付 8200，21800.50：
# 10000 × 50% + 11800.50 × 60% = 12080.30；未成年人 500。
# 分给：12580.30 × 12000 ÷ 30000.50 = 5032.03…，4193.57…，3354.69…；零头 0.01 归申请人。
PAID = "12580.30"
PARTS = {"D01": "5032.04", "D02": "4193.57", "D03": "3354.69"}


def family():
    return json.loads((HERE / "东岭2026/一家三口.json").read_text(encoding="utf-8"))


def settled(data, tmp_path, capsys):
    """What is paid on the application, and to whom; none where nobody can say."""
    file = tmp_path / "数据.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    status = run(["settle", str(HERE / "东岭2026/东岭2026.medaid"), str(file), "--json"])
    made = json.loads(capsys.readouterr().out)
    assert made["ok"], made
    (asked,) = [one for year in made["settlements"] for one in year.get("申请", ())]
    return status, asked["支付"], {one["人员编号"]: one["分得"] for one in asked["分配"]}


def test_the_family_is_paid(tmp_path, capsys):
    assert settled(family(), tmp_path, capsys) == (0, PAID, PARTS)


def test_a_family_that_spent_too_little_is_not(tmp_path, capsys):
    """12000 is not more than 40% of 42000."""
    data = family()
    data["费用"] = [one for one in data["费用"] if one["人员编号"] == "D01"]
    assert settled(data, tmp_path, capsys)[1] == "0.00"


def test_a_family_whose_wealth_is_unknown(tmp_path, capsys):
    data = family()
    del data["人员"][0]["家庭"]["财产"]
    _, paid, parts = settled(data, tmp_path, capsys)
    assert (paid, parts) == (None, {})
