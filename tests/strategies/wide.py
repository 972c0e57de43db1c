"""Random rule packs with every construct of a benefit, by seed: a model, and its rule text.

The model is what an independent reference reads (`tests/interpret/reference_wide.py`);
amounts are 分, ratios whole percents.  Benefits of one 类型 follow one another (接续),
so that together they never pay more than is borne.
"""

from __future__ import annotations

import random
from typing import NamedTuple

KINDS = ("住院", "慢病门诊")
LASTING = ("按年累计", "按季累计", "按月累计", "每院每年")
TOPPED_UP = "按年一次不足补齐"
IDENTITIES = ["甲类", "乙类", "丙类"]
CONDITIONS = ["条一", "条二", "非 条一", "条一 或 条二", "条一 且 条二"]
ROUNDINGS = [
    ("每笔", ""), ("每笔", ""), ("每笔", "五舍六入到角"), ("每笔", "去尾到元"),
    ("每笔", "进一到角"), ("按年度合计", ""), ("按年度合计", "去尾到角"),
]  # fmt: skip
MODES = ["就高不就低 累计", "就高不就低 按笔", "按顺位", "可同时享受"]
LEVELS = ("一级", "二级", "三级")
COUNTS = ("不满2次", "2次", "3次以上")
HEAD = """包含 公共词汇

文件 试验
  代号 shiyan
  施行 2020年1月1日
  舍入 {by} {how}

【一】 总则
事实 费用
  | 事实 | 类型 | 未填时 |
  | 条一 | 是否 | 未知   |
  | 条二 | 是否 | 未知   |
事实 人员
  | 事实 | 类型 | 未填时 |
  | 知否 | 是否 | 未知   |
令 第几次 为 年度次数（类型 为 住院）
"""

Amount = int | None  # 分; None = 不设


class Row(NamedTuple):
    """What a benefit gives a category.  `shares`: (key, percent or 分) by tier, slice or level."""

    start: Amount
    cap: Amount
    claim_cap: Amount
    shares: list[tuple[tuple[int, int | None] | str, int]]


class Benefit(NamedTuple):
    """A benefit, or an insurance (`rows` then has the one key "")."""

    name: str
    kind: str
    after: list[str]
    base: str  # 负担, 不设, or the benefit whose 超限额部分 it is
    condition: str
    start: str  # a period, 按年一次不足补齐, 不设
    start_with: str  # whose account, or its own name
    cap: str
    cap_with: str
    shape: str  # 比例, 定额, 分段, 档, 级, 次
    slicing: tuple[str, str] | None
    times: tuple[str, int] | None
    rows: dict[str, Row | None]


class Pool(NamedTuple):
    """额度."""

    name: str
    period: str
    members: list[str]
    limits: dict[str, Amount]


class Change(NamedTuple):
    """调整: one change, or (target 不享受) none."""

    name: str
    benefits: list[str]
    condition: str
    among: list[str]
    target: str
    manner: str
    figure: int  # 分, percent, or points


class Wide(NamedTuple):
    """A pack: its model and its text."""

    identities: dict[str, bool]  # name → whether it asks 知否
    benefits: list[Benefit]
    layers: list[Benefit]
    pools: list[Pool]
    changes: list[Change]
    mode: str
    ranking: list[str]
    rounding: tuple[str, str]
    text: str


# ── the model ────────────────────────────────────────────────────────────────


def wide(seed: int) -> Wide:
    """The pack of a seed."""
    draw = random.Random(seed)
    names = IDENTITIES[: draw.randint(1, 3)]
    identities = {name: draw.random() < 0.2 for name in names}
    layers = [layer(draw, place) for place in range(draw.choice([0, 0, 1, 2]))]
    benefits: list[Benefit] = []
    for place in range(draw.randint(1, 4)):
        benefits.append(benefit(draw, place, names, benefits))
    pools = [pool(draw, place, names, benefits) for place in range(draw.choice([0, 0, 1, 2]))]
    changes = [change(draw, place, names, benefits, layers)
               for place in range(draw.choice([0, 0, 1, 2, 3]))]  # fmt: skip
    rounding = draw.choice(ROUNDINGS)
    changes = [c for c in changes if c.target != "支付" or rounding[0] == "每笔"]
    made = Wide(identities, benefits, layers, pools, changes, draw.choice(MODES),
                draw.sample(names, len(names)), rounding, "")  # fmt: skip
    return made._replace(text=rendered(made))


