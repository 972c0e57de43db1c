"""The grammar as shipped, and the words that stand in it.

Takes the grammar file, gives its text and its keywords.  They are read from
there rather than listed again, so that no list can differ from the grammar;
nothing here imports lark.
"""

from __future__ import annotations

import re
from functools import cache

from medaidlang.base.resources import data_folder

# Written between quotes in the grammar, but marks rather than words.
MARKS = frozenset({"MARK", "LBRACKET", "RBRACKET"})

NAME_CHARACTERS = r"A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff〇·"
"""What names are made of, for a class; the grammar lets more pass, `foreign` does not."""
NAME_RUN = rf"[A-Za-z_\u3400-\u4dbf\u4e00-\u9fff〇][{NAME_CHARACTERS}]*"


@cache
def grammar_text() -> str:
    """The Lark grammar, as shipped."""
    return (data_folder("grammar") / "medaid.lark").read_text(encoding="utf-8")


@cache
def terminals() -> tuple[str, ...]:
    """Every terminal, in the order of the grammar."""
    return tuple(re.findall(r"^([A-Z_]+)(?:\.\d+)?: ", grammar_text(), re.M))


@cache
def keywords() -> dict[str, tuple[str, ...]]:
    """Terminal → its words: `{"COSTS": ("费用",), "GE": ("不低于", …), …}`."""
    single = re.findall(r'^([A-Z_]+): "(.+)"$', grammar_text(), re.M)
    several = re.findall(r"^([A-Z_]+)\.6: /\(\?:([^)]+)\)", grammar_text(), re.M)
    found = {name: (word,) for name, word in single if name not in MARKS}
    return found | {name: tuple(group.split("|")) for name, group in several}


@cache
def terminal_of() -> dict[str, str]:
    """Word → its terminal."""
    return {word: name for name, group in keywords().items() for word in group}


def keyword(terminal: str) -> str:
    """The word of `terminal`, the first if it has several."""
    return keywords()[terminal][0]
