"""The parts of the documentation that a program writes.

`python docs/generate.py` writes the error pages from the catalogue of messages
and runs every `console` fence of the pages below, putting down what came out.
The tests make both again and require no difference.

What the fences of a page mean, in their order:

    ```console            one `$ command` and its output; `console 1`: it exits with 1
    ```medaid NAME        part of the rule file NAME: a section that begins with 【…】 takes
                          the place of the one with that heading, 包含 or 文件 of all before
                          the first heading, 示例 of the one with that title; anything else
                          is added at the end
    ```text NAME.txt      a file (also json, csv)
    ```python             a program; the ```text 输出 fence after it is what it prints
    ```text 摘录 PATH 【…】 the section of that heading, up to the end of its first table

Between `<!-- files FOLDER -->` and `<!-- end -->` stand the modules of the folder and
its subfolders (of the package itself: its own), each with the first sentence of its
docstring.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from medaidlang.base.catalogue import all_entries
from medaidlang.base.catalogue.entry import Entry, whole
from medaidlang.base.visible import visible

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
ERRORS = DOCS / "错误"
PAGES = (
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "ARCHITECTURE.md",
    DOCS / "教程.md",
    DOCS / "语言参考.md",
    DOCS / "参数与版本.md",
    DOCS / "数据格式.md",
    DOCS / "原文核对.md",
)
OUTPUT = "text 输出"
EXCERPT = "text 摘录 "
_FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.M | re.S)
_FILE = re.compile(r"(?:text|json|csv) (?P<name>\S+\.(?:txt|json|csv))")


# ── fences ───────────────────────────────────────────────────────────────────


@attrs.frozen
class Fence:
    """A fenced block: what stands behind the marks, and what is between them."""

    info: str
    body: str
    start: int
    end: int


def fences(text: str) -> Iterator[Fence]:
    """The fenced blocks of a page that say what they are."""
    for match in _FENCE.finditer(text):
        start, end = match.span("body")
        yield Fence(match["info"].strip(), match["body"], start, end)


@attrs.define
class Stage:
    """The folder in which the fences of one page are carried out, in their order."""

    folder: Path
    printed: str = ""

    def play(self, fence: Fence) -> str:
        """Carry out a fence; the body that it should have."""
        kind, _, rest = fence.info.partition(" ")
        if kind == "console":
            return self.console(fence.body, int(rest or 0))
        if fence.info == OUTPUT:
            return self.printed
        if fence.info.startswith(EXCERPT):
            return excerpt(*rest.split()[1:])
        if kind == "python":
            self.printed = self.run([sys.executable, "-c", fence.body], 0)
        elif kind == "medaid" and rest.endswith(".medaid"):
            path = self.folder / rest
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            path.write_text(edited(before, fence.body), encoding="utf-8")
        elif match := _FILE.fullmatch(fence.info):
            (self.folder / match["name"]).write_text(fence.body, encoding="utf-8")
        return fence.body

    def console(self, body: str, status: int) -> str:
        """The command of a console fence with what it prints."""
        line = body.partition("\n")[0]
        return f"{line}\n{self.run(['bash', '-c', line.removeprefix('$ ')], status)}"

    def run(self, command: list[str], status: int) -> str:
        """What a command prints, both ways; AssertionError for another exit status."""
        beside = Path(sys.executable).parent
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}",
                "PYTHONUTF8": "1",
                "PYTHONPATH": str(ROOT),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}"
        text = done.stdout.replace(f"{self.folder.resolve()}/", "")
        return "".join(f"{line.rstrip()}\n" for line in text.rstrip("\n").splitlines())


def excerpt(path: str, mark: str) -> str:
    """A section of a rule file, up to the end of its first table."""
    text = (ROOT / path).read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(mark)}.*?(?:^ *\|[^\n]*\n)+", text, re.M | re.S)
    assert found, f"{path}: {mark}"
    return found[0]


def edited(before: str, part: str) -> str:
    """The rule file `before` with `part` in its place."""
    head, *sections = re.split(r"^(?=【|示例 )", before, flags=re.M)
    if part.startswith(("#", "包含", "文件")):
        return "".join([part.rstrip() + "\n\n", *sections])
    mark = part.partition("】")[0] + "】" if part.startswith("【") else part.partition("\n")[0]
    places = [at for at, section in enumerate(sections) if section.startswith(mark)]
    if not places:
        return f"{before.rstrip()}\n\n{part}".lstrip("\n")
    sections[places[0]] = part.rstrip() + "\n\n"
    return "".join([head, *sections]).rstrip() + "\n"


def played(text: str, folder: Path) -> str:
    """The page with the outputs that its fences have now; files are left in `folder`."""
    stage = Stage(folder)
    (folder / "samples").symlink_to(ROOT / "samples")
    parts, end = [], 0
    for fence in fences(text):
        parts += [text[end : fence.start], stage.play(fence)]
        end = fence.end
    return "".join([*parts, text[end:]])


def page(path: Path) -> str:
    """A page as it should be."""
    text = _FILES.sub(lambda found: f"{found[1]}{module_list(found[2])}{found[3]}",
                      path.read_text(encoding="utf-8"))  # fmt: skip
    with TemporaryDirectory() as folder:
        return played(text, Path(folder))


# ── lists of modules ─────────────────────────────────────────────────────────

_FILES = re.compile(r"(<!-- files (\S+) -->\n)(?:.*?)(<!-- end -->)", re.S)


def module_list(folder: str) -> str:
    """The modules of a folder (and its subfolders), in name order."""
    base = ROOT / folder
    found = base.glob("*.py") if base.parent == ROOT else base.rglob("*.py")
    paths = sorted(found, key=lambda path: (path.parent, path.name))
    lines = [f"- `{path.relative_to(base)}`: {said}" for path in paths if (said := saying(path))]
    return "".join(f"{line}\n" for line in lines)


def saying(path: Path) -> str:
    """The first sentence of a module's docstring."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(said.partition("\n\n")[0].split())


