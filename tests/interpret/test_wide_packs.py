"""Generated packs with every construct of a benefit: what must hold of each, and the reference."""

import random

import pytest

from medaidlang.interpret.settle import prepare
from medaidlang.load import load
from tests.interpret.reference_wide import period_key, settled
from tests.strategies.wide import wide
from tests.strategies.years import opened, year


def made(seed, tmp_path):
    """The model of a seed, and its compiled pack."""
    model = wide(seed)
    path = tmp_path / f"{seed}.medaid"
    path.write_text(model.text, encoding="utf-8")
    pack, found = load(path).pack()
    assert not found, (model.text, [item.code for item in found])
    return model, prepare(pack)


def amounts(settler, claim):
    """What every benefit and every insurance pays on a claim."""
    return dict(zip(settler.benefits, claim.amounts, strict=True)) | dict(claim.layers)


# ── one year ─────────────────────────────────────────────────────────────────


def agrees(model, settler, known):
    """With the reference, to the 分; quick and careful; and later claims change nothing."""
    person, claims = known
    said = [amounts(settler, c) for c in settler.settle(person, claims).claims]
    assert said == settled(model, person, claims), (model.text, known)
    careful = settler.settle(person, claims, trace=True).claims
    assert said == [amounts(settler, c) for c in careful], (model.text, known)
    first = settler.settle(person, claims[: len(claims) // 2 + 1]).claims
    assert said[: len(first)] == [amounts(settler, c) for c in first], (model.text, known)
    return said


def never_more_than_borne(model, known, said):
    """Σ payments ≤ burden over the year; claim by claim where nothing is compared."""
    person, claims = known
    free = {one.name for one in model.benefits if one.base == "不设"}
    one_by_one = len(person["身份"]) == 1 or model.mode == "可同时享受"
    borne = paid = 0
    for claim, pays in zip(claims, said, strict=True):
        before = 0 if model.layers else claim["基本医保支付"]
        burden = int((claim["政策范围内费用"] - before) * 100)
        more = sum(amount for name, amount in pays.items() if name not in free)
        borne, paid = borne + burden, paid + more
        assert paid <= borne, (model.text, known, said)
        if one_by_one:
            assert more <= burden, (model.text, known, said)
            assert min(pays.values()) >= 0, (model.text, known, said)


def no_account_overdrawn(model, known, said):
    """单次限额, 限额, 额度 and 限次 of a person with one category, from the payments alone."""
    person, claims = known
    if len(person["身份"]) != 1:
        return
    held = person["身份"][0]
    name = held["名称"] if isinstance(held, dict) else held
    raised = {b for change in model.changes if change.target == "限额" for b in change.benefits}
    for one in model.benefits:
        row = one.rows[name]
        drawn = [pays[one.name] for pays in said]
        if row is None:
            assert not any(drawn)
            continue
        if row.claim_cap is not None:
            assert max(drawn) <= row.claim_cap
        if one.times:
            counts = by_period(one.times[0], claims, [int(amount > 0) for amount in drawn])
            assert max(counts.values()) <= one.times[1]
        if one.name not in raised and row.cap is not None and one.cap != "不设":
            most = max(drawn) if one.cap == "每次" else most_of(one.cap, claims, drawn)
            assert most <= row.cap, (model.text, known, said)
    for pool in model.pools:
        limit = pool.limits[name]
        drawn = [sum(pays[member] for member in pool.members) for pays in said]
        assert limit is None or most_of(pool.period, claims, drawn) <= limit, (model.text, known)


def by_period(period, claims, values):
    """The values added by period."""
    found = {}
    for claim, value in zip(claims, values, strict=True):
        key = period_key(period, claim)
        found[key] = found.get(key, 0) + value
    return found


def most_of(period, claims, values):
    """The largest sum of a period."""
    return max(by_period(period, claims, values).values())


def what_is_known_holds(model, settler, draw, known):
    """However what is not known turns out; and known or not, trace or no trace."""
    asked = opened(draw, known)
    said = settler.settle(asked.person, asked.claims).claims
    traced = settler.settle(asked.person, asked.claims, trace=True).claims
    assert [amounts(settler, c) for c in said] == [amounts(settler, c) for c in traced]
    for person, claims in asked.filled:
        for one, other in zip(said, settler.settle(person, claims).claims, strict=True):
            for name, truth in amounts(settler, other).items():
                low, high = bounds(one, name)
                right = low <= truth and (high is None or truth <= high)
                assert right, (model.text, asked.person, asked.claims, one, person, claims, other)


def bounds(claim, name):
    """What is said of a payment: from, to (None: no end)."""
    amount = claim.layers[name] if name in claim.layers else claim.paid(name)
    if amount is not None:
        return amount, amount
    found = next((p for p in claim.payments if p.benefit == name), None)
    return (found.low, found.high) if found and found.high is not None else (-(10**15), None)


def check(seed, tmp_path, years=3):
    """Everything, for some years of the pack of a seed."""
    model, settler = made(seed, tmp_path)
    draw = random.Random(seed)
    for _ in range(years):
        known = year(draw, model.identities)
        said = agrees(model, settler, known)
        never_more_than_borne(model, known, said)
        no_account_overdrawn(model, known, said)
        what_is_known_holds(model, settler, draw, known)


@pytest.mark.parametrize("start", range(0, 100, 20))
def test_packs(start, tmp_path):
    for seed in range(start, start + 20):
        check(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(5000, 5600, 60))
def test_many_packs(start, tmp_path):
    for seed in range(start, start + 60):
        check(seed, tmp_path)
