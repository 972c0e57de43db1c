"""Formatting keeps the tree, and formatting twice changes nothing."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from medaidlang.base.source import Source
from medaidlang.syntax.format import format_file
from medaidlang.syntax.parse import parse
from tests.strategies.syntax import derivations, rule_texts, rules

ROOT = Path(__file__).parents[2]
MESSY = """\
# 说明
包含 公共词汇


文件   某市办法
 统筹区 某市
 目录 【一】  【二】
 印发 2025年08月04日 # 落款
  此前费用 适用 旧办法
【一】  标准
# 待遇之前
令 甲 为 1元
令 「限额」 为 若 乙 已填 则 取大(1元,2元) 否则 「若」
待遇 医疗救助
  费用 类型 属于 住院、门诊慢特病 〔口径 甲 取 乙〕
# 中间
  须 （规范转诊 或 急诊） 且 就医地 属于 疆内、京津冀 且 年龄 14周岁以下 且 非 未参保
   且 残疾等级 属于 1级、2级
  |身份｜比例 | 限额|
  | 低保对象、特困人员 | 9０％ | 不设 | # 无
  |  |100％|--|
身份 甲类
身份 乙类

不编码 宣传
# 完
""".replace("9０", "90")
TIDY = """\
# 说明
包含 公共词汇

文件 某市办法
  统筹区 某市
  目录   【一】【二】
  印发   2025年8月4日  # 落款
  此前费用 适用 旧办法

【一】 标准

# 待遇之前
令 甲 为 1元
令 「限额」 为 若 乙 已填 则 取大（1元，2元） 否则 「若」

待遇 医疗救助
  费用 类型 属于 住院、门诊慢特病 〔口径 甲 取 乙〕
  # 中间
  须   （规范转诊 或 急诊）
       且 就医地 属于 疆内、京津冀
       且 年龄 14周岁以下
       且 非 未参保
       且 残疾等级 属于 1级、2级
  | 身份               | 比例 | 限额 |
  | 低保对象、特困人员 | 90%  | 不设 |  # 无
  |                    | 100% | —    |

身份 甲类
身份 乙类

不编码 宣传

# 完
"""


def formatted(text):
    tree, found = parse(Source("t", text))
    assert found == []
    return tree, format_file(tree)


def test_canonical_form():
    assert formatted(MESSY)[1] == TIDY


def test_nothing_is_nothing():
    assert format_file(parse(Source("t", ""))[0]) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("令 甲 为 「乙」\n", "令 甲 为 乙\n"),
        ("令 甲 为 「是」\n", "令 甲 为 「是」\n"),
        ("令 甲 为 身份\n", "令 甲 为 身份\n"),
        ("令 甲 为 「身份」（1）\n", "令 甲 为 「身份」（1）\n"),
        ("令 甲 为 限额 加 「限额」\n", "令 甲 为 限额 加 限额\n"),
        ("令 甲 为 「师市发〔2023〕5号」\n", "令 甲 为 师市发〔2023〕5号\n"),
        ("令 「甲 乙」 为 「３」\n".replace("３", "3"), "令 「甲 乙」 为 「3」\n"),
        ("令 甲 为 乙 是 以上\n", "令 甲 为 乙 是 以上\n"),
    ],
)
def test_names_are_quoted_only_when_needed(text, shown):
    assert formatted(text)[1] == shown


def test_long_lists_are_filled():
    names = "、".join(f"救助对象{n}" for n in range(30))
    _, shown = formatted(f"名录 甲\n  条目 {names}\n")
    assert max(map(len, shown.splitlines())) < 80
    assert shown.splitlines()[2].startswith("       、")
    assert format_file(parse(Source("t", shown))[0]) == shown


def test_long_brackets_stay_within_the_limit_of_a_line():
    chain = "\n或 ".join(f"某某某某某某某某某某条件{n}" for n in range(190))
    _, shown = formatted(f"令 甲 为 取大（{chain}，1）\n")
    assert max(map(len, shown.splitlines())) < 2000
    assert format_file(parse(Source("t", shown))[0]) == shown


@pytest.mark.parametrize("path", sorted(ROOT.glob("policies/**/*.medaid")), ids=lambda p: p.stem)
def test_policies_keep_their_tree(path):
    tree, found = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert found == []
    shown = format_file(tree)
    again, found = parse(Source(path.name, shown))
    assert (again, found) == (tree, [])
    assert format_file(again) == shown


def check_round_trip(text):
    tree, found = parse(Source("t", text))
    assert found == []
    shown = format_file(tree)
    again, found = parse(Source("t", shown))
    assert found == []
    assert again == tree
    assert format_file(again) == shown


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule_texts())
def test_round_trip(text):
    check_round_trip(text)


@pytest.mark.slow
def test_the_texts_use_every_rule():
    used = {"start"}

    @seed(2025)  # the rarest rule takes some luck, the same each time
    @settings(
        max_examples=2500, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(derivations())
    def collect(derivation):
        used.update(derivation.used)

    collect()
    inside_rows = {name for name in rules() if name.startswith(("__row", "__start"))}
    assert used | inside_rows >= set(rules())


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule_texts())
def test_round_trip_many(text):
    check_round_trip(text)