# ── error pages ──────────────────────────────────────────────────────────────

FAMILIES = {
    "1": "读取与字符",
    "2": "语法",
    "3": "名称与定义",
    "4": "类型与单位",
    "5": "待遇与表格",
    "6": "重叠",
    "7": "文件、条款、口径、参数",
    "8": "示例",
    "9": "人员与费用数据",
}
_MADE = "<!-- 由 docs/generate.py 从消息目录生成，不要直接改。 -->"
_SLOT = re.compile(r"\{([a-z_]+)\}")


def error_pages() -> Mapping[Path, str]:
    """Every error page and their index."""
    entries = all_entries()
    pages = {ERRORS / f"{entry.code}.md": error_page(entry) for entry in entries}
    pages[ERRORS / "README.md"] = index(entries)
    return pages


def error_page(entry: Entry) -> str:
    """One page: what the message says, why, and what to do."""
    parts = [
        _MADE,
        f"# {entry.code} {entry.title}",
        f"**{entry.severity.value}** · {FAMILIES[entry.code[1]]} · [全部编号](README.md)",
        f"> {prose(whole(entry.message))}",
        f"**原因** {prose(whole(entry.cause))}",
        f"**改法** {prose(whole(entry.remedy))}",
    ]
    if entry.bad:
        parts += ["这样写会报告：", f"```text\n{shown(entry.bad)}```"]
    if entry.good:
        parts += ["改成：", f"```text\n{shown(entry.good)}```"]
    parts.append(f"在终端看同样的内容：`medaid 错误 {entry.code}`。")
    return "\n\n".join(parts) + "\n"


def prose(template: str) -> str:
    """A message with its places as ‹name›, safe in Markdown."""
    text = _SLOT.sub(r"‹\1›", template).replace("{{", "{").replace("}}", "}")
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", text)


def shown(example: str) -> str:
    """An example with what cannot be seen made visible."""
    return "".join(f"{visible(line)}\n" for line in example.rstrip("\n").split("\n"))


def index(entries: tuple[Entry, ...]) -> str:
    """All codes by family."""
    parts = [
        _MADE,
        "# 错误编号",
        "E 是错误，W 是警告，N 是提示；第一位数字是类别。"
        "有错误时不能结算，退出状态是 1；警告不影响结算。",
    ]
    for digit, title in FAMILIES.items():
        rows = [
            f"| [{entry.code}]({entry.code}.md) | {entry.severity.value} | {prose(entry.title)} |"
            for entry in entries
            if entry.code[1] == digit
        ]
        if rows:
            table = "\n".join(["| 编号 | 轻重 | 标题 |", "|---|---|---|", *rows])
            parts += [f"## {digit}　{title}", table]
    return "\n\n".join(parts) + "\n"


# ── writing ──────────────────────────────────────────────────────────────────


def main() -> None:
    """Write everything again."""
    ERRORS.mkdir(exist_ok=True)
    pages = error_pages()
    for stale in set(ERRORS.glob("*.md")) - set(pages):
        stale.unlink()
    for path, text in {**pages, **{path: page(path) for path in PAGES}}.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
