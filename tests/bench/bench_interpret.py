"""The interpreter against hand-written Decimal loops of 乌海 2022 and 鞍山 2019, in one run.

`python tests/bench/bench_interpret.py` prints the ratios.  Both sides settle the
same persons' years and must agree to the 分; the runs alternate.
"""

from __future__ import annotations

import random
import statistics
import time
from decimal import ROUND_HALF_UP, Decimal

from medaidlang.load import shipped
from tests.bench import by_hand_anshan

CENT = Decimal("0.01")
ZERO = Decimal(0)
STANDARDS = {
    "特困人员": (ZERO, Decimal("1.00")),
    "低保对象": (ZERO, Decimal("0.75")),
    "低保边缘家庭成员": (Decimal("0.10"), Decimal("0.70")),
    "因病致贫重病患者": (Decimal("0.25"), Decimal("0.70")),
}
LIMIT, TILT_FROM, TILT_SHARE = Decimal(80000), Decimal(7000), Decimal("0.60")
OUTPATIENT = {"慢病门诊", "特病门诊", "重特大疾病门诊"}


EFFECTIVE = "2023-01-01"
FLOOR = Decimal("0.45")
OFF_LIST = {"二级": Decimal("0.05"), "三级": Decimal("0.10")}


def by_hand(person, claims):
    """One person's year of 乌海 2022, as a programmer would write it with Decimal.

    What `settle` computes for such a person: aid and flags by claim, totals, the
    subsidy (the watch lists and other year-end results are computed only when read).
    """
    identity = person["身份"][0]
    share_of_income, ratio = STANDARDS[identity]
    income = person["参数"]["上年全体居民人均可支配收入"]
    deductible = (income * share_of_income).quantize(CENT, ROUND_HALF_UP)
    used = paid = tilt_base = burdens = ZERO
    totals = {"住院救助": ZERO, "门诊救助": ZERO, "倾斜救助": ZERO}
    rows = []
    for claim in claims:
        kind, burden = claim["类型"], claim["政策范围内费用"]
        aid = tilt = ZERO
        inpatient = kind == "住院"
        insured = claim["基本医保支付"] + claim["大病保险支付"] + claim["其他补充支付"]
        burden = burden - insured
        burdens += claim["医疗总费用"] - insured
        if claim["日期"] >= EFFECTIVE and person["参保"] != "未参保":
            if claim["定点"] and (inpatient or kind in OUTPATIENT):
                above = max(ZERO, burden - max(ZERO, deductible - used))
                used += burden
                aid = min((above * ratio).quantize(CENT, ROUND_HALF_UP), max(ZERO, LIMIT - paid))
                paid += aid
            if inpatient and claim["区内"] and claim["定点"]:
                rest = burden - aid
                above = max(ZERO, rest - max(ZERO, TILT_FROM - tilt_base))
                tilt_base += rest
                tilt = (above * TILT_SHARE).quantize(CENT, ROUND_HALF_UP)
        benefit = "住院救助" if inpatient else "门诊救助"
        totals[benefit] += aid
        totals["倾斜救助"] += tilt
        off_list = claim["目录外费用"] > claim["医疗总费用"] * OFF_LIST[claim["医院级别"]]
        rows.append(
            {
                "编号": claim["编号"], "采用身份": identity,
                "救助": {"住院救助": aid if inpatient else ZERO,
                        "门诊救助": ZERO if inpatient else aid, "倾斜救助": tilt},
                "医保调整": {"目录外费用超标": off_list,
                          "免除住院押金": inpatient and claim["市内"] and claim["定点"]
                          and identity in ("特困人员", "低保对象")},
            }
        )  # fmt: skip
    fee = person["个人缴费标准"]
    subsidy = ZERO
    if identity == "特困人员":
        subsidy = fee
    elif identity == "低保对象":
        fixed = person["参数"]["定额资助标准"]
        subsidy = min(fixed, fee) if fixed >= fee * FLOOR else None
    return {"参保资助": subsidy, "逐笔": rows, "年度合计": totals}


def persons(count, per_person, seed=1):
    """Synthetic persons with a year of claims each."""
    draw = random.Random(seed)
    made = []
    for _ in range(count):
        person = {
            "身份": [draw.choice(list(STANDARDS))],
            "参保": "居民医保",
            "年龄": 50,
            "个人缴费标准": Decimal(350),
            "参数": {
                "上年全体居民人均可支配收入": Decimal(48000),
                "定额资助标准": Decimal(160),
                "上年农村牧区常住居民人均可支配收入": Decimal(26000),
            },
        }
        claims = []
        for place in range(per_person):
            cost = Decimal(draw.randrange(10_000, 6_000_000)).scaleb(-2)
            basic = (cost * Decimal("0.6")).quantize(CENT)
            claims.append(
                {
                    "编号": f"c{place}", "日期": "2023-05-01",
                    "类型": draw.choice(["住院", "住院", "慢病门诊", "重特大疾病门诊"]),
                    "政策范围内费用": cost, "基本医保支付": basic, "大病保险支付": ZERO,
                    "其他补充支付": ZERO, "医疗总费用": cost + 100, "目录外费用": Decimal(100),
                    "医院级别": draw.choice(["二级", "三级"]), "市内": draw.random() > 0.5,
                    "定点": draw.random() > 0.1, "区内": draw.random() > 0.2,
                }
            )  # fmt: skip
        made.append((person, claims))
    return made


def agree(settlement, hand):
    """Whether both sides say the same, to the 分."""
    shape = {c.number: c for c in settlement.claims}
    for row in hand["逐笔"]:
        claim = shape[row["编号"]]
        for benefit, amount in row["救助"].items():
            assert claim.paid(benefit) == int(amount * 100), (row, claim)
        assert claim.shown["目录外费用超标"] == row["医保调整"]["目录外费用超标"]
    assert settlement.subsidies["参保资助"].amount == int(hand["参保资助"] * 100)
    assert settlement.totals == {k: int(v * 100) for k, v in hand["年度合计"].items()}


def measure(code, hand, data, same, runs):
    """Print the ratios of one pack; both sides must agree first."""
    settler = shipped(code)
    bound = [settler.binder.bind(person, claims, None) for person, claims in data]
    for (person, claims), one in zip(data, bound, strict=True):
        same(settler.settle_bound(one), hand(person, claims))
    times = {"by hand": [], "interpreter": [], "with binding": []}
    for _ in range(runs):
        start = time.perf_counter()
        for person, claims in data:
            hand(person, claims)
        times["by hand"].append(time.perf_counter() - start)
        start = time.perf_counter()
        for one in bound:
            settler.settle_bound(one)
        times["interpreter"].append(time.perf_counter() - start)
        start = time.perf_counter()
        for person, claims in data:
            settler.settle(person, claims)
        times["with binding"].append(time.perf_counter() - start)
    total = sum(len(claims) for _, claims in data)
    base = statistics.median(times["by hand"])
    for name, measured in times.items():
        middle = statistics.median(measured)
        ratio = f"{middle / base:6.2f} × by hand"
        print(f"{code}  {name:14} {middle / total * 1e6:8.2f} µs/claim   {ratio}")


def main(count=400, per_person=12, runs=7):
    """Print the ratios of one run: the pack of the first figure, and the largest."""
    measure("wuhai2022", by_hand, persons(count, per_person), agree, runs)
    largest = by_hand_anshan.persons(count, per_person)
    measure("anshan2019", by_hand_anshan.by_hand, largest, by_hand_anshan.agree, runs)


if __name__ == "__main__":
    main()
