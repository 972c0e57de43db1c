"""Settlements in the fields of the national settlement interface (2303/2304).

Takes settled persons (with traces) and an `Interface`, gives one `Bill` per claim and
application: a row setlinfo and a row setldetail for each fund.  What is not known is null, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.core.nodes import Fact, Pack, Scope
from medaidlang.interpret.result import (
    Application,
    ClaimResult,
    Settlement,
    Step,
    TraceLine,
)  # fmt: skip
from medaidlang.interpret.shape import amount
from medaidlang.interpret.values import amount as read_amount
from medaidlang.plan.nodes import LARGEST
from medaidlang.records.codes import CODES
from medaidlang.records.columns import NUMBER
from medaidlang.records.interface import INSURERS, Fund, Interface
from medaidlang.records.raw import FINDINGS_LIMIT
from medaidlang.records.results import Settled, Table
from medaidlang.runtime.money import format_yuan

SETLINFO = (
    "psn_no", "mdtrt_id", "setl_id", "insutype", "setl_time", "med_type", "medfee_sumamt",
    "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc",
    "hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay",
    "fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay",
)  # fmt: skip
SETLDETAIL = (
    "fund_pay_type", "fund_pay_type_name", "inscp_scp_amt", "crt_payb_lmt_amt", "fund_payamt",
    "setl_proc_info",
)  # fmt: skip
_WORDS = frozenset(
    {"psn_no", "mdtrt_id", "setl_id", "insutype", "setl_time", "med_type",
     "fund_pay_type", "fund_pay_type_name", "setl_proc_info"}
)  # fmt: skip
"""Fields that are no amounts."""

Value = str | int | None
Values = Mapping[str, Value]
Process = Callable[[Settlement, ClaimResult, Sequence[str]], str]
"""How the sum of some benefits on a claim is worded (`explain.process`)."""


@attrs.frozen
class Bill:
    """One claim: a row of setlinfo and its rows of setldetail; amounts in 分."""

    info: Values
    details: tuple[Values, ...]


@attrs.define
class National:
    """One export; `found` collects claims whose amounts contradict each other."""

    pack: Pack
    interface: Interface
    process: Process
    found: list[Diagnostic] = attrs.field(factory=list)

    def bills(self, settled: Sequence[Settled]) -> list[Bill]:
        """Everybody's claims; raises `Refusal` where amounts cannot be."""
        made = []
        for one in settled:
            for claim, given in zip(one.settlement.claims, one.subject.claims, strict=True):
                made.append(self.bill(one, claim, given))
            made += [self.application(one, asked) for asked in one.settlement.applications]
        if self.found:
            raise Refusal(*self.found[:FINDINGS_LIMIT])
        return made

    def bill(self, one: Settled, claim: ClaimResult, given: Mapping[str, object]) -> Bill:
        """One claim."""
        info: dict[str, Value] = dict.fromkeys(SETLINFO)
        info |= self.who_and_what(one, claim, given)
        insured = self.insured(one, given)
        funds = [fund for fund in self.interface.funds if self.pays_on_claims(fund)]
        aided = [self.aid(one.settlement, claim, fund) for fund in funds]
        parts: dict[str, list[Value]] = {field: [value] for field, value in insured.items()}
        for fund, row in zip(funds, aided, strict=True):
            parts.setdefault(fund.field, []).append(row["fund_payamt"])
        info |= {field: total(values) for field, values in parts.items()}
        info["fund_pay_sumamt"] = total([info[field] for field in parts])
        info["psn_part_amt"] = self.borne(one, claim, info)
        scope = info["inscp_scp_amt"]
        details = [*self.insurers(one, insured), *aided]
        return Bill(info, tuple({**row, "inscp_scp_amt": scope} for row in details))

    def pays_on_claims(self, fund: Fund) -> bool:
        """Whether it has a benefit that is settled with each claim."""
        return any(self.pack.benefits[name].application is None for name in fund.benefits)

    def application(self, one: Settled, made: Application) -> Bill:
        """A benefit paid on application: no cost of its own, so nothing of one is said."""
        (fund,) = (fund for fund in self.interface.funds if made.benefit in fund.benefits)
        info: dict[str, Value] = dict.fromkeys(SETLINFO)
        number = one.subject.person.get(NUMBER)
        info |= {
            "psn_no": None if number is None else str(number),
            "setl_id": made.number,
            "setl_time": made.day.isoformat(),
            "insutype": self.insurance(one)[0],
            fund.field: made.amount,
            "fund_pay_sumamt": made.amount,
        }
        row = self.aid(one.settlement, made.result, fund)
        return Bill(info, (row,))

    # ── what the data bring ──────────────────────────────────────────────────
    def facts(self, scope: Scope) -> dict[str, Fact]:
        """The facts that have a name in setlinfo."""
        facts = [fact for fact in self.pack.facts.values() if fact.scope is scope]
        return {field: fact for fact in facts for field in fact.fields if field in SETLINFO}

    def who_and_what(
        self, one: Settled, claim: ClaimResult, given: Mapping[str, object]
    ) -> dict[str, Value]:
        """Whose claim, of which kind, and what it cost."""
        facts = self.facts(Scope.CLAIM)
        number = one.subject.person.get(NUMBER)
        info: dict[str, Value] = {
            "psn_no": None if number is None else str(number),
            "setl_id": claim.number,
            "setl_time": str(given[facts["setl_time"].name]) if "setl_time" in facts else None,
        }
        for field in ("medfee_sumamt", "inscp_scp_amt"):
            if field in facts:
                info[field] = read(given.get(facts[field].name))
        if "med_type" in facts:
            name = facts["med_type"].name
            word = str(given.get(name, ""))
            code = one.subject.coded.get(f"费用 {claim.number}·{name}")
            info["med_type"] = code or self.interface.med_types.get(word)
        info["insutype"] = self.insurance(one)[0]
        return info

    def insurance(self, one: Settled) -> tuple[str | None, str]:
        """The code and the word of the person's insurance."""
        fact = self.facts(Scope.PERSON).get("insutype")
        word = str(one.subject.person.get(fact.name, "")) if fact is not None else ""
        codes = {said: code for code, said in CODES["insutype"].items()}
        return codes.get(word), word

    def insured(self, one: Settled, given: Mapping[str, object]) -> dict[str, Value]:
        """What others have paid, by field."""
        facts = self.facts(Scope.CLAIM)
        return {
            field: read(given.get(facts[field].name)) for field in facts if field.endswith("_pay")
        }

    def insurers(self, one: Settled, insured: Values) -> list[dict[str, Value]]:
        """A row for each of the others that has paid, or may have."""
        _, insurance = self.insurance(one)
        facts = self.facts(Scope.CLAIM)
        rows = []
        for field, paid in insured.items():
            if paid == 0:
                continue
            code, name = INSURERS.get((field, insurance), (None, facts[field].name))
            said = (
                "随数据给出。"
                if paid is not None
                else f"无法计算：数据里没有填“{facts[field].name}”。"
            )
            rows.append(detail(code, name, None, paid, said))
        return rows

    # ── what the settlement says ─────────────────────────────────────────────
    def aid(self, settlement: Settlement, claim: ClaimResult, fund: Fund) -> dict[str, Value]:
        """The row of one fund of medical assistance."""
        paid = total([claim.paid(benefit) for benefit in fund.benefits])
        said = self.process(settlement, claim, fund.benefits)
        return detail(fund.code, fund.name, cap_left(claim, fund, self.pack), paid, said)

    def borne(self, one: Settled, claim: ClaimResult, info: Values) -> Value:
        """The person's own part of the whole cost."""
        cost, paid = info["medfee_sumamt"], info["fund_pay_sumamt"]
        if not isinstance(cost, int) or not isinstance(paid, int):
            return None
        if cost < paid:
            args = {"id": claim.number, "value": format_yuan(cost), "paid": format_yuan(paid)}
            place = f"费用 {claim.number}·{self.facts(Scope.CLAIM)['medfee_sumamt'].name}"
            self.found.append(one.subject.placed(Diagnostic("E939", None, args, place=place)))
        return cost - paid


