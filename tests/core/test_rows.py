"""Which row is a category's row."""

from medaidlang.core.nodes import Column
from medaidlang.core.rows import holders, levels, parents, resolve
from tests.check.rules import clean

RULES = """\
身份 甲、乙、丙、丁、戊
身份 一类
  包括 甲、乙
身份 全体
  包括 一类、丙
身份 己
  比照 一类
待遇 医疗救助
  基数 个人负担
  起付 按年累计
  限额 不设
  | 身份       | 起付   | 比例   |
  | 甲         | —      | 95%    |
  | 一类、丁   | 100元  | 90%    |
  | 全体       | 200元  | 80%    |
  | 其余       | 不享受 | 不享受 |
"""
PACK = clean(RULES)
ENTRIES = PACK.benefits["医疗救助"].entries


def rows(identity, column):
    return [entry.identities for entry in resolve(PACK, identity, ENTRIES, column)]


def test_nearest_row_of_each_column():
    assert rows("甲", Column.RATIO) == [("甲",)]
    assert rows("甲", Column.DEDUCTIBLE) == [("一类", "丁")]  # — looks further
    assert rows("乙", Column.RATIO) == [("一类", "丁")]
    assert rows("丙", Column.RATIO) == [("全体",)]
    assert rows("丁", Column.RATIO) == [("一类", "丁")]
    assert rows("己", Column.RATIO) == [("一类", "丁")]
    assert rows("戊", Column.RATIO) == [()]
    assert rows("甲", Column.CAP) == []


def test_not_entitled():
    (entry,) = resolve(PACK, "戊", ENTRIES, Column.RATIO)
    assert not entry.entitled


def test_levels():
    assert levels(PACK, "甲") == (("甲",), ("一类",), ("全体",))
    assert levels(PACK, "己") == (("己",), ("一类",), ("全体",))
    assert parents(PACK, "戊") == ()
    assert holders(PACK) == tuple(PACK.identities)


def test_a_cycle_ends():
    pack = clean("身份 甲\n  包括 乙\n身份 乙\n  包括 甲\n")
    assert levels(pack, "甲") == (("甲",), ("乙",))
