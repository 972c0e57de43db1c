"""Small rule files of one place, written by the tests; each document says what is special in it."""

from datetime import date

HEAD = """\
包含 公共词汇

文件 {title}
  代号 {code}
  统筹区 {region}
  目录 【一】
{lines}
【一】 待遇
身份 甲类人员
身份 乙类人员
{more}
"""
BENEFIT = """\
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 按年累计
  限额 按年累计
  | 身份     | 起付     | 比例    | 限额  |
  | 甲类人员 | {starts} | {ratio} | 6万元 |
  | 乙类人员 | 2000元   | 50%     | 6万元 |
互斥 甲类人员、乙类人员
"""


def day(text):
    """`2025-08-04` as a rule file writes it."""
    found = date.fromisoformat(text)
    return f"{found.year}年{found.month}月{found.day}日"


def rules(
    code, *, start, end=None, number="", repeals=(), region="某省某市", title="", more="",
    ratio="80%", starts="1000元", head="", benefit=BENEFIT,
):  # fmt: skip
    """The text of a rule file."""
    lines = [f"  施行 {day(start)}"]
    lines += [f"  失效 {day(end)}"] if end else []
    lines += [f"  文号 {number}"] if number else []
    lines += [f"  废止 {said}" for said in repeals]
    if repeals and "此前费用 适用" not in head:
        lines.append(f"  此前费用 适用 {repeals[0]}")
    lines += [f"  {line}" for line in head.splitlines()]
    text = HEAD.format(
        title=title or f"某市办法{code}", code=code, region=region, lines="\n".join(lines),
        more=more,
    )  # fmt: skip
    return text + benefit.format(starts=starts, ratio=ratio)


OLD, NEW = "某医保发〔2023〕5号", "某医保发〔2025〕9号"


def old(**more):
    """The document of 2023: 1000 元, then 80%."""
    return rules("jiu2023", **{"start": "2023-01-01", "number": OLD, **more})


def new(**more):
    """The document of August 2025, which repeals it: 1500 元, then 90%."""
    given = {"start": "2025-08-04", "number": NEW, "repeals": (OLD,), "ratio": "90%"}
    return rules("xin2025", **{**given, "starts": "1500元", **more})


def claim(number, when, cost, **more):
    """An inpatient claim that nobody has paid anything of."""
    return {
        "编号": number, "日期": when, "类型": "住院", "政策范围内费用": cost,
        "基本医保支付": 0, "大病保险支付": 0, "其他补充支付": 0, **more,
    }  # fmt: skip


def person(number, *claims, held="甲类人员", **more):
    """A person with claims, in the shape of the worked cases."""
    about = {"人员编号": number, "身份": held, "参保": "居民医保", **more}
    return {"person": about, "claims": list(claims)}
