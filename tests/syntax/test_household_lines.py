"""示例 of a household: the lines 成员 and 申请."""

import pytest

from medaidlang.base.source import Source
from medaidlang.syntax import ast
from medaidlang.syntax.format import format_file
from medaidlang.syntax.parse import parse

EXAMPLE = """\
示例 一家
  人员 身份 低保对象
  成员 妻 身份 低保对象、重残人员，年龄 30岁
  申请 a1 2026年12月1日 再救助
  | 费用 | 成员 |
  | c1   | 妻   |
"""


def lines(text):
    tree, found = parse(Source("t", text))
    assert found == []
    return tree.items[0].lines


def test_a_member():
    member = next(line for line in lines(EXAMPLE) if isinstance(line, ast.MemberLine))
    assert member.name.text == "妻"
    assert [pair.name.text for pair in member.pairs] == ["身份", "年龄"]
    assert [len(pair.value.values) for pair in member.pairs] == [2, 1]


def test_an_application():
    asking = next(line for line in lines(EXAMPLE) if isinstance(line, ast.AskingLine))
    assert (asking.number.text, asking.date.text) == ("a1", "2026年12月1日")
    assert asking.benefit.text == "再救助"


def test_the_layout_is_canonical():
    tree, _ = parse(Source("t", EXAMPLE))
    assert format_file(tree) == EXAMPLE


@pytest.mark.parametrize("name", ["「加」", "「是」", "「身份」", "「未填」", "「共用」"])
def test_a_keyword_as_the_first_fact_of_a_member(name):
    text = f"示例 甲\n  成员 妻 {name} 3\n"
    tree, found = parse(Source("t", text))
    assert found == []
    again, found = parse(Source("t", format_file(tree)))
    assert found == []
    assert again == tree


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("示例 甲\n  成员 妻\n", "E202"),
        ("示例 甲\n  申请 a1 再救助\n", "E201"),
        ("示例 甲\n  申请 a1 2026年2月30日 再救助\n", "E208"),
        ("待遇 甲\n  成员 妻 身份 低保\n", "E211"),
    ],
)
def test_what_cannot_be(text, code):
    _, found = parse(Source("t", text))
    assert code in {d.code for d in found}
