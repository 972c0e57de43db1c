import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from medaidlang.base.catalogue import all_entries, lookup
from medaidlang.base.diagnostic import Diagnostic, Edit, Fix, Label
from medaidlang.base.render import render_entry, render_json, render_text, summary
from medaidlang.base.snippet import MAX_WIDTH, snippet
from medaidlang.base.source import Source, Span
from medaidlang.base.visible import visible

TEXT = "【三（三）】 医疗救助标准\n待遇 医疗救助\n  限额 ６万元  # 每年\n"


def at(text, words, name="昆玉.医保"):
    source = Source(name, text)
    start = text.index(words)
    return Span(source, start, start + len(words))


def full_width_digit():
    span = at(TEXT, "６")
    return Diagnostic(
        code="E107",
        span=span,
        args={"char": "６", "plain": "6"},
        clause="三（三）",
        fix=Fix("限额 6万元", (Edit(span, "6"),)),
    )


def test_whole_text():
    assert render_text([full_width_digit()], colour=False) == (
        "错误[E107] 全角字母或数字\n"
        " --> 昆玉.医保:3:6 条款【三（三）】\n"
        "  |\n"
        "3 |   限额 ６万元  # 每年\n"
        "  |        ^^\n"
        "  “６”是全角字符，与“6”看上去相近，却不是同一个字符。\n"
        "  原因：输入法处于全角状态；全角和半角混用时，看上去相同的名称会对不上。\n"
        "  改法：限额 6万元\n"
        "  详见：medaid 错误 E107\n"
    )


def test_label_and_wide_line_number():
    text = "\n" * 9 + "包含 病种.医保\n"
    first = at(TEXT, "医疗救助\n")
    found = Diagnostic(
        code="E113",
        span=at(text, "病种.医保", "甲.医保"),
        args={"chain": "甲 → 乙 → 甲"},
        labels=(Label(first._replace(end=first.end - 1), "first"),),
    )
    assert render_text([found], colour=False).splitlines()[:10] == [
        "错误[E113] 文件互相包含",
        "  --> 甲.医保:10:4",
        "   |",
        "10 | 包含 病种.医保",
        "   |      ^^^^^^^^^",
        "  ::: 昆玉.医保:2:4",
        "   |",
        " 2 | 待遇 医疗救助",
        "   |      -------- 先在这里出现",
        "  文件包含成环：甲 → 乙 → 甲。",
    ]


def test_data_without_rule_text():
    found = Diagnostic(
        code="E902", args={"field": "基本医保", "value": "-5"}, place="费用.csv 第 3 行"
    )
    assert render_text([found], colour=False).startswith(
        "错误[E902] 金额为负\n --> 费用.csv 第 3 行\n  “基本医保”是 -5，金额不能小于零。\n"
    )


def test_empty_line_between_findings():
    one = render_text([full_width_digit()], colour=False)
    assert render_text([full_width_digit()] * 2, colour=False) == one + "\n" + one
    assert render_text([], colour=False) == ""


def test_colour_changes_no_text():
    found = [full_width_digit()]
    coloured = render_text(found, colour=True)
    assert "\x1b[1;31m错误[E107]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_text(found, colour=False)


def test_fix_of_several_lines():
    found = Diagnostic(code="E103", span=at(TEXT, "待遇"), fix=Fix("待遇 甲\n待遇 乙"))
    assert "  改法：待遇 甲\n        待遇 乙\n" in render_text([found], colour=False)


def test_hidden_characters_are_never_echoed():
    text = "\u202e身份\t低\u200b保\x07\ufeff\u2028\ud800 甲\n"
    found = Diagnostic(
        code="E104",
        span=at(text, "甲", "文\u202e件\x1b[2J"),
        args={"char": "\x07", "name": "\x1b]0;改标题\x07" + "长" * 500},
        clause="三\u200f",
        place="第\x001 行",
        labels=(Label(at(text, "身份", "文\x1b"), "标\x1b签"),),
        fix=Fix("写\u202e法\n第二\x1b行"),
    )
    shown = render_text([found], colour=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\u200b-\u200f\u2028-\u202e\ufeff\ud800]", shown)
    assert "<U+202E>身份    低<U+200B>保<U+0007><U+FEFF><U+2028><U+D800> 甲" in shown
    assert "长…" in shown
    assert "长" * 80 not in shown


def test_empty_span_has_one_caret():
    end = Span(Source("甲", "身份 低保\n"), 5, 5)
    assert snippet(end).underline("^") == " " * 9 + "^"
    empty = Span(Source("甲", ""), 0, 0)
    assert snippet(empty).underline("^") == "^"
    line_end = Span(Source("甲", "身份\n低保\n"), 2, 3)
    assert snippet(line_end).underline("^") == "    ^"


