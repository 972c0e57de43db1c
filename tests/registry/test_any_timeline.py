"""Whatever the dates and repeals: the findings say what a walk over the days shows."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from medaidlang.base.source import Source, Span
from medaidlang.core.nodes import Document, Origin
from medaidlang.registry import Place, succession, timeline

FIRST = date(2025, 1, 1)
DAYS = 40
ORIGIN = Origin(Span(Source("规则.medaid", "文件 某市办法\n"), 0, 7))
day = st.integers(0, DAYS - 1)


@st.composite
def documents(draw):
    """A few documents, each in force on a day at least, repealing some of the others."""
    count = draw(st.integers(1, 4))
    made = []
    for number in range(count):
        start = draw(day)
        end = draw(st.none() | st.integers(start, DAYS - 1))
        repealed = draw(st.sets(st.integers(0, count - 1), max_size=2))
        made.append(
            Document(
                f"办法{number}", f"d{number}", number=f"第{number}号",
                repeals=tuple(f"第{n}号" for n in repealed),
                effective=FIRST + timedelta(start),
                expires=None if end is None else FIRST + timedelta(end), origin=ORIGIN,
            )
        )  # fmt: skip
    return made


@given(documents())
def test_findings_are_what_the_days_show(listed):
    packs = [(Path(d.code), SimpleNamespace(document=d)) for d in listed]
    versions = tuple(succession(packs))
    governing = [sum(v.governs(FIRST + timedelta(n)) for v in versions) for n in range(DAYS + 1)]
    ever = [n for n, count in enumerate(governing) if count]
    codes = {d.code for d in timeline(Place("某市", versions))}
    assert ("E731" in codes) == any(count > 1 for count in governing)
    inside = governing[ever[0] : ever[-1]] if ever else []
    assert ("E732" in codes) == (0 in inside)
