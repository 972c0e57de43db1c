"""An independent reading of both documents, in Decimal, for agreement tests.

Written from the documents and `readings.md`, not from the rule packs: known
facts, one calendar year, cumulative 就高 over every category a person holds.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)

KUNYU = {  # 起付, 比例, 限额, 倾斜起付, 倾斜比例, 倾斜限额
    1: (0, "0.95", 60000, 0, "0.98", 200000),
    2: (0, "0.90", 60000, 0, "0.95", 200000),
    3: (2000, "0.85", 60000, 2000, "0.90", 200000),
    4: (6000, "0.75", 60000, 6000, "0.85", 200000),
}
KUNYU_CLASS = {
    "特困人员": 1, "孤儿": 1, "事实无人抚养儿童": 1, "低保对象": 2, "返贫致贫人口": 2,
    "低保边缘家庭成员": 3, "易返贫致贫人口": 3, "因病致贫重病患者": 4, "困难职工": 4,
    "重残人员": 4, "临时救助对象": 4, "严重精神障碍患者": 4,
}  # fmt: skip
WUHAI = {"特困人员": ("0", "1"), "低保对象": ("0", "0.75"), "低保边缘家庭成员": ("0.10", "0.70"),
         "因病致贫重病患者": ("0.25", "0.70")}  # fmt: skip
CHRONIC = ("慢病门诊", "特病门诊", "重特大疾病门诊")


def cents(amount):
    """To the 分, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def above(base, used, start):
    """The part of `base` above what is left of a 起付 of which `used` has run up."""
    return max(ZERO, base - max(ZERO, start - used))


def burden(claim):
    """What the insurers left."""
    paid = claim["基本医保支付"] + claim["大病保险支付"] + claim["其他补充支付"]
    return claim["政策范围内费用"] - paid


class KunyuLane:
    """One class of 昆玉 2025 through a year."""

    def __init__(self, identity):
        figures = KUNYU[KUNYU_CLASS[identity]]
        self.start, self.ratio, self.cap, self.tilt_start, self.tilt, self.tilt_cap = map(
            Decimal, figures
        )
        self.used = self.paid = self.tilt_used = self.tilt_paid = ZERO

    def claim(self, claim):
        """(医疗救助, 倾斜救助) on one claim."""
        if not claim["定点"]:
            return ZERO, ZERO
        rest = burden(claim)
        part = cents(above(rest, self.used, self.start) * self.ratio)
        aid = min(part, max(ZERO, self.cap - self.paid))
        self.used += rest
        self.paid += aid
        tilt = ZERO
        proper = claim["疆内"] and (claim["转诊备案"] or claim["市内"])
        if claim["类型"] != "普通门诊" and proper:
            left = rest - aid
            part = cents(above(left, self.tilt_used, self.tilt_start) * self.tilt)
            tilt = min(part, max(ZERO, self.tilt_cap - self.tilt_paid))
            self.tilt_used += left
            self.tilt_paid += tilt
        return aid, tilt


class WuhaiLane:
    """One category of 乌海 2022 through a year."""

    def __init__(self, identity, income=Decimal(48000)):
        part, ratio = WUHAI[identity]
        self.start, self.ratio = cents(income * Decimal(part)), Decimal(ratio)
        self.used = self.paid = self.tilt_used = ZERO

    def claim(self, claim):
        """(住院救助, 门诊救助, 倾斜救助) on one claim."""
        inpatient = claim["类型"] == "住院"
        if not claim["定点"] or not (inpatient or claim["类型"] in CHRONIC):
            return ZERO, ZERO, ZERO
        rest = burden(claim)
        part = cents(above(rest, self.used, self.start) * self.ratio)
        aid = min(part, max(ZERO, Decimal(80000) - self.paid))
        self.used += rest
        self.paid += aid
        tilt = ZERO
        if inpatient and claim["区内"]:
            tilt = cents(above(rest - aid, self.tilt_used, Decimal(7000)) * Decimal("0.6"))
            self.tilt_used += rest - aid
        return (aid, ZERO, tilt) if inpatient else (ZERO, aid, tilt)


def cumulative(lanes, claims):
    """累计就高: after each claim the person has what the best category alone would have given."""
    totals = [None] * len(lanes)
    before = None
    rows = []
    for claim in claims:
        for place, lane in enumerate(lanes):
            grown = lane.claim(claim)
            last = totals[place] or (ZERO,) * len(grown)
            totals[place] = tuple(a + b for a, b in zip(last, grown, strict=True))
        best = max(totals, key=sum)
        before = before or (ZERO,) * len(best)
        rows.append(tuple(new - old for new, old in zip(best, before, strict=True)))
        before = best
    return rows
