"""Random well-formed rule texts, derived from the grammar itself.

`rule_texts()` gives texts that parse without a finding and together use every
rule of the grammar; a rule added to the grammar is covered without a change
here, a terminal that is no keyword needs its samples below.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from lark import Lark

from medaidlang.syntax.grammar import grammar_text, keywords

NAMES = (
    "低保对象",
    "医疗救助",
    "甲",
    "乙类",
    "psn_no",
    "A1",
    "阿·依古丽",
    "负担",
    "年度限额",
    "〇一",
)
QUOTED = (
    "「限额」",
    "「是」",
    "「身份」",
    "「若」",
    "「带 空格」",
    "「 两端 」",
    "「第三条#」",
    "「不设」",
)
SAMPLES = {
    "NAME": NAMES,
    "QUOTED": QUOTED,
    "DOCNO": ("师市医保发〔2023〕5号",),
    "MONEY": ("6000元", "8万元", "20元/床日", "0.5亿元", "1元／次"),
    "PERCENT": ("75%", "100%", "0.5％"),
    "POINTS": ("5个百分点", "5百分点"),
    "DATE": ("2025年8月4日", "2024年02月29日"),
    "MONTH": ("2025年8月", "2025年08月"),
    "QUANTITY": ("14周岁", "3次", "1级", "5个工作日"),
    "NUMBER": ("1", "0.75", "12345"),
    "STRING": ("“是”", "“见 # 附件”", "“”"),
    "TEXT": ("师市总工会", "“统一设定”，两读：皆通", "第 3 条", "（略", "且 或 若", "费用 20％"),
    "CLAUSE": ("【一】", "【二（一）】", "【 三·1 】"),
    "COLON": ("：", ":"),
    "COMMA": ("，", ","),
    "MARK": ("、",),
    "BAR": ("|", "｜"),
    "LPAREN": ("（", "("),
    "RPAREN": ("）", ")"),
    "LBRACKET": ("〔",),
    "RBRACKET": ("〕",),
    "DASH": ("—", "——", "-"),
    "NL": ("\n", "\n", "\n", "\n\n", " # 注\n", "\n# 甲\n\n  # 乙\n", "   \n\u3000\n"),
}
CONTINUING = frozenset({"AND", "OR", "THEN", "ELSE", "MARK", "COMMA"})
TIGHT = frozenset("：:，,、|｜（）()〔〕")
MOST = 60
"""Derivation steps after which only the shortest ways on are taken."""


@cache
def rules() -> dict[str, list[tuple[tuple[str, bool], ...]]]:
    """Rule → its alternatives, each a tuple of (symbol, is terminal)."""
    lark = Lark(grammar_text(), parser="lalr", maybe_placeholders=False)
    found: dict[str, list[tuple[tuple[str, bool], ...]]] = {}
    for rule in lark.rules:
        symbols = tuple((symbol.name, symbol.is_term) for symbol in rule.expansion)
        found.setdefault(rule.origin.name, []).append(symbols)
    return found


@cache
def sizes() -> dict[str, int]:
    """Rule → the fewest terminals that it can be written with."""
    known: dict[str, int] = {}
    while True:
        before = dict(known)
        for name, alternatives in rules().items():
            options = [option for a in alternatives if (option := size(a, known)) is not None]
            if options:
                known[name] = min(options)
        if known == before:
            return known


def size(symbols, known):
    """The fewest terminals of one alternative; None if not known yet."""
    inner = [1 if is_terminal else known.get(name) for name, is_terminal in symbols]
    return None if None in inner else sum(inner)


class Derivation:
    """One text being written; `draw` is Hypothesis's."""

    def __init__(self, draw):
        self.draw = draw
        self.steps = 0
        self.columns = draw(st.integers(1, 4))
        self.used = set()
        self.text = ""

    def derive(self, name, *, alone=False):
        """Write one derivation of rule `name`; `alone`: without 且 at its top."""
        self.steps += 1
        self.used.add(name)
        if name == "row":
            return self.row()
        alternatives = rules()[name]
        if alone and name == "conjunction":
            alternatives = [a for a in alternatives if len(a) == 1]
        elif self.steps > MOST:
            least = min(size(a, sizes()) for a in alternatives)
            alternatives = [a for a in alternatives if size(a, sizes()) == least]
        chosen = self.draw(st.sampled_from(alternatives))
        inner = name.startswith("__disjunction") or (name == "disjunction" and len(chosen) > 1)
        for symbol, is_terminal in chosen:
            if is_terminal:
                self.terminal(symbol)
            else:
                self.derive(symbol, alone=inner or (alone and symbol.startswith("__disj")))
        return None

    def row(self):
        """As many cells in every row of a text."""
        self.terminal("BAR")
        for _ in range(self.columns):
            if self.draw(st.booleans()):
                self.derive("cell")
            self.terminal("BAR")
        if self.draw(st.integers(0, 3)) == 0 and "guard" in rules():
            self.derive("guard")
        self.terminal("NL")

    def terminal(self, name):
        """Write one terminal, with the space that it needs before it."""
        word = self.draw(st.sampled_from(SAMPLES.get(name) or keywords()[name]))
        if name == "NL":
            self.text += word + "  " * self.draw(st.integers(0, 1))
            return
        if name in CONTINUING and self.draw(st.integers(0, 4)) == 0:
            self.text += "\n     "
        elif not (word[0] in TIGHT or self.text[-1:] in TIGHT) or self.draw(st.booleans()):
            self.text += " "
        self.text += word


@st.composite
def derivations(draw):
    """A derivation that is done: its `text`, and the rules it `used`."""
    derivation = Derivation(draw)
    for _ in range(draw(st.integers(1, 5))):
        derivation.steps = 0
        derivation.derive("item")
    return derivation


def rule_texts():
    """Rule texts that parse without a finding."""
    return derivations().map(lambda derivation: derivation.text)
