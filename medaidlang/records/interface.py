"""Which benefit is paid by which fund, in the national interface's codes.

Takes a pack and the file 接口.toml beside it (or another), gives an `Interface`; by
default a benefit's name decides.  Raises `Refusal` with all that is wrong with the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.core.nodes import Pack
from medaidlang.records.codes import CODES
from medaidlang.records.raw import FINDINGS_LIMIT, finding
from medaidlang.records.text import read_text

FILE_NAME = "接口.toml"
FIELDS = ("maf_pay", "oth_pay")
"""The sums of setlinfo that medical assistance may be part of."""

INSURERS = {
    ("hifp_pay", "居民医保"): ("390100", "城乡居民基本医疗保险基金"),
    ("hifp_pay", "职工医保"): ("310100", "职工基本医疗保险统筹基金"),
    ("hifmi_pay", "居民医保"): ("390200", "城乡居民大病医疗保险资金"),
    ("hifmi_pay", "职工医保"): ("330100", "职工大额医疗费用补助基金"),
}
"""The funds behind the payments that the data bring, by field and insurance."""

_TABLES = ("fund", "med_type")
_KEYS = ("fund_pay_type", "fund_pay_type_name", "setlinfo", "benefits")
_CODE = re.compile(r"[0-9]{6}")
_MED_TYPE = re.compile(r"[0-9]{2,6}")
_WHERE = re.compile(r"at line (\d+), column (\d+)")


@attrs.frozen
class Fund:
    """One fund: its code and name, the sum of setlinfo it is part of, and its benefits."""

    code: str
    name: str
    field: str
    benefits: tuple[str, ...]


@attrs.frozen
class Interface:
    """The funds of a place, and the codes of 医疗类别 that words stand for."""

    funds: tuple[Fund, ...]
    med_types: Mapping[str, str]


def interface_for(pack: Pack, rules: Path, mapping: Path | None = None) -> Interface:
    """The file given, or the one beside the rule file, or what the names say."""
    beside = rules.parent / FILE_NAME
    if mapping is None and beside.is_file():
        mapping = beside
    return by_name(pack) if mapping is None else read_interface(mapping, pack)


# ── by default ───────────────────────────────────────────────────────────────
_BY_NAME = (
    ("倾斜", "999996", "医疗救助倾斜救助"),
    ("再救助", "610102", "医疗再救助基金"),
    ("", "610100", "医疗救助基金"),
)


def by_name(pack: Pack) -> Interface:
    """倾斜救助 and 再救助 apart, everything else 医疗救助; all of it part of maf_pay."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for benefit in pack.benefits:
        fund = next((code, name) for part, code, name in _BY_NAME if part in benefit)
        found[fund] = (*found.get(fund, ()), benefit)
    funds = tuple(Fund(code, name, "maf_pay", names) for (code, name), names in found.items())
    return Interface(funds, med_types())


def med_types() -> dict[str, str]:
    """The codes of 医疗类别 for words that have only one; 14 is both 慢病 and 特病门诊."""
    words: dict[str, list[str]] = {}
    for code, word in CODES["med_type"].items():
        words.setdefault(word, []).append(code)
    single = {word: codes[0] for word, codes in words.items() if len(codes) == 1}
    return {**single, "特病门诊": single["慢病门诊"]}


# ── from a file ──────────────────────────────────────────────────────────────
def read_interface(path: Path, pack: Pack) -> Interface:
    """The mapping in a file."""
    name = str(path)
    text = read_text(path)
    try:
        data = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        at = _WHERE.search(str(error))
        problem = f"第 {at[1]} 行第 {at[2]} 列" if at else "文件末尾"
        raise Refusal(finding("E933", name, problem=problem)) from None
    except RecursionError:
        raise Refusal(finding("E933", name, problem="括号太深")) from None
    found = [*_strange(data, _TABLES, name)]
    listed = data.get("fund", [])
    if not isinstance(listed, list) or not listed:
        found.append(_wrong(name, "fund", listed, "一个或几个 [[fund]]"))
        listed = []
    kinds = data.get("med_type", {})
    found += _wrong_kinds(kinds, pack, name)
    for place, fund in enumerate(listed, start=1):
        found += _wrong_fund(fund, f"{name} 第 {place} 个 [[fund]]")
    if not found:
        found += _wrong_whole(listed, pack, name)
    if found:
        raise Refusal(*found[:FINDINGS_LIMIT])
    funds = tuple(
        Fund(f["fund_pay_type"], f["fund_pay_type_name"], f["setlinfo"], tuple(f["benefits"]))
        for f in listed
    )
    return Interface(funds, {**med_types(), **kinds})


def _strange(given: Mapping[str, Any], known: tuple[str, ...], place: str) -> Iterator[Diagnostic]:
    """E934 for keys that nobody reads."""
    for key in given:
        if key not in known:
            yield finding("E934", place, field=key, options="、".join(known))


def _wrong(place: str, field: str, value: object, options: str) -> Diagnostic:
    shown = "没有写" if value is None else f"“{str(value)[:40]}”"
    return finding("E938", place, field=field, value=shown, options=options)


def _wrong_fund(fund: object, place: str) -> Iterator[Diagnostic]:
    """What is wrong with one [[fund]] by itself."""
    if not isinstance(fund, dict):
        yield _wrong(place, "fund", fund, "一个或几个 [[fund]]")
        return
    yield from _strange(fund, _KEYS, place)
    code, name, field, names = (fund.get(key) for key in _KEYS)
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        yield _wrong(place, "fund_pay_type", code, '引号里的六位数字，例如 "610100"')
    if not isinstance(name, str) or not name.strip() or not name.isprintable() or len(name) > 200:
        yield _wrong(place, "fund_pay_type_name", name, "引号里的名称，不超过 200 字")
    if isinstance(field, str) and field not in FIELDS:
        yield finding("E934", f"{place}·setlinfo", field=field, options="、".join(FIELDS))
    elif not isinstance(field, str):
        yield _wrong(place, "setlinfo", field, f"{'、'.join(FIELDS)}之一，加引号")
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        yield _wrong(place, "benefits", names, '待遇名称的列表，例如 ["医疗救助"]')


def _wrong_whole(funds: list[dict[str, Any]], pack: Pack, name: str) -> Iterator[Diagnostic]:
    """What is wrong with all of them together."""
    taken = {code for code, _ in INSURERS.values()}
    for fund in funds:
        if fund["fund_pay_type"] in taken:
            yield finding("E935", name, fund=fund["fund_pay_type"])
        taken.add(fund["fund_pay_type"])
    counts = dict.fromkeys(pack.benefits, 0)
    for benefit in (benefit for fund in funds for benefit in fund["benefits"]):
        if benefit in counts:
            counts[benefit] += 1
        else:
            yield finding("E936", name, name=benefit, options="、".join(pack.benefits))
    for benefit, count in counts.items():
        if count != 1:
            yield finding("E937", name, name=benefit, count=str(count))


def _wrong_kinds(kinds: object, pack: Pack, name: str) -> Iterator[Diagnostic]:
    """What is wrong with [med_type]."""
    place = f"{name} [med_type]"
    if not isinstance(kinds, dict):
        yield _wrong(place, "med_type", kinds, "一组“类型 = 代码”")
        return
    facts = [fact for fact in pack.facts.values() if "med_type" in fact.fields]
    words = tuple(word for fact in facts for word in fact.type.choices)
    yield from _strange(kinds, words, place)
    for word, code in kinds.items():
        if not isinstance(code, str) or not _MED_TYPE.fullmatch(code):
            yield _wrong(place, word, code, '引号里的两到六位数字，例如 "21"')
