"""The catalogue of messages: code → Chinese text.

One module per family of codes, each a tuple of entries.  A letter gives the
severity (E 错误, W 警告, N 提示), the first digit the family; warnings and notes
are numbered as the errors are.
"""

from __future__ import annotations

from functools import cache

from medaidlang.base.catalogue import (
    applying,
    claims,
    collation,
    document,
    examples,
    names,
    overlap,
    policy,
    reading,
    registry,
    shaping,
    syntax,
    types,
)
from medaidlang.base.catalogue.captions import caption_text
from medaidlang.base.catalogue.entry import Entry

__all__ = ["Entry", "all_entries", "caption_text", "lookup"]

_FAMILIES = (
    reading, syntax, names, types, policy, shaping, applying, overlap, document, registry, collation,
    examples, claims,
)  # fmt: skip


@cache
def all_entries() -> tuple[Entry, ...]:
    """Every entry, by number, then by letter."""
    entries = (entry for family in _FAMILIES for entry in family.ENTRIES)
    return tuple(sorted(entries, key=lambda entry: (entry.code[1:], entry.code[0])))


@cache
def _by_code() -> dict[str, Entry]:
    return {entry.code: entry for entry in all_entries()}


def lookup(code: str) -> Entry:
    """The entry of `code`; KeyError if there is none."""
    return _by_code()[code]
