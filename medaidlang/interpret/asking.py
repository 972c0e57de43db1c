"""申请 in the data: which benefit a person asks for, and when.

Takes what stands under 申请 with a person, gives events; what cannot be used becomes
findings of the binder.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.core.scope import nearest
from medaidlang.core.types import Kind, Type

if TYPE_CHECKING:
    from medaidlang.interpret.bind import Binder

APPLICATIONS = "申请"
NUMBER, DAY, BENEFIT = "编号", "日期", "待遇"


@attrs.frozen
class Event:
    """An application: `benefit` is asked for on `day`."""

    number: str
    benefit: str
    day: date


def events_of(binder: Binder, given: Any, claims: Collection[str]) -> tuple[Event, ...]:
    """The applications of one person; `claims` are the numbers of the person's claims."""
    if given is None:
        return ()
    if not isinstance(given, list | tuple) or not all(isinstance(i, Mapping) for i in given):
        options = "申请的列表，每项有编号、日期、待遇"
        place = f"人员·{APPLICATIONS}"
        binder.wrong("E911", place, field=APPLICATIONS, value=str(given)[:40], options=options)
        return ()
    taken = set(claims)
    events: list[Event] = []
    for count, item in enumerate(given, 1):
        event = event_of(binder, item, count)
        if event is None:
            continue
        if event.number in taken:
            binder.wrong("E942", f"{APPLICATIONS} {event.number}", id=event.number)
        taken.add(event.number)
        events.append(event)
    return tuple(events)


def event_of(binder: Binder, item: Mapping[str, Any], count: int) -> Event | None:
    """One application; None where something is wrong with it."""
    known = len(binder.found)
    given = {key: item.get(key) for key in (NUMBER, DAY, BENEFIT)}
    missing = [key for key, value in given.items() if value is None or value == ""]
    label = f"第{count}项{APPLICATIONS}" if NUMBER in missing else f"{APPLICATIONS} {given[NUMBER]}"
    for key in item:
        if key not in given:
            binder.wrong("E910", f"{label}·{key}", field=str(key), nearest="、".join(given))
    for key in missing:
        binder.wrong("E901", f"{label}·{key}", field=key)
    benefit = str(given[BENEFIT])
    if BENEFIT not in missing:
        check_benefit(binder, benefit, f"{label}·{BENEFIT}")
    day = None
    if DAY not in missing:
        day = binder.value(given[DAY], Type(Kind.DATE), label, DAY)
    if len(binder.found) > known or not isinstance(day, int):
        return None
    return Event(str(given[NUMBER]), benefit, date.fromordinal(day))


def check_benefit(binder: Binder, name: str, place: str) -> None:
    """The benefit must be declared, and paid on application."""
    benefits = binder.pack.benefits
    asked = [one.name for one in benefits.values() if one.application is not None]
    if name not in benefits:
        near = nearest(name, asked or benefits)
        options = "、".join(asked) or "（规则文件里没有依申请的待遇）"
        binder.wrong("E940", place, fix=near, name=name, options=options)
    elif name not in asked:
        binder.wrong("E941", place, name=name)


def refused(person: Mapping[str, Any], what: str, why: str) -> None:
    """Raise E943 where a person has applications and `what` does not deal with them."""
    if person.get(APPLICATIONS):
        args = {"what": what, "why": why}
        raise Refusal(Diagnostic("E943", None, args, place=f"人员·{APPLICATIONS}"))
