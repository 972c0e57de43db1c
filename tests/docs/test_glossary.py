"""Each term of the glossary once, and its identifier in the code."""

import re

from docs.generate import DOCS, ROOT

ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| English"))
]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("medaidlang", "policies")
    for pattern in ("*.py", "*.medaid")
    for path in sorted((ROOT / folder).rglob(pattern))
)
# Fields of the interface that no shipped vocabulary declares yet.
ELSEWHERE = {
    "act_pay_dedc", "crt_payb_lmt_amt", "fund_payamt", "maf_pay", "psn_idet_type", "setl_proc_info",
}  # fmt: skip


def test_every_row_has_five_cells():
    assert {len(row) for row in ROWS} == {5}


def test_each_term_once():
    english = [term for row in ROWS for term in row[0].split(", ")]
    chinese = [term for row in ROWS for term in row[1].split("、")]
    assert sorted(set(english)) == sorted(english)
    assert sorted(set(chinese)) == sorted(chinese)


def test_identifiers_are_in_the_code():
    names = [row[2].strip("`") for row in ROWS]
    missing = [n for n in names if not re.search(rf"(?<![A-Za-z_]){re.escape(n)}", CODE)]
    assert missing == []


def test_fields_are_of_the_interface():
    declared = (ROOT / "policies" / "公共词汇.medaid").read_text(encoding="utf-8")
    for field in (row[3] for row in ROWS if row[3]):
        assert field in ELSEWHERE or re.search(rf"\b{field}\b", declared), field
