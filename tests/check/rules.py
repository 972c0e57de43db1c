"""Small rule files for the tests: text to pack, with the common vocabulary before it."""

from functools import cache
from pathlib import Path

from medaidlang.base.resources import data_folder
from medaidlang.base.source import Source
from medaidlang.check import run_checks
from medaidlang.core.elaborate import elaborate
from medaidlang.syntax.parse import parse
from medaidlang.syntax.reading import read_source

SPECS = Path(__file__).parent / "specs"

HEADER = """\
包含 公共词汇
文件 某市医疗救助办法
  代号 moushi
  目录 【一】
  印发 2025年1月1日
  施行 2025年1月1日
【一】 规则
"""


@cache
def vocabulary():
    tree, found = parse(read_source(data_folder("policies") / "公共词汇.medaid"))
    assert not found
    return tree


def files(text):
    """The vocabulary (but for 没有词汇) and `text` (after the usual header, unless it has
    its own 文件).
    """
    whole = text if "文件 " in text or "没有文件" in text else HEADER + text
    tree, found = parse(Source("规则.medaid", whole))
    assert not found, [(d.code, dict(d.args), d.span and d.span.line) for d in found]
    return (tree,) if "没有词汇" in text else (vocabulary(), tree)


def pack_of(text, choices=None):
    """The pack and what elaboration found."""
    return elaborate(files(text), choices)


def clean(text, choices=None):
    """The pack of a text without findings in elaboration."""
    pack, found = pack_of(text, choices)
    assert not found, [(d.code, dict(d.args)) for d in found]
    assert pack is not None
    return pack


def findings(text, choices=None):
    """The findings of elaboration; of the checks, if there are none."""
    pack, found = pack_of(text, choices)
    return found or run_checks(pack)
