"""`medaid check [PACK]…`: everything that is wrong with rule files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from medaidlang.commands.common import (
    colour,
    packs_argument,
    registry_option,
    say,
    say_json,
    verb,
)

if TYPE_CHECKING:
    from pathlib import Path

    from medaidlang.base.diagnostic import Diagnostic
    from medaidlang.driver import Report

HELP = """检查规则文件：名称、类型和单位，表格缺的行，没有声明的重叠，条款的覆盖……

规则包可以是文件、文件夹，或者随程序提供的名称（如 昆玉2025）；不写就检查登记的全部，
再查同一统筹区的文件有没有重叠和空档。
没有错误时退出状态是 0（警告不算），有错误时是 1。

\b
例：
  medaid 检查 昆玉2025
  medaid check 我的规则.medaid --coverage
  medaid 检查 乌海2022 --逐一口径
  medaid 检查 昆玉2025 --试算
  medaid 检查 --place 昆玉市
  medaid check --registry 我的规则 --json > 检查结果.json
"""


@verb("check", HELP)
@packs_argument
@click.option("--place", "--统筹区", "place", metavar="统筹区", help="只检查这个统筹区的文件。")
@registry_option
@click.option("--coverage", is_flag=True, help="再列出每一条款的规则，或者不编码的理由。")
@click.option("--strict", is_flag=True, help="警告也算没有通过。")
@click.option("--every-reading", "--逐一口径", "every_reading", is_flag=True,
              help="再把每个口径的每个备选换上去各查一遍（慢一些）。")  # fmt: skip
@click.option("--probe", "--试算", "probing", is_flag=True,
              help="再试算各种费用，找出倒挂和悬崖（警告，附例子；慢一些）。")  # fmt: skip
def command(
    packs: tuple[str, ...],
    place: str | None,
    registry: Path | None,
    coverage: bool,
    strict: bool,
    every_reading: bool,
    probing: bool,
    as_json: bool,
) -> int:
    """Check each pack; 1 if one of them has errors."""
    from medaidlang.driver import all_packs, inspect

    whole = not packs  # then also how the documents stand to each other
    if not whole and (place or registry):
        raise click.UsageError("规则包和 --place、--registry 只能用一种。")
    paths = _registered(place, registry) if whole else all_packs(packs)
    reports = [inspect(path, every_reading=every_reading) for path in paths]
    if probing:
        reports = [_probed(report) for report in reports]
    between, line = _between(reports) if whole else ([], "")
    failed = _failed(reports, strict) or any(d.code.startswith("E") for d in between)
    if as_json:
        from medaidlang.base.render import render_json

        found = {"registry": render_json(between)} if whole else {}
        say_json({"ok": not failed, "packs": [_record(r) for r in reports], **found})
    else:
        for report in reports:
            _show(report, coverage)
        _show_between(between, line)
    return 1 if failed else 0


def _registered(place: str | None, registry: Path | None) -> list[Path]:
    """The rule files of the registry, or those of one place."""
    from medaidlang.registry import root_of, rule_files, rule_files_of

    root = root_of(registry)
    return rule_files(root) if place is None else rule_files_of(root, place)


def _between(reports: list[Report]) -> tuple[list[Diagnostic], str]:
    """What is wrong between the documents that can be read, and one line about it."""
    from medaidlang.commands.place import registry_line
    from medaidlang.registry import findings, places

    listed = places((report.path, report.pack) for report in reports if report.pack is not None)
    found = findings(listed)
    return found, registry_line(listed, found)


def _show_between(found: list[Diagnostic], line: str) -> None:
    if found:
        from medaidlang.base.render import render_text

        say(render_text(found, colour=colour()))
    if line:
        say(line)


def _probed(report: Report) -> Report:
    """The report with what trying the pack out shows, if it can be tried."""
    if report.errors or report.pack is None:
        return report
    from medaidlang.interpret.settle import prepare
    from medaidlang.probe import probe

    return report.with_found(probe(prepare(report.pack)))


def _failed(reports: list[Report], strict: bool) -> bool:
    return any(report.errors or (strict and report.found) for report in reports)


def _show(report: Report, coverage: bool) -> None:
    """The findings, then one line that says how the pack stands."""
    from medaidlang.check.coverage import coverage as coverage_of
    from medaidlang.commands.coverage import coverage_table, summary_of

    if report.found:
        from medaidlang.base.render import render_text

        say(render_text(report.found, colour=colour()))
    title = report.pack.document.title if report.pack else report.path.name
    said = [_summary(report)]
    if report.pack is not None:
        listed = coverage_of(report.pack)
        said += [summary_of(listed), f"口径 {len(report.pack.readings)}"]
        said += [f"示例 {len(report.pack.examples)}"]
        if coverage:
            say(coverage_table(listed) + "\n")
    say(f"{'✗' if report.errors else '✓'} {title}：{'；'.join(said)}")


def _summary(report: Report) -> str:
    """How many findings; a pack without any needs no renderer."""
    if not report.found:
        return "没有发现问题"
    from medaidlang.base.render import summary

    return summary(report.found)


def _record(report: Report) -> dict[str, object]:
    """One pack as plain data."""
    from medaidlang.base.render import render_json
    from medaidlang.check.coverage import coverage
    from medaidlang.commands.coverage import as_records

    pack = report.pack
    return {
        "pack": str(report.path),
        "title": pack.document.title if pack else None,
        "digest": pack.digest if pack else None,
        "ok": not report.errors,
        "diagnostics": render_json(report.found),
        "coverage": as_records(coverage(pack)) if pack else None,
    }
