"""`medaid source PACK --text FILE`: the rules held against the document's text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medaidlang.commands.chinese import broken
from medaidlang.commands.common import pack_argument, say, say_json, verb, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medaidlang.collate.collation import Checked, Collation
    from medaidlang.collate.findings import Finding
    from medaidlang.core.nodes import Pack

HELP = """把规则逐条与原文的文字核对：条款号、数、名称；原文不进规则包，只记摘要。

原文是 UTF-8 的 .txt（网页复制的、PDF 转的、扫描识别的都可以）。
✗ 是要改的，△ 是要看一眼的，· 是原文有而这一条的规则没有用到的数。
没有 ✗ 时退出状态是 0，有 ✗ 时是 1；加 --strict，△ 和 · 也算。

\b
例：
  medaid 原文 昆玉2025 --text 通知原文.txt
  medaid source 我的规则.medaid --text 原文.txt --record
  medaid 原文 昆玉2025 --text 原文.txt --json > 核对结果.json
"""

_WIDTH = 58


@verb("source", HELP)
@pack_argument
@click.option("--text", "paper", metavar="原文.txt", type=Path, required=True,
              help="原文的文字，UTF-8。")  # fmt: skip
@click.option("--record", is_flag=True, help="把每一条的摘要（SHA-256）记在规则文件旁边。")
@click.option("--digests", metavar="文件", type=Path,
              help="摘要文件；默认是旁边的“原文摘要.json”。")  # fmt: skip
@click.option("--strict", is_flag=True, help="△ 和 · 也算没有通过。")
def command(
    pack: str, paper: Path, record: bool, digests: Path | None, strict: bool, as_json: bool
) -> int:
    """Compare one pack with a text; 1 if there is something to change."""
    from medaidlang.collate.digests import SIDECAR, sidecar
    from medaidlang.collate.findings import findings
    from medaidlang.commands.papers import collation_of
    from medaidlang.driver import drafted, find_pack

    loaded, made = drafted(find_pack(pack))
    path = digests or loaded.path.parent / SIDECAR
    recorded = _recorded(path)
    code = made.document.code
    before = None if record else recorded.get(code)
    collation = collation_of(loaded, made, paper, before)
    found = findings(collation)
    if record:
        inputs = [loaded.path, paper, *(Path(file.source.name) for file in loaded.files)]
        write_atomically(path, sidecar({**recorded, code: collation.digests}), inputs)
    failed = any(one.grave or strict for one in found)
    if as_json:
        say_json(_record(collation, made, paper, found, not failed))
    else:
        _show(collation, made, paper, found)
        if record:
            say(f"各条原文的摘要已记在 {path}")
    return 1 if failed else 0


def _recorded(path: Path) -> dict[str, dict[str, str]]:
    """The sums recorded earlier; none if there is no such file."""
    from medaidlang.collate.digests import read_sidecar
    from medaidlang.records.text import read_bytes

    return read_sidecar(read_bytes(path), str(path)) if path.exists() else {}


# ── for people ───────────────────────────────────────────────────────────────


def _show(collation: Collation, pack: Pack, paper: Path, found: Sequence[Finding]) -> None:
    """A table, a row for each clause, and what it comes to."""
    from medaidlang.base.table import text_table

    say(f"{pack.document.title}，与 {paper} 核对\n")
    rows: list[tuple[str, ...]] = []
    for clause in collation.clauses:
        own = [one for one in found if one.mark == clause.mark]
        head = (f"【{clause.mark}】", clause.title, _where(clause))
        lines = [part for text in _said(clause, own) for part in _lines(text)]
        rows += [(*(head if at == 0 else ("", "", "")), line) for at, line in enumerate(lines)]
    say(text_table(["条款", "标题", "原文", "核对"], rows))
    rest = [one for one in found if not one.mark]
    if rest:
        say("")
        for line in _grouped(rest):
            say(line)
    say("")
    say(_summary(collation, found))


def _where(clause: Checked) -> str:
    """第 12–15 行; why there is nothing."""
    if not clause.text.found:
        return "缺（已写明）" if clause.lost else "没有找到"
    first, last = clause.text.all_lines[0].number, clause.text.all_lines[-1].number
    lines = f"第 {first} 行" if first == last else f"第 {first}–{last} 行"
    return f"{lines}，未分段" if clause.text.shared else lines


def _said(clause: Checked, found: Sequence[Finding]) -> list[str]:
    """The last column: findings, or that all is well, and figures that were worked out."""
    from medaidlang.collate.compare import Standing

    lines = _grouped(found)
    if not any(one.grave for one in found) and clause.text.found:
        figures = len(clause.rules.figures)
        names = len(clause.judged) - figures
        counted = [f"数 {figures}"] * bool(figures) + [f"名称 {names}"] * bool(names)
        lines.insert(0, f"✓ {'，'.join(counted) or '没有要核对的数'}")
    worked = {j.said.span.text: j.how for j in clause.judged if j.standing is Standing.WORKED}
    if worked:
        lines.append(f"＝ 算得：{'；'.join(f'{text}＝{how}' for text, how in worked.items())}")
    return lines or ["—"]


_SHORT = {
    "E741": "没有找到这一条", "E744": "不在原文的数", "W745": "在别条的数",
    "E746": "不在原文的名称", "W747": "近似的名称", "W748": "没有用到",
    "E749": "文字与记录的不同", "E750": "目录里没有的标题", "W751": "口径所定的数",
}  # fmt: skip


def _grouped(found: Iterable[Finding]) -> list[str]:
    """Findings of one code on one line, each thing once with its places."""
    listed: dict[str, dict[str, list[Finding]]] = {}
    for one in found:
        listed.setdefault(one.code, {}).setdefault(one.words, []).append(one)
    return [f"{_sign(code)} {code} {_SHORT[code]}{_things(code, words)}"
            for code, words in listed.items()]  # fmt: skip


def _sign(code: str) -> str:
    return "·" if code == "W748" else "✗" if code.startswith("E") else "△"


def _things(code: str, words: dict[str, list[Finding]]) -> str:
    """：6万元（规则第 12、15 行）；…; nothing where the row itself says it."""
    if code in ("E741", "E749"):
        return ""
    return f"：{'；'.join(f'{thing}{_places(found)}' for thing, found in words.items())}"


def _places(found: Sequence[Finding]) -> str:
    """（规则第 12、15 行）, the first three."""
    rule = [str(one.span.line) for one in found if one.span]
    lines = list(dict.fromkeys(rule or [str(one.line) for one in found if one.line]))
    more = "等" if len(lines) > 3 else ""
    where = "规则" if rule else "原文"
    return f"（{where}第 {'、'.join(lines[:3])} 行{more}）" if lines else ""


def _lines(text: str) -> list[str]:
    """A finding in the width of the last column, its further lines indented."""
    first, *rest = broken(text, _WIDTH)
    return [first, *(f"  {part.strip()}" for part in rest)]


def _summary(collation: Collation, found: Sequence[Finding]) -> str:
    """The last line."""
    clauses = collation.clauses
    there = sum(clause.text.found for clause in clauses)
    lost = sum(clause.lost for clause in clauses)
    figures = sum(len(clause.rules.figures) for clause in clauses)
    once = {(one.code, one.mark, one.words): one for one in found}.values()
    grave = sum(one.grave for one in once)
    said = [f"条款 {len(clauses)}，找到 {there}" + (f"，写明缺失 {lost}" if lost else "")]
    said.append(f"数 {figures}")
    said.append(f"要改的 {grave}，要看的 {sum(_sign(o.code) == '△' for o in once)}")
    said.append(f"原文有而规则没有用到的数 {sum(o.code == 'W748' for o in once)}")
    if collation.recorded:
        said.append(f"文字改动的条款 {sum(clause.changed for clause in clauses)}")
    return f"{'✗' if grave else '✓'} {'；'.join(said)}"


# ── for programs ─────────────────────────────────────────────────────────────


def _record(
    collation: Collation, pack: Pack, paper: Path, found: Sequence[Finding], ok: bool
) -> dict[str, object]:
    """The comparison as plain data; figures and names, none of the document's sentences."""
    return {
        "ok": ok,
        "pack": pack.document.code,
        "text": str(paper),
        "recorded": collation.recorded,
        "clauses": [_clause(clause) for clause in collation.clauses],
        "findings": [_finding(one) for one in found],
    }


def _clause(clause: Checked) -> dict[str, object]:
    lines = clause.text.all_lines
    return {
        "clause": clause.mark,
        "title": clause.title,
        "found": clause.text.found,
        "lost": clause.lost,
        "shared": clause.text.shared,
        "first_line": lines[0].number if lines else None,
        "last_line": lines[-1].number if lines else None,
        "sha256": clause.digest or None,
        "changed": clause.changed,
        "rules": [
            {
                "text": one.said.span.text,
                "line": one.said.span.line,
                "standing": one.standing.value,
                "how": one.how,
            }
            for one in clause.judged
        ],
        "unused": [{"text": one.text, "line": one.line} for one in clause.unused],
    }


def _finding(one: Finding) -> dict[str, object]:
    from medaidlang.base.catalogue import lookup

    entry = lookup(one.code)
    return {
        "code": one.code,
        "severity": entry.severity.value,
        "title": entry.title,
        "clause": one.mark,
        "words": one.words,
        "rule_line": one.span.line if one.span else None,
        "text_line": one.line,
    }
