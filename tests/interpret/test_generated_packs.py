"""Generated packs: what is said although something is unknown holds however it turns out."""

import random

import pytest

from medaidlang.interpret.settle import prepare
from medaidlang.load import load
from tests.strategies.packs import pack, scenario


def settler_of(seed, tmp_path):
    """The compiled pack of a seed."""
    made = pack(seed)
    path = tmp_path / f"{seed}.medaid"
    path.write_text(made.text, encoding="utf-8")
    core, found = load(path).pack()
    assert core is not None
    assert not found, (made.text, [item.code for item in found])
    return made, prepare(core)


def check(seed, tmp_path):
    """Known payments and bounds against every filling; trace on against trace off."""
    made, settler = settler_of(seed, tmp_path)
    draw = random.Random(seed)
    for _ in range(3):
        year = scenario(draw, made.identities)
        said = settler.settle(year.person, year.claims).claims
        traced = settler.settle(year.person, year.claims, trace=True).claims
        assert [c.amounts for c in said] == [c.amounts for c in traced]
        for person, claims in year.filled:
            for one, other in zip(said, settler.settle(person, claims).claims, strict=True):
                for payment in one.payments:
                    truth = other.paid(payment.benefit)
                    if truth is None:
                        continue
                    if payment.amount is not None:
                        assert payment.amount == truth, (made.text, year, person, claims)
                    elif payment.high is not None:
                        assert payment.low <= truth <= payment.high, (made.text, year)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_known_holds(seed, tmp_path):
    check(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 1600, 60))
def test_what_is_known_holds_over_many(start, tmp_path):
    for seed in range(start, start + 60):
        check(seed, tmp_path)
