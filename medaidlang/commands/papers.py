"""The text of a printed document from the disk, for the commands that compare it.

Takes a path, gives text.  Raises `Refusal`: E101, E102 (how to convert), E740 for Word,
PDF and other files that are no text, E908 for an empty one, E921 for one too large.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medaidlang.base.diagnostic import Diagnostic, Refusal

if TYPE_CHECKING:
    from medaidlang.collate.collation import Collation
    from medaidlang.core.nodes import Pack
    from medaidlang.load import Loaded

SIZE_LIMIT = 2 * 1024 * 1024
"""Bytes of a document's text: some hundred times the longest."""

_SORTS = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "Word（.docx）、Excel 或者压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版的 Word 或 WPS 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)


def read_paper(path: Path) -> str:
    """The text of a document."""
    from medaidlang.records.text import read_bytes
    from medaidlang.syntax.reading import guess_encoding

    data = read_bytes(path)
    if len(data) > SIZE_LIMIT:
        limit = f"{SIZE_LIMIT // 2**20} MiB"
        raise Refusal(Diagnostic("E921", args={"limit": limit}, place=str(path)))
    sort = next((said for magic, said in _SORTS if data.startswith(magic)), "")
    if not sort and data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data:
        sort = "二进制文件"
    if sort:
        args = {"path": str(path), "sort": sort}
        raise Refusal(Diagnostic("E740", args=args, place=str(path)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        args = {"path": str(path), "guess": guess_encoding(data)}
        raise Refusal(Diagnostic("E102", args=args, place=str(path))) from None
    if not text.strip():
        raise Refusal(Diagnostic("E908", place=str(path)))
    return text


def collation_of(
    loaded: Loaded, pack: Pack, path: Path, before: dict[str, str] | None = None
) -> Collation:
    """The rule file held against the text of the file at `path`."""
    from medaidlang.collate.collation import collate

    return collate(loaded.files[-1], pack, read_paper(path), str(path), before)
