"""The worked cases of the two shipped documents, through `medaidlang.settle`."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import medaidlang

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))


def same(expected, got):
    """Equal as values: amounts by number, mappings as subsets."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(same(v, got.get(k)) for k, v in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(got) and all(map(same, expected, got))
    if expected is None or isinstance(expected, bool):
        return expected is got
    try:
        return Decimal(str(expected)) == Decimal(str(got))
    except ArithmeticError:
        return expected == got


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=f"{c['id']} {c['标题']}") for c in CASES],
)
def test_case(case):
    result = medaidlang.settle(case["doc"], case["person"], case["claims"])
    expect = case["expect"]
    claims = {claim["编号"]: claim for claim in result["逐笔"]}
    if "参保资助" in expect:
        assert same(expect["参保资助"], result["参保资助"])
    for number, benefits in expect.get("逐笔", {}).items():
        aid = claims[number]["救助"]
        for name, amount in benefits.items():
            assert same(amount, aid.get(name)) or (
                amount is not None and Decimal(amount) == 0 and name not in aid
            ), (number, name, aid)
        assert all(not amount for name, amount in aid.items() if name not in benefits), aid
    for number, identity in expect.get("采用身份", {}).items():
        assert claims[number]["采用身份"] == identity
    for number, shown in expect.get("医保调整", {}).items():
        assert same(shown, claims[number]["医保调整"])
    assert same(expect.get("年度合计", {}), result["年度合计"])
    assert same(expect.get("其他", {}), result["其他"])
    if "无法计算" in expect:
        tags = sorted({line[: line.index("]") + 1] for line in result["无法计算"]})
        assert tags == sorted(expect["无法计算"]), result["无法计算"]


def test_all_cases_of_the_five_documents_are_here():
    counts = Counter(case["doc"] for case in CASES)
    assert counts == {
        "kunyu2025": 16, "wuhai2022": 21, "fushun2014": 24, "anshan2019": 23, "wulumuqi2020": 17,
    }  # fmt: skip
