"""Each claim under the document of its day, to the 分."""

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.interpret.settle import prepare
from medaidlang.succession import Data, place_of, settle_place
from tests.registry.packs import BENEFIT, NEW, claim, new, old, person, rules

COUNTED = "此前费用 计入账户"
BY_DISCHARGE = "归属日期 若 出院日期 已填 则 出院日期 否则 日期"
SUBSIDY = """\
资助 参保资助
  基数 {base}元
  | 身份     | 比例 |
  | 其余     | 100% |
"""


@pytest.fixture
def settled(data):
    def settle(root, *persons, year=None):
        return settle_place(place_of("某市", root), Data(data(*persons), year=year))

    return settle


def paid(made):
    """Claim → document and 分, in the order of the data; None = 无法计算."""
    found = {}
    for part in made.parts:
        for one in part.settled:
            for item in one.settlement.claims:
                who = one.subject.number, item.number
                code = None if who in made.ungoverned else part.code
                found[who] = (code, item.paid("医疗救助"))
    return {who[1]: found[who] for who in sorted(found, key=made.order.__getitem__)}


def reasons(made):
    return [u for p in made.parts for one in p.settled for u in one.settlement.unresolved]


SPRING, AUTUMN = claim("a", "2025-03-01", 3000), claim("b", "2025-09-01", 3000)


def test_each_under_its_own(two, settled):
    made = settled(two, person("1", SPRING, AUTUMN))
    assert paid(made) == {"a": ("jiu2023", 160000), "b": ("xin2025", 135000)}
    assert reasons(made) == []


@pytest.mark.parametrize(
    ("when", "code"),
    [("2023-01-01", "jiu2023"), ("2025-08-03", "jiu2023"), ("2025-08-04", "xin2025")],
)
def test_the_days_between(when, code, two, settled):
    assert paid(settled(two, person("1", claim("a", when, 3000))))["a"][0] == code


def test_the_order_of_the_list_does_not_mix_accounts(two, settled):
    """The autumn claim is listed first; the deductible of spring is untouched by it."""
    made = settled(two, person("1", AUTUMN, SPRING, claim("c", "2025-04-01", 1000)))
    assert list(paid(made).items()) == [
        ("b", ("xin2025", 135000)), ("a", ("jiu2023", 160000)), ("c", ("jiu2023", 80000)),
    ]  # fmt: skip


def test_older_claims_count(registry, settled):
    """计入账户: spring has used up the new deductible, and part of the new cap."""
    root = registry(旧=old(), 新=new(head=COUNTED))
    made = settled(root, person("1", SPRING, AUTUMN))
    assert paid(made) == {"a": ("jiu2023", 160000), "b": ("xin2025", 270000)}
    assert reasons(made) == []
    big = claim("a", "2025-03-01", 60000)
    made = settled(root, person("1", big, claim("b", "2025-09-01", 60000)))
    # new: (60000 − 1500) × 90% = 52650 of 60000 are used up
    assert paid(made) == {"a": ("jiu2023", 4720000), "b": ("xin2025", 735000)}


def test_older_claims_alone_give_the_newer_nothing_to_pay(registry, settled):
    made = settled(registry(旧=old(), 新=new(head=COUNTED)), person("1", SPRING))
    assert [len(part.settled) for part in made.parts] == [1, 0]


def test_three_documents(registry, settled):
    third = rules("c", start="2025-11-01", repeals=(NEW,), head=COUNTED, starts="5000元")
    root = registry(旧=old(), 新=new(), 三=third)
    made = settled(root, person("1", SPRING, AUTUMN, claim("c", "2025-12-01", 3000)))
    # 5000 − 3000 − 3000 < 0: the third deductible is used up by both older claims
    assert [code for code, _ in paid(made).values()] == ["jiu2023", "xin2025", "c"]
    assert paid(made)["c"][1] == 240000


def test_before_the_first_document(two, settled):
    made = settled(two, person("1", claim("a", "2022-12-31", 3000)))
    assert paid(made) == {"a": (None, None)}
    (line,) = reasons(made)
    assert line.tag == "a"
    assert "2023-01-01施行之前" in line.reason
    assert "某市办法jiu2023" in line.reason
    assert line.clause == "文件"


def test_before_the_first_says_what_governed(registry, settled):
    root = registry(旧=old(head="此前费用 适用 某市2019年办法"))
    (line,) = reasons(settled(root, person("1", claim("a", "2022-12-31", 3000))))
    assert "适用某市2019年办法" in line.reason


def test_after_the_last_document(registry, settled):
    made = settled(registry(旧=old(end="2025-06-30")), person("1", claim("a", "2025-07-01", 3000)))
    assert paid(made) == {"a": (None, None)}
    assert "2025-06-30失效之后" in reasons(made)[0].reason


