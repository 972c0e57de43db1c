import pytest
from wcwidth import wcwidth

from medaidlang.base.table import text_table

HEADERS = ["身份", "起付", "比例"]
ROWS = [
    ["第一类救助对象", "不设", "95%"],
    ["低保", "2000.00", "7%"],
    ["A类", "1e3", "62.5%"],
]


def test_chinese_columns_line_up():
    assert text_table(HEADERS, ROWS, "lrr").splitlines() == [
        "身份               起付    比例",
        "--------------  -------  ------",
        "第一类救助对象     不设     95%",
        "低保            2000.00      7%",
        "A类                 1e3   62.5%",
    ]


def columns(line):
    """One character per terminal column; the right half of a wide one is `>`."""
    return "".join(char + ">" * (wcwidth(char) - 1) for char in line)


@pytest.mark.parametrize("align", ["", "lrr", "ccc", "rlc"])
def test_gaps_stand_in_the_same_columns(align):
    lines = [columns(line) for line in text_table(HEADERS, ROWS, align).splitlines()]
    gaps = [at for at, char in enumerate(lines[1]) if char == " "]
    assert len(gaps) == 4
    for line in lines:
        assert len(line) <= len(lines[1])
        assert {line.ljust(len(lines[1]))[at] for at in gaps} == {" "}


def test_no_rows():
    assert text_table(["身份", "起付"], []).splitlines()[0] == "身份    起付"


def test_hidden_characters_are_written_out():
    assert "<U+202E>" in text_table(["甲"], [["\u202e1"]])


def test_wrong_number_of_cells():
    with pytest.raises(ValueError, match="one cell per header"):
        text_table(["甲", "乙"], [["1"]])
