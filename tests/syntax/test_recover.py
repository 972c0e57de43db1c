"""Golden findings: `cases/*.txt` hold a rule text, `====`, and `CODE line:col` per finding."""

import re
from pathlib import Path

import pytest

from medaidlang.base.catalogue.syntax import ENTRIES
from medaidlang.base.render import render_text
from medaidlang.base.source import Source
from medaidlang.syntax.fields import HEADS, allowed, homes
from medaidlang.syntax.glued import MOST, split_glued
from medaidlang.syntax.grammar import grammar_text, keyword, keywords, terminals
from medaidlang.syntax.parse import parse, parser
from medaidlang.syntax.recover import PER_FILE, PER_ITEM
from medaidlang.syntax.words import ITEM_HEADS, PROSE_HEADS, describe, expected_words

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


def findings(text):
    tree, found = parse(Source("t", text))
    return tree, found


def shown(found):
    lines = (f"{d.code} {d.span.line}:{d.span.source.line_column(d.span.start)[1]}" for d in found)
    return "".join(f"{line}\n" for line in lines)


def accepted_after(text):
    state = parser().parse_interactive(text)
    state.exhaust_lexer()
    return state.accepts()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path):
    text, expected = path.read_text(encoding="utf-8").split("====\n")
    _, found = findings(text)
    assert shown(found) == expected
    assert render_text(found, colour=False)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_examples_of_the_catalogue(entry):
    assert [d.code for d in findings(entry.bad)[1]] == [entry.code]
    assert findings(entry.good)[1] == []


def fixed(text):
    found = findings(text)[1]
    edits = [edit for d in found if d.fix for edit in d.fix.edits]
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份困难职工\n", "身份 困难职工\n"),
        ("待偶 医疗救助\n", "待遇 医疗救助\n"),
        ("令 限额 为 1\n", "令 「限额」 为 1\n"),
        ("令 甲 为 乙 或 丙 且 丁\n", "令 甲 为 乙 或 （丙 且 丁）\n"),
        ("令 甲 = 6万元\n令 乙=６元\n", "令 甲 为 6万元\n令 乙=6元\n"),
        ("令 乙=6元\n", "令 乙 为 6元\n"),
        ("令 定点 为 1\n令 甲 为 定点且急诊 急诊\n", "令 定点 为 1\n令 甲 为 定点 且 急诊 急诊\n"),
    ],
)
def test_fixes(text, expected):
    assert fixed(text) == expected


def test_what_parses_is_kept():
    text = "身份 甲\n  须 =\n  认定 乙\n身份困难职工\n"
    text += "待遇 丙\n  | = | 丁 |\n  | 1 | 2 |\n  起付 每次\n"
    tree, found = findings(text)
    assert [d.code for d in found] == ["E210", "E204", "E210"]
    identity, benefit = tree.items
    assert [line.keyword for line in identity.lines] == ["RECOGNISED"]
    assert [line.keyword for line in benefit.lines] == ["DEDUCTIBLE"]
    assert identity.lines[0].span.text == "认定 乙"
    assert benefit.lines[0].span.text == "起付 每次"


def test_comments_of_what_is_kept():
    tree, _ = findings("# 头\n身份 甲 # 旁\n  须 =\n  # 下\n待遇 乙\n")
    assert tree.head.below == ("# 头",)
    assert tree.items[0].trivia.beside == "# 旁"


def test_findings_are_bounded():
    item = "待遇 甲\n" + "  须 =\n" * 30
    assert len(findings(item)[1]) == PER_ITEM
    assert len(findings(item * 30)[1]) <= PER_FILE


def test_items_in_the_grammar():
    assert set(ITEM_HEADS) == accepted_after("") - {"$END", "NL"}


def test_prose_in_the_grammar():
    followed = re.findall(r"\b([A-Z_]+) TEXT\b", grammar_text())
    grouped = re.findall(r"\(([A-Z_ |]+)\) TEXT\b", grammar_text())
    heads = set(followed) | {name for group in grouped for name in group.split(" | ")}
    assert heads - {"COLON", "GOVERNED", "CLAUSE"} == set(PROSE_HEADS)


def test_fields_of_items():
    assert homes("CHOSEN") == "口径"
    assert "DEDUCTIBLE" in allowed("BENEFIT")
    assert allowed("INCLUDE") == ()
    with_lines = {head for head in ITEM_HEADS if accepts_lines(head)}
    assert with_lines == set(HEADS)


def accepts_lines(head):
    """The grammar's rule of that head goes on after its first NL."""
    rule = re.search(rf"^[a-z]+: .*\b{head}\b(.*)$", grammar_text(), re.M)
    return bool(rule and re.search(r"NL \w+[*+]", rule.group(1)))


@pytest.mark.parametrize("terminal", [*terminals(), "$END"])
def test_every_terminal_has_a_name(terminal):
    assert re.search(r"[\u4e00-\u9fff“”]", describe(terminal))
    assert not re.search("[A-Z]", describe(terminal))


def test_grammar_is_read_right():
    assert keyword("COSTS") == "费用"
    assert keywords()["UP_TO"] == ("以下", "以内")
    assert keyword("GE") == "不低于"
    assert len(terminals()) == len(set(terminals())) == len(parser().terminals)


def test_expected_words():
    assert expected_words(["NL", "NAME", "QUOTED", "DOCNO"]) == "名称、换行"
    assert expected_words(terminals()).endswith("等")


@pytest.mark.parametrize(
    ("text", "words", "ways"),
    [
        ("身份困难职工", ["身份", "困难职工"], [("身份", "困难职工")]),
        ("定点且急诊", ["且", "定点", "急诊"], [("定点", "且", "急诊")]),
        ("年龄14周岁以下", ["年龄", "以下"], [("年龄", "14周岁", "以下")]),
        ("甲乙丙", ["甲", "乙", "丙", "甲乙"], [("甲", "乙", "丙"), ("甲乙", "丙")]),
        ("甲乙", ["甲乙"], []),
        ("甲乙", [], []),
        ("甲", ["甲"], []),
        ("", ["甲"], []),
    ],
)
def test_split_glued(text, words, ways):
    assert sorted(split_glued(text, words)) == sorted(ways)


def test_split_glued_is_bounded():
    assert len(split_glued("甲" * 50, ["甲", "甲甲", "甲甲甲"])) == MOST
    assert split_glued("甲" * 5000, ["甲"]) == []
