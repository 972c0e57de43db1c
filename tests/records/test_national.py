"""The national interface's fields: sums agree, nothing unknown is a number."""

import random
from contextlib import suppress

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaidlang.base.diagnostic import Refusal
from medaidlang.driver import find_pack, settle_all, shipped, usable
from medaidlang.explain.process import CUT, LIMIT, clipped, process_text
from medaidlang.records.assemble import Subject
from medaidlang.records.interface import by_name, interface_for, read_interface
from medaidlang.records.national import SETLDETAIL, SETLINFO, National, as_records, one_table
from medaidlang.records.read import read_records
from medaidlang.records.results import Settled
from tests.conftest import ROOT
from tests.interpret.reference import KUNYU_CLASS, WUHAI
from tests.interpret.test_agreement import KUNYU_KINDS, claims, shipped_settler

AIDED = ("医疗救助", "倾斜救助")


def exported(pack, settled, interface):
    return National(pack, interface, process_text).bills(settled)


def agrees(bill, interface, claim):
    """Every sum of a bill, with its own parts and with the settlement."""
    info = bill.info
    fields = {fund.code: fund.field for fund in interface.funds}
    aid = [row for row in bill.details if row["fund_pay_type"] in fields]
    assert [row["fund_pay_type"] for row in aid] == [fund.code for fund in interface.funds]
    for fund, row in zip(interface.funds, aid, strict=True):
        amounts = [claim.paid(name) for name in fund.benefits]
        assert row["fund_payamt"] == (None if None in amounts else sum(amounts))
        if row["fund_payamt"] is None:
            assert "无法计算" in row["setl_proc_info"]
    mapped = [row["fund_payamt"] for row in aid if fields[row["fund_pay_type"]] == "maf_pay"]
    assert info["maf_pay"] == (None if None in mapped else sum(mapped))
    every = [row["fund_payamt"] for row in bill.details]
    assert info["fund_pay_sumamt"] == (None if None in every else sum(every))
    if info["psn_part_amt"] is not None:
        assert info["psn_part_amt"] == info["medfee_sumamt"] - info["fund_pay_sumamt"]
    assert all(len(row["setl_proc_info"]) <= LIMIT for row in bill.details)
    assert tuple(info) == SETLINFO
    assert all(tuple(row) == SETLDETAIL for row in bill.details)


@pytest.mark.parametrize("name", ["昆玉2025", "乌海2022"])
def test_samples(name):
    path = find_pack(name)
    pack = usable(path)[1]
    settled = settle_all(
        pack, read_records(pack, ROOT / "samples" / f"{name}.json").subjects, trace=True
    )
    interface = interface_for(pack, path)
    bills = exported(pack, settled, interface)
    results = [claim for one in settled for claim in one.settlement.claims]
    assert len(bills) == len(results) > 5
    for bill, claim in zip(bills, results, strict=True):
        agrees(bill, interface, claim)
    known = [claim for claim in results if None not in claim.amounts]
    paid = sum(b.info["maf_pay"] for b in bills if b.info["maf_pay"] is not None)
    assert paid == sum(sum(claim.amounts) for claim in known) > 0


@st.composite
def years(draw, kinds, day):
    """A year some of whose facts nobody recorded."""
    year = draw(claims(kinds, day))
    for one in year:
        for field in ("基本医保支付", "大病保险支付"):
            if draw(st.integers(0, 9)) == 0:
                one[field] = None
        if draw(st.booleans()):
            one["医疗总费用"] = one["政策范围内费用"] + draw(st.integers(0, 500))
    return year


