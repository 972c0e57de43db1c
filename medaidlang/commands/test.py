"""`medaid test [PACK]…`: run the 示例 of rule files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from medaidlang.commands.common import colour, packs_argument, say, say_json, verb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from medaidlang.base.source import Span
    from medaidlang.core.nodes import Entry, Pack
    from medaidlang.interpret.examples import ExampleOutcome, Mismatch

HELP = """运行规则文件里的示例，列出每个示例通过没有，没有通过的应得多少、实得多少。

还列出示例用到了哪些条款、表格的哪些格。有示例没有通过时退出状态是 1。

\b
例：
  medaid 测试 昆玉2025
  medaid test 我的规则.medaid --cells
"""

Cell = tuple[str, int, int]


@attrs.frozen
class Tested:
    """The outcomes of one pack, and the table cells that no example exercised."""

    pack: Pack
    outcomes: Sequence[ExampleOutcome]
    cells: int
    idle: tuple[tuple[str, Entry], ...]

    @property
    def failed(self) -> int:
        """Examples that did not come out as expected."""
        return sum(not outcome.passed for outcome in self.outcomes)


@verb("test", HELP)
@packs_argument
@click.option("--cells", is_flag=True, help="列出没有示例用到的格。")
@click.option("-q", "--quiet", is_flag=True, help="只列没有通过的示例。")
def command(packs: tuple[str, ...], cells: bool, quiet: bool, as_json: bool) -> int:
    """Run the examples of each pack; 1 if one fails."""
    from medaidlang.driver import all_packs

    tested = [test_pack(path) for path in all_packs(packs)]
    if as_json:
        ok = not any(one.failed for one in tested)
        say_json({"ok": ok, "packs": [_record(one) for one in tested]})
    else:
        for one in tested:
            _show(one, cells=cells, quiet=quiet)
    return 1 if any(one.failed for one in tested) else 0


def test_pack(path: Path) -> Tested:
    """Run all examples of one rule file."""
    from medaidlang.base.diagnostic import Refusal
    from medaidlang.driver import usable
    from medaidlang.interpret.examples import run_examples

    loaded, pack = usable(path)

    def remake(readings: Mapping[str, str]) -> Pack:
        other, found = loaded.pack(readings)
        if other is None:
            raise Refusal(*found)
        return other

    outcomes = run_examples(pack, remake)
    entries = [pair for pair in _entries(pack) if pair[1].expr is not None and pair[1].entitled]
    used = {cell_of(origin.span) for outcome in outcomes for origin in outcome.covered}
    idle = tuple(pair for pair in entries if cell_of(pair[1].origin.span) not in used)
    return Tested(pack, outcomes, len(entries), idle)


def cell_of(span: Span) -> Cell:
    """A place, as something that can be compared."""
    return (span.source.name, span.start, span.end)


# ── showing ──────────────────────────────────────────────────────────────────


def _show(tested: Tested, *, cells: bool, quiet: bool) -> None:
    say(f"{tested.pack.document.title}")
    for outcome in tested.outcomes:
        if outcome.passed and not quiet:
            say(f"  {_mark(True)} {outcome.example.title}")
        elif not outcome.passed:
            say(f"  {_mark(False)} {outcome.example.title}（第 {_line(outcome)} 行）")
            _show_failure(outcome)
    passed = len(tested.outcomes) - tested.failed
    say(
        f"示例 {len(tested.outcomes)}：通过 {passed}，没有通过 {tested.failed}。{_coverage(tested)}"
    )
    if cells and tested.idle:
        say("没有示例用到的格：")
        for name, entry in tested.idle:
            span = entry.origin.span
            row = _row_words(entry, everybody=name in tested.pack.layers)
            say(f"  第 {span.line} 行 {name}·{row}{entry.column.value} {span.text.strip()}")
    say()


def _row_words(entry: Entry, *, everybody: bool) -> str:
    """`低保对象·二级·`: whom and what the cell's row is about; an insurance is everybody's."""
    who = "、".join(entry.identities) or ("" if everybody else "其余")
    keys = [key.origin.span.text.strip() for key in entry.keys]
    return "".join(f"{word}·" for word in (who, *keys) if word)


def _mark(passed: bool) -> str:
    sign = "✓" if passed else "✗"
    return f"\x1b[{32 if passed else 31}m{sign}\x1b[0m" if colour() else sign


def _line(outcome: ExampleOutcome) -> int:
    return outcome.example.origin.span.line


def _show_failure(outcome: ExampleOutcome) -> None:
    from medaidlang.base.render import render_text

    if outcome.refused is not None:
        text = render_text(outcome.refused.diagnostics, colour=colour())
        say("".join(f"      {line}\n" for line in text.splitlines()).rstrip())
    for mismatch in outcome.mismatches:
        what = "·".join(mismatch.path)
        say(f"      第 {mismatch.origin.span.line} 行 {what}：{_said(mismatch)}")


def _said(mismatch: Mismatch) -> str:
    return f"应得 {_value(mismatch.expected)}，实得 {_value(mismatch.got)}"


def _value(value: object) -> str:
    from medaidlang.records.results import UNDECIDED, shown

    return UNDECIDED if value is None else shown(value) or "（无）"


def _coverage(tested: Tested) -> str:
    """Clauses and cells that the examples exercised."""
    clauses = {record.mark for record in tested.pack.clauses if record.items}
    used = {
        origin.clause
        for outcome in tested.outcomes
        for origin in outcome.covered
        if origin.clause in clauses
    }
    cells = tested.cells - len(tested.idle)
    with_cells = {entry.origin.clause for _, entry in _entries(tested.pack)}
    return (
        f"有标准的条款 {len(with_cells & used)}/{len(with_cells)}，表格 {cells}/{tested.cells} 格。"
    )


def _entries(pack: Pack) -> list[tuple[str, Entry]]:
    """Every cell of every table of an insurance, a benefit or a subsidy."""
    found = [
        (i.name, e) for i in (*pack.layers.values(), *pack.benefits.values()) for e in i.entries
    ]
    return found + [(item.name, e) for item in pack.subsidies.values() for e in item.entries]


def _record(tested: Tested) -> dict[str, object]:
    """The outcomes as plain data."""
    from medaidlang.base.render import render_json

    return {
        "title": tested.pack.document.title,
        "examples": [
            {
                "title": outcome.example.title,
                "line": _line(outcome),
                "passed": outcome.passed,
                "diagnostics": render_json(outcome.refused.diagnostics) if outcome.refused else [],
                "mismatches": [
                    {
                        "path": m.path,
                        "expected": _value(m.expected),
                        "got": _value(m.got),
                        "line": m.origin.span.line,
                    }
                    for m in outcome.mismatches
                ],
            }
            for outcome in tested.outcomes
        ],
        "cells": tested.cells,
        "idle_cells": [
            {"benefit": n, "column": e.column.value, "identities": e.identities,
             "line": e.origin.span.line}
            for n, e in tested.idle
        ],
    }  # fmt: skip
