"""What the two documents contain, with figures worked out by hand.

昆玉: 救助 95%/90%/85% over 2000/75% over 6000, up to 60000 for everybody; 倾斜 98%/95%/90% over
2000/85% over 6000 of what is left, for referred stays only.
"""

import itertools

import pytest

from medaidlang.probe import probe
from medaidlang.probe.trial import Trials
from medaidlang.probe.visits import visits

ONE, TWO, THREE = "第一类救助对象", "第二类救助对象", "第三类救助对象"
FOUR = "第四类救助对象、其他特殊困难人员"
# worse, better: referred stay, other stay, what the first gets, what the second gets, difference
KUNYU = {
    # 60000×95% = 57000, 3000×98% = 2940, then 3000, all that is left of 60000.
    # 60000×90% = 54000, 6000×95% = 5700, then 6000.
    (ONE, TWO): ("60000元", "10000元", "62940元", "65700元", "2760元"),
    # 63000×95% = 59850, 3150×98% = 3087, then 150.
    # 61000×85% = 51850, (11150−2000)×90% = 8235, then 8150.
    (ONE, THREE): ("63000元", "10000元", "63087元", "68235元", "5148元"),
    # 54000×75% = 40500, (19500−6000)×85% = 11475, then 19500.
    (ONE, FOUR): ("60000元", "30000元", "62940元", "71475元", "8535元"),
    # 65000×90% = 58500, 6500×95% = 6175, then 1500.
    # 63000×85% = 53550, (11450−2000)×90% = 8505, then 6450.
    (TWO, THREE): ("65000元", "10000元", "66175元", "68505元", "2330元"),
    # 67000×90% = 60300 → 60000, 7000×95% = 6650.
    # 61000×75% = 45750, (21250−6000)×85% = 12962.50, then 14250.
    (TWO, FOUR): ("67000元", "20000元", "66650元", "72962.50元", "6312.50元"),
    # 71000×85% = 60350 → 60000, (13000−2000)×90% = 9900.
    # 67000×75% = 50250, (22750−6000)×85% = 14237.50, then 9750.
    (THREE, FOUR): ("73000元", "20000元", "69900元", "74237.50元", "4337.50元"),
}


def amount(words):
    return words.partition("（")[0]


def test_kunyu(shipped):
    found = probe(shipped["昆玉2025"])
    assert {one.code for one in found} == {"W531"}
    told = {}
    for one in found:
        args = one.args
        assert args["first"].endswith("（类型 住院，转诊备案 是）")
        assert args["then"].endswith("（类型 住院，转诊备案 否）")
        parts = (args["first"], args["then"].removeprefix("再一笔 "), args["less"], args["more"])
        told[args["worse"], args["better"]] = (*map(amount, parts), args["difference"])
    assert told == KUNYU
    assert {one.clause for one in found} == {"二（一）"}


def test_wuhai(shipped):
    """特困: 80000, the rest of the stay under 7000; then nothing is left.

    低保: 87000×75% = 65250, (21750−7000)×60% = 8850, then 14750 of the 15000.
    """
    (one,) = probe(shipped["乌海2022"])
    assert dict(one.args) == {
        "benefit": "住院救助",
        "worse": "特困人员",
        "better": "低保对象",
        "first": "87000元（类型 住院，区内 是）",
        "then": "再一笔 20000元（类型 住院，区内 否）",
        "less": "80000元",
        "more": "88850元（住院救助 80000元，倾斜救助 8850元）",
        "difference": "8850元",
    }


@pytest.mark.parametrize("name", ["昆玉2025", "乌海2022"])
def test_same_findings_every_time(shipped, name):
    assert probe(shipped[name]) == probe(shipped[name])


@pytest.mark.parametrize("name", ["昆玉2025", "乌海2022"])
def test_trials_agree_with_settling(shipped, name):
    trials = Trials(shipped[name])
    kinds = visits(trials)
    assert kinds
    compared = 0
    for who, one, other in itertools.product(trials.treated, kinds, kinds):
        for burdens in ((1, 3), (777_777, 6_543_210), (30_000_000, 100)):
            claims = tuple(zip((one, other), burdens, strict=True))
            quick = trials.year(who, claims)
            if quick is not None:
                compared += 1
                assert quick == sum(trials.settled(who, claims).totals.values())
    assert compared >= 20