def test_the_day_is_the_one_that_the_document_attributes(registry, settled):
    """Listed in September, discharged in August before 施行: the older document's."""
    stay = claim("a", "2025-09-01", 3000, 出院日期="2025-08-01")
    by_date = settled(registry(旧=old(), 新=new()), person("1", stay))
    assert paid(by_date)["a"][0] == "xin2025"
    by_discharge = settled(registry(旧=old(), 新=new(head=BY_DISCHARGE)), person("1", stay))
    assert paid(by_discharge) == {"a": ("jiu2023", 160000)}


def test_a_subsidy_is_granted_once(registry, settled):
    root = registry(
        旧=old(benefit=BENEFIT + SUBSIDY.format(base=100)),
        新=new(benefit=BENEFIT + SUBSIDY.format(base=300)),
    )
    made = settled(root, person("1", SPRING, AUTUMN), person("2", SPRING), person("3"))
    granted = [
        (p.code, one.subject.number, {n: s.amount for n, s in one.settlement.subsidies.items()})
        for p in made.parts
        for one in p.settled
    ]
    assert granted == [
        ("jiu2023", "1", {}),
        ("jiu2023", "2", {"参保资助": 10000}),
        ("xin2025", "1", {"参保资助": 30000}),
        ("xin2025", "3", {"参保资助": 30000}),
    ]


def test_a_person_without_claims_in_an_earlier_year(two, settled):
    made = settled(two, person("1"), year=2024)
    assert [[one.subject.number for one in part.settled] for part in made.parts] == [["1"], []]


# ── documents with other words ───────────────────────────────────────────────

FACTS = "事实 人员\n  | 事实 | 类型 | 未填时 |\n  | 户籍年限 | 整数（年） | 未知 |\n"


def test_a_fact_of_one_document_is_no_error_in_the_other(registry, settled):
    asked = BENEFIT.replace("  基数", "  须 户籍年限 不低于 2年\n  基数")
    root = registry(旧=old(), 新=new(more=FACTS, benefit=asked))
    made = settled(root, person("1", SPRING, AUTUMN, 户籍年限=3))
    assert [fen for _, fen in paid(made).values()] == [160000, 135000]
    made = settled(root, person("1", SPRING, AUTUMN, 户籍年限=1))
    assert [fen for _, fen in paid(made).values()] == [160000, 0]


def test_a_word_of_no_document_is_refused(two, settled):
    with pytest.raises(Refusal) as caught:
        settled(two, person("1", SPRING, 户级年限=3))
    assert [d.code for d in caught.value.diagnostics] == ["E910"]


def test_a_category_of_one_document_is_left_out_of_the_other_and_said(registry, settled):
    root = registry(
        旧=old(more="身份 丙类人员\n  比照 乙类人员\n互斥 甲类人员、丙类人员\n"), 新=new()
    )
    made = settled(root, person("1", claim("a", "2025-03-01", 5000), AUTUMN, held="丙类人员"))
    assert [fen for _, fen in paid(made).values()] == [150000, 0]
    assert made.notes == ("xin2025 没有身份“丙类人员”：在它之下不按这一身份计算。",)


def test_a_category_of_no_document_is_refused(two, settled):
    with pytest.raises(Refusal) as caught:
        settled(two, person("1", SPRING, held="丁类人员"))
    assert [d.code for d in caught.value.diagnostics] == ["E906"]


def test_every_persons_findings_together(two, settled):
    late = claim("a", "2025-13-01", 3000)
    with pytest.raises(Refusal) as caught:
        settled(two, person("1", late), person("2", late), person("3", SPRING))
    assert len(caught.value.diagnostics) == 2


def test_two_calendar_years_are_refused(two, settled):
    with pytest.raises(Refusal) as caught:
        settled(two, person("1", claim("a", "2024-03-01", 3000), AUTUMN))
    assert {d.code for d in caught.value.diagnostics} == {"E905"}


def test_documents_at_odds_settle_nothing(registry):
    with pytest.raises(Refusal) as caught:
        place_of("某市", registry(旧=old(), 新=new(repeals=())))
    assert [d.code for d in caught.value.diagnostics] == ["E731"]


def test_the_same_as_each_document_alone(two, settled):
    """A person whose claims are one document's is settled as under that document alone."""
    place = place_of("某市", two)
    claims = [claim(str(n), f"2025-10-0{n}", 1000 * n) for n in range(1, 6)]
    made = settled(two, person("1", *claims))
    alone = prepare(place.versions[1].pack).settle(
        {"身份": ["甲类人员"], "参保": "居民医保"}, claims
    )
    (one,) = made.parts[1].settled
    assert one.settlement.claims == alone.claims
    assert one.settlement.totals == alone.totals
