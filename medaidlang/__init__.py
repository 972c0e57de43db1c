"""medaidlang: the policy language of medical assistance (医疗救助).

`settle(document, person, claims)` settles one person's year under a shipped
rule pack; everything else is reached through the subpackages and `medaid`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler

__version__ = "0.1.0"


@cache
def _settler(document: str) -> Settler:
    """The shipped pack of that code, or the rule file at that path, compiled once."""
    from medaidlang.load import compiled, shipped

    return compiled(document) if document.endswith(".medaid") else shipped(document)


def settle(
    document: str, person: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Settle one person's claims of one calendar year, in settlement order.

    `document` is the code of a shipped pack (kunyu2025, wuhai2022) or the path of a
    rule file (….medaid), which is read once.  Amounts are
    元 as `Decimal`, `int` or text (a `float` is refused), and come back as
    `Decimal` with two places.  Raises `medaidlang.base.diagnostic.Refusal`
    with coded findings where the data cannot be used.
    """
    from medaidlang.interpret.shape import case_shape

    settler = _settler(str(document))
    return case_shape(settler.settle(person, claims), settler.pack)
