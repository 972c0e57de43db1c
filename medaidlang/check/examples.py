"""Examples that contradict each other, or themselves.

Takes the pack; the same person with the same costs under the same readings
must get the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from medaidlang.base.diagnostic import Diagnostic, Label
from medaidlang.check.common import finding
from medaidlang.core.nodes import Example, Origin, Pack

Said = dict[tuple[str, ...], tuple[object, Origin, str]]


def examples(pack: Pack) -> Iterator[Diagnostic]:
    """E801 two examples, E802 one example with itself."""
    cases: dict[str, Said] = {}
    for example in pack.examples:
        said = cases.setdefault(case_of(example), {})
        for path, value, origin in example.expected:
            before = said.setdefault(path, (value, origin, example.title))
            if before[0] == value:
                continue
            label = Label(before[1].span, "first")
            args = {"what": "·".join(path), "title": example.title}
            if before[2] == example.title:
                yield finding("E802", origin, label, **args)
            else:
                yield finding("E801", origin, label, other=before[2], **args)


def case_of(example: Example) -> str:
    """What goes in, as text that is equal exactly for equal inputs."""
    others = [[member.name, member.person, member.claims] for member in example.members]
    return plain([example.person, example.claims, others, sorted(example.readings)])


def plain(value: object) -> str:
    """Mappings without regard to their order."""
    if isinstance(value, Mapping):
        parts = sorted(f"{key!r}:{plain(part)}" for key, part in value.items())
        return "{" + ",".join(parts) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(plain(part) for part in value) + "]"
    return repr(value)
