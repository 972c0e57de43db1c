"""The interpreter against a hand-written Decimal loop of the 乌海 rule, in one run.

`python tests/bench/bench_interpret.py` prints the ratios.  Both sides settle the
same persons' years and must agree to the 分; the runs alternate.
"""

from __future__ import annotations

import random
import statistics
import time
from decimal import ROUND_HALF_UP, Decimal

from medaidlang.load import shipped

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


def by_hand(person, claims):
    """One person's year of 乌海 2022, as a programmer would write it with Decimal."""
    share_of_income, ratio = STANDARDS[person["身份"][0]]
    income = person["参数"]["上年全体居民人均可支配收入"]
    deductible = (income * share_of_income).quantize(CENT, ROUND_HALF_UP)
    used = paid = tilt_base = ZERO
    rows = []
    for claim in claims:
        kind = claim["类型"]
        aid = tilt = ZERO
        burden = (
            claim["政策范围内费用"]
            - claim["基本医保支付"]
            - claim["大病保险支付"]
            - claim["其他补充支付"]
        )
        if claim["定点"] and (kind == "住院" or kind in OUTPATIENT):
            above = max(ZERO, burden - max(ZERO, deductible - used))
            used += burden
            aid = min((above * ratio).quantize(CENT, ROUND_HALF_UP), max(ZERO, LIMIT - paid))
            paid += aid
        if kind == "住院" and claim["区内"] and claim["定点"]:
            rest = burden - aid
            above = max(ZERO, rest - max(ZERO, TILT_FROM - tilt_base))
            tilt_base += rest
            tilt = (above * TILT_SHARE).quantize(CENT, ROUND_HALF_UP)
        rows.append((aid, tilt))
    return rows


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
            "参数": {"上年全体居民人均可支配收入": Decimal(48000), "定额资助标准": Decimal(160)},
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
                    "其他补充支付": ZERO, "定点": draw.random() > 0.1, "区内": draw.random() > 0.2,
                }
            )  # fmt: skip
        made.append((person, claims))
    return made


def rows_of(settlement):
    """(aid, tilt) of each claim, in 分."""
    return [
        ((c.paid("住院救助") or 0) + (c.paid("门诊救助") or 0), c.paid("倾斜救助"))
        for c in settlement.claims
    ]


def main(count=400, per_person=12, runs=7):
    """Print the ratios of one run."""
    settler = shipped("wuhai2022")
    data = persons(count, per_person)
    bound = [settler.binder.bind(person, claims, None) for person, claims in data]
    for (person, claims), one in zip(data, bound, strict=True):
        hand = [(int(a * 100), int(t * 100)) for a, t in by_hand(person, claims)]
        assert rows_of(settler.settle_bound(one)) == hand
    times = {"by hand": [], "interpreter": [], "with binding": []}
    for _ in range(runs):
        start = time.perf_counter()
        for person, claims in data:
            by_hand(person, claims)
        times["by hand"].append(time.perf_counter() - start)
        start = time.perf_counter()
        for one in bound:
            settler.settle_bound(one)
        times["interpreter"].append(time.perf_counter() - start)
        start = time.perf_counter()
        for person, claims in data:
            settler.settle(person, claims)
        times["with binding"].append(time.perf_counter() - start)
    total = count * per_person
    base = statistics.median(times["by hand"])
    for name, measured in times.items():
        middle = statistics.median(measured)
        print(f"{name:14} {middle / total * 1e6:8.2f} µs/claim   {middle / base:6.2f} × by hand")


if __name__ == "__main__":
    main()
