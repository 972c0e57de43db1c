"""Categories of persons: who holds what, who recognises it, what it needs.

Takes the pack, gives rows for the rule sheet; also the sets of leaf categories
that a name stands for, which the curves and the overlap table group by.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from medaidlang.core.nodes import Identity, Pack
from medaidlang.sheet.words import Speaker


@attrs.frozen
class Cited:
    """A sentence and the clause it stands under."""

    text: str
    clause: str


@attrs.frozen
class Party:
    """A row of the table of categories."""

    name: str
    members: tuple[str, ...]
    within: tuple[str, ...]
    recognised: str
    conditions: tuple[str, ...]
    as_if: str
    clause: str
    spans: tuple[str, ...] = ()

    @property
    def telling(self) -> bool:
        """Whether more is said of it than its name."""
        said = (self.members, self.recognised, self.conditions, self.as_if, self.spans)
        return any(said)


def spans(identity: Identity) -> tuple[str, ...]:
    """追溯 and 有效 in words."""
    found = []
    if identity.backdated is not None:
        since = f"认定前{identity.backdated}个月" if identity.backdated else "认定当年的1月1日"
        found.append(f"追溯：自{since}起就算持有")
    if identity.valid is not None:
        found.append(f"有效：自认定之日起{identity.valid}个月")
    return tuple(found)


def party(pack: Pack, speaker: Speaker, identity: Identity) -> Party:
    """One category."""
    around = [i.name for i in pack.identities.values() if identity.name in i.members]
    return Party(
        identity.name,
        identity.members,
        tuple(around),
        identity.recognised_by,
        tuple(speaker.say(c.expr) for c in identity.conditions),
        speaker.say(identity.as_if) if identity.as_if is not None else "",
        identity.origin.clause,
        spans(identity),
    )


def parties(pack: Pack, speaker: Speaker) -> list[Party]:
    """Those that contain others first, each followed by its members.

    Members of which nothing more is said stand only in their holder's row.
    """
    ordered: list[str] = []
    for identity in pack.identities.values():
        inside_another = any(identity.name in i.members for i in pack.identities.values())
        if not inside_another:
            enter(pack, identity.name, ordered)
    ordered += [name for name in pack.identities if name not in ordered]
    rows = [party(pack, speaker, pack.identities[name]) for name in ordered]
    return [row for row in rows if row.telling or not row.within]


def enter(pack: Pack, name: str, ordered: list[str]) -> None:
    """`name` and, below it, its members."""
    if name not in ordered:
        ordered.append(name)
        for member in pack.identities[name].members:
            enter(pack, member, ordered)


def ranks(pack: Pack) -> list[str]:
    """All categories, those that the benefit tables name first and in their order."""
    entries = [entry for item in pack.benefits.values() for entry in item.entries]
    named = [name for entry in entries for name in entry.identities]
    return list(dict.fromkeys([*named, *pack.identities]))


def leaves(pack: Pack) -> list[str]:
    """The categories a person is marked with: those that contain no others, in table order."""
    found = [leaf for name in ranks(pack) for leaf in leaves_of(pack, name)]
    return list(dict.fromkeys(found))


def leaves_of(pack: Pack, name: str) -> tuple[str, ...]:
    """The leaf categories that `name` stands for."""
    members = pack.identities[name].members
    return tuple(leaf for m in members for leaf in leaves_of(pack, m)) if members else (name,)


@attrs.frozen
class Group:
    """Leaf categories that are treated alike, with the document's names for them."""

    title: str
    members: tuple[str, ...]

    @property
    def note(self) -> str:
        """The members, where the title does not name them."""
        return "" if set(self.title.split("、")) == set(self.members) else "、".join(self.members)


def group(pack: Pack, members: Sequence[str]) -> Group:
    """`members` under the widest names that cover only them."""
    rest, titles = list(members), list[str]()
    holders = sorted(
        (i.name for i in pack.identities.values() if i.members),
        key=lambda name: -len(leaves_of(pack, name)),
    )
    for name in holders:
        inside = leaves_of(pack, name)
        if all(leaf in rest for leaf in inside):
            titles.append(name)
            rest = [leaf for leaf in rest if leaf not in inside]
    titles = sorted([*titles, *rest], key=ranks(pack).index)
    return Group("、".join(titles), tuple(members))
