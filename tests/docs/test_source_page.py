"""docs/原文核对.md shows what happens."""

from docs.generate import DOCS, fences, page

PAGE = DOCS / "原文核对.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_runs_and_is_up_to_date():
    assert page(PAGE) == TEXT


def test_every_fence_is_tested():
    infos = [fence.info for fence in fences(TEXT)]
    assert infos == ["text 河湾原文.txt", "medaid 河湾2025.medaid", "console 1"]
