"""Random rule packs and persons, by seed: benefits in a chain, accounts, keys, overlap rules."""

from __future__ import annotations

import copy
import itertools
import random
from typing import Any, NamedTuple

HEAD = """包含 公共词汇

文件 试验
  代号 shiyan
  施行 2020年1月1日

【一】 总则
事实 费用
  | 事实 | 类型 | 未填时 |
  | 条一 | 是否 | 未知   |
  | 条二 | 是否 | 未知   |
事实 人员
  | 事实 | 类型 | 未填时 |
  | 知否 | 是否 | 未知   |
  | 知二 | 是否 | 未知   |
参数 甲数 金额
  待定 另行公布
参数 乙率 比例
  待定 另行公布
"""
TRUTHS = [True, False]
LASTING = ("按年累计", "按月累计", "按季累计")
LEVELS = [["一级", "二级", "三级"], ["一级", "二级、三级"], ["三级"], ["一级、二级、三级"]]


class Made(NamedTuple):
    """A generated pack."""

    text: str
    identities: list[str]
    benefits: list[str]


def account(draw: random.Random, names: list[str], place: int, periods: dict[str, str]) -> str:
    """A 起付 or 限额 line's account: its own, or shared with the first benefit's."""
    period = draw.choice(["按年累计", "按年累计", "每次", "按月累计", "按季累计", "不设"])
    first = periods.get(names[0], "")
    if place and first in LASTING and draw.random() < 0.3:
        return f"{first} 与 {names[0]} 共用"
    periods[names[place]] = period
    return period


def table(draw: random.Random, identities: list[str], start: str, cap: str) -> list[str]:
    """A benefit's table, sometimes with rows by hospital level."""
    keyed = draw.random() < 0.2
    columns = ["身份", *(["医院级别"] if keyed else [])]
    figures = [("起付", ["不设", "300元", "1000元", "甲数"])] if start != "不设" else []
    figures.append(("比例", ["100%", "50%", "80%", "33.3%", "乙率"]))
    figures += [("限额", ["不设", "500元", "2000元", "6000元"])] if cap != "不设" else []
    rows = [[*columns, *(name for name, _ in figures)]]
    for identity in identities:
        for level in draw.choice(LEVELS) if keyed else [""]:
            key = [identity, *([level] if keyed else [])]
            denied = not keyed and draw.random() < 0.12
            cells = [("不享受" if denied else draw.choice(values)) for _, values in figures]
            rows.append([*key, *cells])
    return [f"  | {' | '.join(row)} |" for row in rows]


def pack(seed: int) -> Made:
    """The rule file of a seed."""
    draw = random.Random(seed)
    identities = ["甲类", "乙类", "丙类"][: draw.randint(1, 3)]
    names = ["医疗救助", "倾斜救助", "兜底救助"][: draw.randint(1, 3)]
    lines = []
    for identity in identities:
        lines.append(f"身份 {identity}")
        if draw.random() < 0.3:
            lines.append(f"  须 {draw.choice(['知否', '知二', '非 知否'])}")
    starts: dict[str, str] = {}
    caps: dict[str, str] = {}
    for place, name in enumerate(names):
        lines += [f"待遇 {name}", *([f"  接续 {names[place - 1]}"] if place else [])]
        if draw.random() < 0.4:
            lines.append(f"  须 {draw.choice(['条一', '条二', '条一 或 条二', '非 条一'])}")
        if draw.random() < 0.15:
            lines.append("  无法计算 当 条二：文件没有写")
        start = account(draw, names, place, starts)
        feed = " 计入 个人负担" if start in LASTING and draw.random() < 0.2 else ""
        cap = account(draw, names, place, caps)
        lines += ["  基数 个人负担", f"  起付 {start}{feed}", f"  限额 {cap}"]
        lines += table(draw, identities, start, cap)
    mode = draw.choice(["就高不就低 累计", "就高不就低 按笔", "按顺位"])
    lines.append(f"重叠 {mode} 于 {'、'.join(names)}")
    if mode == "按顺位":
        lines.append(f"  顺序 {'、'.join(draw.sample(identities, len(identities)))}")
    return Made(HEAD + "\n".join(lines) + "\n", identities, names)


class Open(NamedTuple):
    """A person and claims with unknowns, and ways of filling them in."""

    person: dict[str, Any]
    claims: list[dict[str, Any]]
    filled: list[tuple[dict[str, Any], list[dict[str, Any]]]]


def scenario(draw: random.Random, identities: list[str]) -> Open:
    """A person's year of which one to four facts are not known."""
    held: list[Any] = []
    for name in draw.sample(identities, draw.randint(1, len(identities))):
        spell = draw.choice([{}, {}, {}, {"止": "2026-05-31"}, {"起": "2026-04-01"}])
        held.append({"名称": name, **spell} if spell else name)
    months = sorted(draw.sample(range(1, 12), draw.randint(1, 4)))
    claims: list[dict[str, Any]] = [
        {
            "编号": f"c{place}", "日期": f"2026-{month:02d}-10", "类型": "住院",
            "政策范围内费用": draw.choice([200, 1000, 3000, 7777, 10000]),
            "基本医保支付": 0, "其他补充支付": 0,
        }
        for place, month in enumerate(months)
    ]  # fmt: skip
    base = ({"身份": held, "参数": {}}, claims)
    domains: list[tuple[tuple[Any, str], list[Any]]] = [
        (("人员", "知否"), TRUTHS),
        (("人员", "知二"), TRUTHS),
        (("参数", "甲数"), [0, 100, 500, 1000, 3000, 20000]),
        (("参数", "乙率"), ["0", "20%", "50%", "100%"]),
    ]
    for place, claim in enumerate(claims):
        cost = claim["政策范围内费用"]
        domains += [((place, "条一"), TRUTHS), ((place, "条二"), TRUTHS)]
        domains.append(((place, "医院级别"), ["一级", "二级", "三级"]))
        paid = [0, cost // 4, cost // 2, cost * 9 // 10, cost]
        domains.append(((place, "大病保险支付"), paid))
    unknown = draw.sample(domains, draw.randint(1, 4))
    for item in domains:
        put(base, item[0], None if item in unknown else draw.choice(item[1]))
    ways = list(itertools.product(*[values for _, values in unknown]))
    filled = []
    for way in draw.sample(ways, min(len(ways), 24)):
        truth = copy.deepcopy(base)
        for (key, _), value in zip(unknown, way, strict=True):
            put(truth, key, value)
        filled.append(truth)
    return Open(*base, filled)


def put(
    year: tuple[dict[str, Any], list[dict[str, Any]]], key: tuple[Any, str], value: Any
) -> None:
    """Set one fact or parameter; a parameter that is not known is left out."""
    where, name = key
    person, claims = year
    if where == "人员":
        person[name] = value
    elif where == "参数":
        person["参数"] |= {} if value is None else {name: value}
    else:
        claims[where][name] = value
