"""追溯 and 有效 of categories that contain others.

Takes the pack; these count from the day a person is recognised as that very category,
so that on a group they do nothing for those recognised as its members.
"""

from __future__ import annotations

from collections.abc import Iterator

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.check.common import finding, listed
from medaidlang.core.nodes import Pack


def spans(pack: Pack) -> Iterator[Diagnostic]:
    """W580."""
    for identity in pack.identities.values():
        said = [
            word
            for word, months in (("追溯", identity.backdated), ("有效", identity.valid))
            if months is not None
        ]
        if said and identity.members:
            args = {"category": identity.name, "words": "、".join(said)}
            yield finding("W580", identity.origin, members=listed(identity.members), **args)
