"""From the sheet's contents to HTML, through the templates.

Everything is escaped by jinja2; the charts escape their own text; the title that
the print footer repeats inside the style sheet is escaped for CSS.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from medaidlang.load import Loaded
from medaidlang.sheet.facing import Facing
from medaidlang.sheet.figures import day
from medaidlang.sheet.palette import COLOURS
from medaidlang.sheet.view import Sheet, view

TEMPLATES = Path(__file__).resolve().parent / "templates"


def css_string(text: str) -> Markup:
    """`text` as the inside of a CSS string that cannot end the string, the rule or the element."""
    safe = [c if c.isalnum() else f"\\{ord(c):x} " for c in text]
    return Markup("".join(safe))


def drawn(svg: str) -> Markup:
    """A chart made by `sheet.chart`, which escapes its own text."""
    return Markup(svg)


@cache
def environment() -> Environment:
    """The templates, with escaping on and undefined names refused."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["css_string"] = css_string
    made.filters["drawn"] = drawn
    made.filters["day"] = day
    return made


def render_sheet(loaded: Loaded, facing: Sequence[Facing] = ()) -> str:
    """The rule sheet of a rule file as one HTML document.

    `facing`: the document's text beside the rules.  Raises `Refusal` with the findings
    if the rule file has errors.
    """
    return page(view(loaded, facing))


def page(sheet: Sheet) -> str:
    """The whole document."""
    template = environment().get_template("sheet.html")
    return template.render(sheet=sheet, colours=COLOURS) + "\n"
