"""鞍山 2019 as a programmer would write it with Decimal: the largest pack, by hand.

For persons of one category in the residents' insurance, all facts given, no children
and no synonyms among the diseases.  Says what `settle` says with each claim.
"""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)
SIXTEEN = {
    "终末期肾病", "乳腺癌", "宫颈癌", "耐多药肺结核", "艾滋病机会性感染", "肺癌", "食道癌", "胃癌",
    "结肠癌", "直肠癌", "慢性粒细胞白血病", "急性心肌梗塞", "急性脑梗死", "血友病",
}  # fmt: skip
SEVEN = {"终末期肾病", "乳腺癌", "宫颈癌", "耐多药肺结核", "艾滋病机会性感染"}
FORTY = SIXTEEN | {
    "白内障",
    "甲亢",
    "尘肺",
    "肝癌",
    "膀胱癌",
    "甲状腺癌",
    "红斑狼疮",
    "重性精神疾病",
}
TRANSPLANT = {"肝移植术后抗排斥", "肾移植术后抗排斥"}
OUTPATIENT = {"慢病门诊", "特病门诊", "重特大疾病门诊"}
THREE = {"建档立卡贫困人员", "低保对象", "特困人员"}
# ordinary outpatient, transplant, ordinary inpatient, major: ratios; then caps of the same.
RATIOS = {
    "建档立卡贫困人员": (ZERO, ZERO, ZERO, Decimal("0.7")),
    "低保对象": (Decimal("0.6"), Decimal("0.7"), Decimal("0.7"), Decimal("0.7")),
    "特困人员": (Decimal(1), Decimal(1), Decimal(1), Decimal("0.7")),
    "低收入家庭成员": (ZERO, ZERO, Decimal("0.5"), Decimal("0.5")),
}
CAPS = {
    "建档立卡贫困人员": (ZERO, ZERO, ZERO, Decimal(10000)),
    "低保对象": (Decimal(100), Decimal(10000), Decimal(10000), Decimal(20000)),
    "特困人员": (Decimal(100), Decimal(10000), Decimal(10000), Decimal(20000)),
    "低收入家庭成员": (ZERO, ZERO, Decimal(5000), Decimal(10000)),
}
NAMES = (
    "普通门诊救助", "特病门诊救助", "普通住院救助", "重特大疾病住院救助", "精神疾病住院床日补助",
)  # fmt: skip
TOTAL = Decimal(20000)
UNSAID = object()


def cents(amount):
    """Half up to the 分."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def by_hand(person, claims):
    """One person's year: aid and flags by claim, totals, the subsidy."""
    identity = person["身份"][0]
    ratios, caps = RATIOS[identity], CAPS[identity]
    pooled = identity in ("低保对象", "特困人员")
    registered = identity == "建档立卡贫困人员"
    used = [ZERO] * 5
    stays, ninety = 0, ZERO
    rows = []
    for claim in claims:
        kind, disease = claim["类型"], claim["病种"]
        cost = claim["政策范围内费用"]
        burden = cost - claim["基本医保支付"] - claim["大病保险支付"] - claim["其他补充支付"]
        inpatient, designated, local = kind == "住院", claim["定点"], claim["市内"]
        paid = [ZERO] * 5
        if inpatient and designated:
            stays += 1
        waived = inpatient and designated and identity in THREE and stays <= 2
        bed_days = (
            inpatient and identity in THREE and claim["精神专科"] and disease == "重性精神疾病"
        )
        major = inpatient and disease in (SEVEN if registered else SIXTEEN)
        if designated and burden > 0:
            if bed_days:
                paid[4] = 20 * Decimal(claim["住院床日"])
            place = None
            if inpatient:
                place = 3 if major else 2 if disease not in SIXTEEN and not bed_days else None
            elif local:
                place = 1 if kind in OUTPATIENT and disease in TRANSPLANT else 0
            if place is not None and ratios[place]:
                due = cents(burden * ratios[place])
                left = TOTAL if place == 3 and pooled else caps[place]
                left -= used[2] + used[3] if place == 3 and pooled else used[place]
                if place == 2 and pooled:
                    left = min(left, TOTAL - used[2] - used[3])
                paid[place] = min(due, max(ZERO, left))
        used = [before + more for before, more in zip(used, paid, strict=True)]
        rows.append(
            (
                claim["编号"],
                paid,
                insured(claim, identity, stays, waived, ninety),
            )
        )
        if rows[-1][2]["普通门诊基本医保应报"] is not None:
            ninety += cents(cost * Decimal("0.9"))
    fee = person["个人缴费标准"]
    return {
        "参保资助": fee if identity in THREE else ZERO,
        "资金分担": borne(identity, used),
        "逐笔": rows,
        "年度合计": dict(zip(NAMES, used, strict=True)),
    }


def borne(identity, used):
    """What city and county bear of the year's aid; None where nobody is named."""
    if used[4] or (identity == "低收入家庭成员" and used[3]):
        return None
    basic = used[0] + used[1] + used[2]
    city = cents(basic / 2)
    return used[3] + city, basic - city


