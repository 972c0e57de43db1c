"""A line chart as SVG: lines told apart by dash and label, so that it survives black-and-white.

Takes points in 分, gives markup with a title and a description; integer
arithmetic only, so that the same points always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape

import attrs

from medaidlang.interpret.curves import Point
from medaidlang.sheet.figures import wan
from medaidlang.sheet.palette import COLOURS

WIDTH, HEIGHT = 372, 204
LEFT, RIGHT, TOP, BOTTOM = 40, 74, 20, 36
LINE_GAP = 15
FACE = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"


@attrs.frozen
class Series:
    """One line: its label, its points, its dash pattern (SVG; '' = solid) and colour."""

    label: str
    points: tuple[Point, ...]
    dash: str
    colour: str


@attrs.frozen
class Frame:
    """The axes: largest burden and largest amount, in 分."""

    x_top: int
    y_top: int

    def x(self, burden: int) -> str:
        """Horizontal place of a burden."""
        return place(LEFT, WIDTH - RIGHT, Fraction(burden, self.x_top))

    def y(self, amount: int | Fraction) -> str:
        """Vertical place of an amount."""
        return place(HEIGHT - BOTTOM, TOP, Fraction(amount) / self.y_top)


def place(start: int, end: int, part: Fraction) -> str:
    """A coordinate with at most one decimal."""
    tenth = round((start + (end - start) * part) * 10)
    whole, rest = divmod(tenth, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def ticks(top: int) -> list[int]:
    """Four to eight round steps from 0 to `top`."""
    step = 1_000
    while True:
        for factor in (1, 2, 5):
            if top <= 7 * factor * step:
                return list(range(0, top + 1, factor * step))
        step *= 10


def text(x: str | int, y: str | int, words: str, more: str = "") -> str:
    """A label."""
    return f'<text x="{x}" y="{y}"{more}>{escape(words)}</text>'


def axes(frame: Frame, across: str) -> list[str]:
    """Grid, ticks and the names of the axes."""
    hair, ink = COLOURS["hair"], COLOURS["ink"]
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    for at in ticks(frame.y_top):
        y = frame.y(at)
        parts.append(f'<path d="M{LEFT} {y}H{right}" stroke="{hair}" stroke-width=".7"/>')
        parts.append(text(LEFT - 6, y, wan(at), ' text-anchor="end" dominant-baseline="middle"'))
    for at in ticks(frame.x_top):
        x = frame.x(at)
        parts.append(f'<path d="M{x} {bottom}v4" stroke="{ink}" stroke-width=".8"/>')
        parts.append(text(x, bottom + 15, wan(at), ' text-anchor="middle"'))
    edge = f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="{ink}"/>'
    middle = (LEFT + right) // 2
    names = [
        text(middle, HEIGHT - 4, f"{across}（万元）", ' text-anchor="middle"'),
        text(4, 11, "万元"),
    ]
    return [*parts, edge, *names]


def line(frame: Frame, series: Series) -> list[str]:
    """One line with its bends marked."""
    path = "L".join(f"{frame.x(p.burden)} {frame.y(p.paid)}" for p in series.points)
    dash = f' stroke-dasharray="{series.dash}"' if series.dash else ""
    drawn = (
        f'<path d="M{path}" fill="none" stroke="{series.colour}" stroke-width="2"'
        f' stroke-linejoin="round"{dash}/>'
    )
    dots = [
        f'<circle cx="{frame.x(p.burden)}" cy="{frame.y(p.paid)}" r="2.6"'
        f' fill="{COLOURS["paper"]}" stroke="{series.colour}" stroke-width="1.5"/>'
        for p in series.points[1:-1]
    ]
    return [drawn, *dots]


def apart(heights: Sequence[Fraction], lowest: int) -> list[Fraction]:
    """Ascending heights moved as little as needed to stand `LINE_GAP` apart above `lowest`."""
    moved: list[Fraction] = []
    for height in heights:
        moved.append(max(height, moved[-1] + LINE_GAP) if moved else height)
    limit = Fraction(lowest)
    for at in reversed(range(len(moved))):
        moved[at] = min(moved[at], limit)
        limit = moved[at] - LINE_GAP
    return moved


def labels(frame: Frame, lines: Sequence[Series]) -> list[str]:
    """Labels at the right end of the lines, kept apart."""
    wanted = sorted((Fraction(frame.y(s.points[-1].paid)), s.label, s.colour) for s in lines)
    heights = apart([height for height, _, _ in wanted], HEIGHT - BOTTOM - 4)
    right = WIDTH - RIGHT + 6
    look = 'dominant-baseline="middle" font-weight="700"'
    return [
        text(right, place(0, 1, height), label, f' fill="{colour}" {look}')
        for height, (_, label, colour) in zip(heights, wanted, strict=True)
    ]


def line_chart(
    key: str, title: str, description: str, frame: Frame, lines: Sequence[Series], across: str
) -> str:
    """The chart; `key` makes the ids of its title and description unique on the page.

    `across` names the horizontal axis.
    """
    drawn = [part for series in lines for part in line(frame, series)]
    body = "".join([*axes(frame, across), *drawn, *labels(frame, lines)])
    face = f'font-family="{FACE}" font-size="11" fill="{COLOURS["ink"]}"'
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="{key}-t {key}-d" {face}>'
        f'<title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>{body}</svg>'
    )
