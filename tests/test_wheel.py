"""What is shipped works where only the wheel is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def run(*command, cwd):
    """Standard output of a command that must succeed, away from the checkout."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**env, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """The folder of programs of a fresh environment that has the wheel and its requirements."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return programs


def shipped(scripts, name, cwd):
    """The data folder as the installed package finds it."""
    program = f"from medaidlang.base.resources import data_folder; print(data_folder({name!r}))"
    folder = Path(run(scripts / "python", "-c", program, cwd=cwd).strip())
    assert scripts.parent.resolve() in folder.parents
    return folder


def test_version(scripts, tmp_path):
    assert "0.1.0" in run(scripts / "medaid", "--version", cwd=tmp_path)


@pytest.mark.parametrize("name", ["grammar", "policies"])
def test_data_is_complete(scripts, tmp_path, name):
    def contents(folder):
        return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}

    assert contents(shipped(scripts, name, tmp_path)) == contents(ROOT / name)
    assert contents(ROOT / name)


def test_shipped_policies_check(scripts, tmp_path):
    packs = sorted(shipped(scripts, "policies", tmp_path).glob("*/*.medaid"))
    assert packs
    for pack in packs:
        run(scripts / "medaid", "check", pack, cwd=tmp_path)
    assert not list(tmp_path.iterdir())
