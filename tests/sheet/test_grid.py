"""The officer's tables joined side by side."""

import attrs
import pytest

from medaidlang.base.source import Source, Span
from medaidlang.core.nodes import Origin, Table
from medaidlang.sheet.grid import joined, names


def table(clause, headings, *rows):
    return Table(headings, rows, Origin(Span(Source("x", ""), 0, 0), clause))


@pytest.fixture
def pack(kunyu):
    return kunyu.pack


def texts(grid):
    return [
        (key, [(cell.text, cell.rows, cell.clause) for cell in cells]) for key, cells in grid.rows
    ]


def test_equal_rows_are_joined(pack):
    one = table("甲", ("身份", "起付"), ("低保对象", "不设"), ("孤儿", "2000元"))
    two = table("乙", ("身份", "比例"), ("低保对象", "90%"), ("孤儿", "85%"))
    (grid,) = joined(pack, [one, two])
    assert grid.clauses == (("甲", 1), ("乙", 1))
    assert texts(grid) == [
        (("低保对象",), [("不设", 1, "甲"), ("90%", 1, "乙")]),
        (("孤儿",), [("2000元", 1, "甲"), ("85%", 1, "乙")]),
    ]


def test_a_wider_row_spans_the_finer_ones(pack):
    one = table("甲", ("身份", "起付"), ("低保对象、孤儿", "不设"), ("特困人员", "1元"))
    two = table("乙", ("身份", "比例"), ("孤儿", "90%"), ("低保对象", "85%"), ("特困人员", "1%"))
    (grid,) = joined(pack, [one, two])
    assert texts(grid) == [
        (("孤儿",), [("不设", 2, "甲"), ("90%", 1, "乙")]),
        (("低保对象",), [("85%", 1, "乙")]),
        (("特困人员",), [("1元", 1, "甲"), ("1%", 1, "乙")]),
    ]


def test_what_one_table_lacks_is_a_dash(pack):
    one = table("甲", ("身份", "起付"), ("低保对象", "不设"))
    two = table("乙", ("身份", "比例"), ("低保对象", "90%"), ("孤儿", "85%"))
    (grid,) = joined(pack, [one, two])
    assert texts(grid)[1] == (("孤儿",), [("—", 1, "甲"), ("85%", 1, "乙")])


def test_tables_with_other_keys_stay_apart(pack):
    one = table("甲", ("身份", "起付"), ("低保对象", "不设"))
    two = table("乙", ("身份", "类型", "比例"), ("低保对象", "住院", "90%"))
    plain, other = joined(pack, [one, two])
    assert plain.headings == ("起付",)
    assert other.keys == ("身份", "类型")
    assert texts(other) == [(("低保对象", "住院"), [("90%", 1, "乙")])]


def test_names_in_brackets():
    assert names("「甲、乙」、丙 ， 丁") == ("甲、乙", "丙", "丁")


def test_unknown_names_leave_the_table_as_written(pack):
    one = attrs.evolve(table("甲", ("身份", "起付"), ("没有这种人", "不设")))
    (grid,) = joined(pack, [one])
    assert grid.keys == ("身份",)
    assert texts(grid) == [(("没有这种人",), [("不设", 1, "甲")])]


def test_tables_about_other_categories_stand_one_below_the_other(pack):
    first = table("二1", ("身份", "比例"), ("低保对象", "70%"))
    second = table("二2", ("身份", "比例"), ("孤儿", "60%"))
    third = table("二3", ("身份", "限额"), ("低保对象", "1元"))
    (grid,) = joined(pack, [first, second, third])
    assert grid.headings == ("比例", "限额")
    assert [(key, [cell.text for cell in cells]) for key, cells in grid.rows] == [
        (("低保对象",), ["70%", "1元"]),
        (("孤儿",), ["60%", "—"]),
    ]
    assert grid.cited == (("二1", "二3"), ("二2",))
