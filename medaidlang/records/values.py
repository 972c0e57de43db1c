"""From what was written to what `settle` takes.

Takes a fact or parameter type and a value of a file, gives the plain value.
Nothing is guessed: what does not fit stays as it is, and the interpreter's
binding refuses it with the right code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from medaidlang.core.types import Kind, Type
from medaidlang.records.codes import decoded
from medaidlang.runtime.dates import DateError, parse_date

_TIME_OF_DAY = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_MARKS = re.compile(r"[、；;\n]")
NO_CATEGORY = "无"
_INTERVAL = re.compile(r"(?P<name>[^（(]+)[（(](?P<start>[^~～—]*)[~～—](?P<end>[^）)]*)[）)]")


def value_of(kind: Type, fields: tuple[str, ...], value: object) -> object:
    """The value as `settle` takes it."""
    match kind.kind:
        case Kind.DATE:
            return _day(value, fields)
        case Kind.CHOICE:
            text = _text(value)
            return decoded(fields, text) if isinstance(text, str) else text
        case Kind.TEXT:
            return _text(value)
        case Kind.DATES if isinstance(value, str):
            return [_day(part.strip(), fields) for part in _MARKS.split(value) if part.strip()]
        case _:
            return value.strip() if isinstance(value, str) else value


def _text(value: object) -> object:
    """Text; a number becomes its digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else value


def _day(value: object, fields: tuple[str, ...]) -> object:
    """ISO text; the interface's own fields carry a time of day, which is left out."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if fields and (match := _TIME_OF_DAY.fullmatch(text)):
        text = match[1]
    try:
        return parse_date(text).isoformat()
    except DateError:
        return text


def is_single(kind: Type, value: object) -> bool:
    """Whether the value is one value where one is wanted."""
    nested = isinstance(value, list | dict)
    return not nested or kind.kind in (Kind.BANDS, Kind.DATES)


def held(value: object) -> list[object] | None:
    """身份: a list of names or of {名称, 起, 止}; text holds names with 、 or ；between.

    无 says that there is no category: an empty cell would be one forgotten.  None where
    it is neither a list nor text.
    """
    if isinstance(value, str) and value.strip() == NO_CATEGORY:
        return []
    if isinstance(value, str):
        return [_interval(part) for part in _parts(value)]
    listed = [value] if isinstance(value, Mapping) else value
    if not isinstance(listed, list):
        return None
    return listed if all(isinstance(item, str | Mapping) for item in listed) else None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _MARKS.split(text) if part.strip()]


def _interval(part: str) -> object:
    """`低保对象（2025-01-01~2025-06-30）` as a mapping; a bare name as itself."""
    match = _INTERVAL.fullmatch(part)
    if match is None:
        return part
    ends = {"起": _day(match["start"], ()), "止": _day(match["end"], ())}
    return {"名称": match["name"].strip(), **{k: v for k, v in ends.items() if v}}
