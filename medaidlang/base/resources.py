"""Where the shipped data is: the grammar and the policies.

Takes the name of a top-level data folder, gives its path, in an installed
wheel (`medaidlang/_data/`) and in a source checkout alike.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder(name: str) -> Path:
    """The folder `grammar` or `policies`; FileNotFoundError if it was not shipped."""
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"data folder {name!r} is neither installed nor in a checkout")
