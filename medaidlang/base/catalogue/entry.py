"""One entry of the catalogue of messages."""

from __future__ import annotations

import attrs

from medaidlang.base.diagnostic import Severity


@attrs.frozen
class Entry:
    """What a code says, in Chinese.

    `message`, `cause` and `remedy` are `str.format` templates over the named
    args of the diagnostic; every name in them must be given where the
    diagnostic is made.  `title` takes no args.  `bad` and `good` are small
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
