"""What each terminal is called in messages, and which words open what.

Takes terminals, gives Chinese.  Total over the grammar (a test asserts it), so
that no message ever shows a terminal's English name.
"""

from __future__ import annotations

from collections.abc import Iterable

from medaidlang.syntax.grammar import keyword, keywords, terminals

# The terminals that open an item, and those that are followed by prose.
ITEM_HEADS = (
    *("INCLUDE", "DOCUMENT", "CLAUSE", "UNCODED", "GAP", "FACTS", "IDENTITY", "EXCLUSIVE"),
    *("PARAMETER", "PUBLISHED", "ROSTER", "LET", "BENEFIT", "CONTINUED", "LAYER", "POOL"),
    *("ADJUSTMENT", "SPLIT", "OVERLAP", "SUBSIDY", "INSURANCE", "MONITOR", "DEADLINE", "SHOW"),
    *("FUNDS", "READING", "DEFAULTS", "EXAMPLE"),
)
PROSE_HEADS = (
    *("DOCUMENT", "REGION", "ISSUER", "NUMBER_OF", "REPEALS", "SOURCE", "EDITION", "UNCODED"),
    *("RECOGNISED", "PENDING", "PUBLISHER", "GROUNDS", "LABEL", "REASON", "INSTANCE", "EXAMPLE"),
)

# Not keywords, or more readable as a family.
_DESCRIBED = {
    "PERIOD": "每次",
    "ROUND_TO": "四舍五入到分等",
    "GE": "不低于等比较词",
    "LE": "不低于等比较词",
    "GT": "不低于等比较词",
    "LT": "不低于等比较词",
    "COLON": "冒号",
    "COMMA": "逗号",
    "MARK": "顿号",
    "BAR": "竖线",
    "LPAREN": "左括号",
    "RPAREN": "右括号",
    "LBRACKET": "〔口径 …〕",
    "RBRACKET": "“〕”",
    "DASH": "横线",
    "MONEY": "金额",
    "POINTS": "百分点",
    "PERCENT": "百分比",
    "DATE": "日期",
    "MONTH": "年月",
    "QUANTITY": "带单位的数",
    "NUMBER": "数",
    "STRING": "“”引起的文字",
    "QUOTED": "名称",
    "DOCNO": "名称",
    "NAME": "名称",
    "CLAUSE": "【条款号】",
    "TEXT": "文字",
    "NL": "换行",
    "WS": "空格",
    "$END": "文件末尾",
}
_VALUES = frozenset(
    {"MONEY", "PERCENT", "POINTS", "DATE", "MONTH", "QUANTITY", "NUMBER", "STRING", "YES", "NO"}
)
_OPERATORS = ("PLUS", "MINUS", "TIMES", "DIVIDED")
_SHOWN = 10


def describe(terminal: str) -> str:
    """The Chinese for `terminal`: its word, or what it stands for."""
    return _DESCRIBED[terminal] if terminal in _DESCRIBED else keyword(terminal)


def expected_words(accepted: Iterable[str]) -> str:
    """What may stand at a place, short: `名称、值、若、非、左括号`."""
    left = set(accepted)
    said: list[str] = []
    if left >= _VALUES:
        left -= _VALUES
        said.append("值")
    if left.issuperset(_OPERATORS):
        left -= set(_OPERATORS)
        said.append("加减乘除")
    names = [name for name in (*terminals(), "$END") if name in left]
    names.sort(key=lambda name: (name in {"NL", "$END"}, name not in {"NAME", "TEXT"}))
    listed = [*(describe(name) for name in names if name == "NAME"), *said]
    listed += [describe(name) for name in names]
    unique = list(dict.fromkeys(listed))
    more = "等" if len(unique) > _SHOWN else ""
    return "、".join(unique[:_SHOWN]) + more


def line_words(heads: Iterable[str]) -> list[str]:
    """The words of those terminals, for comparison with a misspelt one."""
    return [word for head in heads for word in keywords().get(head, ())]
