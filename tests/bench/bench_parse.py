"""How long a rule file takes, beside Lark making its own tree with the same grammar.

Run it: `python tests/bench/bench_parse.py [lines]`.  Prints the median of seven
alternating runs of each.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lark import Lark

from medaidlang.base.source import Source
from medaidlang.syntax.grammar import grammar_text
from medaidlang.syntax.lexis import inspect
from medaidlang.syntax.parse import WholeWords, parse, run
from medaidlang.syntax.wellformed import wellformed

ROOT = Path(__file__).parents[2]
LINES = 5_000
RUNS = 7


def rule_text(lines: int) -> str:
    """The shipped policies, again and again, up to `lines` lines."""
    paths = sorted(ROOT.glob("policies/**/*.medaid"))
    once = "".join(path.read_text(encoding="utf-8") for path in paths)
    times = lines // once.count("\n") + 1
    text = "\n".join((once * times).split("\n")[:lines]) + "\n"
    return text[: text.rindex("\n身份 ") + 1]


def measure(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each task, the tasks taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(RUNS + 1):
        for name, task in tasks.items():
            gc.collect()
            start = time.perf_counter()
            task()
            if number:  # the first round warms up
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def main(lines: int) -> None:
    """Print seconds and ratios."""
    source = Source("bench", rule_text(lines))
    lark = Lark(
        grammar_text(),
        parser="lalr",
        maybe_placeholders=False,
        propagate_positions=True,
        postlex=WholeWords(),
    )
    tree = run(source)
    seconds = measure(
        {
            "Lark, its own tree with positions": lambda: lark.parse(source.text),
            "run: text to our tree": lambda: run(source),
            "parse: with lexis and wellformed": lambda: parse(source),
            "lexis alone": lambda: inspect(source),
            "wellformed alone": lambda: wellformed(tree),
        }
    )
    base = seconds["Lark, its own tree with positions"]
    print(f"{len(source.line_starts) - 1} lines, {len(source.text)} characters")
    for name, taken in seconds.items():
        print(f"{name:36}{taken * 1000:9.1f} ms{taken / base:8.2f} ×")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
