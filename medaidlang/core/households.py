"""示例 of a household: its members, whose claims are whose, and what is applied for.

Takes the lines of an example and its persons and claims, gives the members beside the
person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from medaidlang.core.nodes import ExampleMember
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.tables import kind_of
from medaidlang.core.typing import constant
from medaidlang.syntax import ast

SELF = "本人"  # the 人员 of an example, who makes its applications


def household(shop: Workshop, lines: Sequence[ast.Line]) -> tuple[str, ...]:
    """The names of the members, the person first; each once."""
    names = [SELF]
    for line in lines:
        if isinstance(line, ast.MemberLine):
            with shop.trying():
                if line.name.text in names:
                    raise wrong("E308", line.name.span, word="成员", name=line.name.text)
                names.append(line.name.text)
    return tuple(names)


def member_of(cell: ast.Cell, members: Sequence[str]) -> str:
    """Whose claim it is: the person's, where the cell says 未填."""
    if kind_of(cell) == "NOT_FILLED":
        return SELF
    value = cell.values[0] if len(cell.values) == 1 else None
    name = value.name if isinstance(value, ast.Reference) else cell.span.text.strip()
    if name not in members:
        raise wrong("E806", cell.span, fix=nearest(name, members), name=name)
    return name


def owned(
    shop: Workshop,
    lines: Sequence[ast.Line],
    people: Mapping[str, dict[str, object]],
    claims: Sequence[tuple[str, Mapping[str, object]]],
    benefits: Sequence[str],
) -> tuple[dict[str, object], tuple[ExampleMember, ...]]:
    """The person with the applications, and the other members with their claims."""
    asked = []
    for line in lines:
        if isinstance(line, ast.AskingLine):
            if line.benefit.text not in benefits:
                raise shop.unknown(line.benefit.text, line.benefit.span, "待遇", benefits)
            day = constant(line.date).value
            assert isinstance(day, date)
            number, benefit = line.number.text, line.benefit.text
            asked.append({"编号": number, "日期": day.isoformat(), "待遇": benefit})
    person = {**people[SELF], "申请": asked} if asked else people[SELF]
    members = []
    for line in lines:
        if isinstance(line, ast.MemberLine):
            name = line.name.text
            mine = tuple(claim for owner, claim in claims if owner == name)
            check_numbers(line, mine, [claim for owner, claim in claims if owner != name])
            members.append(ExampleMember(name, people[name], mine))
    return person, tuple(members)


def check_numbers(
    line: ast.MemberLine,
    mine: Sequence[Mapping[str, object]],
    others: Sequence[Mapping[str, object]],
) -> None:
    """What an example expects is said by the claim's number: each once in the household."""
    taken = {claim.get("编号") for claim in others}
    for claim in mine:
        if claim.get("编号") in taken:
            raise wrong("E807", line.span, name=line.name.text, id=str(claim.get("编号")))
