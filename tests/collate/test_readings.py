"""Figures that a 口径 sets, and not the document: said to be so, and nothing else excused."""

import pytest

from .conftest import RULES

READING = """口径 儿童的年龄
  编号 K2
  取   不满十七周岁
  备选 不限年龄
  理由 原文写十九周岁
  例   18周岁的不付

列示 不问年龄 为 若 口径 儿童的年龄 取 不限年龄 则 是 否则 否
"""
TAKEN = "〔口径 儿童的年龄 取 不满十七周岁〕"
BENEFIT = "待遇 门诊救助\n"


def ruled(conditions, definitions="", reading=READING):
    """The rules with this reading, some 令 and more lines in the 门诊救助."""
    assert BENEFIT in RULES
    return RULES.replace(BENEFIT, f"{reading}{definitions}\n{BENEFIT}{conditions}\n")


@pytest.fixture
def about(found):
    """The findings about figures of a clause, as (code, words)."""

    def find(*rules, **more):
        listed = found(rules=ruled(*rules, **more))
        return [(c, w) for c, m, w in listed if m == "二（二）·2" and c in ("E744", "W751", "W745")]

    return find


def own(figure):
    """That it is the reading's."""
    return [("W751", f"{figure}（口径“儿童的年龄”）")]


@pytest.mark.parametrize(
    "rules",
    [
        (f"  须 年龄 不满 17周岁 {TAKEN}",),
        (f"  须 算作儿童 {TAKEN}", f"令 算作儿童 为 年龄 不满 17周岁 {TAKEN}"),
        ("  须 算作儿童", f"令 算作儿童 为 年龄 不满 17周岁 {TAKEN}"),
        (f"  须 算作儿童 {TAKEN}", "令 算作儿童 为 年龄 不满 17周岁"),
        ("  须 算作儿童",
         f"令 算作儿童 为 年纪小 {TAKEN}\n令 年纪小 为 年龄 不满 17周岁"),
        ("  须 若 口径 儿童的年龄 取 不满十七周岁 则 年龄 不满 17周岁 否则 是",),
        ("  须 若 非 口径 儿童的年龄 取 不限年龄 则 年龄 不满 17周岁 否则 是",),
    ],
    ids=["line", "令 and line", "令", "令 of a line", "令 of a 令", "branch", "negated branch"],
)  # fmt: skip
def test_a_figure_that_a_reading_brings_in_is_its_own(about, rules):
    assert about(*rules) == own("17周岁")


@pytest.mark.parametrize(
    ("rules", "figure"),
    [
        (("  须 年龄 不满 17周岁",), "17周岁"),
        (("  须 算作儿童", "令 算作儿童 为 年龄 不满 17周岁"), "17周岁"),
        ((f"  须 算作儿童 {TAKEN}\n  须 算作儿童", "令 算作儿童 为 年龄 不满 17周岁"), "17周岁"),
        ((f"  须 年龄 不满 16周岁 {TAKEN}",), "16周岁"),
        ((f"  须 年龄 不满 18周岁 {TAKEN}",), "18周岁"),
        ((f"  须 年龄 不满 19周岁 {TAKEN}",), "19周岁"),
    ],
    ids=[
        "no reading",
        "令 without one",
        "令 used without one too",
        "another figure",
        "only in 例",
        "only in 理由",
    ],
)
def test_no_other_figure_is_excused(about, rules, figure):
    assert about(*rules) == [("E744", figure)]


def test_a_figure_of_the_document_stays_its_own(about):
    """50% stands in the clause: also under a reading that states it."""
    taken = TAKEN.replace("不满十七周岁", "减到百分之五十")
    stated = READING.replace("不满十七周岁", "减到百分之五十")
    assert about(f"  须 （50% 为 50%） {taken}", reading=stated) == []


def test_the_alternative_not_taken_says_nothing(about):
    assert about("  须 年龄 不满 17周岁 〔口径 儿童的年龄 取 不限年龄〕") == []


def test_another_reading_excuses_nothing(about):
    """The 口径 that states 17周岁 is not the one that brings the line in."""
    line = "  须 年龄 不满 17周岁 〔口径 限额的口径 取 八万〕"
    assert about(line) == [("E744", "17周岁")]


def test_a_reading_s_figure_does_not_fail_the_comparison(held):
    from medaidlang.collate.findings import findings

    listed = findings(held(rules=ruled(f"  须 年龄 不满 17周岁 {TAKEN}")))
    assert [one.code for one in listed] == ["W751"]
    assert not any(one.grave for one in listed)
