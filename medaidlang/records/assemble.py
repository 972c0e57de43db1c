"""From rows of files to persons with their claims, as `settle` takes them.

Takes a pack and `Raw`, gives `Records`.  Every value keeps its place, so that
whatever the interpreter says about `费用 c1·基本医保支付` can be shown with its file,
sheet, row and column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from medaidlang.base.diagnostic import Diagnostic, Fix, Refusal
from medaidlang.core.nodes import Fact, Pack, Parameter, Scope
from medaidlang.core.types import Kind
from medaidlang.interpret.asking import APPLICATIONS
from medaidlang.interpret.bind import BoundClaim
from medaidlang.records.asked import asked_for, asked_items, label_of, places_of
from medaidlang.records.codes import decoded
from medaidlang.records.columns import (
    HELD,
    HOUSEHOLD,
    NUMBER,
    Columns,
    Group,
    Special,
    Target,
    columns_of,
)
from medaidlang.records.raw import FINDINGS_LIMIT, Raw, Row, finding
from medaidlang.records.values import held, is_single, value_of


@attrs.frozen
class Subject:
    """One person's year: what `settle` takes, and where each value stands.

    `places` maps the interpreter's own words for a place to the file's; `coded` the
    same words to the code that the file gave instead of the value; `owner` is how the
    file's rows of claims name the person.
    """

    number: str
    person: Mapping[str, object]
    claims: tuple[Mapping[str, object], ...]
    places: Mapping[str, str] = attrs.field(repr=False)
    coded: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    owner: str = ""

    @property
    def household(self) -> str:
        """Which household the person belongs to; nothing where the data do not say."""
        given = self.person.get(HOUSEHOLD)
        return "" if given is None else str(given).strip()

    @property
    def numbers(self) -> tuple[object, ...]:
        """The numbers of the person's claims and applications."""
        asked = self.person.get(APPLICATIONS)
        items = (
            [item for item in asked if isinstance(item, Mapping)] if isinstance(asked, list) else []
        )
        return tuple(item.get("编号") for item in (*self.claims, *items))

    def claims_of(self, bound: Iterable[BoundClaim]) -> tuple[Mapping[str, object], ...]:
        """The claims that were bound."""
        numbers = {claim.number for claim in bound}
        return tuple(claim for claim in self.claims if str(claim.get("编号")) in numbers)

    def placed(self, diagnostic: Diagnostic) -> Diagnostic:
        """The diagnostic with file, sheet, row and column before its own words."""
        words = known = diagnostic.place
        while known and known not in self.places:
            known = known.rpartition("·")[0]
        where = self.places[known]
        return attrs.evolve(diagnostic, place=f"{where}（{words}）" if words else where)


@attrs.frozen
class Records:
    """Everybody in the data, in the order of the file."""

    subjects: tuple[Subject, ...]

    def household_of(self, subject: Subject) -> tuple[Subject, ...]:
        """The person and everybody of the same household, in the order of the file."""
        name = subject.household
        return tuple(s for s in self.subjects if s is subject or (name and s.household == name))

    @property
    def claim_count(self) -> int:
        """All claims of all persons."""
        return sum(len(subject.claims) for subject in self.subjects)


@attrs.define
class _Draft:
    """A person while the claims are being handed out."""

    number: str
    person: dict[str, object]
    places: dict[str, str]
    claims: list[Mapping[str, object]] = attrs.field(factory=list)
    coded: dict[str, str] = attrs.field(factory=dict)

    def ask(self, row: Row) -> None:
        """Enter a row of the table of applications."""
        listed = self.person.setdefault(APPLICATIONS, [])
        if not isinstance(listed, list):
            return  # said by the binder: it is not a list
        (item,) = asked_items([row.cells])
        listed.append(item)
        label = label_of(item, len(listed))
        self.places[label] = row.place
        self.places |= {f"{label}·{heading}": row.place_of(heading) for heading in row.cells}

    def note_code(self, place: str, fact: Fact, value: object) -> None:
        """Remember a code of the national interface, whose word is not always its alone."""
        text = str(value).strip()
        if fact.type.kind is Kind.CHOICE and decoded(fact.fields, text) != text:
            self.coded[place] = text


