"""What a heading means: a fact, a parameter, the categories, or the person's number.

Takes a pack, answers for each heading of a data file.  Facts are known by their
Chinese names and by their names in the national interface, in any case.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import attrs

from medaidlang.core.nodes import Fact, Pack, Parameter, Scope
from medaidlang.interpret.asking import APPLICATIONS

NUMBER, HELD, NAMED_PARAMETERS = "人员编号", "身份", "参数"
HOUSEHOLD, FAMILY = "家庭编号", "家庭"
_NUMBER_FIELD = "psn_no"


@attrs.frozen
class Special:
    """A heading with a meaning of its own: 人员编号, 身份, 参数 or 申请."""

    name: str


@attrs.frozen
class Group:
    """A heading over several facts (因病致贫核对), whose value is a mapping."""

    name: str


Target = Fact | Parameter | Special | Group


@attrs.define
class Columns:
    """The headings a pack knows."""

    targets: dict[str, Target]

    def target(self, heading: str) -> Target | None:
        """What the heading means; None if nothing."""
        return self.targets.get(key(heading))

    def nearest(self, heading: str) -> str:
        """The known heading that looks most like it, or nothing."""
        names = [target.name for target in self.targets.values()]
        near = difflib.get_close_matches(heading, names, n=1, cutoff=0.4)
        near = near or difflib.get_close_matches(key(heading), list(self.targets), 1, 0.6)
        return near[0] if near else ""

    def sort(self, headings: Iterable[str]) -> str:
        """Which table the headings make: 人员, 费用, or both in one."""
        targets = [self.target(heading) for heading in headings]
        claims = any(isinstance(t, Fact) and t.scope is Scope.CLAIM for t in targets)
        persons = any(self.is_of_person(t) for t in targets)
        if claims:
            return "人员和费用" if persons else "费用"
        return "人员" if persons or targets else "费用"

    def is_of_person(self, target: Target | None) -> bool:
        """Whether the value says something about the person (other than who it is)."""
        match target:
            case Fact(scope=scope):
                return scope is Scope.PERSON
            case Special(name=name):
                return name != NUMBER
            case Parameter() | Group():
                return True
            case _:
                return False


def columns_of(pack: Pack) -> Columns:
    """Every heading that the pack's facts and parameters allow."""
    targets: dict[str, Target] = {key(name): target for name, target in _plain(pack)}
    for fact in pack.facts.values():
        for field in fact.fields:
            targets.setdefault(key(field), fact)
        if fact.group:
            targets.setdefault(key(fact.group), Group(fact.group))
    number = Special(NUMBER)
    targets |= {key(NUMBER): number, key(_NUMBER_FIELD): number}
    targets[key(HELD)] = Special(HELD)
    targets[key(NAMED_PARAMETERS)] = Special(NAMED_PARAMETERS)
    targets[key(APPLICATIONS)] = Special(APPLICATIONS)
    if HOUSEHOLD in pack.facts:
        targets.setdefault(key(FAMILY), pack.facts[HOUSEHOLD])
    return Columns(targets)


def _plain(pack: Pack) -> list[tuple[str, Target]]:
    """Parameters and facts by their own names; a fact wins."""
    return [*pack.parameters.items(), *pack.facts.items()]


def key(heading: str) -> str:
    """A heading as it is compared: no blanks around, any case."""
    return heading.strip().casefold()
