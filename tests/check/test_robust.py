"""No check raises, whatever is written: packs of broken rules are looked at like any other."""

import random
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from medaidlang.base.render import render_text
from medaidlang.base.resources import data_folder
from medaidlang.base.source import Source
from medaidlang.check import run_checks
from medaidlang.check.coverage import coverage
from medaidlang.check.reach import reach
from medaidlang.core.elaborate import elaborate
from medaidlang.syntax.parse import parse
from tests.check.rules import HEADER, SPECS, vocabulary
from tests.check.test_specs import FILES, sections
from tests.strategies.packs import pack as generated
from tests.strategies.syntax import rule_texts

CELL = re.compile(r"(?<=\|)[^|\n]+(?=\|)")
WORD = re.compile(r"[\w·%]+")


def looked_at(text):
    """The pack of a text that parses, also where its names or types are wrong.

    What is found in it is rendered, so that every message gets its arguments.
    """
    tree, found = parse(Source("规则.medaid", text))
    if found:
        return None
    pack, found = elaborate((vocabulary(), tree))
    if pack is not None:
        found += run_checks(pack)
        reach(pack)
        coverage(pack)
    render_text(found, colour=False)
    return pack


@cache
def spec_texts():
    """The rules of every spec, with the usual header where they have none."""
    texts = [text for path in FILES for _, text in sections(path)]
    return [text if "文件 " in text else HEADER + text for text in texts]


@cache
def shipped_texts():
    """The shipped packs without their examples, which no check of rules reads."""
    paths = sorted(data_folder("policies").glob("*/*.medaid"))
    examples = re.compile(r"(?m)^示例[^\n]*\n(?:[ \t][^\n]*\n|\n)*")
    return [examples.sub("", path.read_text("utf-8")) for path in paths]


def spoiled(draw, text, others):
    """`text` with some lines gone, doubled, moved or taken from others, and words exchanged."""
    lines = text.splitlines()
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(lines))
        match draw.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[draw.randrange(len(lines))])
            case 2:
                lines[at:at] = draw.choice(others).splitlines()[len(HEADER.splitlines()) :][:12]
            case 3:
                cells = CELL.findall("\n".join(lines)) or ["甲"]
                mine = CELL.findall(lines[at]) or [" "]
                lines[at] = lines[at].replace(draw.choice(mine), draw.choice(cells), 1)
            case _:
                words = WORD.findall("\n".join(lines))
                one = draw.choice(words)
                lines[at] = lines[at].replace(one, draw.choice(words), 1)
        if not lines:
            return ""
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(0, 300, 30))
def test_spoiled_specs(seed):
    reached = 0
    for number in range(seed, seed + 30):
        draw = random.Random(number)
        texts = spec_texts()
        reached += looked_at(spoiled(draw, draw.choice(texts), texts)) is not None
    assert reached  # most have a pack: the checks have run


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 4000, 100))
def test_many_spoiled_specs(seed):
    texts = spec_texts()
    for number in range(seed, seed + 100):
        draw = random.Random(number)
        looked_at(spoiled(draw, draw.choice(texts), texts))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_spoiled_packs(seed):
    draw = random.Random(seed)
    texts = shipped_texts()
    looked_at(spoiled(draw, draw.choice(texts), spec_texts()))


@pytest.mark.parametrize("seed", range(12))
def test_generated_packs(seed):
    assert looked_at(generated(seed).text) is not None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule_texts())
def test_random_texts(text):
    looked_at(HEADER + text)


def test_specs_are_there():
    assert len(spec_texts()) == 2 * len(list(SPECS.glob("*.spec")))
