"""Our loop over Lark's tables gives what Lark's own gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.exceptions import UnexpectedInput

from medaidlang.base.resources import data_folder
from medaidlang.base.source import Source
from medaidlang.syntax import parse
from medaidlang.syntax.reading import read_source

FILES = sorted(data_folder("policies").glob("**/*.medaid"))
WORDS = [
    *("身份", "令", "为", "加", "待遇", "起付", "每次", "若", "则", "否则", "且", "不低于", "须"),
    *("甲", "甲乙", "「甲」", "1元", "50%", "2023年1月1日", "3", "“文”", "（", "）", "、", "，"),
    *("|", "—", "不设", "口径", "取", "〔", "〕", "文件", "：", "# 注", "\n", "\n", "\n  "),
]


def by_lark(source):
    """The tree, or where Lark stops."""
    parse._BUILDER.source = source
    try:
        return repr(parse.lark_run(source.text, 0, len(source.text)))
    except UnexpectedInput as error:
        return type(error), error.pos_in_stream


def by_us(source):
    try:
        return repr(parse.run(source))
    except UnexpectedInput as error:
        return type(error), error.pos_in_stream


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_files(path):
    source = read_source(path)
    assert by_us(source) == by_lark(source)


@given(st.lists(st.sampled_from(WORDS), max_size=12))
@settings(max_examples=300)
def test_any_words(words):
    source = Source("t", " ".join(words) + "\n")
    assert by_us(source) == by_lark(source)


@pytest.mark.parametrize(
    "line", ["令 甲 为 1\n", "身份 甲、乙\n  须 丙\n", "待遇 甲\n  | 乙 | 比例 |\n  | 丙 | — |\n"]
)
def test_within_a_longer_text(line):
    text = "身份 前\n" + line + "身份 后\n"
    start, end = len("身份 前\n"), len("身份 前\n" + line)
    source = Source("t", text)
    part = parse.run(source, text, start, end)
    assert part.items == parse.run(source).items[1:-1]


def test_what_does_not_parse_at_its_end():
    with pytest.raises(UnexpectedInput):
        parse.run(Source("t", "令 甲 为\n"))
    with pytest.raises(UnexpectedInput):
        parse.run(Source("t", "令 甲 为 1"))
