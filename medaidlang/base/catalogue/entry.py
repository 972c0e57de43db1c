"""One entry of the catalogue of messages."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from medaidlang.base.diagnostic import Severity


@attrs.frozen
class Entry:
    """What a code says, in Chinese.

    `message`, `cause` and `remedy` are `str.format` templates over the named
    args of the diagnostic; every name in them must be given where the
    diagnostic is made.  What stands between ⟦ and ⟧ is said only where the args in it
    are not empty.  `title` takes no args.  `bad` and `good` are small
    examples (of a rule file, or of the data), each before and after the remedy.
    """

    code: str
    severity: Severity
    title: str
    message: str
    cause: str
    remedy: str
    bad: str = ""
    good: str = ""


_OPTIONAL = re.compile(r"⟦([^⟦⟧]*)⟧")
_ARGUMENT = re.compile(r"\{(\w+)\}")


def whole(template: str) -> str:
    """A template with everything it may say."""
    return _OPTIONAL.sub(r"\1", template)


def fitting(template: str, args: Mapping[str, str]) -> str:
    """A template with what it says where some args may be empty."""
    return _OPTIONAL.sub(
        lambda part: part[1] if all(args[name] for name in _ARGUMENT.findall(part[1])) else "",
        template,
    )
