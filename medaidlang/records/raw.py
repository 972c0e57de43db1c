"""What a data file says, before anybody asks what it means.

Every reader (JSON, CSV, XLSX) makes one `Raw`: rows of persons, claims and
parameters, each value with the place it came from.  No names are resolved
here, no value is changed.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from medaidlang.base.diagnostic import Diagnostic

FINDINGS_LIMIT = 50
"""Diagnostics collected from one file before reading stops."""

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of one data file (and, for .xlsx, of what it unpacks to)."""

ROW_LIMIT = 200_000
"""Rows of one table."""


@attrs.frozen
class Row:
    """One person, claim or list of parameters: heading → value as it was written.

    `spots` says for each heading where in the row it stands.  `owner` is set
    where the file itself says whose claim it is (by nesting), so that no
    人员编号 is needed.
    """

    place: str
    cells: Mapping[str, object]
    spots: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    owner: str = ""

    def place_of(self, heading: str) -> str:
        """File, sheet, row and column of one value."""
        return f"{self.place}{self.spots.get(heading, f'·{heading}')}"


@attrs.frozen
class Raw:
    """The rows of one or more files; `mixed` rows hold a person and a claim each.

    `applications` are the rows of the table 申请.
    """

    persons: tuple[Row, ...] = ()
    claims: tuple[Row, ...] = ()
    parameters: tuple[Row, ...] = ()
    mixed: tuple[Row, ...] = ()
    applications: tuple[Row, ...] = ()

    def joined(self, other: Raw) -> Raw:
        """The rows of both."""
        return Raw(
            self.persons + other.persons,
            self.claims + other.claims,
            self.parameters + other.parameters,
            self.mixed + other.mixed,
            self.applications + other.applications,
        )

    @classmethod
    def of(cls, table: str, rows: tuple[Row, ...]) -> Raw:
        """The rows under the table that they are (人员, 费用, 申请, or persons with claims)."""
        match table:
            case "人员":
                return cls(persons=rows)
            case "费用":
                return cls(claims=rows)
            case "申请":
                return cls(applications=rows)
            case _:
                return cls(mixed=rows)


def finding(code: str, place: str, **args: str) -> Diagnostic:
    """A diagnostic about data: no rule text, only a place."""
    return Diagnostic(code, args=args, place=place)
