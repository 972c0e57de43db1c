"""Refunds and late claims: the differences, to the 分, and events that cannot be."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaidlang.base.diagnostic import Refusal
from medaidlang.interpret.replay import Cause, Events, Reversal, replay
from medaidlang.interpret.settle import prepare
from medaidlang.load import load
from tests.conftest import ROOT
from tests.interpret.reference import KUNYU_CLASS, WUHAI
from tests.interpret.test_agreement import KUNYU_KINDS, claims, shipped_settler

SMALL = (ROOT / "tests/cli/data/试验.medaid").read_text(encoding="utf-8")


def claim(number, cost, day="2025-09-01", **more):
    base = {"编号": number, "日期": day, "类型": "住院", "政策范围内费用": cost}
    return {**base, "基本医保支付": 0, "大病保险支付": 0, "其他补充支付": 0, **more}


def refunds(*originals, late=()):
    made = tuple(Reversal(f"t{place}", name) for place, name in enumerate(originals))
    return Events(made, frozenset(late))


@pytest.fixture
def small(tmp_path):
    """The small pack, with claims as listed or by date."""

    def settler(by_date=False):
        path = tmp_path / "试验.medaid"
        order = "  结算次序 按日期\n" if by_date else ""
        text = SMALL.replace("  施行   2025年1月1日\n", f"  施行   2025年1月1日\n{order}")
        path.write_text(text, encoding="utf-8")
        pack, found = load(path).pack()
        assert not found
        return prepare(pack)

    return settler


def rows(made):
    return [(c.claim, c.before, c.after, c.cause.value) for c in made.changes]


B = {"身份": ["乙类人员"], "参保": "居民医保"}


def test_a_refund_gives_the_deductible_back_to_what_follows(small):
    """2000 元起付、75%: c1 had used 1500 of it, c2 then paid (3000 − 500) × 75%."""
    made = replay(small(), B, [claim("c1", 1500), claim("c2", 3000)], refunds("c1"))
    assert rows(made) == [("c1", 0, 0, "冲销"), ("c2", 187500, 75000, "随之重算")]
    assert [c.returned for c in made.changes] == [0, 112500]
    shifts = {s.what: (s.before, s.after) for s in made.changes[1].shifts}
    assert shifts["已累计起付"] == ("1500.00", "0.00")
    assert made.changes[1].events == ("c1",)
    assert (made.sums.owed, made.sums.returned, made.sums.open) == (0, 112500, 0)


def test_a_refund_frees_the_cap(small):
    person = {"身份": ["甲类人员"], "参保": "居民医保"}
    year = [claim("c1", 60000), claim("c2", 20000), claim("c3", 1000)]
    made = replay(small(), person, year, refunds("c1"))
    assert rows(made) == [
        ("c1", 5400000, 0, "冲销"),
        ("c2", 600000, 1800000, "随之重算"),
        ("c3", 0, 90000, "随之重算"),
    ]
    assert [c.owed for c in made.changes] == [0, 1200000, 90000]
    assert made.changes[2].shifts[-1].what == "限额剩余"


LISTED = [claim("c1", 1500, "2025-05-01"), claim("c2", 3000, "2025-06-01"),
          claim("c3", 1000, "2025-04-01")]  # fmt: skip


def test_a_late_claim_as_listed(small):
    made = replay(small(), B, LISTED, refunds(late=["c3"]))
    assert rows(made) == [("c1", 0, 0, "不变"), ("c2", 187500, 187500, "不变"),
                          ("c3", 0, 75000, "补报")]  # fmt: skip


def test_a_late_claim_by_date(small):
    made = replay(small(by_date=True), B, LISTED, refunds(late=["c3"]))
    assert rows(made) == [("c3", 0, 0, "补报"), ("c1", 0, 37500, "随之重算"),
                          ("c2", 187500, 225000, "随之重算")]  # fmt: skip


def test_unknown_before(small):
    """What was paid for an unknown claim is unknown, and so is what must come back."""
    unknown = claim("c1", 9000, 基本医保支付=None)
    made = replay(small(), B, [unknown, claim("c2", 3000)], refunds("c1"))
    first, second = made.changes
    assert (first.before, first.after, first.difference, first.returned) == (None, 0, None, None)
    assert any("基本医保支付" in doubt.reason for doubt in first.doubts)
    assert second.before is None
    assert second.after == 75000
    assert second.doubts
    assert made.sums.open == 2
    assert (made.sums.before, made.sums.after, made.sums.owed) == (0, 0, 0)


def test_unknown_after(small):
    late = claim("c1", 9000, 基本医保支付=None)
    made = replay(small(), B, [late, claim("c2", 3000)], refunds(late=["c1"]))
    assert [(c.before, c.after, c.difference) for c in made.changes] == [
        (0, None, None),
        (75000, None, None),
    ]
    assert all(change.doubts for change in made.changes)


def test_everything_taken_back(small):
    made = replay(small(), B, [claim("c1", 5000)], refunds("c1"))
    assert rows(made) == [("c1", 225000, 0, "冲销")]
    assert made.after.claims == ()


def codes(act):
    with pytest.raises(Refusal) as refused:
        act()
    return [(d.code, d.place) for d in refused.value.diagnostics]


@pytest.mark.parametrize(
    ("events", "code"),
    [
        (refunds("c9"), "E927"),
        (refunds("c1", "c1"), "E928"),
        (refunds("c1", late=["c1"]), "E932"),
        (refunds(late=["c9"]), "E927"),
        (Events((Reversal("c2", "c1"),)), "E907"),
        (Events((Reversal("t0", "c1"), Reversal("t0", "c2"))), "E907"),
        (Events((Reversal("t0", "c1"), Reversal("t1", "t0"))), "E927"),
    ],
)
def test_events_that_cannot_be(small, events, code):
    year = [claim("c1", 100), claim("c2", 100)]
    assert codes(lambda: replay(small(), B, year, events))[0][0] == code


def test_a_late_claim_of_another_year(small):
    year = [claim("c1", 100), claim("c2", 100, "2026-01-02")]
    found = codes(lambda: replay(small(), B, year, refunds("c1", late=["c2"])))
    assert found == [("E905", "费用 c2·日期")]


@st.composite
def eventful(draw, kinds, day):
    """A year, some of whose claims are taken back and some late; some facts unknown."""
    year = draw(claims(kinds, day))
    fates = [draw(st.sampled_from(["", "", "gone", "late"])) for _ in year]
    for one in year:
        if draw(st.integers(0, 5)) == 0:
            one["基本医保支付"] = None
    named = {fate: [c["编号"] for c, f in zip(year, fates, strict=True) if f == fate]
             for fate in ("gone", "late")}  # fmt: skip
    return year, refunds(*named["gone"], late=named["late"])


@pytest.mark.parametrize("code", ["kunyu2025", "wuhai2022"])
@given(st.data())
def test_differences_are_those_of_two_settlements(code, data):
    """Σ differences = total after − total before, and both are settlements of their own."""
    settler = shipped_settler(code)
    names = list(KUNYU_CLASS if code == "kunyu2025" else list(WUHAI)[:3])
    held = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    day = "2025-09-01" if code == "kunyu2025" else "2023-05-01"
    year, events = data.draw(eventful(KUNYU_KINDS, day))
    person = {"身份": held, "参保": "居民医保", "参数": {}}
    if code == "wuhai2022":
        person["参数"] = {"上年全体居民人均可支配收入": "48000"}
    made = replay(settler, person, year, events)
    before = settler.settle(
        person, [c for c in year if c["编号"] not in events.late], year=int(day[:4])
    )
    after = settler.settle(
        person, [c for c in year if c["编号"] not in events.reversed], year=int(day[:4])
    )
    sides = [defaultdict(int), defaultdict(int)]
    for side, settlement in zip(sides, (before, after), strict=True):
        for one in settlement.claims:
            side.update({(one.number, p.benefit): p.amount for p in one.payments})
    assert len(made.changes) == len(year) * len(settler.benefits)
    for change in made.changes:
        at = (change.claim, change.benefit)
        assert (change.before, change.after) == (sides[0][at], sides[1][at])
        assert (change.difference is None) == (None in (change.before, change.after))
        assert change.difference is not None or change.doubts
        if change.cause is Cause.SAME:
            assert change.before == change.after
        if change.difference is not None:
            assert change.owed >= 0
            assert change.returned >= 0
            assert change.owed - change.returned == change.difference
            assert 0 in (change.owed, change.returned)
    sums = made.sums
    assert sums.owed - sums.returned == sums.after - sums.before
    if not sums.open:
        assert sums.before == sum(before.totals.values())
        assert sums.after == sum(after.totals.values())
    first = next((i for i, c in enumerate(year)
                  if c["编号"] in events.reversed | events.late), len(year))  # fmt: skip
    untouched = {c["编号"] for c in year[:first]}
    assert all(c.cause is Cause.SAME for c in made.changes if c.claim in untouched)