def benefit(draw: random.Random, place: int, names: list[str], before: list[Benefit]) -> Benefit:
    """A benefit after those before it on the same kind of cost."""
    kind = draw.choice(KINDS)
    name = f"救助{place + 1}"
    mine = [one for one in before if one.kind == kind and one.base != "不设"]
    after = [one.name for one in mine] if draw.random() < 0.5 else [o.name for o in mine][-1:]
    base, shape = "负担", draw.choice(["比例", "比例", "定额", "分段", "档", "级", "次"])
    if mine and draw.random() < 0.2:
        base, after = mine[-1].name, []
    elif shape == "定额" and not mine and draw.random() < 0.3:
        base = "不设"
    slicing = None
    if shape == "分段":
        slicing = (draw.choice(["基数", "起付以上部分"]), draw.choice(["每次", "按年累计"]))
    start, start_with = account(draw, name, before, "start")
    if start in LASTING and draw.random() < 0.25:
        start, start_with = TOPPED_UP, name
    if shape == "定额":
        start, start_with = "不设", name
    cap, cap_with = account(draw, name, before, "cap")
    times = (draw.choice(LASTING), draw.randint(1, 3)) if draw.random() < 0.2 else None
    rows: dict[str, Row | None] = {
        one: row(draw, shape, start, cap) if draw.random() < 0.88 else None for one in names
    }
    if not any(rows.values()):
        rows[names[0]] = row(draw, shape, start, cap)
    condition = draw.choice(CONDITIONS) if draw.random() < 0.35 else ""
    return Benefit(name, kind, after, base, condition, start, start_with, cap, cap_with, shape,
                   slicing, times, rows)  # fmt: skip


def account(draw: random.Random, name: str, before: list[Benefit], which: str) -> tuple[str, str]:
    """The period of a 起付 or 限额, and the benefit whose account it is."""
    for one in before:
        period, owner = getattr(one, which), getattr(one, f"{which}_with")
        if period in LASTING and owner == one.name and draw.random() < 0.15:
            return period, one.name
    return draw.choice(["按年累计", "按年累计", "每次", "不设", *LASTING[1:]]), name


def row(draw: random.Random, shape: str, start: str, cap: str) -> Row:
    """What one category gets."""
    starts, caps = [None, 30000, 100000, 12345], [None, 50000, 200000, 600000, 77777]
    percents = [100, 50, 80, 33, 67]
    keys: list[tuple[int, int | None] | str]
    match shape:
        case "分段" | "档":
            edges = sorted(draw.sample([50000, 100000, 200000, 300000], draw.randint(1, 2)))
            keys = list(zip([0, *edges], [*edges, None], strict=True))
        case "级":
            keys = list(LEVELS)
        case "次":
            keys = list(COUNTS)
        case _:
            keys = [""]
    figures = [10000, 50000, 123400, 0] if shape == "定额" else percents
    return Row(
        draw.choice(starts) if start != "不设" else None,
        draw.choice(caps) if cap != "不设" else None,
        draw.choice([None, None, 40000, 150000]),
        [(key, draw.choice(figures)) for key in keys],
    )


def layer(draw: random.Random, place: int) -> Benefit:
    """An insurance before aid."""
    shape = draw.choice(["比例", "分段", "级"])
    slicing = None
    if shape == "分段":
        slicing = (draw.choice(["基数", "起付以上部分"]), draw.choice(["每次", "按年累计"]))
    start, cap = draw.choice(["每次", "按年累计", "不设"]), draw.choice(["按年累计", "不设"])
    name = f"保险{place + 1}"
    after = [f"保险{place}"] if place else []
    return Benefit(name, "", after, "负担", "", start, name, cap, name, shape, slicing, None,
                   {"": row(draw, shape, start, cap)._replace(claim_cap=None)})  # fmt: skip


def pool(draw: random.Random, place: int, names: list[str], benefits: list[Benefit]) -> Pool:
    """A limit over several benefits."""
    members = draw.sample([one.name for one in benefits], draw.randint(1, len(benefits)))
    limits: dict[str, Amount] = {one: draw.choice([None, 60000, 150000, 400000]) for one in names}
    return Pool(f"总额{place + 1}", draw.choice(LASTING), members, limits)


def change(
    draw: random.Random, place: int, names: list[str], benefits: list[Benefit],
    layers: list[Benefit],
) -> Change:  # fmt: skip
    """A change of one figure that the benefit has."""
    one = draw.choice([*benefits, *layers])
    options = ["不享受", "支付", "比例" if one.shape != "定额" else "定额"]
    options += ["起付"] * (one.start != "不设") + ["基数"] * (one.base != "不设")
    claim_caps = any(r is not None and r.claim_cap is not None for r in one.rows.values())
    options += ["限额"] * (one.cap != "不设" and not claim_caps)
    target = draw.choice(options)
    manners = {"起付": ["乘", "减"], "比例": ["乘", "加", "减", "取"]}
    manner = draw.choice(manners.get(target, ["乘", "加", "减"]))
    if target in ("基数", "支付"):
        manner = draw.choice(["乘", "减"])
    figure = draw.choice([20, 50, 90]) if manner == "乘" else draw.choice([10000, 33333])
    if target == "比例" and manner != "乘":
        figure = draw.choice([5, 10, 40])
    among = draw.sample(names, 1) if names and one in benefits and draw.random() < 0.4 else []
    condition = draw.choice(CONDITIONS) if draw.random() < 0.7 else ""
    if draw.random() < 0.2:
        condition = f"身份 属于 {draw.choice(names)}"
    return Change(f"调整{place + 1}", [one.name], condition, among, target, manner, figure)


# ── its text ─────────────────────────────────────────────────────────────────


def yuan(amount: Amount) -> str:
    """An amount as the rules write it."""
    return "不设" if amount is None else f"{amount // 100}.{amount % 100:02d}元"


