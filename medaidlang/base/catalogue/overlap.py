"""E6xx 重叠: several identities or benefits without one rule between them."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
