"""Whole processes: `medaid --version`, and `medaid check` of each shipped pack.

Run it: `python tests/bench/bench_process.py`.  Prints the median of nine runs of
each, the commands taking turns, and how often an empty Python process fits in.
The programs' bytecode is cached, as it is after the first use of an installed
program, in a folder of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from medaidlang.driver import shipped

RUNS = 9
BASE = "python -c pass"


def commands() -> dict[str, list[str]]:
    """The command lines by what the table calls them."""
    medaid = [sys.executable, "-m", "medaidlang"]
    made = {BASE: [sys.executable, "-c", "pass"], "medaid --version": [*medaid, "--version"]}
    for path in shipped():
        made[f"medaid check {path.stem}"] = [*medaid, "check", str(path)]
    made["medaid check（全部）"] = [*medaid, "check"]
    return made


def measure(runs: int = RUNS) -> dict[str, float]:
    """Median seconds of each command; the first round, which fills the caches, is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in commands()}
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = folder
        for number in range(runs + 1):
            for name, command in commands().items():
                start = time.perf_counter()
                subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
                if number:
                    taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def rows() -> list[tuple[str, float, float]]:
    """Name, seconds, ratio."""
    seconds = measure()
    return [(name, taken, taken / seconds[BASE]) for name, taken in seconds.items()]


def main() -> None:
    """Print seconds and ratios."""
    for name, taken, ratio in rows():
        print(f"{name:28}{taken:8.3f} s{ratio:8.1f} ×")


if __name__ == "__main__":
    main()
