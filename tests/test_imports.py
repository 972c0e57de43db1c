"""Imports point one way, and runtime needs nothing installed."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = sorted((ROOT / "medaidlang" / "runtime").rglob("*.py"))


def test_contracts():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", RUNTIME, ids=lambda path: path.name)
def test_runtime_needs_the_standard_library_only(path):
    tops = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            tops |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            in_runtime = node.level or (node.module or "").startswith("medaidlang.runtime")
            tops |= set() if in_runtime else {(node.module or "").split(".")[0]}
    assert tops <= sys.stdlib_module_names
