"""`python -m medaidlang.commands.sheets FOLDER`: the rule sheets of all shipped packs.

Takes a folder, writes one HTML file per pack; what is in `generated/` is made so.
"""

from __future__ import annotations

import sys
from pathlib import Path


def write_sheets(folder: Path) -> list[Path]:
    """Write every shipped pack's sheet into `folder`; the files written."""
    from medaidlang.commands.common import write_atomically
    from medaidlang.driver import shipped, usable
    from medaidlang.sheet.render import render_sheet

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in shipped():
        loaded, pack = usable(path)
        target = folder / f"{pack.document.code}.html"
        write_atomically(target, render_sheet(loaded).encode())
        written.append(target)
    return written


if __name__ == "__main__":
    for made in write_sheets(Path(sys.argv[1] if len(sys.argv) > 1 else "generated")):
        print(made)
