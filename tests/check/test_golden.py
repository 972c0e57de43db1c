"""What an author reads: the whole text of a dozen findings.

`golden/CODE.txt` is the rendering of the faulty part of `specs/CODE.spec`.
Set MEDAID_GOLDEN=write to write them anew, then read the difference.
"""

import os
from pathlib import Path

import pytest

from medaidlang.base.render import render_text
from tests.check.rules import SPECS, findings
from tests.check.test_specs import sections

GOLDEN = Path(__file__).parent / "golden"
CODES = (
    "E302", "E401", "E503", "E504", "E507", "E508", "E510", "E541", "E552", "E558", "E565",
    "E567", "E570", "E601", "E603", "E607", "E608", "E611", "E701", "E715", "E801", "W554",
    "W557", "W559", "W569", "W723",
)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_golden(code):
    (_, faulty), _ = sections(SPECS / f"{code}.spec")
    shown = render_text(findings(faulty), colour=False)
    path = GOLDEN / f"{code}.txt"
    if os.environ.get("MEDAID_GOLDEN") == "write":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_no_golden_is_left_over():
    assert {path.stem for path in GOLDEN.iterdir()} == set(CODES)
