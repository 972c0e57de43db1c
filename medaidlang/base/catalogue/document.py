"""E7xx 条款、口径、参数、时间: the document as a whole."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
