"""The language reference says what the grammar and the type rules say."""

import re

import pytest

from docs.generate import DOCS, fences, page
from medaidlang.base.source import Source
from medaidlang.core.elaborate import elaborate
from medaidlang.core.operators import RESULTS
from medaidlang.core.types import Kind
from medaidlang.records import raw
from medaidlang.syntax import lexis, reading
from medaidlang.syntax.grammar import grammar_text, keywords, terminals
from medaidlang.syntax.parse import parse

PAGE = DOCS / "语言参考.md"
TEXT = PAGE.read_text(encoding="utf-8")
SIGNS = {"加": "+", "减": "−", "乘": "×", "除以": "÷"}


def table(heading, first):
    """The rows of the table under `heading` whose first column is called `first`."""
    section = re.split(r"^##+ ", TEXT.partition(heading)[2], maxsplit=1, flags=re.M)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    start = next(at for at, row in enumerate(cells) if row[0] == first)
    return cells[start + 2 :]


def coded(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_every_terminal_with_its_words():
    rows = {coded(row[0])[0]: row[1] for row in table("## 18　", "语法里")}
    assert list(rows) == list(terminals())
    for name, words in keywords().items():
        assert tuple(coded(rows[name])) == words


def test_every_rule():
    named = [name for row in table("## 19　", "写的是") for name in coded(row[1])]
    rules = re.findall(r"^\??([a-z_]+):", grammar_text(), re.M)
    assert len(named) == len(set(named))
    assert set(named) == set(rules)


def test_keywords_appear_in_the_text():
    prose = TEXT.partition("## 18　")[0]
    missing = [w for words in keywords().values() for w in words if w not in prose]
    assert missing == []


def test_what_may_meet_what():
    rows = {tuple(row) for row in table("### 8.1　", "运算")}
    signs = {sign: word for word, sign in SIGNS.items()}
    theirs = {
        (signs[sign.value], left.value, right.value, result.kind.value)
        for (sign, left, right), result in RESULTS.items()
    }
    assert rows == theirs


def test_comparison_words():
    said = {}
    for cell, _, inside in table("### 8.2　", "词"):
        said |= dict.fromkeys(coded(cell), inside)
    words = keywords()
    for name in ("GE", "LE", "AT_LEAST", "UP_TO"):
        assert {said[w] for w in words[name]} == {"含"}
    for name in ("GT", "LT", "BEYOND"):
        assert {said[w] for w in words[name]} == {"不含"}


def test_types_are_all_named():
    line = next(line for line in TEXT.splitlines() if line.startswith("类型有："))
    for kind in Kind:
        assert kind.value in line


def test_built_ins_are_all_listed():
    from medaidlang.core.expr import Builtin, Figure

    listed = " ".join(row[0] for row in table("### 8.5　", "写法"))
    assert [b.value for b in Builtin if f"{b.value}（" not in listed] == []
    assert [f.value for f in Figure if f"的 {f.value}" not in TEXT] == []


def test_limits():
    rows = {row[0]: row[1] for row in table("## 17　", "什么")}
    assert rows == {
        "一个规则文件": f"{reading.SIZE_LIMIT // 2**20} MiB",
        "一行的字数": f"{lexis.LINE_LIMIT}",
        "一个文件的行数": f"{lexis.LINES_LIMIT}",
        "一个文件的词数": f"{lexis.WORDS_LIMIT}",
        "括号嵌套": f"{lexis.DEPTH_LIMIT} 层",
        "一个数的位数": f"{lexis.DIGITS_LIMIT}",
        "一句里的运算和连接词": f"{lexis.OPERATORS_LIMIT}",
        "一句里的“非”和“若”": f"{lexis.BRANCHES_LIMIT}",
        "一个数据文件的行数": f"{raw.ROW_LIMIT}",
    }


WRONG = [fence for fence in fences(TEXT) if fence.info.startswith("medaid 错例 ")]


@pytest.mark.parametrize("fence", WRONG, ids=lambda fence: fence.info)
def test_wrong_examples(fence):
    tree, found = parse(Source("例", fence.body))
    if not found:
        _, found = elaborate([tree])
    assert fence.info.split()[-1] in {item.code for item in found}


def test_every_fence_is_tested():
    known = re.compile(r"medaid 参考[乙丙]?2026\.medaid|medaid 错例 E\d+|console")
    assert [f.info for f in fences(TEXT) if not known.fullmatch(f.info)] == []


def test_page_runs_and_is_up_to_date():
    assert page(PAGE) == TEXT