@attrs.define
class Assembly:
    """One pass over the rows; `found` collects what is wrong."""

    columns: Columns
    found: list[Diagnostic] = attrs.field(factory=list)
    drafts: dict[str, _Draft] = attrs.field(factory=dict)
    unknown: set[str] = attrs.field(factory=set)

    def report(self, code: str, place: str, **args: str) -> None:
        """Add a finding."""
        self.found.append(finding(code, place, **args))

    def strange(self, place: str, field: str) -> None:
        """A field that nothing declares."""
        near = self.columns.nearest(field)
        made = finding("E910", place, field=field, nearest=near)
        if not near:
            made = attrs.evolve(made, fix=Fix("删去它：规则文件的“事实”和“参数”里没有这一项"))
        self.found.append(made)

    # ── one value ────────────────────────────────────────────────────────────
    def target(self, row: Row, heading: str, *, claim: bool) -> Target | None:
        """What a heading means here; an unknown one is reported once."""
        target = self.columns.target(heading)
        of_claim = isinstance(target, Fact) and target.scope is Scope.CLAIM
        if target is not None and (claim or not of_claim):
            return target
        if heading not in self.unknown:
            self.unknown.add(heading)
            self.strange(row.place_of(heading), heading)
        return None

    def put(self, person: dict[str, object], target: Target, value: object, place: str) -> None:
        """Enter one value of a person (or, for facts of claims, of a claim)."""
        if isinstance(target, Fact | Parameter) and not is_single(target.type, value):
            self.several(target.name, value, place)
            return
        match target:
            case Fact():
                given = value_of(target.type, target.fields, value)
                _nested(person, target)[target.name.rpartition("·")[2]] = given
            case Parameter():
                given = value_of(target.type, (), value)
                _mapping(person, "参数")[target.name] = given
            case Group():
                self.put_group(person, target.name, value, place)
            case Special(name="身份"):
                self.put_held(person, value, place)
            case Special(name="参数"):
                self.put_parameters(person, value, place)
            case Special(name="申请"):
                person[APPLICATIONS] = asked_for(value)
            case Special():
                person[NUMBER] = _number(value)

    def put_held(self, person: dict[str, object], value: object, place: str) -> None:
        """Enter the categories; text left empty is forgotten, and does not say 无."""
        names = held(value)
        if names is None:
            self.several(HELD, value, place, "身份名称的列表")
        if not isinstance(value, str) or value.strip():
            person[HELD] = names or []

    def several(self, field: str, value: object, place: str, options: str = "一个值") -> None:
        """A value of the wrong shape."""
        self.report("E911", place, field=field, value=str(value)[:40], options=options)

    def put_group(self, person: dict[str, object], name: str, value: object, place: str) -> None:
        """A mapping of facts that belong together."""
        if not isinstance(value, Mapping):
            self.several(name, value, place, "一组字段")
            return
        for inner, given in value.items():
            target = self.columns.target(f"{name}·{inner}")
            if target is None:
                self.strange(place, f"{name}·{inner}")
            elif given is not None:
                self.put(person, target, given, place)

    def put_parameters(self, person: dict[str, object], value: object, place: str) -> None:
        """The mapping 参数."""
        if not isinstance(value, Mapping):
            self.several("参数", value, place, "名称和值")
            return
        for name, given in value.items():
            target = self.columns.target(str(name))
            if not isinstance(target, Parameter):
                self.strange(f"{place}·{name}", str(name))
            elif given is not None:
                self.put(person, target, given, f"{place}·{name}")

    # ── one row ──────────────────────────────────────────────────────────────
    def person(self, row: Row, number: str) -> _Draft:
        """A person from the columns of a row that are about persons."""
        draft = _Draft(number, {}, {"": row.place, "人员": row.place})
        for heading, value in row.cells.items():
            target = self.target(row, heading, claim=False)
            if isinstance(target, Fact) and target.name in draft.person:
                self.report("E917", row.place_of(heading), field=target.name)
            elif target is not None:
                self.put(draft.person, target, value, row.place_of(heading))
                scope = "参数" if isinstance(target, Parameter) else "人员"
                draft.places[f"{scope}·{target.name}"] = row.place_of(heading)
                if isinstance(target, Fact):
                    draft.note_code(f"{scope}·{target.name}", target, value)
                if target == Special("参数"):
                    draft.places["参数"] = row.place_of(heading)
                if target == Special(APPLICATIONS):
                    draft.places |= places_of(draft.person[APPLICATIONS], row.place_of(heading))
        return draft

    def claim(self, row: Row, draft: _Draft) -> None:
        """A claim from the columns of a row that are about claims."""
        claim: dict[str, object] = {}
        spots: dict[str, str] = {}
        given: list[tuple[Fact, object]] = []
        for heading, value in row.cells.items():
            target = self.target(row, heading, claim=True)
            if isinstance(target, Fact) and target.name in claim:
                self.report("E917", row.place_of(heading), field=target.name)
            elif isinstance(target, Fact) and target.scope is Scope.CLAIM:
                self.put(claim, target, value, row.place_of(heading))
                spots[target.name] = row.place_of(heading)
                given.append((target, value))
            elif target is not None and self.columns.is_of_person(target):
                self.strange(row.place_of(heading), heading)
        number = claim.get("编号")
        label = f"费用 {number}" if number else f"第{len(draft.claims) + 1}笔费用"
        if label in draft.places:
            self.report("E907", row.place, id=str(number))
            return
        draft.places[label] = row.place
        draft.places |= {f"{label}·{name}": spot for name, spot in spots.items()}
        for fact, value in given:
            draft.note_code(f"{label}·{fact.name}", fact, value)
        draft.claims.append(claim)

    # ── everybody ────────────────────────────────────────────────────────────
    def enter(self, row: Row) -> None:
        """A row of the table of persons."""
        number = number_of(row, self.columns)
        name = row.owner or number
        if not name:
            name = f"第 {len(self.drafts) + 1} 人"
        if name in self.drafts:
            self.report("E914", row.place, id=name)
            return
        self.drafts[name] = self.person(row, number or name)

    def hand_out(self, row: Row) -> None:
        """A row of the table of claims, to its person."""
        number = row.owner or number_of(row, self.columns)
        if not number and len(self.drafts) == 1:
            number = next(iter(self.drafts))
        if not number:
            self.report("E901", row.place, field=NUMBER)
        elif number not in self.drafts:
            self.report("E914", row.place, id=number)
        else:
            self.claim(row, self.drafts[number])

    def ask(self, row: Row) -> None:
        """A row of the table of applications, to its person."""
        number = row.owner or number_of(row, self.columns)
        if not number and len(self.drafts) == 1:
            number = next(iter(self.drafts))
        if not number:
            self.report("E901", row.place, field=NUMBER)
        elif number not in self.drafts:
            self.report("E914", row.place, id=number)
        else:
            who = Special(NUMBER)
            said = {h: v for h, v in row.cells.items() if self.columns.target(h) != who}
            self.drafts[number].ask(attrs.evolve(row, cells=said))

    def enter_mixed(self, row: Row) -> None:
        """A row that holds a claim and, repeated, its person."""
        number = number_of(row, self.columns)
        if not number:
            self.report("E901", row.place, field=NUMBER)
            return
        is_of_person = self.columns.is_of_person
        said, rest = _split(row, lambda h: is_of_person(self.columns.target(h)))
        if number not in self.drafts:
            draft = self.drafts[number] = self.person(said, number)
            draft.person.setdefault(NUMBER, number)
        else:
            known = len(self.found)
            same = self.person(said, number).person
            del self.found[known:]  # said of the first row already
            before = {k: v for k, v in self.drafts[number].person.items() if k != NUMBER}
            if same != before:
                self.report("E914", row.place, id=number)
        self.claim(rest, self.drafts[number])


