"""From when to when each document is in force, and what is wrong between two."""

from datetime import date

import pytest

from medaidlang.base.render import render_text
from medaidlang.driver import drafted
from medaidlang.registry import (
    Status,
    canonical,
    findings,
    place_named,
    places,
    rule_files,
    rule_files_of,
)
from tests.registry.packs import NEW, OLD, new, old, rules


def listed(root):
    return places([(path, drafted(path)[1]) for path in rule_files(root)])


def codes(root):
    return sorted(d.code for d in findings(listed(root)))


def days(root):
    (place,) = listed(root)
    return [(v.about.code, v.start, v.end) for v in place.versions]


def test_a_repeal_ends_the_old_document_the_day_before(two):
    assert days(two) == [
        ("jiu2023", date(2023, 1, 1), date(2025, 8, 3)),
        ("xin2025", date(2025, 8, 4), None),
    ]
    assert codes(two) == []


@pytest.mark.parametrize("said", [OLD, "《某市办法jiu2023》", "jiu2023", OLD.replace("〔", "[")])
def test_a_repeal_names_the_number_the_title_or_the_code(said, registry):
    root = registry(旧=old(), 新=new(repeals=(said,)))
    assert codes(root) == []


def test_the_earlier_of_its_own_end_and_the_repeal(registry):
    root = registry(旧=old(end="2025-08-31"), 新=new())
    assert days(root)[0][2] == date(2025, 8, 3)
    root = registry(旧=old(end="2025-08-03"), 新=new(repeals=()))
    assert days(root)[0][2] == date(2025, 8, 3)
    assert codes(root) == []


def test_status(two):
    (place,) = listed(two)
    before, after = place.versions
    said = {day: (before.status(day), after.status(day)) for day in
            (date(2022, 12, 31), date(2025, 8, 3), date(2025, 8, 4))}  # fmt: skip
    assert list(said.values()) == [
        (Status.BEFORE, Status.BEFORE),
        (Status.IN_FORCE, Status.BEFORE),
        (Status.REPEALED, Status.IN_FORCE),
    ]


def test_expired(registry):
    (place,) = listed(registry(旧=old(end="2025-06-30")))
    assert place.versions[0].status(date(2025, 7, 1)) is Status.EXPIRED


# ── what is wrong ────────────────────────────────────────────────────────────


def test_two_documents_without_a_repeal(registry):
    root = registry(旧=old(), 新=new(repeals=()))
    (found,) = findings(listed(root))
    assert found.code == "E731"
    shown = render_text([found], colour=False)
    assert "施行 2025年8月4日" in shown
    assert "施行 2023年1月1日" in shown
    assert "某省某市在2025年8月4日有两个文件有效" in shown


def test_one_day_of_overlap(registry):
    assert codes(registry(旧=old(end="2025-08-04"), 新=new(repeals=()))) == ["E731"]


def test_a_hole(registry):
    root = registry(旧=old(end="2025-06-30"), 新=new())
    (found,) = findings(listed(root))
    assert found.code == "E732"
    shown = render_text([found], colour=False)
    assert "从2025年7月1日到2025年8月3日没有文件有效" in shown
    assert "失效 2025年6月30日" in shown


def test_one_day_of_hole(registry):
    assert codes(registry(旧=old(end="2025-08-02"), 新=new())) == ["E732"]


def test_the_third_overlaps_the_first_not_the_second(registry):
    root = registry(
        甲=old(end="2030-12-31"),
        乙=rules("b", start="2024-01-01", end="2024-12-31"),
        丙=rules("c", start="2026-01-01"),
    )
    assert codes(root) == ["E731", "E731"]


def test_repealed_by_the_one_after_the_next(registry):
    """The second document repeals nothing: the first is still there beside it."""
    root = registry(
        甲=old(),
        乙=rules("b", start="2024-01-01", number="某医保发〔2024〕1号"),
        丙=rules("c", start="2026-01-01", repeals=(OLD, "某医保发〔2024〕1号")),
    )
    assert codes(root) == ["E731"]


def test_a_document_repeals_none_that_came_after_it(registry):
    root = registry(旧=old(repeals=(NEW,)), 新=new(repeals=()))
    assert codes(root) == ["E731"]


def test_a_document_that_repeals_itself_goes_on(registry):
    root = registry(新=new(repeals=(NEW,)))
    assert days(root)[0][2] is None


def test_replaced_on_its_first_day(registry):
    root = registry(旧=old(), 乙=new(), 丙=rules("c", start="2025-08-04", repeals=(NEW, OLD)))
    assert codes(root) == []


def test_an_unregistered_repeal_is_a_note(registry):
    root = registry(旧=old(), 新=new(repeals=(OLD, "某医保发〔2019〕1号")))
    assert codes(root) == ["N733"]


def test_one_code_for_two(registry):
    root = registry(旧=old(), 别处=rules("jiu2023", start="2024-01-01", region="别市"))
    (found,) = findings(listed(root))
    assert found.code == "E734"
    assert found.span is not None
    assert found.span.text == "代号 jiu2023"
    assert found.labels[0].span.source is not found.span.source


def test_other_places_do_not_meet(registry):
    assert codes(registry(旧=old(), 别处=rules("b", start="2024-01-01", region="别市"))) == []


def test_no_region_no_timeline(registry):
    texts = {name: old(region="某地").replace("  统筹区 某地\n", "").replace("jiu2023", name)
             for name in ("a", "b")}  # fmt: skip
    assert codes(registry(**texts)) == []


# ── places ───────────────────────────────────────────────────────────────────


def test_a_short_name_is_the_same_place(registry):
    root = registry(旧=old(region="某市"), 新=new())
    (place,) = listed(root)
    assert place.name == "某省某市"
    assert len(place.versions) == 2


def test_the_longest_form():
    forms = canonical(["昆玉市", "兵团第十四师昆玉市", "乌海市", ""])
    assert forms == {
        "昆玉市": "兵团第十四师昆玉市",
        "兵团第十四师昆玉市": "兵团第十四师昆玉市",
        "乌海市": "乌海市",
    }
    assert place_named("第十四师昆玉市", forms) == "兵团第十四师昆玉市"


def test_rule_files_at_any_depth(registry, tmp_path):
    root = registry(旧=old())
    deep = root / "一" / "二" / "三"
    deep.mkdir(parents=True)
    (deep / "深.medaid").write_text(new(), encoding="utf-8")
    (deep / "词汇.medaid").write_text("令 甲 为 1元\n", encoding="utf-8")
    (deep / "参数").mkdir()
    (deep / "参数" / "怪.medaid").write_text("文件 不是规则文件\n", encoding="utf-8")
    (deep / "又是它.medaid").symlink_to(deep / "深.medaid")
    (root / "回来").symlink_to(root, target_is_directory=True)
    assert sorted(path.stem for path in rule_files(root)) == ["又是它", "旧"]
    assert len(rule_files_of(root, "某市")) == 2
