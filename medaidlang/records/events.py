"""Refunds and late claims among the rows of a data file.

Takes files, gives each person's claims with the events that came after they were
settled.  A refund is a row of its own: its own 编号, in 冲销 (`init_setl_id`) the
number of the claim it takes back, and, if it repeats amounts, the same ones negated;
`refd_setl_flag` may say 1.  A late claim is an ordinary row with 补报 是.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.core.nodes import Fact, Pack, Scope
from medaidlang.core.types import Kind
from medaidlang.interpret.replay import Events, Reversal
from medaidlang.interpret.values import BadValue, truth
from medaidlang.records.assemble import Assembly, Records, Subject, assemble, number_of
from medaidlang.records.columns import Columns, columns_of, key
from medaidlang.records.raw import FINDINGS_LIMIT, Row, finding
from medaidlang.records.read import checked_year, read_tables
from medaidlang.records.values import value_of
from medaidlang.runtime.money import AmountError, format_yuan, to_fen

REVERSES, LATE, FLAG = "冲销", "补报", "退费标志"
NAMES = {
    REVERSES: REVERSES, "init_setl_id": REVERSES, LATE: LATE, FLAG: FLAG, "refd_setl_flag": FLAG,
}  # fmt: skip
_OWN = ("编号", "日期")
"""What a reversal says of itself and not of the claim that it takes back."""


@attrs.frozen
class Case:
    """A person's year with what has happened to it; `subject` holds the claims of both."""

    subject: Subject
    events: Events


@attrs.frozen
class Marked:
    """A row of claims: what it says of events, and the rest of it."""

    row: Row
    said: Mapping[str, object]
    headings: Mapping[str, str]

    @property
    def reverses(self) -> str:
        """The number of the claim taken back, or nothing."""
        return str(self.said.get(REVERSES, "")).strip()

    def place(self, name: str) -> str:
        """Where it says so."""
        return self.row.place_of(self.headings[name])


def read_cases(
    pack: Pack,
    data: Path | None = None,
    *,
    persons: Path | None = None,
    claims: Path | None = None,
    year: int | None = None,
) -> tuple[Case, ...]:
    """Everybody in the files, with events; raises `Refusal` with all that is wrong."""
    columns = columns_of(pack)
    raw = read_tables(columns, data, persons, claims)
    marked = [marked_row(row, columns) for row in (*raw.claims, *raw.mixed)]
    listed, mixed = marked[: len(raw.claims)], marked[len(raw.claims) :]
    records = assemble(pack, attrs.evolve(raw, claims=_plain(listed), mixed=_plain(mixed)))
    checked_year(records, year)
    work = Reading(columns, records)
    cases = work.cases(marked)
    if work.found:
        raise Refusal(*work.found[:FINDINGS_LIMIT])
    return cases


def marked_row(row: Row, columns: Columns) -> Marked:
    """The row in two; a fact that the pack itself declares under such a name stays one."""
    names = {
        heading: NAMES[key(heading)]
        for heading in row.cells
        if key(heading) in NAMES and columns.target(heading) is None
    }
    said = {name: row.cells[heading] for heading, name in names.items()}
    rest = {heading: value for heading, value in row.cells.items() if heading not in names}
    headings = {name: heading for heading, name in names.items()}
    return Marked(attrs.evolve(row, cells=rest), said, headings)


def _plain(marked: list[Marked]) -> tuple[Row, ...]:
    """The rows of claims proper."""
    return tuple(one.row for one in marked if not one.reverses)