def rendered(made: Wide) -> str:
    """The rule text of a model."""
    lines = []
    for name, asks in made.identities.items():
        lines += [f"身份 {name}", *(["  须 知否"] if asks else [])]
    for one in made.layers:
        lines += benefit_lines("保险", one, [], "")
    base = "政策范围内费用" if made.layers else "个人负担"
    for one in made.benefits:
        lines += benefit_lines("待遇", one, [layer.name for layer in made.layers], base)
    for held in made.pools:
        lines += [f"额度 {held.name} {held.period}", f"  包括 {'、'.join(held.members)}"]
        lines.append("  | 身份 | 限额 |")
        lines += [f"  | {name} | {yuan(limit)} |" for name, limit in held.limits.items()]
    for item in made.changes:
        lines += change_lines(item)
    names = "、".join(one.name for one in made.benefits)
    lines.append(f"重叠 {made.mode} 于 {names}")
    if made.mode == "按顺位":
        lines.append(f"  顺序 {'、'.join(made.ranking)}")
    by, how = made.rounding
    return HEAD.format(by=by, how=how) + "\n".join(lines) + "\n"


def benefit_lines(word: str, one: Benefit, layers: list[str], base: str) -> list[str]:
    """A benefit or an insurance."""
    follows = [*one.after, *(layers if one.base == "负担" else [])]
    lines = [f"{word} {one.name}"]
    lines += [f"  接续 {'、'.join(follows)}"] if follows else []
    lines += [f"  费用 类型 为 {one.kind}"] if one.kind else []
    lines += [f"  须 {one.condition}"] if one.condition else []
    match one.base:
        case "负担":
            lines.append(f"  基数 {base or '政策范围内费用'}")
        case "不设":
            lines.append("  基数 不设")
        case other:
            lines.append(f"  基数 {other} 的 超限额部分")
    lines.append(f"  起付 {one.start}{shared(one.start_with, one.name)}")
    lines.append(f"  限额 {one.cap}{shared(one.cap_with, one.name)}")
    lines += [f"  限次 {one.times[0]} {one.times[1]}次"] if one.times else []
    lines += [f"  分段 {one.slicing[0]} {one.slicing[1]}"] if one.slicing else []
    return [*lines, *table(one), *([f"续 {one.name}", *shares(one)])]


def shared(owner: str, name: str) -> str:
    """与 … 共用."""
    return "" if owner == name else f" 与 {owner} 共用"


def table(one: Benefit) -> list[str]:
    """起付, 限额, 单次限额 by category."""
    columns = ["起付"] * (one.start != "不设") + ["限额"] * (one.cap != "不设")
    who = [] if "" in one.rows else ["身份"]
    columns += ["单次限额"] if who else []
    if not columns:
        return []
    rows = [[*who, *columns]]
    for name, row in one.rows.items():
        values = {"起付": row.start, "限额": row.cap, "单次限额": row.claim_cap} if row else {}
        cells = [yuan(values[c]) if row else "不享受" for c in columns]
        rows.append([*([name] if who else []), *cells])
    return [f"  | {' | '.join(row)} |" for row in rows]


def shares(one: Benefit) -> list[str]:
    """比例 or 定额 by category, and by slice, tier or level."""
    who = [] if "" in one.rows else ["身份"]
    key = {"分段": ["分段"], "档": ["基数"], "级": ["医院级别"], "次": ["第几次"]}.get(
        one.shape, []
    )
    column = "定额" if one.shape == "定额" else "比例"
    rows = [[*who, *key, column]]
    for name, row in one.rows.items():
        mine = [name] if who else []
        if row is None:
            if one.shape != "分段":  # a slice is never empty; the other table says it
                rows.append([*mine, *("—" for _ in key), "不享受"])
            continue
        for place, figure in row.shares:
            cell = yuan(figure) if one.shape == "定额" else f"{figure}%"
            rows.append([*mine, *([key_text(place)] if key else []), cell])
    return [f"  | {' | '.join(row)} |" for row in rows]


def key_text(key: tuple[int, int | None] | str) -> str:
    """A slice, tier or level as a key cell."""
    if isinstance(key, str):
        return key
    low, high = key
    if high is None:
        return f"{yuan(low)}以上"
    return f"不满{yuan(high)}" if low == 0 else f"{yuan(low)}以上 不满{yuan(high)}"


def change_lines(item: Change) -> list[str]:
    """An 调整."""
    lines = [f"调整 {item.name}", f"  对 {'、'.join(item.benefits)}"]
    lines += [f"  须 {item.condition}"] if item.condition else []
    lines += [f"  限于 {'、'.join(item.among)}"] if item.among else []
    if item.target == "不享受":
        return [*lines, "  不享受"]
    ratio = item.target == "比例"
    if item.manner == "乘":
        figure = f"{item.figure}%"
    elif ratio:
        figure = f"{item.figure}%" if item.manner == "取" else f"{item.figure}个百分点"
    else:
        figure = yuan(item.figure)
    return [*lines, f"  {item.target} {item.manner} {figure}"]
