"""The rule sheet: one self-contained HTML page per rule pack, for readers and auditors.

Takes a loaded rule file, gives HTML in Chinese that prints on A4; the same rule
file always gives the same bytes.  The only package that uses jinja2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medaidlang.load import Loaded

__all__ = ["render_sheet"]


def render_sheet(loaded: Loaded) -> str:
    """The rule sheet of a rule file as one HTML document.

    Raises `Refusal` with the findings if the rule file has errors.
    """
    from medaidlang.sheet import render

    return render.render_sheet(loaded)