def insured(claim, identity, stays, waived, ninety):
    """What the basic insurance should have paid, and what is shown beside."""
    registered, three = identity == "建档立卡贫困人员", identity in THREE
    cost, designated, local = claim["政策范围内费用"], claim["定点"], claim["市内"]
    inpatient = claim["类型"] == "住院"
    raised = inpatient and registered and designated and local
    outpatient = (
        claim["类型"] == "普通门诊" and registered and designated and local
        and claim["公立"] and claim["医院级别"] != "三级"
    )  # fmt: skip
    shown = dict.fromkeys(
        ("普通门诊基本医保应报", "报销比例提高百分点", "住院报销比例", "报销比例下限",
         "住院基本医保应报")
    )  # fmt: skip
    if outpatient:
        due = cents(cost * Decimal("0.9"))
        limit = Decimal(2000)
        shown["普通门诊基本医保应报"] = min(ninety + due, limit) - min(ninety, limit)
    if raised:
        ratio = min(Decimal(1), claim["普通居民报销比例"] + Decimal("0.05"))
        above = max(ZERO, cost - (ZERO if waived else claim["住院起付标准"]))
        due = cents(above * ratio)
        if claim["病种"] in FORTY:
            shown["报销比例下限"] = Decimal("0.8")
            due = max(due, cents(cost * Decimal("0.8")))
        shown |= {"报销比例提高百分点": 5, "住院报销比例": ratio, "住院基本医保应报": due}
    if claim["高值药品"] and three:
        raised_drugs = min(Decimal(1), claim["高值药品普通报销比例"] + Decimal("0.1"))
        shown |= {"高值药品报销比例": raised_drugs, "高值药品报销比例提高百分点": 10}
    else:
        shown |= {"高值药品报销比例": None, "高值药品报销比例提高百分点": None}
    shown["先诊疗后付费"] = inpatient and claim["县域内"] and local and designated and three
    shown["免除住院起付"] = waived
    shown["第几次住院"] = stays if inpatient and designated else None
    shown["医保提高资金"] = "城乡居民基本医疗保险基金" if raised or outpatient else None
    return shown


def persons(count, per_person, seed=2):
    """Synthetic persons with a year of claims each."""
    draw = random.Random(seed)
    diseases = ["肺炎", "胆囊炎", "骨折", *sorted(SIXTEEN), "白内障", "重性精神疾病"]
    made = []
    for _ in range(count):
        person = {
            "身份": [draw.choice(list(RATIOS))], "参保": "居民医保", "年龄": 50,
            "个人缴费标准": Decimal(250), "参数": {},
        }  # fmt: skip
        claims = []
        for place in range(per_person):
            cost = Decimal(draw.randrange(1_000, 4_000_000)).scaleb(-2)
            kind = draw.choice(["住院", "住院", "普通门诊", "特病门诊"])
            disease = draw.choice(diseases if kind == "住院" else [*sorted(TRANSPLANT), "高血压"])
            claims.append(
                {
                    "编号": f"c{place}", "日期": "2020-05-01", "类型": kind, "病种": disease,
                    "政策范围内费用": cost, "基本医保支付": cents(cost * Decimal("0.6")),
                    "大病保险支付": ZERO, "其他补充支付": ZERO,
                    "医院级别": draw.choice(["一级", "二级", "三级"]), "公立": draw.random() > 0.2,
                    "市内": draw.random() > 0.1, "定点": draw.random() > 0.1,
                    "精神专科": draw.random() > 0.5, "住院床日": draw.randrange(1, 60),
                    "住院起付标准": Decimal(500), "普通居民报销比例": Decimal("0.75"),
                    "县域内": draw.random() > 0.5, "高值药品": draw.random() > 0.9,
                    "高值药品普通报销比例": Decimal("0.6"),
                }
            )  # fmt: skip
        made.append((person, claims))
    return made


def agree(settlement, hand):
    """Whether both sides say the same, to the 分."""
    claims = {c.number: c for c in settlement.claims}
    for number, paid, shown in hand["逐笔"]:
        claim = claims[number]
        for name, amount in zip(NAMES, paid, strict=True):
            assert claim.paid(name) == int(amount * 100), (number, name, amount, claim)
        for name, value in shown.items():
            got = claim.shown[name]
            wanted = int(value * 100) if name.endswith("应报") and value is not None else value
            assert got == wanted, (number, name, value, claim)
    shares = {r.name: r.value for r in settlement.results if r.name.startswith("资金分担·")}
    city, county = hand["资金分担"] or (None, None)
    said = [None if part is None else int(part * 100) for part in (city, county)]
    assert [shares["资金分担·市级"], shares["资金分担·县级"]] == said, (shares, hand)
    assert settlement.subsidies["参保资助"].amount == int(hand["参保资助"] * 100)
    assert settlement.totals == {k: int(v * 100) for k, v in hand["年度合计"].items()}
