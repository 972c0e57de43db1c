"""Names that nothing uses.

Takes the pack; a definition, figure, list or fact of the document's own file
that no rule mentions, under any reading, is a rule forgotten or a name
misspelt.  Which names occur in lines that another reading turns on is seen from
the text, since this core was made under one choice of readings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding, in_document
from medaidlang.check.formulas import formulas, references
from medaidlang.core.nodes import HOSPITAL_FIELD, Origin, Pack, Period

_LETTERS = r"A-Za-z_\u3400-\u4dbf\u4e00-\u9fff〇"
_WORD = rf"[{_LETTERS}][{_LETTERS}0-9·]*"
_PROSE = r"(?:理由|例|依据|编号|来源|公布|公布值|待定)"
_SILENT = rf"(?m)#[^\n]*|“[^”\n]*”|^[ \t]*{_PROSE} [^\n]*"
_EXAMPLES = r"(?m)^(?:示例|示例默认)[ \t][^\n]*\n(?:[ \t][^\n]*\n?|[ \t]*\n)*"


def unused(pack: Pack) -> Iterator[Diagnostic]:
    """W721."""
    used = {node for formula in formulas(pack) for node in references(formula.expr)}
    if Period.HOSPITAL in periods(pack):
        used |= {("事实", f.name) for f in pack.facts.values() if HOSPITAL_FIELD in f.fields}
    declared = [
        (sort, name, origin)
        for sort, name, origin in own(pack)
        if (sort, name) not in used and in_document(pack, origin)
    ]
    if not declared:
        return
    counted = mentions(declared[0][2].span.source.text)
    for sort, name, origin in declared:
        if counted[name] < 2:
            yield finding("W721", origin, sort=sort, name=name)


def periods(pack: Pack) -> Iterator[Period]:
    """How long each running total runs."""
    yield from (account.period for account in pack.accounts.values())
    yield from (pool.period for pool in pack.pools.values())
    for item in (*pack.layers.values(), *pack.benefits.values()):
        if item.times is not None:
            yield item.times.period


def own(pack: Pack) -> Iterator[tuple[str, str, Origin]]:
    """What may be unused."""
    for sort, nodes in (
        ("事实", pack.facts), ("参数", pack.parameters), ("名录", pack.rosters),
        ("令", pack.definitions), ("原文缺失", pack.gaps),
    ):  # fmt: skip
        for node in nodes.values():
            yield sort, node.name, node.origin


def mentions(text: str) -> Counter[str]:
    """How often each word occurs in the rules of a file, outside prose and examples."""
    plain = re.sub(_EXAMPLES, "", re.sub(_SILENT, "", text))
    return Counter(re.findall(_WORD, plain))
