"""`medaid source` and `medaid sheet --text`: what is said, what is written, what is refused."""

import json
import re

import pytest

from tests.collate.conftest import HERE, TEXT

RULES = (HERE / "云溪2026.medaid").read_text(encoding="utf-8")


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "规则" / "云溪2026.medaid"
    path.parent.mkdir()
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "原文.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_all_is_well(medaid, pack, paper):
    done = medaid("source", pack, "--text", paper)
    assert done.status == 0, done.text
    assert "✓ 条款 10，找到 9，写明缺失 1；数 17；要改的 0" in done.out
    assert "36%＝60%×60%" in done.out
    assert medaid("原文", pack, "--text", paper).out == done.out
    assert list(pack.parent.iterdir()) == [pack]


def test_findings_are_status_one(medaid, pack, paper):
    paper.write_text(TEXT.replace("80,000元", "90,000元"), encoding="utf-8")
    done = medaid("source", pack, "--text", paper)
    assert done.status == 1
    assert "✗ E744 不在原文的数：8万元（规则第 40、43 行）" in done.out
    assert "· W748 没有用到：90,000元（原文第 17 行）" in done.out


def test_strict_counts_what_no_rule_uses(medaid, pack, paper):
    paper.write_text(TEXT.replace("三、经办", "另有500元。\n三、经办"), encoding="utf-8")
    assert medaid("source", pack, "--text", paper).status == 0
    assert medaid("source", pack, "--text", paper, "--strict").status == 1


def test_json(medaid, pack, paper):
    done = medaid("source", pack, "--text", paper, "--json")
    made = json.loads(done.out)
    assert made["ok"] is True
    clause = next(c for c in made["clauses"] if c["clause"] == "二（一）")
    assert clause["found"]
    assert clause["first_line"] == 16
    assert {r["standing"] for r in clause["rules"]} == {"在本条", "算得"}
    assert "依据" not in re.sub(r'"title": "[^"]*"', "", done.out)  # no sentence of the text


def test_record_and_what_changed(medaid, pack, paper):
    sidecar = pack.with_name("原文摘要.json")
    assert medaid("source", pack, "--text", paper, "--record").status == 0
    kept = sidecar.read_text(encoding="utf-8")
    assert "特困人员" not in kept
    assert set(json.loads(kept)["文件"]) == {"yunxi2026"}
    assert medaid("source", pack, "--text", paper).status == 0
    paper.write_text(TEXT.replace("标识", "在系统内标识"), encoding="utf-8")
    done = medaid("source", pack, "--text", paper)
    assert done.status == 1
    assert "✗ E749 文字与记录的不同" in done.out
    assert "文字改动的条款 1" in done.out
    assert sidecar.read_text(encoding="utf-8") == kept


def test_other_records_are_kept(medaid, pack, paper, tmp_path):
    path = tmp_path / "摘要.json"
    path.write_text(json.dumps({"文件": {"other": {"一": "0" * 64}}}), encoding="utf-8")
    assert medaid("source", pack, "--text", paper, "--digests", path, "--record").status == 0
    assert set(json.loads(path.read_text(encoding="utf-8"))["文件"]) == {"other", "yunxi2026"}


@pytest.mark.parametrize(
    "given", ["{", "[]", '{"文件": []}', '{"文件": {"x": {"一": "abc"}}}', '{"文件": {"x": 1}}']
)
def test_a_record_that_is_none(medaid, pack, paper, given):
    sidecar = pack.with_name("原文摘要.json")
    sidecar.write_text(given, encoding="utf-8")
    for more in ([], ["--record"]):
        done = medaid("source", pack, "--text", paper, *more)
        assert done.status == 1
        assert "E743" in done.err
        assert not done.out
    assert sidecar.read_text(encoding="utf-8") == given


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E908"), (b" \n\n", "E908"), (TEXT.encode("gb18030"), "E102"),
        (TEXT.encode("utf-16"), "E102"), (b"%PDF-1.7 \xe4\xbd", "E740"),
        (b"PK\x03\x04abc", "E740"), (b"abc\0def", "E740"), (b"\xff\xfe\xfa\xf0\x01", "E102"),
        ("一、别的\n别的文件。\n".encode(), "E742"), (b"abc", "E742"),
        (b"1. \n" * 600_000, "E921"),
    ],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_what_is_no_text_of_the_document(medaid, pack, paper, data, code):
    paper.write_bytes(data)
    for args in (["source", pack, "--record"], ["sheet", pack, "-o", pack.with_name("表.html")]):
        done = medaid(*args, "--text", paper)
        assert done.status == 1
        assert f"[{code}]" in done.err
        assert not done.out
        assert list(pack.parent.iterdir()) == [pack]
        assert "Traceback" not in done.text


def test_gb18030_is_told_how_to_convert(medaid, pack, paper):
    paper.write_bytes(TEXT.encode("gb18030"))
    assert "iconv -f GB18030 -t UTF-8" in medaid("source", pack, "--text", paper).err


def test_wrong_usage(medaid, pack, paper, tmp_path):
    assert medaid("source", pack).status == 2
    assert medaid("source", "--text", paper).status == 2
    done = medaid("source", pack, "--text", tmp_path / "没有.txt")
    assert done.status == 1
    assert "E101" in done.err


def test_the_record_does_not_take_the_place_of_what_was_read(medaid, pack, paper):
    for given in (pack, paper):
        before = given.read_bytes()
        done = medaid("source", pack, "--text", paper, "--digests", given, "--record")
        assert done.status == 1
        assert given.read_bytes() == before


# ── the sheet ────────────────────────────────────────────────────────────────


def test_the_text_beside_the_rules(medaid, pack, paper, tmp_path):
    text = TEXT.replace("80,000元", "90,000元").replace("各乡镇", "各<b>&乡镇")
    paper.write_text(text, encoding="utf-8")
    out = tmp_path / "表.html"
    assert medaid("sheet", pack, "--text", paper, "-o", out).status == 0
    html = out.read_text(encoding="utf-8")
    section = html.partition('<section id="facing"')[2]
    assert section.count('<article class="facing"') == 10
    assert "各&lt;b&gt;&amp;乡镇" in section
    assert "<b>&" not in section
    assert '<span class="wrong">8万元</span>' in section
    assert '<span class="unused">90,000元</span>' in section
    assert '<span class="same">75 ％</span>' in section
    assert "原文缺（规则文件已写明）" in section
    assert "示例" not in section.partition("</p>")[2].partition("</section>")[0]


def test_without_the_text_there_is_none(medaid, pack, paper, tmp_path):
    plain, facing = tmp_path / "一.html", tmp_path / "二.html"
    medaid("sheet", pack, "-o", plain)
    medaid("sheet", pack, "--text", paper, "-o", facing)
    html = plain.read_text(encoding="utf-8")
    assert "facing" not in html
    assert "持有一、二级残疾证" not in html
    assert "持有" in facing.read_text(encoding="utf-8")


def test_the_text_is_not_overwritten(medaid, pack, paper):
    done = medaid("sheet", pack, "--text", paper, "-o", paper)
    assert done.status == 1
    assert paper.read_text(encoding="utf-8") == TEXT
