"""Result files, whole or not at all.

Takes bytes and a path; writes beside and renames.  Raises `Refusal` (E101) where
that is not allowed.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from medaidlang.base.diagnostic import Refusal
from medaidlang.records.raw import finding


def replace_file(path: Path, data: bytes) -> None:
    """Make `data` the content of `path`, keeping the permissions it had."""
    target = path.resolve()
    beside = ""
    try:
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        if target.exists() and not target.is_file():  # a folder, a device, a pipe
            raise IsADirectoryError(target)
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, target)
    except OSError:
        _remove(beside)
        raise Refusal(finding("E101", str(path), path=f"{path}（不能写入）")) from None
    except BaseException:
        _remove(beside)
        raise


def _remove(name: str) -> None:
    if name and os.path.exists(name):
        os.unlink(name)


def _umask() -> int:
    """The process's umask; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
