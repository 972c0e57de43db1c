"""Whatever is written, `parse` answers: quickly, with findings that lie in the text."""

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from medaidlang.base.render import render_text
from medaidlang.base.source import Source
from medaidlang.syntax.format import format_file
from medaidlang.syntax.grammar import keywords
from medaidlang.syntax.parse import parse
from tests.strategies.syntax import SAMPLES, rule_texts

ROOT = Path(__file__).parents[2]
POLICIES = sorted(ROOT.glob("policies/**/*.medaid"))
WORDS = sorted(
    {word for group in keywords().values() for word in group}
    | {word for group in SAMPLES.values() for word in group}
)
NOISE = [
    "=",
    ";",
    "\t",
    "\u3000",
    "“",
    "「",
    "〔",
    "（",
    "）",
    "\0",
    "\u200b",
    "６",
    "#",
    "\r",
    "\n\n",
    "，",
    "且 ",
]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))

soup = st.lists(st.sampled_from([*WORDS, *NOISE, " ", " ", "\n", "\n  "]), max_size=80).map("".join)
anything = st.text(st.characters(), max_size=200) | st.text(
    "待遇身份须 \n|、（）#甲1元%", max_size=200
)


@st.composite
def mutated(draw):
    """A well-formed text with tokens deleted, doubled, swapped or replaced."""
    pieces = re.split(r"(\s+|[|、，（）])", draw(rule_texts()))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(pieces) - 1))
        how = draw(st.integers(0, 3))
        if how == 0:
            pieces[at] = ""
        elif how == 1:
            pieces[at] *= 2
        elif how == 2:
            pieces[at] = draw(st.sampled_from([*WORDS, *NOISE]))
        else:
            pieces[at], pieces[at - 1] = pieces[at - 1], pieces[at]
    return "".join(pieces)


def check(text):
    source = Source("t", text)
    start = time.process_time()
    tree, found = parse(source)
    assert time.process_time() - start < 1
    for finding in found:
        assert finding.span is not None
        spans = [finding.span, *(label.span for label in finding.labels)]
        spans += [edit.span for edit in finding.fix.edits] if finding.fix else []
        for span in spans:
            assert span.source is source
            assert 0 <= span.start <= span.end <= len(text)
    assert render_text(found, colour=False) or not found
    formatted = format_file(tree)
    again, _ = parse(Source("t", formatted))
    assert again.items == tree.items
    if not found:
        assert again == tree


@QUICK
@given(mutated())
def test_mutations(text):
    check(text)


@QUICK
@given(soup)
@example("口径 甲\n取 乙 〔")
@example("\n，甲")
@example("且 \n")
def test_soup(text):
    check(text)


@QUICK
@given(anything)
@example("")
@example("\n")
@example("#")
@example(" ")
def test_anything(text):
    check(text)


@pytest.mark.slow
@MANY
@given(mutated() | soup | anything)
def test_many(text):
    check(text)


def damaged(text, chance):
    """A policy with one to three places deleted, doubled or replaced."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        end = min(at + chance.randint(0, 6), len(text))
        put = chance.choice(["", "", text[at:end] * 2, chance.choice(NOISE), chance.choice(WORDS)])
        text = text[:at] + put + text[end:]
    return text


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_damaged_policies(path):
    text = path.read_text(encoding="utf-8")
    chance = random.Random(path.name)
    for _ in range(15):
        check(damaged(text, chance))


@pytest.mark.slow
@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_damaged_policies_many(path):
    text = path.read_text(encoding="utf-8")
    chance = random.Random(path.name + "2")
    for _ in range(120):
        check(damaged(text, chance))
