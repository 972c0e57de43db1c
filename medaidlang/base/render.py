"""The one renderer of diagnostics.

Takes diagnostics, gives text for the terminal or data for JSON.  The words
come from the catalogue; whatever came from a file is made visible first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from medaidlang.base.catalogue import Entry, caption_text, lookup
from medaidlang.base.catalogue.entry import fitting, whole
from medaidlang.base.diagnostic import Diagnostic, Edit, Label, Severity
from medaidlang.base.snippet import snippet
from medaidlang.base.source import Span
from medaidlang.base.visible import clipped, visible

ARGUMENT_LIMIT = 80
"""Characters shown of one argument of a message."""

_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_QUIET = "34"
_NOTHING = "（无）"


def render_text(diagnostics: Iterable[Diagnostic], *, colour: bool) -> str:
    """All findings for a terminal, an empty line between two; ends with a line end."""
    blocks = ["\n".join(_block(d, colour)) + "\n" for d in diagnostics]
    return "\n".join(blocks)


def render_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """All findings as plain data for `json.dumps`; lines and columns from 1, ends exclusive."""
    return [_record(diagnostic) for diagnostic in diagnostics]


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 个错误，1 个警告`; `没有发现问题` if there are none."""
    counts = Counter(lookup(diagnostic.code).severity for diagnostic in diagnostics)
    parts = [f"{counts[severity]} 个{severity.value}" for severity in Severity if counts[severity]]
    return "，".join(parts) or "没有发现问题"


def render_entry(entry: Entry) -> str:
    """The long explanation of a code, for `medaid 错误 CODE`; args shown as 〈name〉."""
    blank = _Blank()
    lines = [
        f"{entry.severity.value}[{entry.code}] {entry.title}",
        "",
        whole(entry.message).format_map(blank),
        f"原因：{whole(entry.cause).format_map(blank)}",
        f"改法：{whole(entry.remedy).format_map(blank)}",
    ]
    for heading, example in (("不对：", entry.bad), ("改为：", entry.good)):
        if example:
            lines += ["", heading, *(f"    {visible(line)}" for line in example.splitlines())]
    return "\n".join(lines) + "\n"


class _Blank(dict[str, str]):
    """Any argument, as a blank to fill in."""

    def __missing__(self, key: str) -> str:
        return f"〈{key}〉"


def _filled(template: str, args: Mapping[str, str]) -> str:
    """The template with its args; KeyError (a bug) if one is missing."""
    shown = {key: clipped(value, ARGUMENT_LIMIT) or _NOTHING for key, value in args.items()}
    return fitting(template, args).format_map(shown)


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text


def _block(diagnostic: Diagnostic, colour: bool) -> list[str]:
    """One finding: heading, place, source, message, cause, remedy, where to read more."""
    entry = lookup(diagnostic.code)
    style = _STYLES[entry.severity]
    spans = [label.span for label in diagnostic.labels]
    if diagnostic.span is not None:
        spans.append(diagnostic.span)
    gutter = max((len(str(span.line)) for span in spans), default=1)
    heading = _paint(f"{entry.severity.value}[{entry.code}]", style, colour)
    lines = [f"{heading} {_paint(entry.title, '1', colour)}"]
    lines += _place_lines(diagnostic, gutter, colour)
    if diagnostic.span is not None:
        lines += _source_lines(diagnostic.span, gutter, "^", "", style, colour)
    for label in diagnostic.labels:
        lines += _label_lines(label, gutter, colour)
    lines += [
        f"  {_filled(entry.message, diagnostic.args)}",
        f"  原因：{_filled(entry.cause, diagnostic.args)}",
        *_remedy_lines(entry, diagnostic),
        "  " + _paint(f"详见：medaid 错误 {entry.code}", _QUIET, colour),
    ]
    return lines


def _place_lines(diagnostic: Diagnostic, gutter: int, colour: bool) -> list[str]:
    """The `-->` line; nothing when the finding has no place at all."""
    parts = [_position(diagnostic.span)] if diagnostic.span else []
    parts += [visible(diagnostic.place)] if diagnostic.place else []
    parts += [f"条款{_bracketed(diagnostic.clause)}"] if diagnostic.clause else []
    arrow = _paint("-->", _QUIET, colour)
    return [f"{' ' * gutter}{arrow} {' '.join(parts)}"] if parts else []


def _label_lines(label: Label, gutter: int, colour: bool) -> list[str]:
    """A second place, its words underlined with dashes and the caption beside."""
    arrow = _paint(":::", _QUIET, colour)
    caption = visible(caption_text(label.caption))
    place = f"{' ' * gutter}{arrow} {_position(label.span)}"
    return [place, *_source_lines(label.span, gutter, "-", caption, _QUIET, colour)]


def _source_lines(
    span: Span, gutter: int, mark: str, caption: str, style: str, colour: bool
) -> list[str]:
    """The source line between two gutters, the underline below it."""
    shown = snippet(span)
    empty = _paint(" " * gutter + " |", _QUIET, colour)
    numbered = _paint(f"{shown.line:>{gutter}} |", _QUIET, colour)
    marks = _paint(f"{mark * shown.width} {caption}".rstrip(), style, colour)
    return [empty, f"{numbered} {shown.text}", f"{empty} {' ' * shown.indent}{marks}"]


def _remedy_lines(entry: Entry, diagnostic: Diagnostic) -> list[str]:
    """What to write instead: the exact fix if there is one, else the general remedy."""
    if diagnostic.fix is None:
        return [f"  改法：{_filled(entry.remedy, diagnostic.args)}"]
    first, *rest = diagnostic.fix.shown.splitlines() or [""]
    return [f"  改法：{visible(first)}", *(f"        {visible(line)}" for line in rest)]


def _bracketed(clause: str) -> str:
    shown = visible(clause)
    return shown if shown.startswith("【") else f"【{shown}】"


def _position(span: Span) -> str:
    line, column = span.source.line_column(span.start)
    return f"{visible(span.source.name)}:{line}:{column}"


def _record(diagnostic: Diagnostic) -> dict[str, object]:
    entry = lookup(diagnostic.code)
    fix = diagnostic.fix
    return {
        "code": entry.code,
        "severity": entry.severity.value,
        "title": entry.title,
        "message": _filled(entry.message, diagnostic.args),
        "cause": _filled(entry.cause, diagnostic.args),
        "remedy": _filled(entry.remedy, diagnostic.args),
        **_range(diagnostic.span),
        "clause": visible(diagnostic.clause),
        "place": visible(diagnostic.place),
        "labels": [
            {**_range(label.span), "caption": visible(caption_text(label.caption))}
            for label in diagnostic.labels
        ],
        "fix": fix and {"shown": fix.shown, "edits": [_edit(edit) for edit in fix.edits]},
    }


def _edit(edit: Edit) -> dict[str, object]:
    return {**_range(edit.span), "text": edit.text}


def _range(span: Span | None) -> dict[str, object]:
    """File, line, column, end_line, end_column; each None without a span."""
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    line, column = span.source.line_column(span.start)
    end_line, end_column = span.source.line_column(max(span.end, span.start))
    return {
        "file": visible(span.source.name),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }
