"""Characters, brackets and sizes."""

import time

import pytest

from medaidlang.base.source import Source
from medaidlang.syntax import lexis
from medaidlang.syntax.lexis import inspect
from medaidlang.syntax.parse import parse


def codes(text):
    return [d.code for d in inspect(Source("t", text))]


def apply(text, found):
    for edit in sorted((e for d in found for e in d.fix.edits), key=lambda e: -e.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("char", "code"),
    [
        *((char, "E104") for char in "\0\x07\x0b\x0c\r\x1b\x7f\x85\u2028\u2029"),
        *((char, "E105") for char in "\u202a\u202e\u2066\u2069\u200e\u200f\u061c"),
        *((char, "E106") for char in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\ufe0f\U000e0001"),
    ],
    ids=lambda x: x if x.startswith("E") else f"U+{ord(x):04X}",
)
def test_hidden_characters(char, code):
    text = f"身份 低保{char}对象\n"
    found = inspect(Source("t", text))
    assert [d.code for d in found] == [code]
    assert found[0].span.text == char
    assert apply(text, found) == "身份 低保对象\n"


def test_hidden_characters_are_found_in_comments_too():
    assert codes("身份 甲  # 低\u202e保\n") == ["E105"]


@pytest.mark.parametrize(
    "text", ["身份 甲\n", "# ６\n", "令 甲 为 “６Ａ”\n", "身份 甲\n  认定 第６条\n"]
)
def test_full_width_where_it_does_no_harm(text):
    assert codes(text) == []


def test_full_width_digits_and_letters():
    text = "令 Ａ１ 为 ６万元  # ６\n【２】 第２条\n"
    found = inspect(Source("t", text))
    assert [(d.code, d.span.text, d.args["plain"]) for d in found] == [
        ("E107", "Ａ１", "A1"),
        ("E107", "６", "6"),
        ("E107", "２", "2"),
    ]
    assert apply(text, found) == "令 A1 为 6万元  # ６\n【2】 第２条\n"


@pytest.mark.parametrize("char", "éßЖのカ한²½①٣𠀀\u00a0\u2003\u202f")
def test_letters_and_spaces_that_are_not_ours(char):
    for text in (f"令 甲{char}乙 为 1\n", f"身份 甲{char}、乙\n", f"令 甲 为 乙 加 {char}\n"):
        _, found = parse(Source("t", text))
        assert [(d.code, d.span.text) for d in found] == [("E210", char)], text
    assert codes(f"#{char}\n令 「甲{char}」 为 “{char}”\n【一{char}】 {char}\n") == []


def test_a_space_that_is_not_ours_becomes_one_that_is():
    text = "令\u00a0甲 为 1\n"
    assert apply(text, inspect(Source("t", text))) == "令 甲 为 1\n"


@pytest.mark.parametrize("indent", ["  ", "\t", "\u3000"])
def test_one_kind_of_indentation(indent):
    assert codes(f"身份 甲\n{indent}认定 乙\n{indent}须 丙\n") == []


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("  ", "\t", 1), ("\t", "\u3000", 2), (" \t", " \t", 2), ("  ", "\u3000\u3000", 1)],
)
def test_mixed_indentation(first, second, count):
    text = f"身份 甲\n{first}认定 乙\n{second}须 丙\n"
    found = inspect(Source("t", text))
    assert [d.code for d in found] == ["E108"] * count
    assert codes(apply(text, found)) == []


@pytest.mark.parametrize(
    ("line", "column"),
    [("令 「甲 为 1", 2), ("令 甲 为 “乙", 6), ("【一", 0), ("令 「甲「乙」 为 1", 2)],
)
def test_unclosed(line, column):
    found = inspect(Source("t", line + "\n"))
    assert [(d.code, d.span.start) for d in found] == [("E203", column)]


@pytest.mark.parametrize("line", ["# 「", "口径 甲\n  理由 “乙", "令 甲 为 “「”", "【一】 「甲"])
def test_unclosed_where_it_does_no_harm(line):
    assert codes(line + "\n") == []


def test_long_numbers():
    assert codes("令 甲 为 123456789012345元\n") == []
    assert codes("令 甲 为 1234567890123456元\n") == ["E111"]
    assert codes("# 1234567890123456\n") == []


@pytest.mark.parametrize("pair", ["（）", "()", "〔〕", "「」", "【】"])
def test_nesting(pair):
    opening, closing = pair
    limit = lexis.DEPTH_LIMIT
    assert "E110" not in codes(f"令 甲 为 {opening * limit}1{closing * limit}\n")
    assert "E110" in codes(f"令 甲 为 {opening * (limit + 1)}1{closing * (limit + 1)}\n")


def test_many_brackets_side_by_side():
    assert codes("令 甲 为 " + "（1） 加 " * 100 + "1\n") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("理由 " + "长" * 1998, "E114"),
        ("\n" * 20_001, "E116"),
        ("甲 " * 200_001, "E116"),
        ("令 甲 为 乙" + "\n 且 丙" * 201, "E116"),
        ("令 甲 为 " + "非 " * 41 + "丙", "E116"),
        ("令 甲 为 " + "若 乙 则 1 否则 " * 41 + "丙", "E116"),
    ],
)
def test_sizes(text, code):
    assert code in codes(text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "理由 " + "长" * 1997,
        "\n" * 20_000,
        "令 甲 为 乙" + "\n 且 丙" * 200,
        "条目 " + "甲、" * 900 + "乙",
    ],
    ids=len,
)
def test_sizes_within_limits(text):
    assert codes(text) == []


HUGE = {
    "brackets": "（" * 100_000,
    "brackets on lines": ("（" * 1_990 + "\n") * 50,
    "chain": "令 甲 为 乙" + "\n且 丙" * 20_000,
    "negations": "令 甲 为 " + "非 " * 100_000,
    "zeros": "\0" * 2_000_000,
    "quotes": ("“" * 1_999 + "\n") * 50,
    "unclosed names": ("「" * 1_998 + "」\n") * 50,
    "digits": "9" * 1_000_000,
    "blank lines": "\n" * 1_000_000,
    "one word": "甲" * 700_000,
    "spaces": " " * 1_000_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_texts_are_answered_quickly(text):
    source = Source("t", text)
    start = time.perf_counter()
    _, found = parse(source)
    assert time.perf_counter() - start < 1
    assert found
    assert len(found) < 200
