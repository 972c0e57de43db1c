"""The document clause by clause: which rules stand under it, or why none do.

Takes the pack, gives the rows of the table 条款对照.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import attrs

from medaidlang.check.coverage import coverage
from medaidlang.core.nodes import Pack

_TAIL = re.compile(r"\s*(?:〔|为\s|：|共\s).*$")
LABELS = {"续": "待遇（续）", "令": "用语", "参数": "参数", "事实": "事实", "名录": "名录"}
FIRST_WORD_ONLY = ("参数", "名录", "额度")


@attrs.frozen
class ClauseRow:
    """One clause of the document; `readings` are (name, anchor)."""

    mark: str
    title: str
    state: str
    rules: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    reason: str


def named(item: str) -> tuple[str, str]:
    """A rule's sort and name: `令 负担 为 若…` → 用语, 负担."""
    word, _, name = _TAIL.sub("", item).partition(" ")
    if word in FIRST_WORD_ONLY:
        name = name.split()[0] if name.split() else name
    if word == "重叠":
        name = name.rpartition("于 ")[2]
    return LABELS.get(word, word), name.strip()


def by_sort(items: Sequence[str], layers: Collection[str] = ()) -> tuple[str, ...]:
    """身份 甲、乙; 待遇 丙; `layers` are the names of the insurances."""
    found: dict[str, dict[str, None]] = {}
    for item in items:
        sort, name = named(item)
        if sort == LABELS["续"] and name in layers:
            sort = "保险（续）"
        found.setdefault(sort, {})[name] = None
    return tuple(f"{sort} {'、'.join(names)}" for sort, names in found.items())


def clause_rows(pack: Pack, anchors: Mapping[str, str]) -> list[ClauseRow]:
    """Every clause of the contents and of the file; `anchors` are the readings' places."""
    return [
        ClauseRow(
            one.mark,
            one.title,
            one.status.value,
            by_sort(one.rules, pack.layers),
            tuple((name, anchors[name]) for name in one.readings),
            one.uncoded,
        )
        for one in coverage(pack)
    ]
