"""Lines that set a measure: rounding, spans, slices, counts, applications, changes."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from medaidlang.syntax import ast
from medaidlang.syntax.format_expr import inner, outer, used
from medaidlang.syntax.grammar import keyword
from medaidlang.syntax.layout import FILL

Measure: TypeAlias = (
    ast.RoundingLine | ast.StandingLine | ast.SpanLine | ast.SlicingLine | ast.TimesLine
    | ast.ApplicationLine | ast.ChangeLine | ast.WithdrawnLine
)  # fmt: skip


def measured(line: Measure) -> tuple[str, str]:
    """Keyword and body of such a line, without its guard."""
    match line:
        case ast.RoundingLine(by=by, how=how):
            return "舍入", f"{keyword(by)} {how}".rstrip() if by else how
        case ast.StandingLine(dates=dates):
            return "身份日期", f"{FILL}、".join(outer(date) for date in dates)
        case ast.SpanLine(keyword=word, length=length):
            return keyword(word), length.text if length else "当年"
        case ast.SlicingLine(figure=figure, period=period):
            return "分段", f"{used(figure)} {period}"
        case ast.TimesLine(period=period, count=count):
            return "限次", f"{period} {count.text}"
        case ast.ApplicationLine():
            return "申请", _application(line)
        case ast.ChangeLine(target=target, word=word, value=value):
            return keyword(target), f"{word} {inner(value)}"
        case ast.WithdrawnLine():
            return "不享受", ""
        case _:
            assert_never(line)


def _application(line: ast.ApplicationLine) -> str:
    window = f"前 {line.months.text}" if line.months else "当年"
    household = " 按家庭" if line.household else ""
    remainder = f" 尾差归 {keyword(line.remainder)}" if line.remainder else ""
    return window + household + remainder
