"""The page on versions and figures runs, and shows what the commands say."""

from docs.generate import DOCS, page

PAGE = DOCS / "参数与版本.md"


def test_page_runs_and_is_up_to_date():
    assert page(PAGE) == PAGE.read_text(encoding="utf-8")
