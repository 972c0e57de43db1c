"""`make run`: the whole way once, in front of the reader.

Checks every shipped pack, settles the samples, explains one claim, shows what
other readings would change, and writes the rule sheets into `generated/`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from medaidlang.cli import run
from medaidlang.driver import find_pack, usable

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = (
    ("昆玉2025", "K05", "K05-1"),
    ("乌海2022", "H03", "H03-2"),
    ("抚顺2014", "F01", "F01-1"),
    ("鞍山2019", "A02", "A02-2"),
    ("乌鲁木齐2020", "U02", "U02-1"),
)
"""A pack with its sample, and the claim that is explained."""

BRIEF = {
    "W531": "{worse} 比 {better} 少得 {difference}：{first}，{then}",
    "W532": "{who} 的费用从 {low} 到 {high}，{what}",
}
"""Findings of trying out in one line."""


def step(number: int, title: str, *args: str) -> int:
    """Say what is done and with which command, then do it."""
    shown = " ".join(args)
    print(f"\n{'═' * 72}\n第 {number} 步　{title}\n    $ medaid {shown}\n", flush=True)
    return run(args)


def tried_out(number: int) -> None:
    """What trying the packs out shows."""
    from medaidlang.interpret.settle import prepare
    from medaidlang.probe import probe

    title = "试算各种费用，找出倒挂和悬崖（每项只列一行）"
    print(f"\n{'═' * 72}\n第 {number} 步　{title}\n    $ medaid 检查 --试算\n", flush=True)
    for name, _, _ in SAMPLES:
        _, pack = usable(find_pack(name))
        found = probe(prepare(pack))
        print(f"{name}：{len(found)} 项" if found else f"{name}：没有发现")
        for one in found:
            print(f"  {one.code}【{one.clause}】{BRIEF[one.code].format_map(one.args)}")


def main() -> int:
    """All steps; 0 if every one went well."""
    failed = step(1, "检查随程序提供的规则包，每个口径的每个备选也查", "检查", "--逐一口径")
    failed += step(2, "运行规则包里的示例（只列没有通过的）", "测试", "--quiet")
    tried_out(3)
    number = 4
    for pack, person, claim in SAMPLES:
        data = str(Path("samples") / f"{pack}.json")
        failed += step(number, f"结算一批费用：{pack}", "结算", pack, data)
        failed += step(
            number + 1, "其中一笔为什么是这个金额", "说明", pack, data, "--person", person,
            "--claim", claim,
        )  # fmt: skip
        number += 2
    generated = ROOT / "generated"
    generated.mkdir(exist_ok=True)
    for pack, _, _ in SAMPLES:
        _, made = usable(find_pack(pack))
        sheet = generated / f"{made.document.code}.html"
        title = "写出规则表（用浏览器打开即可阅读和打印）"
        failed += step(number, title, "规则表", pack, "-o", str(sheet))
        number += 1
    print(f"\n{'═' * 72}")
    print("都完成了。" if not failed else "有的步骤没有通过，见上面。")
    return 1 if failed else 0


if __name__ == "__main__":
    import os

    os.chdir(ROOT)
    sys.exit(main())
