"""From a path to a pack: reading, parsing, following 包含, adding 参数/, elaborating.

The only place where rule files are read.  `Loaded` keeps the parsed files, so
that the pack can be elaborated again under other readings without reading
anything twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from medaidlang.base.diagnostic import Diagnostic, Refusal
from medaidlang.base.resources import data_folder
from medaidlang.core.elaborate import elaborate
from medaidlang.core.nodes import Pack
from medaidlang.syntax import ast
from medaidlang.syntax.parse import parse
from medaidlang.syntax.reading import read_source

if TYPE_CHECKING:
    from medaidlang.interpret.settle import Settler

SUFFIX = ".medaid"
FIGURES = "参数"
"""The folder beside a rule file whose files hold published figures."""


@attrs.frozen
class Loaded:
    """The parsed files and their syntax findings.

    First what is included, then the published figures of 参数/, the rule file last.
    """

    path: Path
    files: tuple[ast.File, ...]
    found: tuple[Diagnostic, ...]

    def pack(
        self, readings: Mapping[str, str] | None = None
    ) -> tuple[Pack | None, list[Diagnostic]]:
        """The pack under the given readings (default: those the document's authors took)."""
        if self.found:
            return None, list(self.found)
        return elaborate(self.files, readings)


@attrs.define
class Follower:
    """Reads a rule file and what it includes, each once, refusing loops."""

    home: Path
    files: list[ast.File] = attrs.field(factory=list)
    found: list[Diagnostic] = attrs.field(factory=list)
    done: set[Path] = attrs.field(factory=set)
    opened: list[Path] = attrs.field(factory=list)

    def follow(self, path: Path) -> None:
        """`path` with its includes before it."""
        self.opened.append(path)
        tree, found = parse(read_source(path, shown(path)))
        self.found += found
        for item in tree.items:
            if isinstance(item, ast.Include):
                self.include(item)
        self.opened.pop()
        self.done.add(path)
        self.files.append(tree)

    def figures(self) -> list[ast.File]:
        """The files of published figures beside the rule file, in name order."""
        folder = self.home / FIGURES
        made: list[ast.File] = []
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            if path.resolve().parent != folder.resolve():  # a link that leads out of the folder
                self.found.append(Diagnostic("E112", args={"path": path.name}, place=shown(path)))
                continue
            tree, found = parse(read_source(path, shown(path)))
            self.found += found
            made.append(tree)
            for item in tree.items:
                if not (isinstance(item, ast.Block) and item.keyword == "PUBLISHED"):
                    word = item.span.text.split()[0]
                    self.found.append(Diagnostic("E117", item.span, {"word": word}))
        return made

    def include(self, item: ast.Include) -> None:
        """One 包含: from the folder of the rule file, or from the shipped vocabulary."""
        name = item.name.text
        if "/" in name or "\\" in name or name.startswith("."):
            self.found.append(Diagnostic("E112", item.name.span, {"path": name}))
            return
        for folder in (self.home, data_folder("policies")):
            path = (folder / f"{name}{SUFFIX}").resolve()
            if path in self.opened:
                chain = " → ".join(p.stem for p in [*self.opened, path])
                self.found.append(Diagnostic("E113", item.name.span, {"chain": chain}))
                return
            if path.parent != folder.resolve():  # a link that leads out of the folder
                self.found.append(Diagnostic("E112", item.name.span, {"path": name}))
                return
            if path.is_file():
                if path not in self.done:
                    self.follow(path)
                return
        self.found.append(Diagnostic("E115", item.name.span, {"path": f"{name}{SUFFIX}"}))


def shown(path: Path) -> str:
    """How messages name a file: from here where it lies below, else in full."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def load(path: Path) -> Loaded:
    """Read and parse the rule file at `path`, what it includes and its published figures."""
    follower = Follower(path.resolve().parent)
    try:
        follower.follow(path.resolve())
        follower.files[-1:-1] = follower.figures()
    except Refusal as refused:
        return Loaded(path, (), tuple(refused.diagnostics))
    return Loaded(path, tuple(follower.files), tuple(follower.found))


def compiled(path: str) -> Settler:
    """The rule file at `path`, checked and compiled; a `Refusal` with its errors."""
    from medaidlang.check import run_checks
    from medaidlang.interpret.settle import prepare

    pack, found = load(Path(path)).pack()
    if pack is not None and not found:
        found = [item for item in run_checks(pack) if item.code.startswith("E")]
    if pack is None or found:
        raise Refusal(*found)
    return prepare(pack)


def shipped_paths() -> dict[str, Path]:
    """The shipped rule files by folder name, in name order."""
    folder = data_folder("policies")
    return {path.stem: path for path in sorted(folder.glob(f"*/*{SUFFIX}"))}


def shipped(code: str) -> Settler:
    """The shipped pack of that code, compiled; a `Refusal` (E919) where there is none."""
    from medaidlang.interpret.settle import prepare

    for path in shipped_paths().values():
        pack, found = load(path).pack()
        if pack is not None and pack.document.code == code:
            errors = [item for item in found if item.code.startswith("E")]
            if errors:
                raise Refusal(*errors)
            return prepare(pack)
    raise Refusal(Diagnostic("E919", None, {"name": code}))
