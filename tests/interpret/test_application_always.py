"""申请: what always holds, on random people."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from medaidlang.interpret.application import Member
from tests.interpret.applying import claim, counted, decided, settler_of, shares

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(date.isoformat)
MONEY = st.integers(0, 3_000_000).map(lambda fen: str(Decimal(fen) / 100))
CLAIMS = st.lists(st.tuples(DAYS, MONEY), max_size=5)
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([["低保对象"], ["低收入人口"], []]), CLAIMS, st.lists(DAYS, max_size=3)
    ),
    min_size=1,
    max_size=3,
)
RANDOM = {
    (window, deductible): settler_of(f"{window}{who}", deductible, standard, lines)
    for window, who, deductible, standard, lines in [
        ("前 12个月", "", "不设", "不设", ""),
        ("前 6个月", " 按家庭 尾差归 最大者", "按年累计", "300元", ""),
        ("前 3个月", " 按家庭", "每次", "100元", "  限次 按年累计 1次"),
        ("前 18个月", " 尾差归 最大者", "按季累计", "200元", ""),
    ]
}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(RANDOM)), PEOPLE)
def test_nothing_is_paid_twice(which, people):
    given_people = [
        (
            f"人{i}",
            held,
            [(f"a{i}{j}", day) for j, day in enumerate(events)],
            [claim(f"c{j}", day, cost) for j, (day, cost) in enumerate(claims)],
        )
        for i, (held, claims, events) in enumerate(people)
    ]
    made, found = decided(RANDOM[which], *given_people)
    left = {
        (m.name, given["编号"]): Decimal(given["政策范围内费用"]) * 100
        - (result.paid("医疗救助") or 0)
        for m, (_, _, _, claims) in zip(made, given_people, strict=True)
        for given in claims
        for year in m.years
        for result in year.settlement.claims
        if result.number == given["编号"]
    }
    seen = set()
    for one in found.values():
        assert one.amount is not None
        assert sum(part.share for part in one.parts) == one.amount
        assert sum(part.counted for part in one.parts) == (one.total if one.parts else 0)
        assert 0 <= one.amount <= one.total
        for (member, number), amount in counted(one).items():
            assert amount == left[member, number]
        if one.amount:
            assert not seen & counted(one).keys()
            seen |= counted(one).keys()
    for member in made:
        assert isinstance(member, Member)
        for year in member.years:
            paid = sum(a.amount for a in year.settlement.applications)
            assert year.settlement.totals["再救助"] == paid


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(RANDOM)),
    st.lists(st.tuples(DAYS, st.integers(1, 500_000), st.booleans()), min_size=1, max_size=4),
    st.lists(DAYS, min_size=1, max_size=3),
    st.lists(st.integers(0, 100), min_size=4, max_size=4),
)
def test_what_is_known_holds_however_the_rest_turns_out(which, claims, events, filling):
    """Where a payment of an insurer is not recorded, what is said is said of every value of it."""
    settler = RANDOM[which]
    given_claims, filled = [], []
    for j, (day, fen, known) in enumerate(claims):
        whole = claim(f"c{j}", day, str(Decimal(fen) / 100))
        paid = str(Decimal(fen * filling[j] // 100) / 100)
        filled.append({**whole, "基本医保支付": "0" if known else paid})
        given_claims.append(
            whole if known else {k: v for k, v in whole.items() if k != "基本医保支付"}
        )
    asked = [(f"a{j}", day) for j, day in enumerate(events)]
    _, said = decided(settler, ("甲", ["低保对象"], asked, given_claims))
    _, truth = decided(settler, ("甲", ["低保对象"], asked, filled))
    for number, one in said.items():
        if one.amount is None:
            assert any(line.tag == number for line in one.unresolved)
            (payment,) = one.result.payments
            assert payment.low <= truth[number].amount
            assert payment.high is None or truth[number].amount <= payment.high
        else:
            assert one.amount == truth[number].amount
            if one.parts:
                assert shares(one) == shares(truth[number])
