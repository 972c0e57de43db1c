"""JSON data files.

Takes the text, gives `Raw`.  Three shapes are read: `{"人员": […], "费用": […]}`,
the shape of the worked cases `[{"person": …, "claims": […]}]`, and a bare list
where the caller says which table it is.  Numbers with a point or an exponent
stay text: JSON's own number would pass through a float.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.records.raw import ROW_LIMIT, Raw, Row, finding
from medaidlang.records.text import read_text

_PERSON, _CLAIMS, _PARAMETERS = ("person", "人员"), ("claims", "费用"), ("parameters", "参数")
_APPLICATIONS = ("applications", "申请")
_DEPTH = 100
_INTEGER_DIGITS = 18


class RepeatedKey(Exception):
    """The same field twice in one object."""


def read_json(path: Path, table: str = "") -> Raw:
    """The rows of the file; `table` (人员, 费用 or 申请) says what a bare list holds."""
    text = read_text(path)
    name = str(path)
    try:
        data = json.loads(
            text,
            parse_float=str,
            parse_int=_integer,
            parse_constant=str,
            object_pairs_hook=_unrepeated,
        )
    except RepeatedKey as repeated:
        raise Refusal(finding("E917", name, field=str(repeated))) from None
    except json.JSONDecodeError as error:
        raise Refusal(_syntax(name, error.lineno, error.colno)) from None
    except RecursionError:
        raise Refusal(_syntax(name, *_too_deep(text))) from None
    return _Reader(name).document(data, table)


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= _INTEGER_DIGITS else text


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        raise RepeatedKey(next(key for key in keys if keys.count(key) > 1))
    return made


def _syntax(name: str, line: int, column: int) -> Diagnostic:
    return finding("E916", f"{name} 第 {line} 行第 {column} 列", line=str(line), column=str(column))


def _too_deep(text: str) -> tuple[int, int]:
    """Line and column of the first bracket that no data needs."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "[{") - (char in "]}")
        if depth > _DEPTH:
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return 1, 1


def _either(data: Mapping[str, object], keys: tuple[str, str]) -> object:
    return data.get(keys[0], data.get(keys[1]))


class _Reader:
    """Walks one document; `name` is the file, for places."""

    def __init__(self, name: str) -> None:
        self.name = name

    def document(self, data: object, table: str) -> Raw:
        """Any of the shapes."""
        match data:
            case list() if table:
                return Raw.of(table, self.rows(data, table))
            case list():
                raw = Raw()
                for index, case in enumerate(data, start=1):
                    raw = raw.joined(self.case(case, f"第 {index} 项", str(index)))
                return self.limited(raw)
            case dict() if not table or {*data} & {*_PERSON, *_CLAIMS}:
                return self.limited(self.tables(data))
            case dict():
                return Raw.of(table, (self.row(data, table),))
            case _:
                raise Refusal(finding("E908", self.name))

    def tables(self, data: Mapping[str, object]) -> Raw:
        """`{"人员": […], "费用": […], "参数": {…}}`, or a single case."""
        if isinstance(_either(data, _PERSON), dict):
            return self.case(data, "", "1").joined(self.parameters(data))
        self.known(data, "")
        persons = self.rows(self.a_list(data, _PERSON), "人员")
        claims = self.rows(self.a_list(data, _CLAIMS), "费用")
        asked = self.rows(self.a_list(data, _APPLICATIONS), "申请")
        return Raw(persons, claims, applications=asked).joined(self.parameters(data))

    def case(self, data: object, where: str, owner: str) -> Raw:
        """One person with the claims of the year."""
        prefix = f"{where}·" if where else ""
        if not isinstance(data, dict):
            raise Refusal(finding("E901", f"{self.name} {where}", field="person"))
        person, claims = _either(data, _PERSON), self.a_list(data, _CLAIMS)
        if not isinstance(person, dict):
            raise Refusal(finding("E901", f"{self.name} {where}".strip(), field="person（人员）"))
        return Raw(
            (self.row(person, f"{prefix}人员", owner),),
            self.rows(claims, f"{prefix}费用", owner),
            applications=self.rows(self.a_list(data, _APPLICATIONS), f"{prefix}申请", owner),
        )

    def known(self, data: Mapping[str, object], where: str) -> None:
        """No other key than the tables."""
        allowed = {*_PERSON, *_CLAIMS, *_PARAMETERS, *_APPLICATIONS}
        near = "人员、费用、参数、申请"
        found = [
            finding("E910", f"{self.name} {where}".strip(), field=key, nearest=near)
            for key in data
            if key not in allowed
        ]
        if found:
            raise Refusal(*found)

    def a_list(self, data: Mapping[str, object], keys: tuple[str, str]) -> list[object]:
        """The list under one of `keys`; empty if there is none."""
        found = _either(data, keys)
        if found is None:
            return []
        if not isinstance(found, list):
            raise Refusal(finding("E908", f"{self.name} {keys[1]}"))
        return found

    def rows(self, data: list[object], where: str, owner: str = "") -> tuple[Row, ...]:
        """A list of objects."""
        return tuple(
            self.row(item, f"{where}第 {index} 项", owner)
            for index, item in enumerate(data, start=1)
        )

    def row(self, data: object, where: str, owner: str = "") -> Row:
        """One object; what is null was not recorded."""
        place = f"{self.name} {where}"
        if not isinstance(data, dict):
            raise Refusal(finding("E908", place))
        cells = {key: value for key, value in data.items() if value is not None}
        return Row(place, cells, owner=owner)

    def parameters(self, data: Mapping[str, object]) -> Raw:
        """参数 that hold for everybody."""
        found = _either(data, _PARAMETERS)
        return Raw(parameters=(self.row(found, "参数"),)) if found is not None else Raw()

    def limited(self, raw: Raw) -> Raw:
        """Not too much, and not nothing."""
        if max(len(raw.persons), len(raw.claims)) > ROW_LIMIT:
            raise Refusal(finding("E921", self.name, limit=f"{ROW_LIMIT} 行"))
        if not raw.persons and not raw.claims:
            raise Refusal(finding("E908", self.name))
        return raw