@attrs.define
class Reading:
    """One pass over the marked rows; `found` collects what is wrong."""

    columns: Columns
    records: Records
    found: list[Diagnostic] = attrs.field(factory=list)
    work: Assembly = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.work = Assembly(self.columns, self.found)

    def report(self, code: str, place: str, **args: str) -> None:
        """Add a finding."""
        self.found.append(finding(code, place, **args))

    def cases(self, marked: list[Marked]) -> tuple[Case, ...]:
        """Everybody's claims with their events."""
        subjects = {subject.owner: subject for subject in self.records.subjects}
        reversals: dict[str, list[tuple[Reversal, Marked]]] = {name: [] for name in subjects}
        late: dict[str, set[str]] = {name: set() for name in subjects}
        for one in marked:
            owner = self.owner(one.row, subjects)
            if owner is None:
                self.report("E914", one.row.place, id=number_of(one.row, self.columns))
                continue
            number = self.claim_number(one.row)
            if self.is_late(one, number):
                late[owner].add(number)
            if one.reverses:
                reversal = self.reversal(one, number, subjects[owner])
                reversals[owner].append((reversal, one))
        undone = {(o, r.original) for o, listed in reversals.items() for r, _ in listed}
        for one in marked:
            claim = self.owner(one.row, subjects), self.claim_number(one.row)
            self.check_flag(one, claim, undone)
        return tuple(
            Case(
                placed(subject, reversals[name]),
                Events(tuple(r for r, _ in reversals[name]), frozenset(late[name])),
            )
            for name, subject in subjects.items()
        )

    def owner(self, row: Row, subjects: Mapping[str, Subject]) -> str | None:
        """How the person of a row is named; None for nobody that is known."""
        named = row.owner or number_of(row, self.columns)
        if not named and len(subjects) == 1:
            return next(iter(subjects))
        return named if named in subjects else None

    def claim_number(self, row: Row) -> str:
        """The 编号 of a row of claims, or nothing."""
        for heading, value in row.cells.items():
            target = self.columns.target(heading)
            if isinstance(target, Fact) and target.name == "编号":
                return str(value).strip()
        return ""

    def is_late(self, one: Marked, number: str) -> bool:
        """补报: 是 or 否, and not on a reversal."""
        if LATE not in one.said:
            return False
        value = one.said[LATE]
        try:
            late = bool(truth(value))
        except BadValue as bad:
            self.report(bad.code, one.place(LATE), field=LATE, value=str(value))
            return False
        if late and one.reverses:
            self.report("E932", one.place(LATE), id=number)
            return False
        return late

    def check_flag(
        self, one: Marked, claim: tuple[str | None, str], undone: set[tuple[str, str]]
    ) -> None:
        """`refd_setl_flag`: 1 on a reversal, 0 or 1 on the claim it takes back, else 0."""
        if FLAG not in one.said:
            return
        flag = str(one.said[FLAG]).strip()
        allowed = {"1"} if one.reverses else {"0", "1"} if claim in undone else {"0"}
        if flag not in allowed:
            self.report("E931", one.place(FLAG), id=claim[1], flag=flag)

    def reversal(self, one: Marked, number: str, subject: Subject) -> Reversal:
        """A row that takes a claim back, held against that claim."""
        if not number:
            self.report("E901", one.row.place, field="编号")
        original = one.reverses
        claims = {str(claim.get("编号")): claim for claim in subject.claims}
        if original in claims:
            self.compare(one, number, claims[original])
        else:
            for other in self.records.subjects:
                if any(str(claim.get("编号")) == original for claim in other.claims):
                    args = {"id": number, "original": original, "owner": other.number}
                    self.report("E929", one.place(REVERSES), **args)
                    break
        return Reversal(number, original)

    def compare(self, one: Marked, number: str, claim: Mapping[str, object]) -> None:
        """What the row repeats must be the claim's, amounts negated."""
        for heading, value in one.row.cells.items():
            target = self.work.target(one.row, heading, claim=True)
            if not isinstance(target, Fact) or target.scope is not Scope.CLAIM:
                continue
            if target.name in _OWN or repeated(target, value, claim.get(target.name)):
                continue
            wanted = "、".join(expected(target, claim.get(target.name)))
            args = {"id": number, "field": target.name, "value": str(value), "expected": wanted}
            self.report("E930", one.row.place_of(heading), **args)


def repeated(fact: Fact, value: object, original: object) -> bool:
    """Whether a value of a reversal is what the claim taken back calls for."""
    if original is None:
        return False
    given = value_of(fact.type, fact.fields, value)
    try:
        match fact.type.kind:
            case Kind.MONEY:
                return isinstance(given, str | int) and to_fen(given) == -_fen(original)
            case Kind.BOOL:
                return truth(given) == truth(original)
            case _:
                return str(given) in expected(fact, original)
    except (AmountError, TypeError, BadValue):
        return False


def expected(fact: Fact, original: object) -> Iterator[str]:
    """What a reversal may repeat: amounts negated, counts either way, all else as it is."""
    if original is None:
        yield "（不填，原费用没有这一项）"
    elif fact.type.kind is Kind.MONEY:
        yield _negated(original)
    else:
        yield str(original)
        if fact.type.kind is Kind.INTEGER:
            yield f"-{original}"


def _fen(value: object) -> int:
    return to_fen(value if isinstance(value, str | int) else str(value))


def _negated(original: object) -> str:
    """The amount to repeat; the original itself where that is no amount (said elsewhere)."""
    try:
        return format_yuan(-_fen(original))
    except (AmountError, TypeError):
        return str(original)


def placed(subject: Subject, reversals: list[tuple[Reversal, Marked]]) -> Subject:
    """The subject that also knows where the reversals stand."""
    places = dict(subject.places)
    for reversal, one in reversals:
        places.setdefault(f"费用 {reversal.number}", one.row.place)
        places[f"费用 {reversal.number}·冲销"] = one.place(REVERSES)
    return attrs.evolve(subject, places=places)
