"""Which lines may stand in which item.

Takes nothing but the parse table: the head of each item is parsed and the
parser asked what it would take next.  So no list here can differ from the grammar.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from medaidlang.syntax.grammar import keyword
from medaidlang.syntax.words import ITEM_HEADS

# Per item that has lines, the least text that comes before them.
HEADS = MappingProxyType(
    {
        "DOCUMENT": "文件 甲\n",
        "FACTS": "事实 甲\n",
        "IDENTITY": "身份 甲\n",
        "PARAMETER": "参数 甲 元\n",
        "PUBLISHED": "公布值 甲\n",
        "ROSTER": "名录 甲\n",
        "LET": "令 甲 为 1\n",
        "BENEFIT": "待遇 甲\n",
        "CONTINUED": "续 甲\n",
        "LAYER": "保险 甲\n",
        "POOL": "额度 甲 按年累计\n",
        "ADJUSTMENT": "调整 甲\n",
        "SPLIT": "分担 甲\n",
        "OVERLAP": "重叠 就高不就低 于 甲\n",
        "SUBSIDY": "资助 甲\n",
        "INSURANCE": "医保调整 甲\n",
        "READING": "口径 甲\n",
        "EXAMPLE": "示例 甲\n",
    }
)


@cache
def allowed(head: str) -> tuple[str, ...]:
    """The terminals that may begin a line of the item opened by `head`; () if it has none."""
    from lark import Lark

    from medaidlang.syntax.parse import parser

    if head not in HEADS:
        return ()
    lark: Lark = parser()
    state = lark.parse_interactive(HEADS[head])
    state.exhaust_lexer()
    accepted: set[str] = state.accepts()  # type: ignore[no-untyped-call]
    return tuple(sorted(accepted - set(ITEM_HEADS) - {"$END"}))


def homes(terminal: str) -> str:
    """The items that allow a line beginning with `terminal`: `待遇、续、资助`."""
    return "、".join(keyword(head) for head in HEADS if terminal in allowed(head))