def detail(
    code: str | None, name: str, left: int | None, paid: Value, said: str
) -> dict[str, Value]:
    """A row of setldetail; the cost within the policy is the claim's."""
    return dict(zip(SETLDETAIL, (code, name, None, left, paid, said), strict=True))


def total(values: Sequence[Value]) -> int | None:
    """The sum; not known where any part is not."""
    known = [value for value in values if isinstance(value, int)]
    return sum(known) if len(known) == len(values) else None


def read(value: object) -> int | None:
    """An amount of the data in 分 (it has been settled with, so it is one)."""
    return None if value in (None, "") else read_amount(value)


def cap_left(claim: ClaimResult, fund: Fund, pack: Pack) -> int | None:
    """What the 限额 of the fund's benefits still held before this claim, by the trace.

    None: 不设, not known, or several 限额 at once.
    """
    traces = {name: [line for line in claim.trace if line.benefit == name]
              for name in claim.benefits if name in fund.benefits}  # fmt: skip
    there = {name: lines for name, lines in traces.items() if lines}
    admitted = {name: lines for name, lines in there.items() if not refused(lines)} or there
    if len({pack.benefits[name].cap for name in admitted}) != 1:
        return None
    lines = next(iter(admitted.values()))
    for step in (Step.CAP_LEFT, Step.CAP):  # 每次: the 限额 itself
        values = [line.value for line in lines if line.step is step]
        if values:
            return values[-1] if values[-1] is not None and values[-1] <= LARGEST else None
    return None