@pytest.mark.parametrize("code", ["kunyu2025", "wuhai2022"])
@given(st.data())
def test_random_years(code, data):
    settler = shipped_settler(code)
    pack = settler.pack
    names = list(KUNYU_CLASS if code == "kunyu2025" else list(WUHAI)[:3])
    person = {
        "身份": data.draw(st.lists(st.sampled_from(names), max_size=2, unique=True)),
        "参保": data.draw(st.sampled_from([None, "居民医保", "职工医保", "未参保"])),
        "参数": {} if code == "kunyu2025" else {"上年全体居民人均可支配收入": "48000"},
    }
    day = "2025-09-01" if code == "kunyu2025" else "2023-05-01"
    year = data.draw(years(KUNYU_KINDS, day))
    settlement = settler.settle(person, year, trace=True)
    one = Settled(Subject("1", person, tuple(year), {"": "数据"}), settlement)
    interface = by_name(pack)
    if data.draw(st.booleans()):
        apart = [
            attrs.evolve(f, field="oth_pay") if "倾斜" in f.name else f for f in interface.funds
        ]
        interface = attrs.evolve(interface, funds=tuple(apart))
    bills = exported(pack, [one], interface)
    for bill, claim in zip(bills, settlement.claims, strict=True):
        agrees(bill, interface, claim)
    as_records(bills)
    one_table(bills)


@given(st.sampled_from(list(KUNYU_CLASS)), claims(["住院", "特病门诊"], "2025-09-01"))
def test_the_cap_left_and_what_was_paid_make_the_cap(identity, year):
    """One category alone: what is left before a claim is the 限额 less all that was paid."""
    settler = shipped_settler("kunyu2025")
    person = {"身份": [identity], "参保": "居民医保"}
    settlement = settler.settle(person, year, trace=True)
    one = Settled(Subject("1", person, tuple(year), {"": ""}), settlement)
    bills = exported(settler.pack, [one], by_name(settler.pack))
    for place, (benefit, cap) in enumerate(zip(AIDED, (6000000, 20000000), strict=True)):
        used = 0
        for bill, claim in zip(bills, settlement.claims, strict=True):
            row = bill.details[place - 2]
            left = row["crt_payb_lmt_amt"]
            assert left == cap - used
            assert row["fund_payamt"] <= left
            used += claim.paid(benefit)


KEYED = """  | 身份 | 医院级别 | 比例 | 限额 |
  | 甲类人员、乙类人员 | 一级 | 90% | 不设 |
  | 甲类人员、乙类人员 | 二级、三级 | 80% | 6万元 |
"""


def test_no_cap_for_this_level(tmp_path):
    """不设 less what was used is still 不设, in the field and in the words."""
    text = (ROOT / "tests/cli/data/试验.medaid").read_text(encoding="utf-8")
    text = text[: text.index("  | 身份 ")].replace("起付 按年累计", "起付 不设") + KEYED
    path = tmp_path / "试验.medaid"
    path.write_text(text, encoding="utf-8")
    pack = usable(path)[1]
    base = {"日期": "2025-09-01", "类型": "住院", "政策范围内费用": 1000, "基本医保支付": 0,
            "大病保险支付": 0, "其他补充支付": 0}  # fmt: skip
    year = [{**base, "编号": f"c{i}", "医院级别": level} for i, level in enumerate("一一二")]
    year = [{**one, "医院级别": f"{one['医院级别']}级"} for one in year]
    subject = Subject("1", {"身份": ["甲类人员"]}, tuple(year), {"": ""})
    bills = exported(pack, settle_all(pack, [subject], trace=True), by_name(pack))
    rows = [bill.details[-1] for bill in bills]
    assert [row["crt_payb_lmt_amt"] for row in rows] == [None, None, 6000000 - 180000]
    assert "限额还剩：不设 − 已用 900.00 = 不设" in rows[1]["setl_proc_info"]


# ── what is not known ────────────────────────────────────────────────────────
@pytest.fixture
def bill(pack, person, claim, json_file):
    """The bill of one person's one claim."""

    def make(person_more=(), claim_more=()):
        data = {"人员": [person | dict(person_more)], "费用": [claim | dict(claim_more)]}
        settled = settle_all(pack, read_records(pack, json_file(data)).subjects, trace=True)
        (made,) = exported(pack, settled, by_name(pack))
        return made

    return make


def test_nothing_is_made_up(bill):
    info = bill().info
    absent = ("mdtrt_id", "medfee_sumamt", "fulamt_ownpay_amt", "psn_part_amt", "acct_pay",
              "cvlserv_pay", "act_pay_dedc", "med_type")  # fmt: skip
    assert [info[name] for name in absent] == [None] * len(absent)
    assert info["hifp_pay"] == 0


