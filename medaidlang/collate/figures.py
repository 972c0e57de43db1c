"""The figures of Chinese text: amounts, percentages, ages, counts, dates, durations.

Takes a clause's lines, gives its figures with their places, each as kind and exact
value, so that 8 万元 and 80000元, 百分之五 and 5% are the same figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

import attrs

from medaidlang.collate.marks import openings
from medaidlang.collate.numerals import CHINESE, SCALES, number
from medaidlang.collate.paper import Line, fold

Key: TypeAlias = tuple[str, Fraction | date]
"""What a figure is, and how much: ("元", 80000), ("%", 75), ("岁", 14), ("日期", …)."""

SAME_UNIT = {
    "周岁": "岁", "天": "日", "个月": "月", "周": "周", "小时": "小时", "床日": "床日",
    "人次": "次", "个工作日": "工作日", "年度": "年", "类病种": "种",
}  # fmt: skip
_UNITS = (
    "周岁|岁|个工作日|工作日|个月|月|人次|次|类病种|种|床日|天|日|小时|周|级|倍|人|类|档"
    "|季度|年度|年|户"
)
_NUM = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?"
_CN = rf"[{CHINESE}]{{1,12}}"
_LIST = rf"(?:(?:{_NUM}|{_CN})[、和及或与至到~—-]){{0,6}}"
_PATTERNS = (
    ("日期", re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日")),
    ("日期", re.compile(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9.])")),
    ("年月", re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月")),
    ("月日", re.compile(r"(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日")),
    ("百分之", re.compile(rf"百分之(?P<n>{_NUM}|{_CN})")),
    ("点", re.compile(rf"(?P<n>{_NUM}|{_CN})个?百分点")),
    ("%", re.compile(rf"(?P<list>{_LIST})(?P<n>{_NUM})%")),
    ("比", re.compile(r"(?P<a>[0-9]{1,2})(?::|比)(?P<b>[0-9]{1,2})(?![0-9:])")),
    ("元", re.compile(rf"(?P<list>{_LIST})(?P<n>{_NUM}|{_CN})(?P<s>[百千万亿]{{0,2}})元(?!化)")),
    ("量", re.compile(rf"(?P<list>{_LIST})(?P<n>{_NUM}|{_CN})(?P<u>{_UNITS})")),
    ("量", re.compile(rf"(?P<n>{_NUM})(?P<s>[万亿])(?P<u>)")),
    ("全", re.compile(r"全额|全部|全免|免除|免费|免收")),
    ("半", re.compile(r"一半|减半|半数|半价")),
    ("未成年", re.compile(r"未成年")),
    ("数", re.compile(rf"(?<![A-Za-z0-9.])(?P<n>{_NUM})(?![A-Za-z0-9.])")),
)  # fmt: skip
_NOT_FIGURES = re.compile(
    r"《[^《》]{1,150}》"
    r"|(?:[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)(?=《)"
    r"|[\u4e00-\u9fff]{0,12}[〔\[(【{][0-9]{4}[〕\])】}]第?[0-9]+号"
    rf"|第[0-9{CHINESE}]+(?:号|条|款|项|章|节|届|期|次会议)|(?<=令)[0-9]+号"
    r"|[0-9]{3,4}-[0-9]{7,8}|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|https?:\S+"
    r"|[A-Za-z0-9_.]{1,40}@[A-Za-z0-9_.]+"
)
_SURE_UNITS = frozenset({"岁", "种", "倍", "工作日", "月", "日"})
_GRADE = re.compile(r"(?:及|以|医|定点|残|甲|公立|机构)")


@attrs.frozen
class Figure:
    """A figure in the text.

    `keys` are what it may mean (7:3 is 70% and 30%).  `at` is the place of its line
    among those given, `line` the line's number in the file.  `sure`: worth asking after
    if no rule uses it; 一次, 三级 in running text are often no figures.
    """

    keys: tuple[Key, ...]
    text: str
    at: int
    line: int
    start: int
    end: int
    sure: bool = True


@attrs.define
class _Joined:
    """Lines as one string without blanks, and where each character came from."""

    text: str = ""
    places: list[tuple[int, int]] = attrs.field(factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Joined:
        """The lines, the numbers of headings blanked out."""
        made = cls()
        heads = {o.at: o.end for o in openings(tuple(lines)) if not o.within}
        parts: list[str] = []
        for at, line in enumerate(lines):
            for column, char in enumerate(fold(line.text)):
                if not char.isspace():
                    parts.append("\n" if column < heads.get(at, 0) else char)
                    made.places.append((at, column))
        made.text = "".join(parts)
        return made


def figures_of(lines: Sequence[Line]) -> list[Figure]:
    """The figures of a clause in their order."""
    joined = _Joined.of(lines)
    text = _NOT_FIGURES.sub(lambda found: "\n" * len(found[0]), joined.text)
    found: list[Figure] = []
    for start, end, keys, sure in sorted(_scan(text), key=lambda one: one[0]):
        at, column = joined.places[start]
        last, stop = joined.places[end - 1]
        finish = stop + 1 if last == at else len(lines[at].text)
        said = joined.text[start:end]
        found.append(Figure(keys, said, at, lines[at].number, column, finish, sure))
    return found


def keys_in(text: str) -> set[Key]:
    """All that a few words may mean as figures: 一级, 低保标准的60%."""
    return {key for one in figures_of((Line(0, text),)) for key in one.keys}


def _scan(text: str) -> Iterator[tuple[int, int, tuple[Key, ...], bool]]:
    """Start, end, keys and sureness, more telling patterns first; none overlap."""
    for kind, pattern in _PATTERNS:
        hits = list(pattern.finditer(text))
        for match in hits:
            yield from _read(kind, match, text)
        text = pattern.sub(lambda found: "\n" * len(found[0]), text)


def _read(
    kind: str, match: re.Match[str], text: str
) -> Iterator[tuple[int, int, tuple[Key, ...], bool]]:
    """What one match says."""
    start, end = match.span()
    match kind:
        case "日期" | "年月":
            if day := _day(match):
                yield start, end, ((kind, day),), True
        case "月日":  # of a year that the text says elsewhere
            yield start, end, ((kind, Fraction(100 * int(match["m"]) + int(match["d"]))),), True
        case "百分之" | "点":
            yield start, end, (("点" if kind == "点" else "%", number(match["n"])),), True
        case "比":
            one, other = int(match["a"]), int(match["b"])
            if one + other:
                share = Fraction(100 * one, one + other)
                yield start, end, (("%", share), ("%", 100 - share)), True
        case "全" | "半":
            yield start, end, (("%", Fraction(100 if kind == "全" else 50)),), False
        case "未成年":
            yield start, end, (("岁", Fraction(18)),), False
        case "数":
            yield start, end, (("数", number(match["n"])),), True
        case _:
            yield from _measured(kind, match, text)


def _measured(
    kind: str, match: re.Match[str], text: str
) -> Iterator[tuple[int, int, tuple[Key, ...], bool]]:
    """Numbers with a unit, and those before them that share it: 一、二级."""
    parts = match.groupdict()
    factor = 1
    for scale in parts.get("s") or "":
        factor *= SCALES[scale]
    unit = parts.get("u", "") if kind == "量" else kind
    unit = SAME_UNIT.get(unit or "", unit or "数")
    sure = _sure(match, unit, text)
    at = match.start()
    for before in re.finditer(rf"{_NUM}|{_CN}", parts.get("list") or ""):
        begin, end = at + before.start(), at + before.end()
        yield begin, end, ((unit, number(before[0]) * factor),), sure
    yield match.start("n"), match.end(), ((unit, number(match["n"]) * factor),), sure


def _sure(match: re.Match[str], unit: str, text: str) -> bool:
    """Whether the number is surely a figure of the policy, not a manner of speaking."""
    digits = match["n"]
    if digits[0].isascii() or unit in ("元", "%"):
        return True
    if unit == "级":
        return bool(_GRADE.match(text, match.end()))
    if text[max(match.start() - 1, 0) : match.start()] in ("第", "同", "每", "当"):
        return False
    if unit in ("日", "月") and digits == "一":
        return False
    return unit in _SURE_UNITS


def _day(match: re.Match[str]) -> date | None:
    """The date of a match; None if the calendar has none."""
    day = match.groupdict().get("d") or "1"
    try:
        return date(int(match["y"]), int(match["m"]), int(day))
    except ValueError:
        return None