def refused(lines: Sequence[TraceLine]) -> bool:
    """Whether a condition is not met."""
    return any(line.step is Step.CONDITION and line.value == 0 for line in lines)


# ── as files ─────────────────────────────────────────────────────────────────
def as_records(bills: Sequence[Bill]) -> list[dict[str, object]]:
    """Plain data; amounts in 元."""
    return [
        {"setlinfo": _plain(bill.info), "setldetail": [_plain(row) for row in bill.details]}
        for bill in bills
    ]


def _plain(values: Values) -> dict[str, object]:
    return {name: amount(v) if isinstance(v, int) else v for name, v in values.items()}


def tables(bills: Sequence[Bill]) -> tuple[Table, Table]:
    """setlinfo and setldetail, each row of the second with the claim that it is of."""
    keys = ("psn_no", "setl_id")
    rows = [
        {**{key: bill.info[key] for key in keys}, **row} for bill in bills for row in bill.details
    ]
    return (
        _table("setlinfo", SETLINFO, [bill.info for bill in bills]),
        _table("setldetail", (*keys, *SETLDETAIL), rows),
    )


def one_table(bills: Sequence[Bill]) -> Table:
    """Both in one, each claim before its funds; the first column says which a row is."""
    headings = tuple(dict.fromkeys(("表", *SETLINFO, *SETLDETAIL)))
    rows: list[Values] = []
    for bill in bills:
        rows.append({"表": "setlinfo", **bill.info})
        keys = {key: bill.info[key] for key in ("psn_no", "setl_id")}
        rows += [{"表": "setldetail", **keys, **row} for row in bill.details]
    return _table("国家接口", headings, rows)


def _table(title: str, headings: tuple[str, ...], rows: Sequence[Values]) -> Table:
    money = frozenset(i for i, name in enumerate(headings) if name not in _WORDS | {"表"})
    return Table(
        title,
        headings,
        tuple(tuple(_cell(row.get(name)) for name in headings) for row in rows),
        money,
    )


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return format_yuan(value) if isinstance(value, int) else value
