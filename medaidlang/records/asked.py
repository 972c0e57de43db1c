"""申请 in data files: from what stands there to what `settle` takes, with the places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from medaidlang.core.types import Kind, Type
from medaidlang.interpret.asking import APPLICATIONS, BENEFIT, DAY, NUMBER
from medaidlang.records.values import value_of

_KINDS = {NUMBER: Type(Kind.TEXT), DAY: Type(Kind.DATE), BENEFIT: Type(Kind.TEXT)}


def asked_for(value: object) -> object:
    """The applications of a person; what is no list of mappings stays for the binder."""
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        return value
    return asked_items(value)


def asked_items(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows as applications, their days as ISO text; what is empty is not there."""
    return [
        {
            name: value_of(_KINDS[name], (), value) if name in _KINDS else value
            for name, value in row.items()
            if value not in (None, "")
        }
        for row in rows
    ]


def places_of(listed: object, place: str) -> dict[str, str]:
    """Where each of a person's applications stands."""
    if not isinstance(listed, list):
        return {}
    items = [item for item in listed if isinstance(item, Mapping)]
    return {
        label_of(item, count): f"{place}第 {count} 项" for count, item in enumerate(items, start=1)
    }


def label_of(item: Mapping[str, object], count: int) -> str:
    """The binder's own word for an application."""
    number = item.get(NUMBER)
    missing = number is None or number == ""
    return f"第{count}项{APPLICATIONS}" if missing else f"{APPLICATIONS} {number}"
