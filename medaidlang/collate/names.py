"""Names of the rule file in the document: as they are, in a list, or nearly so.

Documents call the same people 特困人员 and 特困供养人员, and write 第一、二类救助对象
for two categories; a scan drops a letter.  What is only like a name is said to be so.
"""

from __future__ import annotations

import re

from medaidlang.collate.paper import squeezed

_HAN = "[一二三四五六七八九十]+"
_LISTED = re.compile(rf"第((?:{_HAN}[、和及与])+{_HAN})(类[\u4e00-\u9fff]{{0,6}})")
_SAME = (
    ("最低生活保障", "低保"), ("人口", "人员"), ("患者", "病人"), ("家庭成员", "家庭"),
    ("城乡居民", ""), ("以及", "、"), ("恶性肿瘤", "癌"), ("精神疾病", "精神病"),
)  # fmt: skip
_SLACK = 4
"""Characters that may stand between those of a name that is nearly there."""
_SHORTEST = 3


def readable(text: str) -> str:
    """The text for finding names: one width, no blanks, 第一、二类 written out."""
    plain = squeezed(text)
    spelled = [
        f"第{digit}{match[2]}"
        for match in _LISTED.finditer(plain)
        for digit in re.split("[、和及与]", match[1])
    ]
    return "\n".join([plain, *spelled])


def stands_in(name: str, text: str) -> bool:
    """Whether the text (made by `readable`) has the name."""
    return _plain(name) in text


def nearly(name: str, text: str) -> str:
    """The words of the text that are like the name; "" if there are none."""
    wanted = _same(_plain(name))
    spoken = _same(text)
    if wanted in spoken:
        return wanted
    if len(wanted) < _SHORTEST:
        return ""
    loose = f"[^、，。；,;\n]{{0,{_SLACK}}}?".join(map(re.escape, wanted))
    found = re.search(loose, spoken)
    return found[0] if found and len(found[0]) <= len(wanted) + _SLACK else ""


def _plain(name: str) -> str:
    return squeezed(name).replace("·", "")


def _same(text: str) -> str:
    for word, other in _SAME:
        text = text.replace(word, other)
    return text
