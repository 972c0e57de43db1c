"""Bad rule files: each gives its coded diagnostic, status 1, no traceback."""

import re
import time

import pytest


def swap(old, new):
    """The small rule file with one thing written otherwise."""

    def change(text):
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def added(more):
    return lambda text: text + more


ROW = "  | 甲类人员 | 不设   | 90%  | 6万元 |\n"
OTHER = "  | 乙类人员 | 2000元 | 75%  | 6万元 |\n"
BASE = "基数 个人负担"
CYCLE = "令 子 为 丑 加 1元\n令 丑 为 子 加 1元\n"

BAD = {
    "unknown name": (swap(BASE, "基数 个人负但"), "E301", "个人负担"),
    "glued words": (swap(BASE, f"{BASE}减先行支付"), "E301", "个人负担 减 先行支付"),
    "wrong unit": (swap("| 2000元 |", "| 2000人 |"), "E401", ""),
    "percentage above 100": (swap("90%", "190%"), "E212", "190"),
    "row for no category": (swap("| 乙类人员 | 2", "| 丙类人员 | 2"), "E502", "丙类人员"),
    "missing deductible": (swap(OTHER, OTHER.replace("2000元", "—")), "E504", ""),
    "undeclared overlap": (swap("互斥 甲类人员、乙类人员\n", ""), "E601", "甲类人员"),
    "duplicate rule": (swap(ROW, ROW + ROW), "E506", "甲类人员"),
    "cyclic definition": (swap("待遇 医疗救助", CYCLE + "待遇 医疗救助"), "E303", "子"),
    "no such day": (swap("2025年1月1日", "2025年2月30日"), "E208", "2月30日"),
    "unclosed 「": (swap(BASE, "基数 「个人负担"), "E203", "」"),
    "tab and full-width space": (swap("  费用 类型", "\t费用 类型"), "E108", ""),
    "NUL": (swap("个人负担", "个人\0负担"), "E104", "U+0000"),
    "bidirectional": (swap("个人负担", "个人\u202e负担"), "E105", ""),
    "zero width": (swap("个人负担", "个人\u200b负担"), "E106", ""),
    "ａ beside a": (added("\n令 a1 为 1元\n令 ａ1 为 2元\n"), "E107", "a"),
    "brackets": (swap(BASE, "基数 " + "（" * 100_000), "E110", ""),
    "long number": (swap("| 2000元 |", "| " + "9" * 5_000 + "元 |"), "E114", ""),
    "include outside": (swap("包含 公共词汇", "包含 「../别处」"), "E112", "别处"),
    "include missing": (swap("包含 公共词汇", "包含 没有这个"), "E115", "没有这个"),
    "no document": (lambda _: "包含 公共词汇\n", "E708", "文件"),
    "empty": (lambda _: "", "E213", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_is_refused(name, small, small_text, medaid):
    change, code, words = BAD[name]
    small.write_text(change(small_text), encoding="utf-8")
    started = time.perf_counter()
    done = medaid("check", small)
    assert time.perf_counter() - started < 2
    assert done.status == 1, done
    assert re.search(rf"错误\[(?:{code})\]", done.text), done.text
    assert words in done.text
    assert "Traceback" not in done.text


def test_the_small_file_is_fine(small, medaid):
    done = medaid("check", small)
    assert done.status == 0, done.out


def test_band_gap(small, small_text, medaid):
    bands = (
        "参数 分段标准 分段\n  | 起 | 止 | 值 | 来源 |\n"
        "  | — | — | 分段（60%，50000元，40000元，70%） | “试验” |\n待遇 医疗救助"
    )
    small.write_text(small_text.replace("待遇 医疗救助", bands, 1), encoding="utf-8")
    done = medaid("check", small)
    assert done.status == 1
    assert "错误[" in done.out


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("文件 试验".encode("gbk"), "E102"),
        ("\ufeff文件 试验".encode(), "E103"),
        ("文件 试验".encode("utf-16"), "E102"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "E102"),
        (b"\x00" * 5000, "E104"),
    ],
    ids=["gbk", "bom", "utf-16", "jpeg", "nul"],
)
def test_encodings(data, code, tmp_path, medaid):
    path = tmp_path / "坏.medaid"
    path.write_bytes(data)
    done = medaid("check", path)
    assert done.status == 1
    assert f"错误[{code}]" in done.text


def test_include_loop(tmp_path, medaid):
    (tmp_path / "甲.medaid").write_text("包含 乙\n文件 甲\n  代号 a\n", encoding="utf-8")
    (tmp_path / "乙.medaid").write_text("包含 甲\n", encoding="utf-8")
    done = medaid("check", tmp_path / "甲.medaid")
    assert done.status == 1
    assert "错误[E113]" in done.text


def test_every_error_is_listed(small, small_text, medaid):
    text = small_text.replace("90%", "190%").replace("75%", "175%").replace("个人负担", "个人负但")
    small.write_text(text, encoding="utf-8")
    assert medaid("check", small).out.count("错误[E212]") == 2
