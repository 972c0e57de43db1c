"""Trying a pack out: warnings that only settling shows.

Takes a pack ready to settle, gives diagnostics with a worked example each: 倒挂
(a worse-off category gets less for the same claims) and 悬崖 (a little more cost
leaves the person with less).  What hangs on a figure that is not known is left
out.  A search that finds nothing is no proof that there is nothing.
"""

from __future__ import annotations

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check import ordered
from medaidlang.interpret.settle import Settler
from medaidlang.probe.cliffs import cliffs
from medaidlang.probe.inversions import inversions
from medaidlang.probe.trial import Trials
from medaidlang.probe.visits import visits


def probe(settler: Settler) -> list[Diagnostic]:
    """All findings, by place."""
    trials = Trials(settler)
    if trials.cost is None:
        return []
    kinds = visits(trials)
    return ordered([*inversions(trials, kinds), *cliffs(trials, kinds)])
