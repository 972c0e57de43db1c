"""`medaid coverage [PACK]…`: clause by clause, what the rule file makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medaidlang.commands.chinese import broken
from medaidlang.commands.common import packs_argument, say, say_json, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medaidlang.check.coverage import ClauseCoverage

HELP = """逐条列出原文的条款：写成了哪些规则，或者为什么不编码，或者还缺着。

不写规则包，就列出随程序提供的全部。有缺的条款时退出状态是 1。

\b
例：
  medaid 覆盖 昆玉2025
  medaid coverage policies/乌海2022 --json
"""

_RULE_WIDTH = 50


def is_missing(clause: ClauseCoverage) -> bool:
    """Whether the rule file says nothing about the clause."""
    from medaidlang.check.coverage import Status

    return clause.status in (Status.EMPTY, Status.ABSENT)


def summary_of(listed: Sequence[ClauseCoverage]) -> str:
    """`条款 16（已编码 12，不编码 4）`."""
    from medaidlang.check.coverage import Status

    counts = [(status.value, sum(c.status is status for c in listed)) for status in Status]
    return f"条款 {len(listed)}（{'，'.join(f'{said} {n}' for said, n in counts if n)}）"


def coverage_table(listed: Sequence[ClauseCoverage]) -> str:
    """The table for the terminal."""
    from medaidlang.base.table import text_table

    rows: list[tuple[str, ...]] = []
    for clause in listed:
        mark = "缺：" if is_missing(clause) else ""
        head = (f"【{clause.mark}】", clause.title, f"{mark}{clause.status.value}")
        for index, text in enumerate(_said(clause) or [""]):
            rows.append((*(head if index == 0 else ("", "", "")), text))
    return text_table(["条款", "标题", "状态", "规则、口径或理由"], rows)


def _said(clause: ClauseCoverage) -> list[str]:
    """The lines of the last column."""
    readings = [f"口径 {name}" for name in clause.readings]
    texts = [*clause.rules, *readings, *([clause.uncoded] if clause.uncoded else [])]
    return [part for text in texts for part in broken(text, _RULE_WIDTH)]


def as_records(listed: Sequence[ClauseCoverage]) -> list[dict[str, object]]:
    """The coverage as plain data."""
    return [
        {
            "clause": clause.mark,
            "title": clause.title,
            "status": clause.status.value,
            "rules": clause.rules,
            "readings": clause.readings,
            "uncoded": clause.uncoded,
        }
        for clause in listed
    ]


@verb("coverage", HELP)
@packs_argument
def command(packs: tuple[str, ...], as_json: bool) -> int:
    """Print the coverage of each pack; 1 if a clause is missing."""
    from medaidlang.check.coverage import coverage
    from medaidlang.driver import all_packs, drafted

    missing = 0
    records: list[object] = []
    for path in all_packs(packs):
        _, pack = drafted(path)
        listed = coverage(pack)
        missing += sum(map(is_missing, listed))
        if as_json:
            title = pack.document.title
            records.append({"pack": str(path), "title": title, "clauses": as_records(listed)})
        else:
            say(f"{pack.document.title}（{path}）\n")
            say(coverage_table(listed))
            say(f"\n{summary_of(listed)}\n")
    if as_json:
        say_json({"ok": not missing, "packs": records})
    return 1 if missing else 0
