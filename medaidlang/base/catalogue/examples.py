"""E8xx 示例: examples in the rule file that do not come out."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
