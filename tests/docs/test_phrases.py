"""The tutorial's table of phrases: each is put into a small rule file and settles a claim."""

import re

import attrs
import pytest

from docs.generate import DOCS
from medaidlang.base.catalogue import lookup
from medaidlang.base.diagnostic import Severity
from medaidlang.driver import inspect
from medaidlang.interpret.examples import run_examples
from medaidlang.syntax.grammar import keyword
from medaidlang.syntax.words import ITEM_HEADS

TEXT = (DOCS / "教程.md").read_text(encoding="utf-8")
REFERENCE = (DOCS / "语言参考.md").read_text(encoding="utf-8")
ROWS = {
    cells[0]: (re.findall(r"`([^`]+)`", cells[1].replace(r"\|", "|")), cells[2])
    for line in TEXT.partition("## 别的写法在哪里")[2].partition("\n## ")[0].splitlines()[6:]
    if line.startswith("| ")
    for cells in [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]]
}

DOCUMENT = ("舍入", "身份日期")
USUAL = {
    "费用": "费用 类型 为 住院", "基数": "基数 个人负担", "起付": "起付 不设",
    "限额": "限额 按年累计",
}  # fmt: skip
COLUMNS = {"比例": "60%", "限额": "10万元"}
CLINIC = """待遇 门诊救助
  费用 类型 为 慢病门诊
  基数 个人负担
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 其余 | 100% |
"""
LAYER = """保险 大病保险
  费用 类型 为 住院
  基数 个人负担
  起付 按年累计
  限额 不设
  | 起付  | 比例 |
  | 1万元 | 60%  |
"""
FLOWS = """事实 人员
  | 事实     | 类型 | 未填时 | 字段 | 说明   |
  | 自付流水 | 流水 | 未知   | —    | “自付” |
"""
GIVEN = (
    "示例默认 参保 居民医保，年龄 40岁，日期 2026年5月1日，类型 住院，医院 甲院，医院级别 一级"
    "，病种 肺炎，住院床日 1床日，基本医保支付 0元，大病保险支付 0元，其他补充支付 0元\n"
)


@attrs.frozen
class Case:
    """Claims with what must come out; the person, and lines that are added: items, of the
    benefit, and (`more`) of the 示例.
    """

    claims: tuple[str, ...]
    person: str = "身份 低保对象"
    items: str = ""
    lines: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def case(*claims, **more):
    """A table of claims, its heading first."""
    return Case(claims, **more)


