"""Fixtures: the command in this process, the command as a program, a small rule file."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from medaidlang.cli import run

ROOT = Path(__file__).resolve().parents[2]

SMALL = (ROOT / "tests/cli/data/试验.medaid").read_text(encoding="utf-8")

PERSON = {"人员编号": "1", "身份": ["甲类人员"], "参保": "居民医保"}
CLAIM = {
    "编号": "c1", "日期": "2025-09-01", "类型": "住院", "政策范围内费用": "10000.00",
    "基本医保支付": "0", "大病保险支付": "0", "其他补充支付": "0",
}  # fmt: skip


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def text(self):
        return self.out + self.err


@pytest.fixture
def medaid(capsys):
    """Run the command in this process."""

    def call(*args):
        status = run([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return call


@pytest.fixture
def program():
    """Run the command as a program of its own, from the checkout."""

    def call(*args, cwd=ROOT, timeout=60, **env):
        done = subprocess.run(
            [sys.executable, "-m", "medaidlang", *map(str, args)],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def small(tmp_path):
    """A rule file that has nothing wrong with it."""
    path = tmp_path / "试验.medaid"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def small_text():
    return SMALL


@pytest.fixture
def person():
    return dict(PERSON)


@pytest.fixture
def claim():
    return dict(CLAIM)