def test_span_over_lines_marks_the_first():
    text = "身份 甲\n身份 乙\n"
    shown = snippet(Span(Source("甲", text), 3, 9))
    assert (shown.text, shown.underline("^")) == ("身份 甲", "     ^^")


def test_long_line_is_cut_around_the_span():
    text = "甲" * 400 + "（病种）" + "乙" * 400
    shown = snippet(at(text, "病种"))
    assert shown.text.startswith("…甲")
    assert shown.text.endswith("乙…")
    assert shown.text[1:-1] in text
    assert wcswidth(shown.text) <= MAX_WIDTH + 4
    assert wcswidth(shown.text[: shown.text.index("病种")]) == shown.indent
    assert shown.width == 4


LINE = st.text(
    st.one_of(
        st.sampled_from("甲乙（）…·“”aé1 \t\u200b\u202e\x07｜①"),
        st.characters(min_codepoint=0x2000, max_codepoint=0x9FFF),
    ),
    max_size=160,
)


@given(LINE, LINE, LINE)
def test_carets_stand_under_the_words(before, words, after):
    before, words, after = (part.replace("\n", "") for part in (before, words, after))
    span = Span(Source("甲", before + words + after), len(before), len(before) + len(words))
    shown = snippet(span)
    marked = visible(words)
    left = shown.indent
    assert 1 <= shown.width <= MAX_WIDTH + 8
    assert left <= 40 or left == wcswidth(visible(before)) <= MAX_WIDTH
    starts = [at for at in range(len(shown.text)) if wcswidth(shown.text[:at]) == left]
    if marked and not marked[0].isspace():
        assert marked[0] in {shown.text[at] for at in starts}


def test_json():
    (record,) = render_json([full_width_digit()])
    assert json.loads(json.dumps(record)) == record
    place = {"file": "昆玉.医保", "line": 3, "column": 6, "end_line": 3, "end_column": 7}
    assert record == {
        "code": "E107",
        "severity": "错误",
        "title": "全角字母或数字",
        "message": "“６”是全角字符，与“6”看上去相近，却不是同一个字符。",
        "cause": lookup("E107").cause,
        "remedy": "改成半角的“6”。",
        **place,
        "clause": "三（三）",
        "place": "",
        "labels": [],
        "fix": {"shown": "限额 6万元", "edits": [{**place, "text": "6"}]},
    }


def test_json_without_a_span():
    found = Diagnostic(code="E908", place="甲.csv", labels=(Label(at(TEXT, "待遇"), "defined"),))
    (record,) = render_json([found])
    assert record["file"] is record["line"] is record["end_column"] is record["fix"] is None
    assert record["place"] == "甲.csv"
    assert record["labels"] == [
        {
            "file": "昆玉.医保",
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 3,
            "caption": "在这里定义",
        }
    ]


def test_missing_arg_is_a_bug():
    with pytest.raises(KeyError):
        render_text([Diagnostic(code="E101")], colour=False)


def test_braces_in_args_are_shown_as_they_are():
    found = Diagnostic(code="E101", args={"path": "{x}{0}%s"})
    assert "“{x}{0}%s”不存在" in render_text([found], colour=False)


def test_empty_arg_is_shown_as_none():
    found = Diagnostic(code="E911", args={"field": "", "value": "甲", "options": "乙"})
    assert "“（无）”不能是“甲”" in render_text([found], colour=False)


def test_nothing_is_said_of_a_nearest_name_that_there_is_not():
    near = Diagnostic(code="E906", args={"name": "甲", "nearest": "甲类"})
    said = render_text([near], colour=False)
    assert "，最接近的名称是：甲类。" in said
    assert "改法：改成规则文件里的名称：甲类；" in said
    far = Diagnostic(code="E906", args={"name": "甲", "nearest": ""})
    said = render_text([far], colour=False)
    assert "最接近" not in said
    assert "（无）" not in said
    assert "⟦" not in said + render_entry(lookup("E906"))


def test_summary():
    assert summary([]) == "没有发现问题"
    assert summary([full_width_digit()] * 2) == "2 个错误"


def test_explanation_of_a_code():
    assert render_entry(lookup("E105")) == (
        "错误[E105] 有双向控制字符\n"
        "\n"
        "这里有改变文字显示方向的控制字符。\n"
        "原因：这类字符能让屏幕上看到的次序与实际的次序不同："
        "审核时看到的是一个数，计算用的是另一个数。\n"
        "改法：删去这个字符；中文文件用不到它。\n"
        "\n"
        "不对：\n"
        "    限额 <U+202E>00006<U+202C>元\n"
        "\n"
        "改为：\n"
        "    限额 60000元\n"
    )
    assert "超过上限 〈limit〉 层" in render_entry(lookup("E110"))


@pytest.mark.parametrize("entry", all_entries(), ids=lambda entry: entry.code)
def test_every_code_has_an_explanation(entry):
    assert render_entry(entry).startswith(f"{entry.severity.value}[{entry.code}] ")