def assemble(pack: Pack, raw: Raw) -> Records:
    """Persons with claims; raises `Refusal` with everything that is wrong (at most 50)."""
    work = Assembly(columns_of(pack))
    for row in raw.persons:
        work.enter(row)
    if raw.claims and not raw.persons:
        work.report("E901", raw.claims[0].place, field="人员（身份等）")
    else:
        for row in raw.claims:
            work.hand_out(row)
    for row in raw.mixed:
        work.enter_mixed(row)
    for row in raw.applications:
        work.ask(row)
    for row in raw.parameters:
        _common_parameters(work, row)
    if work.found:
        raise Refusal(*work.found[:FINDINGS_LIMIT])
    return Records(
        tuple(
            Subject(d.number, d.person, tuple(d.claims), d.places, d.coded, owner)
            for owner, d in work.drafts.items()
        )
    )


def _common_parameters(work: Assembly, row: Row) -> None:
    """参数 for everybody; a person's own figure comes first.

    A row is either one mapping of names, or two columns 名称 and 值.
    """
    cells = row.cells
    if {"名称", "值"} <= {*cells}:
        cells = {str(cells["名称"]): cells["值"]}
    shared: dict[str, object] = {}
    work.put_parameters(shared, cells, row.place)
    given = shared.get("参数")
    for draft in work.drafts.values():
        if isinstance(given, dict):
            own = _mapping(draft.person, "参数")
            draft.person["参数"] = {**given, **own}
            draft.places |= {f"参数·{name}": row.place for name in given if name not in own}


def _nested(person: dict[str, object], fact: Fact) -> dict[str, object]:
    return _mapping(person, fact.group) if fact.group else person


def _mapping(person: dict[str, object], name: str) -> dict[str, object]:
    inner = person.setdefault(name, {})
    assert isinstance(inner, dict)
    return inner


def _number(value: object) -> str:
    """A person's number as text; Excel keeps it as a number."""
    return str(value).strip()


def number_of(row: Row, columns: Columns) -> str:
    """The 人员编号 of a row, or nothing."""
    for heading, value in row.cells.items():
        target = columns.target(heading)
        if isinstance(target, Special) and target.name == NUMBER:
            return _number(value)
    return ""


def _split(row: Row, first: Callable[[str], bool]) -> tuple[Row, Row]:
    """The row in two: the columns that `first` chooses, and the others."""
    chosen = {h: v for h, v in row.cells.items() if first(h)}
    others = {h: v for h, v in row.cells.items() if h not in chosen}
    return attrs.evolve(row, cells=chosen), attrs.evolve(row, cells=others)