CASES = {
    "每次住院起付300元，第二次起减半": case(
        "政策范围内费用 | 救助", "1300元 | 600元", "1150元 | 600元"
    ),
    "一年只收一次起付，转到高一级医院的补足差额": case(
        "医院级别 | 政策范围内费用 | 救助", "一级 | 1300元 | 600元", "三级 | 1500元 | 600元",
        "二级 | 1000元 | 600元",
    ),
    "每家医院每年只扣一次起付": case(
        "医院 | 政策范围内费用 | 救助", "甲院 | 1100元 | 600元", "乙院 | 1100元 | 600元",
        "甲院 | 1000元 | 600元",
    ),
    "起付以上，3万元以下的部分60%，3万元到5万元的部分70%，5万元以上的部分80%": case(
        "政策范围内费用 | 救助", "6万元 | 4万元"
    ),
    "年度累计费用（含起付）1万元以下的部分50%，以上的部分60%": case(
        "政策范围内费用 | 救助", "8000元 | 4000元", "4000元 | 2200元"
    ),
    "费用达到1万元的，全额按70%，不到的按50%": case(
        "政策范围内费用 | 救助", "9999元 | 4999.50元", "1万元 | 7000元"
    ),
    "2万元以上的，一次性救助1.6万元": case(
        "政策范围内费用 | 救助", "19999元 | 0元", "3万元 | 16000元"
    ),
    "每床日补助20元": case("政策范围内费用 | 住院床日 | 救助", "0元 | 10床日 | 200元"),
    "每次不超过500元，每月不超过800元": case(
        "日期 | 政策范围内费用 | 救助", "2026年5月1日 | 2000元 | 500元",
        "2026年5月9日 | 2000元 | 300元", "2026年6月1日 | 2000元 | 500元",
    ),
    "每年救助不超过1次": case("政策范围内费用 | 救助", "100元 | 60元", "100元 | 0元"),
    "年度总额10万元，其中门诊1万元": case(
        "类型 | 政策范围内费用 | 救助 | 门诊救助", "慢病门诊 | 15000元 | 0元 | 1万元",
        "住院 | 16万元 | 9万元 | 0元",
    ),
    "超过限额的部分，再补助50%": case("政策范围内费用 | 救助 | 补助", "20万元 | 10万元 | 1万元"),
    "未按规定转诊的，按标准的20%救助": case(
        "转诊备案 | 政策范围内费用 | 救助", "否 | 1000元 | 120元", "是 | 1000元 | 600元"
    ),
    "重大疾病提高5个百分点，限额增加1万元": case(
        "病种 | 政策范围内费用 | 救助", "肺炎 | 1000元 | 600元", "白血病 | 1000元 | 650元",
        "白血病 | 20万元 | 108750元",
    ),
    "80周岁以上的，起付减半，比例不低于70%": case(
        "政策范围内费用 | 救助", "2000元 | 1050元", person="身份 低保对象，年龄 80岁",
        lines=("起付 每次", "| 身份 | 起付 |", "| 其余 | 1000元 |"),
    ),
    "非定点医院的费用不予救助": case(
        "定点 | 政策范围内费用 | 救助", "否 | 1000元 | 0元", "是 | 1000元 | 600元"
    ),
    "诊断里有“癌”的": case(
        "病种 | 政策范围内费用 | 救助", "肝癌 | 1000元 | 600元", "肺炎 | 1000元 | 0元"
    ),
    "当年个人负担累计超过1万元以后的费用": case(
        "政策范围内费用 | 救助", "1万元 | 0元", "100元 | 60元"
    ),
    "前12个月自付合计达到1万元的": case(
        "日期 | 政策范围内费用 | 救助", "2026年5月1日 | 100元 | 60元", "2026年5月2日 | 100元 | 0元",
        person="身份 低保对象，自付流水 流水（2025年5月1日，4000元）、流水（2026年1月1日，6000元）",
    ),
    "自认定之日往前追溯3个月": case(
        "日期 | 政策范围内费用 | 救助", "2026年2月27日 | 100元 | 0元",
        "2026年2月28日 | 100元 | 60元",
        person="身份 临时救助对象（2026年5月31日）",
    ),
    "认定以后12个月内有效": case(
        "日期 | 政策范围内费用 | 救助", "2026年5月30日 | 100元 | 60元",
        "2026年5月31日 | 100元 | 0元",
        person="身份 临时救助对象（2025年5月31日）",
    ),
    "当年认定的，自1月1日起享受": case(
        "日期 | 政策范围内费用 | 救助", "2026年1月1日 | 100元 | 60元",
        person="身份 临时救助对象（2026年9月1日）",
    ),
    "入院时或者出院时是救助对象的": case(
        "日期 | 出院日期 | 政策范围内费用 | 救助", "2026年5月10日 | 2026年6月2日 | 100元 | 60元",
        "2026年5月10日 | 2026年5月20日 | 100元 | 0元",
        person="身份 低保对象（2026年6月1日，2026年6月30日）",
    ),
    "五舍六入到角": case("政策范围内费用 | 救助", "100.10元 | 60.10元", "100.05元 | 60元"),
    "经大病保险（由规则算）支付以后的": case(
        "政策范围内费用 | 大病保险 | 救助", "15000元 | 3000元 | 6000元"
    ),
    "困难群众的大病保险起付减半，提高5个百分点": case(
        "政策范围内费用 | 大病保险", "15000元 | 6500元"
    ),
    "几种身份的待遇可以同时享受": case(
        "政策范围内费用 | 救助", "1000元 | 840元", person="身份 低保对象、残疾人",
        items="身份 残疾人\n",
    ),
    "资金由市、县按7:3分担": case(
        "政策范围内费用 | 救助", "1000元 | 600元",
        more=("应得 资金分担·市 420元，资金分担·县 180元",),
    ),
    "申请前12个月内全家的费用合起来": case(
        "成员 | 日期 | 政策范围内费用", "— | 2026年1月1日 | 1000元", "妻子 | 2026年5月1日 | 500元",
        "妻子 | 2026年5月2日 | 500元",
        more=("成员 妻子 身份 低保对象", "申请 s1 2026年5月1日 救助", "应得 救助 900元"),
    ),
}  # fmt: skip


