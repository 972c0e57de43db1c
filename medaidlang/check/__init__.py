"""What can be said of a rule file without running it.

Takes a pack, gives diagnostics.  One check per file, each a function from the
pack to its findings; a check raises nothing: an exception here is a bug.
`reads` are the parts of the pack on which the errors of a check depend, so that
only those are asked again that another reading can change (see `alternatives`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.adjusting.effects import effects
from medaidlang.check.adjusting.never import never
from medaidlang.check.adjusting.replaced import replaced
from medaidlang.check.application import application
from medaidlang.check.clauses import clauses, uncited
from medaidlang.check.constant import constant
from medaidlang.check.cycles import cycles
from medaidlang.check.dead_rows import dead_rows
from medaidlang.check.document import document
from medaidlang.check.double_rows import double_rows
from medaidlang.check.examples import examples
from medaidlang.check.fixed_amounts import fixed_amounts
from medaidlang.check.hospitals import hospitals
from medaidlang.check.insurances import insurances
from medaidlang.check.key_gaps import key_gaps
from medaidlang.check.membership import membership
from medaidlang.check.missing_rows import missing_rows
from medaidlang.check.names import names
from medaidlang.check.never_paid import never_paid
from medaidlang.check.overlap.chains import chains, divided
from medaidlang.check.overlap.double import double
from medaidlang.check.overlap.ranking import ranking
from medaidlang.check.overlap.undeclared import undeclared
from medaidlang.check.overpay.base import base
from medaidlang.check.overpay.ratio import ratio
from medaidlang.check.parameters import parameters
from medaidlang.check.pools import pools
from medaidlang.check.rosters import rosters
from medaidlang.check.same_cost import same_cost
from medaidlang.check.shares import shares
from medaidlang.check.slices import slices
from medaidlang.check.spans import spans
from medaidlang.check.unused import unused
from medaidlang.check.unused_columns import unused_columns
from medaidlang.core.nodes import Pack


@attrs.frozen
class Check:
    """A check, and the parts of the pack that its errors depend on and a reading can change."""

    run: Callable[[Pack], Iterable[Diagnostic]]
    reads: frozenset[str] = frozenset()


def check(run: Callable[[Pack], Iterable[Diagnostic]], *reads: str) -> Check:
    """A line of the list below."""
    return Check(run, frozenset(reads))


TABLES = ("identities", "layers", "benefits", "pools", "subsidies", "overlaps")

CHECKS: tuple[Check, ...] = (
    check(clauses),
    check(uncited),
    check(document, "document"),
    check(parameters, "document", "parameters", "definitions"),
    check(rosters),
    check(membership, "identities", "exclusives", "definitions"),
    check(names, "layers", "benefits", "pools", "subsidies", "adjustments", "splits"),
    check(spans),
    check(hospitals, "layers", "benefits", "pools"),
    check(missing_rows, "identities", "layers", "benefits", "subsidies"),
    check(dead_rows, *TABLES, "definitions", "adjustments"),
    check(double_rows, *TABLES, "definitions", "adjustments"),
    check(key_gaps, *TABLES, "definitions", "adjustments"),
    check(slices, *TABLES, "accounts", "adjustments", "definitions", "parameters"),
    check(fixed_amounts, *TABLES, "definitions", "parameters"),
    check(unused_columns, "layers", "benefits", "subsidies"),
    check(pools, *TABLES, "accounts", "adjustments", "definitions", "parameters"),
    check(never, *TABLES, "exclusives", "adjustments", "definitions"),
    check(replaced),
    check(effects, *TABLES, "adjustments", "definitions", "parameters"),
    check(insurances, "layers", "benefits", "accounts", "adjustments", "definitions"),
    check(shares, *TABLES, "splits"),
    check(undeclared, *TABLES, "exclusives", "adjustments"),
    check(double, *TABLES, "exclusives", "adjustments"),
    check(chains, *TABLES, "accounts", "adjustments", "definitions"),
    check(cycles, *TABLES, "accounts", "adjustments", "definitions"),
    check(divided, *TABLES, "accounts", "adjustments", "definitions"),
    check(ranking, *TABLES, "adjustments"),
    check(same_cost, *TABLES, "exclusives", "adjustments", "definitions"),
    check(ratio, *TABLES, "adjustments", "parameters", "definitions"),
    check(base),
    check(
        application,
        "benefits",
        "subsidies",
        "accounts",
        "adjustments",
        "pools",
        "outputs",
        "splits",
        "insurance",
        "definitions",
    ),
    check(never_paid, *TABLES, "adjustments", "definitions"),
    check(constant),
    check(unused),
    check(examples),
)


def run_checks(pack: Pack) -> list[Diagnostic]:
    """All findings, by place."""
    return ordered(found for one in CHECKS for found in one.run(pack))


def ordered(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, then place, then code; those without a place first."""
    return sorted(found, key=place)


def place(found: Diagnostic) -> tuple[str, int, str]:
    """What findings are sorted by."""
    span = found.span
    return (span.source.name, span.start, found.code) if span else ("", -1, found.code)
