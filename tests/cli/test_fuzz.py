"""Whatever a rule file holds, `check`, `fmt`, `coverage` and `test` end with 0 or 1."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medaidlang.cli import run

SMALL = (Path(__file__).parent / "data/试验.medaid").read_text(encoding="utf-8")
WORDS = SMALL.split()

quick = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def damaged(draw):
    """The small rule file with some words swapped, dropped or put elsewhere."""
    lines = SMALL.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        words = lines[at].split(" ")
        place = draw(st.integers(0, len(words) - 1))
        words[place] = draw(st.sampled_from(WORDS) | st.just("") | st.text(max_size=4))
        lines[at] = " ".join(words)
        if draw(st.booleans()):
            lines.insert(draw(st.integers(0, len(lines))), lines[at])
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("command", ["check", "fmt", "coverage", "test"])
@quick
@given(text=damaged())
def test_damaged(command, text, tmp_path):
    path = tmp_path / "坏.medaid"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert run([command, str(path)]) in (0, 1), text


@quick
@given(data=st.binary(max_size=300))
def test_bytes(data, tmp_path):
    path = tmp_path / "坏.medaid"
    path.write_bytes(data)
    assert run(["check", str(path)]) in (0, 1)


@quick
@given(text=st.text(max_size=300))
def test_printed_documents(text, tmp_path):
    """`new` of any text: a rule file that can be parsed, or a refusal."""
    printed, rules = tmp_path / "原文.txt", tmp_path / "新.medaid"
    printed.write_bytes(f"一、甲\n（一）乙{text}\n".encode("utf-8", "surrogatepass"))
    rules.unlink(missing_ok=True)
    if run(["new", str(printed), "-o", str(rules)]) == 0:
        assert run(["fmt", str(rules)]) == 0, rules.read_text(encoding="utf-8")
