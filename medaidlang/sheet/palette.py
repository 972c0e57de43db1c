"""The colours of the rule sheet, and which stands on which.

One red for the head of the page and for warnings of substance, as official
papers use it; everything else is ink on paper.  The tests compute the contrast
of every pair in `PAIRS`.
"""

from __future__ import annotations

COLOURS = {
    "paper": "#ffffff",
    "desk": "#eceae4",
    "ink": "#1b1b1b",
    "soft": "#4c4c4c",
    "red": "#a5121a",
    "blue": "#173f6b",
    "band": "#f3f1ec",
    "tint": "#fbf3f2",
    "rule": "#8a8780",
    "hair": "#c9c5bc",
}

PAIRS = (
    ("ink", "paper"), ("ink", "band"), ("ink", "tint"), ("ink", "desk"),
    ("soft", "paper"), ("soft", "band"), ("soft", "tint"), ("soft", "desk"),
    ("red", "paper"), ("red", "band"), ("red", "tint"), ("red", "desk"),
    ("blue", "paper"), ("blue", "band"), ("blue", "tint"), ("blue", "desk"),
    ("paper", "red"), ("paper", "blue"), ("paper", "ink"),
)  # fmt: skip
"""(text, ground): at least 4.5 to 1."""


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
