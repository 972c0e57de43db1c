"""Captions of labels: the few words that stand beside a second place."""

from __future__ import annotations

CAPTIONS: dict[str, str] = {
    "first": "先在这里出现",
    "defined": "在这里定义",
    "again": "这里又出现",
    "expected": "这里要求",
    "opened": "从这里开始",
    "used": "在这里用到",
    "included": "从这里包含",
    "clause": "所在条款",
    "earlier": "前一个文件",
}


def caption_text(key: str) -> str:
    """The caption of `key`; a key that is not in the list is its own caption."""
    return CAPTIONS.get(key, key)
