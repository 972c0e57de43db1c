"""docs/数据格式.md names every common fact with its type and national fields, and every code."""

import re

from docs.generate import page
from medaidlang.base.catalogue import lookup
from medaidlang.load import load, shipped_paths
from medaidlang.records.codes import CODES
from medaidlang.records.events import NAMES
from medaidlang.records.interface import read_interface
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "数据格式.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_runs_and_is_up_to_date():
    assert page(PAGE) == TEXT


def test_the_mapping_it_shows_can_be_used(tmp_path):
    pack, _ = load(shipped_paths()["昆玉2025"]).pack()
    path = tmp_path / "接口.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", TEXT, re.S)[1], encoding="utf-8")
    made = read_interface(path, pack)
    assert [fund.field for fund in made.funds] == ["maf_pay", "oth_pay"]
    assert made.med_types["住院"] == "21"


def test_every_column_of_events():
    for name in NAMES:
        assert f"| {name} |" in TEXT or f"| `{name}` |" in TEXT


def test_the_codes_it_names_are_in_the_catalogue():
    codes = re.findall(r"E9\d\d", TEXT)
    assert {"E927", "E937"} <= {*codes}
    assert all(lookup(code) for code in codes)


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
