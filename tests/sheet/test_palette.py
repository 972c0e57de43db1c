"""Every text of the sheet can be read against its ground."""

import re
from pathlib import Path

import pytest

from medaidlang.sheet.palette import COLOURS, PAIRS, contrast

STYLE = Path(__file__).resolve().parents[2] / "medaidlang/sheet/templates/sheet.css"
TEXT, GROUND = (
    re.compile(r"(?<![-\w])color: var\(--(\w+)\)"),
    re.compile(r"background: var\(--(\w+)\)"),
)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_contrast(text, ground):
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_style_uses_no_other_text_and_ground():
    style = STYLE.read_text(encoding="utf-8")
    assert set(TEXT.findall(style)) <= {text for text, _ in PAIRS}
    assert set(GROUND.findall(style)) <= {ground for _, ground in PAIRS}
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!\w*\s*\{)", style.replace("#main", ""))


def test_every_text_colour_is_tried_on_every_light_ground():
    lights = {"paper", "desk", "band", "tint"}
    for text in ("ink", "soft", "red", "blue"):
        assert {ground for t, ground in PAIRS if t == text} >= lights