def parted(lines):
    """The lines of a phrase by where they belong: the document, items, the benefit 救助."""
    heads = {keyword(head) for head in ITEM_HEADS if head != "CLAUSE"}
    document, items, benefit = [], [], []
    inside = benefit
    for line in lines:
        head = line.split()[0]
        if head in DOCUMENT:
            document.append(line)
        elif head in heads:
            items.append(line)
            inside = benefit if head == "令" else items
        else:
            inside.append(line)
    return document, items, benefit


def benefit_of(lines):
    """待遇 救助 with these lines, and the usual ones where they say nothing."""
    given = {line.split()[0] for line in lines}
    usual = [line for head, line in USUAL.items() if head not in given]
    told = " ".join(line for line in lines if line.startswith("|"))
    others = {"比例": ("比例", "定额"), "限额": ("限额",)}
    missing = [name for name, words in others.items() if not any(f" {w} " in told for w in words)]
    made = ["待遇 救助", *usual, *lines]
    for name in missing:
        made += ["续 救助", f"| 身份 | {name} |", f"| 其余 | {COLUMNS[name]} |"]
    return "\n".join(made) + "\n"


def rule_file(phrase):
    """A rule file with the lines of a phrase, and its case as 示例."""
    made = CASES[phrase]
    document, items, benefit = parted(ROWS[phrase][0])
    parts = [
        "包含 公共词汇\n文件 试行办法\n  代号 shixing\n  印发 2025年12月1日\n  施行 2026年1月1日\n",
        "".join(f"  {line}\n" for line in document), "【一】 试行\n", FLOWS, "身份 低保对象\n",
        made.items, "".join(f"{line}\n" for line in items), CLINIC,
    ]  # fmt: skip
    if "待遇 救助" not in items:
        parts.append(benefit_of([*made.lines, *benefit]))
    if "大病保险" in " ".join(items) and "保险 大病保险" not in items:
        parts.append(LAYER)
    heading, *claims = made.claims
    rows = [f"  | c{at} | {claim} |\n" for at, claim in enumerate(claims)]
    parts += [GIVEN, f"示例 算一笔\n  人员 {made.person}\n", f"  | 费用 | {heading} |\n", *rows]
    return "".join([*parts, *(f"  {line}\n" for line in made.more)])


def test_every_phrase_has_a_case():
    assert len(ROWS) >= 25
    assert list(ROWS) == list(CASES)


@pytest.mark.parametrize("phrase", ROWS)
def test_phrase(phrase, tmp_path):
    path = tmp_path / "试.medaid"
    path.write_text(rule_file(phrase), encoding="utf-8")
    report = inspect(path)
    wrong = [f.code for f in report.found if lookup(f.code).severity is Severity.ERROR]
    assert wrong == []
    (outcome,) = run_examples(report.pack, lambda readings: report.loaded.pack(readings)[0])
    assert outcome.refused is None
    assert [(m.path, m.expected, m.got) for m in outcome.mismatches] == []


@pytest.mark.parametrize("phrase", ROWS)
def test_section_exists(phrase):
    for section in ROWS[phrase][1].split("、"):
        assert re.search(rf"^##+ {re.escape(section)}　", REFERENCE, re.M)
