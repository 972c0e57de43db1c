"""Documents, people and results for the tests of applications (申请)."""

from medaidlang.interpret.application import with_applications
from medaidlang.interpret.settle import prepare
from tests.check.rules import clean

HEADER = """\
包含 公共词汇
文件 某市医疗救助办法
  代号 moushi
  目录 【一】
  施行 {start}
【一】 规则
身份 低保对象、低收入人口
"""
ORDINARY = """\
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 按年累计
  | 身份 | 比例 | 限额 |
  | 低保对象 | 70% | 5万元 |
  | 低收入人口 | 50% | 5万元 |
重叠 就高不就低 于 医疗救助
"""
AGAIN = """\
待遇 再救助
  申请 {window}
  接续 医疗救助
  基数 个人负担
  起付 {deductible}
  限额 按年累计
{lines}
  | 身份 | 起付 | 比例 | 限额 |
  | 低保对象 | {standard} | 50% | 2万元 |
  | 低收入人口 | 不设 | 30% | 2万元 |
重叠 就高不就低 于 再救助
"""


def settler_of(
    window="当年",
    deductible="不设",
    standard="不设",
    lines="",
    before=ORDINARY,
    start="2020年1月1日",
):
    again = AGAIN.format(window=window, deductible=deductible, standard=standard, lines=lines)
    if deductible == "不设":
        again = again.replace(" 起付 | 比例", " 比例").replace("| 不设 |", "|")
    return prepare(clean(HEADER.format(start=start) + before + again))


def claim(number, day, cost, kind="住院", **others):
    return {
        "编号": number, "日期": day, "类型": kind, "政策范围内费用": cost, "基本医保支付": 0,
        "大病保险支付": 0, "其他补充支付": 0, **others,
    }  # fmt: skip


def asks(*events):
    return [{"编号": n, "日期": day, "待遇": "再救助"} for n, day in events]


def decided(settler, *people):
    """(settled members, every application by number); a person is (name, 身份, events, claims)."""
    members = [
        settler.member(name, {"身份": held, "申请": asks(*events)}, claims, trace=True)
        for name, held, events, claims in people
    ]
    made = with_applications(settler, members, trace=True)
    found = {a.number: a for m in made for y in m.years for a in y.settlement.applications}
    return made, found


def counted(made):
    return {(one.member, one.claim): one.amount for one in made.counted}


def shares(made):
    return {(part.member, part.claim): part.share for part in made.parts}
