"""No clause is lost, however its heading is written and whatever the page adds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaidlang.collate.clauses import cut
from medaidlang.collate.marks import Number, path_of
from medaidlang.collate.paper import lines_of

HAN = "一二三四五六七八九十"
PLAIN = ["{n}、", "{n} 、", "## {n}、", "**{n}、", "　　{n}．", "{n}, "]
BRACKETED = ["（{n}）", "({n})", "（ {n} )", "### ({n}) ", "（{n}）、"]
ARABIC = ["{d}. ", "{d}、", "{w}．", "#### {d}. "]
UPPER = [("plain", 3), ("bracketed", 2)]
INNER = ["({d})", "（{d}） ", "({w})"]
NOISE = ["— 3 —", "第 2 页 共 9 页", "12", "-----", "\f", "扫描全能王 创建", ""]


def numbered(forms, value):
    """One of the forms with a number."""
    wide = chr(0xFF10 + value)
    return st.sampled_from(forms).map(lambda f: f.format(n=HAN[value - 1], d=value, w=wide))


@st.composite
def documents(draw):
    """The marks of a document and its text: up to four levels, in any writing, with noise."""
    marks, lines = [], ["某县办法"]

    def noise():
        lines.extend(draw(st.lists(st.sampled_from(NOISE), max_size=2)))

    def heading(forms, value, mark):
        marks.append(mark)
        noise()
        text = f"关于{mark.replace('（', '').replace('）', '')}的规定。限额{len(marks)}00元。"
        lines.append(draw(numbered(forms, value)) + text)
        noise()

    for a in range(1, draw(st.integers(1, 4)) + 1):
        heading(PLAIN, a, HAN[a - 1])
        for b in range(1, draw(st.integers(0, 3)) + 1):
            upper = f"{HAN[a - 1]}（{HAN[b - 1]}）"
            heading(BRACKETED, b, upper)
            for c in range(1, draw(st.integers(0, 3)) + 1):
                heading(ARABIC, c, f"{upper}{c}")
                for d in range(1, draw(st.integers(0, 2)) + 1):
                    heading(INNER, d, f"{upper}{c}（{d}）")
    return marks, "\n".join(lines)


@given(documents(), st.data())
def test_no_clause_is_lost(made, data):
    marks, text = made
    dropped = data.draw(st.sets(st.sampled_from(marks)))  # the 目录 may leave upper ones out
    for contents in (marks, [m for m in marks if m not in dropped]):
        pieces = cut(lines_of(text), contents, {})
        for mark in contents:
            number = marks.index(mark) + 1
            assert f"限额{number}00元" in pieces.clauses[mark].text, (mark, text)
    whole = cut(lines_of(text), marks, {})
    assert all(one.text.count("限额") == 1 for one in whole.clauses.values())
    assert whole.unlisted == ()


@given(documents(), st.data())
def test_a_missing_clause_takes_no_other(made, data):
    """Where one heading is gone, the others are still what they are."""
    marks, text = made
    gone = data.draw(st.sampled_from(marks))
    at = marks.index(gone) + 1
    kept = "\n".join(line for line in text.split("\n") if f"限额{at}00元" not in line)
    titles = {mark: f"关于{mark.replace('（', '').replace('）', '')}的规定" for mark in marks}
    pieces = cut(lines_of(kept), marks, titles)
    assert not any(f"限额{at}00元" in one.text for one in pieces.clauses.values())
    for mark in marks:
        own = f"限额{marks.index(mark) + 1}00元"
        if mark != gone and pieces.clauses[mark].found:
            assert own in pieces.clauses[mark].text, (gone, mark, kept)


def test_a_heading_inside_a_line():
    text = "一、总则。\n二、标准。（一）住院。按60%。（二）门诊。按50%。\n三、附则。"
    pieces = cut(lines_of(text), ["一", "二（一）", "二（二）", "三"], {})
    assert pieces.clauses["二（一）"].text == "（一）住院。按60%。"
    assert pieces.clauses["二（二）"].text == "（二）门诊。按50%。"


def test_a_number_goes_with_the_heading_before_it():
    text = "三、甲\n（一）甲一。\n四、乙\n（一）乙一。\n（二）乙二。"
    pieces = cut(lines_of(text), ["三（一）", "三（二）", "四（一）", "四（二）"], {})
    assert not pieces.clauses["三（二）"].found
    assert pieces.clauses["四（二）"].text == "（二）乙二。"


def test_a_page_that_is_lost():
    text = "（五）其他人员。\n二、方式\n（一）资助。\n（二）门诊。"
    pieces = cut(lines_of(text), ["一（五）", "二（一）", "二（二）"], {})
    assert [pieces.clauses[m].found for m in ("一（五）", "二（一）", "二（二）")] == [True] * 3


@pytest.mark.parametrize(
    ("mark", "path"),
    [
        ("三（二）·1", [*UPPER, ("dot", 1)]),
        ("3(5)", [("arabic", 3), ("arabic bracketed", 5)]),
        ("三（二）1（4）", [*UPPER, ("arabic", 1), ("arabic bracketed", 4)]),
        ("第十二条", [("article", 12)]), ("附件2", [("annex", 2)]),
    ],
)  # fmt: skip
def test_marks(mark, path):
    assert path_of(mark) == tuple(Number(style, value) for style, value in path)


@pytest.mark.parametrize("mark", ["引", "末", "说明"])
def test_marks_without_a_number(mark):
    assert path_of(mark) is None