def test_the_persons_part(bill):
    info = bill((), {"医疗总费用": "12000.00"}).info
    assert info["psn_part_amt"] == 1200000 - info["fund_pay_sumamt"]


def test_a_cost_below_what_was_paid(bill):
    with pytest.raises(Refusal) as refused:
        bill((), {"医疗总费用": "1.00"})
    (found,) = refused.value.diagnostics
    assert found.code == "E939"
    assert "数据.json 费用第 1 项" in found.place


def test_unknown_payments(bill):
    made = bill((), {"基本医保支付": None})
    assert made.info["fund_pay_sumamt"] is None
    assert made.info["maf_pay"] is None
    rows = {row["fund_pay_type"]: row for row in made.details}
    assert rows["390100"]["fund_payamt"] is None
    assert rows["610100"]["fund_payamt"] is None
    assert "基本医保支付" in rows["610100"]["setl_proc_info"]
    assert "【" in rows["610100"]["setl_proc_info"]


def test_before_the_document(bill):
    made = bill((), {"日期": "2025-01-02"})
    aid = made.details[-2:]
    assert [row["fund_payamt"] for row in aid] == [None, None]
    assert all("施行之前" in row["setl_proc_info"] for row in aid)
    assert all(row["crt_payb_lmt_amt"] is None for row in aid)


def test_nobody_held(bill):
    made = bill({"身份": []})
    assert [row["fund_payamt"] for row in made.details[-2:]] == [0, 0]
    assert [row["crt_payb_lmt_amt"] for row in made.details[-2:]] == [None, None]


def test_codes_of_the_data_are_kept(bill):
    """23 and 住院 are not the same: 住院 is several codes."""
    assert bill((), {"类型": "23"}).info["med_type"] == "23"
    assert bill((), {"类型": "特病门诊"}).info["med_type"] == "14"
    assert bill({"参保": "310"}).info["insutype"] == "310"
    assert bill({"参保": "未参保"}).info["insutype"] is None


def test_the_process_text_has_the_sum_and_its_clauses(bill):
    first, second = bill().details[-2:]
    assert "× " in first["setl_proc_info"]
    assert "〔医疗救助怎样算〕" in first["setl_proc_info"]
    assert "〔倾斜救助怎样算〕" not in first["setl_proc_info"]
    assert "〔倾斜救助怎样算〕" in second["setl_proc_info"]


@given(st.lists(st.integers(0, 300), max_size=40), st.integers(20, 400))
def test_cut_at_a_line(lengths, limit):
    lines = ["字" * length for length in lengths]
    text = clipped(lines, limit)
    assert len(text) <= limit
    if text != "\n".join(lines):
        *kept, mark = text.split("\n")
        assert mark == CUT
        assert kept == lines[: len(kept)]
        assert len("\n".join([*lines[: len(kept) + 1], CUT])) > limit


# ── which fund ───────────────────────────────────────────────────────────────
def test_names_decide_where_nothing_is_said(pack):
    """倾斜 and 再救助 never in the row of 医疗救助."""
    names = ("住院救助", "倾斜救助", "门诊救助", "医疗再救助")
    interface = by_name(attrs.evolve(pack, benefits=dict.fromkeys(names)))
    assert {fund.code: fund.benefits for fund in interface.funds} == {
        "610100": ("住院救助", "门诊救助"),
        "999996": ("倾斜救助",),
        "610102": ("医疗再救助",),
    }
    assert {fund.field for fund in interface.funds} == {"maf_pay"}


FUND = """[[fund]]
fund_pay_type = "610100"
fund_pay_type_name = "医疗救助"
setlinfo = "maf_pay"
benefits = ["医疗救助"]
"""
OTHER = (
    FUND.replace("610100", "300009").replace("医疗救助", "倾斜救助").replace("maf_pay", "oth_pay")
)


