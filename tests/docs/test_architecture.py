"""ARCHITECTURE.md and the decisions speak of what is there."""

import re

import pytest

from docs.generate import DOCS, ROOT, page

PAGE = ROOT / "ARCHITECTURE.md"
TEXT = PAGE.read_text(encoding="utf-8")
PATH = re.compile(r"`((?:medaidlang|tests|docs|policies|grammar|generated|samples)(?:/[^`\s]*)?)`")
ADRS = sorted((DOCS / "adr").glob("*.md"))
DOCUMENTS = [PAGE, ROOT / "CONTRIBUTING.md", DOCS / "glossary.md", *ADRS]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_exists(path):
    named = set(PATH.findall(path.read_text(encoding="utf-8")))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "path",
    [*DOCUMENTS, *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CHANGELOG.md")),
     DOCS / "教程.md", DOCS / "语言参考.md"],
    ids=lambda path: path.name,
)  # fmt: skip
def test_every_link_leads_somewhere(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_runs_and_is_up_to_date():
    assert page(PAGE) == TEXT


def test_every_package_is_described():
    packages = {path.parent.name for path in (ROOT / "medaidlang").glob("*/__init__.py")}
    for name in packages:
        assert f"| `medaidlang/{name}` |" in TEXT
        assert f"<!-- files medaidlang/{name} -->" in TEXT


def test_import_order_is_the_one_enforced():
    """The table of folders stands in the order of the import contract."""
    contract = re.search(
        r"layers = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.S
    )
    assert contract
    enforced = re.findall(r"medaidlang\.(\w+)", contract[1])
    rank = {name: place for place, name in enumerate(reversed(enforced))}
    table = [n for n in re.findall(r"^\| `medaidlang/(\w+)` \|", TEXT, re.M) if n in rank]
    free = {"records", "explain", "sheet", "probe", "collate"}
    assert [rank[n] for n in table if n not in free] == sorted(
        rank[n] for n in table if n not in free
    )


def test_decisions_have_their_parts():
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))
    for path in ADRS:
        text = path.read_text(encoding="utf-8")
        for part in ("**Context.**", "**Decision.**", "**Also considered.**", "**Consequences.**"):
            assert part in text, f"{path.name}: {part}"
