"""The document's dates, and what governs the costs before it.

Takes the pack; 施行 must be there, dates must follow each other, and a document
that replaces another must say which of them settles older costs.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding
from medaidlang.core.nodes import Pack
from medaidlang.runtime.dates import format_date_cn

UNDATED = "施行日期"  # the gap that says the document does not tell from when it is in force


def document(pack: Pack) -> Iterator[Diagnostic]:
    """E710 no 施行, W711 before 印发, E712 失效 first, W713 nothing said of earlier costs."""
    about = pack.document
    if about.origin is None:
        return
    start = about.effective
    if start is None:
        if UNDATED not in pack.gaps:
            yield finding("E710", about.origin, name=about.title)
        return
    shown = format_date_cn(start)
    if about.issued is not None and start < about.issued:
        issued = format_date_cn(about.issued)
        yield finding("W711", about.origin, effective=shown, issued=issued)
    if about.expires is not None and about.expires < start:
        expires = format_date_cn(about.expires)
        yield finding("E712", about.origin, effective=shown, expires=expires)
    if about.repeals and not about.before:
        args = {"repeals": "、".join(about.repeals), "effective": shown}
        yield finding("W713", about.origin, **args)