def test_a_local_code(pack, person, claim, json_file, tmp_path):
    path = tmp_path / "接口.toml"
    path.write_text(f'{FUND}{OTHER}[med_type]\n"住院" = "2101"\n', encoding="utf-8")
    interface = interface_for(pack, tmp_path / "规则.medaid")
    data = {"人员": [person], "费用": [{**claim, "其他补充支付": "10", "转诊备案": "是"}]}
    settled = settle_all(pack, read_records(pack, json_file(data)).subjects, trace=True)
    (made,) = exported(pack, settled, interface)
    by_code = {row["fund_pay_type"]: row["fund_payamt"] for row in made.details}
    assert made.info["oth_pay"] == 1000 + by_code["300009"]
    assert by_code["300009"] > 0
    assert made.info["maf_pay"] == by_code["610100"]
    assert made.info["med_type"] == "2101"
    assert by_code[None] == 1000


BAD = {
    "not toml": ("[[fund]\n", "E933"),
    "chinese key": ("基金 = 1\n", "E933"),
    "key twice": (FUND + 'setlinfo = "oth_pay"\n', "E933"),
    "deep": ("a = " + "[" * 5000, "E933"),
    "nothing": ("# 空\n", "E938"),
    "fund that is no table": ("fund = 3\n", "E938"),
    "funds that are no tables": ("fund = [3]\n", "E938"),
    "unknown table": (FUND + OTHER + "[funds]\n", "E934"),
    "unknown key": (FUND + 'code = "1"\n' + OTHER, "E934"),
    "unknown field": (FUND + OTHER.replace("oth_pay", "hifp_pay"), "E934"),
    "missing field": (FUND + OTHER.replace('setlinfo = "oth_pay"\n', ""), "E938"),
    "short code": (FUND + OTHER.replace("300009", "3000"), "E938"),
    "code without marks": (FUND + OTHER.replace('"300009"', "300009"), "E938"),
    "float": (FUND + OTHER.replace('"300009"', "300009.5"), "E938"),
    "no benefits": (FUND + OTHER.replace('["倾斜救助"]', "[]"), "E938"),
    "benefits as text": (FUND + OTHER.replace('["倾斜救助"]', '"倾斜救助"'), "E938"),
    "no name": (FUND + OTHER.replace('name = "倾斜救助"', 'name = ""'), "E938"),
    "code twice": (FUND + OTHER.replace("300009", "610100"), "E935"),
    "code of an insurer": (FUND + OTHER.replace("300009", "390100"), "E935"),
    "unknown benefit": (FUND + OTHER.replace('["倾斜救助"]', '["倾斜救助", "再救助"]'), "E936"),
    "benefit left out": (FUND, "E937"),
    "benefit twice": (FUND + OTHER.replace('["倾斜救助"]', '["倾斜救助", "医疗救助"]'), "E937"),
    "unknown kind": (FUND + OTHER + '[med_type]\n"住园" = "21"\n', "E934"),
    "bad kind": (FUND + OTHER + '[med_type]\n"住院" = 21\n', "E938"),
    "kinds that are no table": ("med_type = 3\n" + FUND + OTHER, "E938"),
    "hidden character": (FUND + OTHER.replace("倾斜救助", "倾斜\u200b救助"), "E106"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_mappings(name, pack, tmp_path):
    text, code = BAD[name]
    path = tmp_path / "接口.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read_interface(path, pack)
    found = refused.value.diagnostics
    assert code in {d.code for d in found}
    assert all("接口.toml" in d.place for d in found)
    assert str(refused.value)


def test_damaged_mappings(pack, tmp_path):
    """Whatever stands in it: every benefit in one fund, or findings."""
    draw = random.Random(7)
    words = (FUND + OTHER).split(" ")
    path = tmp_path / "接口.toml"
    read = 0
    for _ in range(200):
        mixed = list(words)
        for _ in range(draw.randint(1, 3)):
            mixed[draw.randrange(len(mixed))] = draw.choice([*words, "", '"', "[", "x = 1\n"])
        path.write_text(" ".join(mixed), encoding="utf-8")
        with suppress(Refusal):
            made = read_interface(path, pack)
            read += 1
            assert sorted(b for f in made.funds for b in f.benefits) == sorted(pack.benefits)
    assert 0 < read < 200


def test_every_shipped_mapping_fits():
    there = [path.parent / "接口.toml" for path in shipped()]
    checked = [path for path in there if path.is_file()]
    assert len(checked) >= 2
    for path in checked:
        (rules,) = [p for p in shipped() if p.parent == path.parent]
        assert read_interface(path, usable(rules)[1]).funds
