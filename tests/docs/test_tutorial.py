"""The tutorial, followed from the printed page: every state of the file, every output."""

import re

import pytest

from docs.generate import DOCS, Stage, fences, played
from medaidlang.driver import inspect
from medaidlang.interpret.examples import run_examples

PAGE = DOCS / "教程.md"
TEXT = PAGE.read_text(encoding="utf-8")
RULES = "宣明2025.medaid"


def test_every_fence_is_tested():
    known = re.compile(rf"medaid {RULES}|console( 1)?|text \S+\.txt|csv \S+\.csv")
    assert [f.info for f in fences(TEXT) if not known.fullmatch(f.info)] == []


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """The folder that the reader has at the end, and the page with what came out."""
    folder = tmp_path_factory.mktemp("教程")
    return folder, played(TEXT, folder)


@pytest.fixture
def finished(followed):
    return followed[0]


@pytest.mark.slow
def test_runs_and_is_up_to_date(followed):
    assert followed[1] == TEXT


@pytest.mark.slow
def test_ends_without_findings(finished):
    report = inspect(finished / RULES)
    assert report.found == ()
    assert report.pack.examples


@pytest.mark.slow
def test_ends_with_passing_examples(finished):
    report = inspect(finished / RULES)
    outcomes = run_examples(report.pack, lambda readings: report.loaded.pack(readings)[0])
    assert [outcome.example.title for outcome in outcomes if not outcome.passed] == []


@pytest.mark.slow
def test_makes_what_it_says(finished):
    assert (finished / "结果.xlsx").stat().st_size
    assert "宣明县" in (finished / "宣明2025.html").read_text(encoding="utf-8")


def test_each_section_shown_is_whole(tmp_path, monkeypatch):
    """Each fence of rules is, at its step, in the file as it is shown."""
    monkeypatch.setattr(Stage, "console", lambda self, body, status: body)
    stage = Stage(tmp_path)
    for fence in fences(TEXT):
        stage.play(fence)
        if fence.info == f"medaid {RULES}":
            assert fence.body.rstrip() in (tmp_path / RULES).read_text(encoding="utf-8")


def test_findings_of_beginners_are_explained():
    """Each code that the outputs show is spoken of, or its message speaks for itself."""
    shown = set(re.findall(r"^(?:错误|警告)\[([EW]\d+)\]", TEXT, re.M))
    assert {"E204", "E401", "E502", "E503", "E509", "E601"} <= shown
