"""The shape of what `settle` is given, before any value is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from medaidlang.base.diagnostic import Diagnostic


def misshapen(person: object, claims: object) -> list[Diagnostic]:
    """What is not a mapping or a list where one is needed, or not keyed by text."""
    return [*wrong_person(person), *wrong_claims(claims)]


def finding(field: str, value: object, options: str) -> Diagnostic:
    """E911 for a part that is not of its shape."""
    args = {"field": field, "value": str(value)[:40], "options": options}
    return Diagnostic("E911", None, args, place=field)


def wrong_person(person: object) -> Iterator[Diagnostic]:
    """The person, 参数 and 身份."""
    if not isinstance(person, Mapping):
        yield finding("人员", person, "一组“名称: 值”")
        return
    yield from wrong_keys(person)
    figures, held = person.get("参数"), person.get("身份")
    if isinstance(figures, Mapping):
        yield from wrong_keys(figures)
    elif figures is not None:
        yield finding("参数", figures, "一组“名称: 值”")
    if held is not None and not isinstance(held, str | Mapping | list | tuple):
        yield finding("身份", held, "身份名称的列表")


def wrong_claims(claims: object) -> Iterator[Diagnostic]:
    """The claims."""
    if isinstance(claims, str | bytes) or not isinstance(claims, Sequence):
        yield finding("费用", claims, "费用的列表")
        return
    for claim in claims:
        if isinstance(claim, Mapping):
            yield from wrong_keys(claim)
        else:
            yield finding("费用", claim, "每一笔费用一组“名称: 值”")


def wrong_keys(given: Mapping[object, object]) -> Iterator[Diagnostic]:
    """E910 for keys that are not text."""
    for key in given:
        if not isinstance(key, str):
            args = {"field": str(key), "nearest": ""}
            yield Diagnostic("E910", None, args, place=str(key))
