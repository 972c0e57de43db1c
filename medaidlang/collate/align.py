"""Which place of the document is which clause of the 目录.

Takes the marks of the 目录 and the places that look like headings, both in order;
gives the best pairing that keeps both orders.  A number alone proves little: it counts
more under the heading that should stand above it, and with the title that the rule
file gives it.  So a （一） goes to the 三 before it, also where headings are lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from medaidlang.collate.marks import STYLES, Number, Opening, path_of

_SAME, _ABOVE, _TITLE = 100, 40, 60
_ORPHAN = 35
"""A number whose upper heading is another one: that heading may be lost."""


@attrs.frozen
class Sought:
    """A clause to be found; `listed` is False for 三 where the 目录 has only 三（一）."""

    mark: str
    path: tuple[Number, ...]
    title: str
    listed: bool


def sought(contents: Sequence[str], titles: Mapping[str, str]) -> list[Sought]:
    """The clauses that have numbers, each after the headings it stands under."""
    found: dict[tuple[Number, ...], Sought] = {}
    paths = {mark: path for mark in contents if (path := path_of(mark))}
    named = {path: mark for mark, path in paths.items()}
    for mark, path in paths.items():
        for length in range(1, len(path)):
            upper = path[:length]
            if upper not in found and upper not in named:
                found[upper] = Sought("", upper, "", False)
        found[path] = Sought(mark, path, titles.get(mark, ""), True)
    return list(found.values())


def aligned(wanted: Sequence[Sought], places: Sequence[Opening]) -> dict[int, int]:
    """Index of a sought clause → index of its place."""
    above = _governing(places)
    best = [[0] * (len(places) + 1) for _ in range(len(wanted) + 1)]
    worth = [[_worth(w, places, at, above[at]) for at in range(len(places))] for w in wanted]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(places) - 1, -1, -1):
            taken = worth[i][j] + best[i + 1][j + 1] if worth[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(wanted) and j < len(places):
        if worth[i][j] and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return _consistent(wanted, places, above, pairs)


def _governing(places: Sequence[Opening]) -> list[int | None]:
    """For each place the heading above: the nearest before that is of a higher style."""
    latest: list[int] = [-1] * len(STYLES)
    above: list[int | None] = []
    for at, place in enumerate(places):
        depth = STYLES.index(place.number.style)
        nearest = max(latest[:depth], default=-1)
        above.append(None if nearest < 0 else nearest)
        if not place.within:
            latest[depth] = at
    return above


def _worth(want: Sought, places: Sequence[Opening], at: int, above: int | None) -> int:
    """How much speaks for this place; 0 if it cannot be."""
    place = places[at]
    if not want.path[-1].may_open(place.number):
        return 0
    likeness = int(_TITLE * alike(want.title, place.title))
    if len(want.path) == 1:
        return 0 if place.within and not likeness else _SAME + likeness - 30 * place.within
    upper = want.path[-2]
    fits = above is not None and upper.may_open(places[above].number)
    if fits:
        return _SAME + _ABOVE + likeness - 30 * place.within
    return 0 if place.within else _ORPHAN + likeness


def alike(title: str, heading: str) -> float:
    """The share of the title's pairs of characters that the heading has."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return sum(pair in heading for pair in pairs) / len(pairs) if pairs else 0.0


def _consistent(
    wanted: Sequence[Sought],
    places: Sequence[Opening],
    above: Sequence[int | None],
    pairs: Mapping[int, int],
) -> dict[int, int]:
    """Without the pairs whose own upper heading was found, and is not the one above."""
    by_path = {want.path: i for i, want in enumerate(wanted)}
    kept: dict[int, int] = {}
    for i, j in pairs.items():
        upper = pairs.get(by_path.get(wanted[i].path[:-1], -1))
        governing = above[j]
        astray = upper is not None and governing is not None and upper != governing
        if not astray:
            kept[i] = j
    return kept
