"""The chart: readable without colour, described in words, safe, always the same."""

from itertools import pairwise
from xml.etree import ElementTree

from medaidlang.interpret.curves import WAN, Point
from medaidlang.sheet.chart import Frame, Series, line_chart, ticks
from medaidlang.sheet.palette import COLOURS

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame(40 * WAN, 30 * WAN)
PAID = (Point(0, 0), Point(8 * WAN, 7 * WAN), Point(40 * WAN, 26 * WAN))
OWN = (Point(0, 0), Point(8 * WAN, WAN), Point(40 * WAN, 14 * WAN))
LINES = (
    Series("救助金额", PAID, "", COLOURS["blue"]),
    Series("个人仍负担", OWN, "6 4", COLOURS["red"]),
)


def drawn(title="某类", lines=LINES):
    text = line_chart("k", title, "说明", FRAME, lines, "个人负担的费用")
    return text, ElementTree.fromstring(
        text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


def test_is_named_and_described():
    _, root = drawn()
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "k-t k-d"
    assert root.find(f"{SVG}title").text == "某类"
    assert root.find(f"{SVG}desc").text == "说明"


def test_lines_differ_by_dash_and_label():
    _, root = drawn()
    lines = [p for p in root.iter(f"{SVG}path") if p.get("stroke-width") == "2"]
    assert len({p.get("stroke-dasharray") for p in lines}) == len(lines) == 2
    words = [t.text for t in root.iter(f"{SVG}text")]
    assert {"救助金额", "个人仍负担", "万元", "个人负担的费用（万元）"} <= set(words)


def test_labels_do_not_touch():
    same = tuple(
        Series(name, (Point(0, 0), Point(40 * WAN, 0)), "", COLOURS["ink"]) for name in "甲乙丙"
    )
    _, root = drawn(lines=same)
    heights = sorted(
        float(t.get("y")) for t in root.iter(f"{SVG}text") if t.text in ("甲", "乙", "丙")
    )
    assert all(after - before >= 14 for before, after in pairwise(heights))


def test_text_is_escaped():
    text, root = drawn(title="</title><script>")
    assert "<script" not in text
    assert root.find(f"{SVG}title").text == "</title><script>"


def test_same_points_same_bytes():
    assert drawn()[0] == drawn()[0]


def test_ticks_are_round_and_few():
    for top in (WAN, 3 * WAN, 8 * WAN, 30 * WAN, 40 * WAN, 600 * WAN):
        found = ticks(top)
        assert 3 <= len(found) <= 8
        assert found[0] == 0
        assert found[-1] <= top
