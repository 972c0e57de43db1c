"""docs/数据格式.md names every common fact with its type and national fields, and every code."""

from medaidlang.load import load, shipped_paths
from medaidlang.records.codes import CODES
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "数据格式.md").read_text(encoding="utf-8")


def test_every_common_fact():
    pack, _ = load(next(iter(shipped_paths().values()))).pack()
    common = [f for f in pack.facts.values() if "公共词汇" in f.origin.span.source.name]
    assert len(common) > 20
    for fact in common:
        row = next(line for line in TEXT.splitlines() if line.startswith(f"| {fact.name} |"))
        assert f"| {fact.type} |" in row
        assert all(f"`{field}`" in row for field in fact.fields)


def test_every_code():
    for field, codes in CODES.items():
        row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{field}` |"))
        assert all(code in row and word in row for code, word in codes.items())


def test_the_samples_it_names_are_there():
    for name in ("昆玉2025.json", "昆玉2025-人员.csv", "昆玉2025-费用.csv"):
        assert f"samples/{name}" in TEXT
        assert (ROOT / "samples" / name).is_file()
