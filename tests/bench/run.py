"""All benchmarks, and one table of their ratios: `python tests/bench/run.py`.

Each runs by itself, so that none warms up or slows down another.  What they
print is in docs/benchmarks.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from medaidlang.base.visible import display_width

HERE = Path(__file__).parent
TITLES = {
    "bench_parse": "parsing 5,000 lines, against Lark's own tree",
    "bench_interpret": "settling, against a loop by hand",
    "bench_process": "whole processes, against an empty one",
}
# `name   measured unit   ratio × …`, which is how each of them prints.
_LINE = re.compile(r"^(?P<name>.+?)\s+(?P<measured>[\d.]+ \S+)\s+(?P<ratio>[\d.]+) ×")


def results(module: str) -> list[tuple[str, str, str]]:
    """Name, measured, ratio: what the benchmark prints."""
    env = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    command = [sys.executable, str(HERE / f"{module}.py")]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found = map(_LINE.match, done.stdout.splitlines())
    return [(match["name"], match["measured"], match["ratio"]) for match in found if match]


def main() -> None:
    """Run them and print the table."""
    print(f"{'':38}{'measured':>16}{'ratio':>10}")
    for module, title in TITLES.items():
        print(f"\n{title}")
        for name, measured, ratio in results(module):
            space = " " * (36 - display_width(name))
            print(f"  {name}{space}{measured:>16}{ratio:>8} ×", flush=True)


if __name__ == "__main__":
    main()
