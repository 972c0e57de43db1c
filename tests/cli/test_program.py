"""The program as a process: exit statuses, streams, speed, and no traceback ever."""

import importlib.metadata
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from medaidlang import cli
from medaidlang.commands.chinese import WORDS

SAMPLE = "samples/昆玉2025.json"


def test_version(program):
    done = program("--version")
    assert done.out.strip() == f"medaid {importlib.metadata.version('medaidlang')}"


def test_help_without_a_command(program):
    done = program()
    assert done.status == 0
    assert done.out == program("--help").out
    assert "settle、结算" in done.out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("没有",), "没有“没有”这个命令"),
        (("chek",), "是不是“check”？"),
        (("--foo",), "没有“--foo”这个选项"),
        (("check", "--foo"), "没有“--foo”这个选项"),
        (("settle",), "缺少参数"),
        (("fmt",), "缺少参数"),
        (("settle", "昆玉2025"), "缺少数据"),
        (("settle", "昆玉2025", SAMPLE, "--year"), "后面要有一个值"),
        (("settle", "昆玉2025", SAMPLE, "--year", "x"), "不是整数"),
        (("settle", "昆玉2025", SAMPLE, "--format", "doc"), "不在选项之中"),
        (("settle", "昆玉2025", SAMPLE, "--format", "xlsx"), "-o"),
        (("settle", "昆玉2025", SAMPLE, "--json", "--format", "csv"), "只能用一个"),
        (("settle", "昆玉2025", SAMPLE, "多余"), "多出的参数"),
        (("readings", "昆玉2025", SAMPLE, "--only", "x"), "没有口径"),
        (("--version=1",), "后面不带值"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage(args, words, program):
    done = program(*args)
    assert done.status == 2, done
    assert words in done.err
    assert not done.out
    assert not re.search(r"Usage|Error|Traceback|Option|Missing", done.err)


def test_click_says_nothing_in_english():
    """Every message of the parts of click that we use has its Chinese."""
    pattern = re.compile(r'\b(?:_|ngettext)\(\s*((?:f?"[^"]*"\s*,?\s*)+)', re.S)
    folder = Path(click.__file__).parent
    allowed = {"DeprecationWarning", "Name '", "Boolean option", "Could not determine",
               "No options", "Arguments take", "Invalid start", "UUID", "does not match the format",
               "is not executable", "values are required"}  # fmt: skip
    missing = []
    for module in ("core", "exceptions", "formatting", "parser", "types"):
        for match in pattern.finditer((folder / f"{module}.py").read_text(encoding="utf-8")):
            texts = re.findall(r'"([^"]*)"', match[1])
            joined = [t.replace("\\n", "\n").replace("\\t", "\t") for t in texts]
            if not any(part in text for part in allowed for text in joined):
                missing += [text for text in joined if text not in WORDS]
    assert not missing


def test_quiet_when_nobody_listens():
    command = [sys.executable, "-m", "medaidlang", "settle", "昆玉2025", SAMPLE]
    root = Path(cli.__file__).parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        run.stdout.close()
        err = run.stderr.read()
        run.wait(30)
    assert err == b""
    assert run.returncode == cli.PIPE_CLOSED


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_quiet_when_interrupted():
    code = "import os, signal, medaidlang.driver as d\n"
    code += "d.find_packs = lambda name: os.kill(os.getpid(), signal.SIGINT)\n"
    code += "from medaidlang.cli import main; main()"
    root = Path(cli.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "昆玉2025"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (cli.INTERRUPTED, -signal.SIGINT)
    assert done.stderr.strip() == b""


def test_a_fault_of_ours_is_no_traceback(monkeypatch, capsys):
    import medaidlang.driver

    def broken(name):
        raise ZeroDivisionError

    monkeypatch.setattr(medaidlang.driver, "find_packs", broken)
    monkeypatch.delenv("MEDAID_DEBUG", raising=False)
    assert cli.run(["check", "昆玉2025"]) == cli.INTERNAL
    err = capsys.readouterr().err
    assert "程序内部错误" in err
    assert "Traceback" not in err
    monkeypatch.setenv("MEDAID_DEBUG", "1")
    cli.run(["check", "昆玉2025"])
    assert "Traceback" in capsys.readouterr().err


def test_no_colour_into_a_pipe(program, tmp_path):
    bad = tmp_path / "坏.medaid"
    bad.write_text("文件 「坏\n", encoding="utf-8")
    assert "\x1b" not in program("check", bad).text


def test_utf8_whatever_the_locale(program):
    done = program("check", "昆玉2025", LC_ALL="C")
    assert done.status == 0, done
    assert "✓" in done.out


def test_json_is_only_json(program):
    for args in (("check",), ("coverage",), ("test", "昆玉2025"), ("settle", "昆玉2025", SAMPLE)):
        done = program(*args, "--json")
        assert json.loads(done.out)["ok"] is True
        assert not done.err


def test_only_the_result_is_written(program, tmp_path):
    out = tmp_path / "没有" / "结果.csv"
    done = program("settle", "昆玉2025", SAMPLE, "-o", out)
    assert done.status == 1
    assert "错误[E101]" in done.err
    assert not list(tmp_path.iterdir())


def loaded_modules(*args):
    """The modules that a command line imports."""
    code = (
        "import sys; from medaidlang.cli import run; run(sys.argv[1:]); "
        "print('|'.join(sys.modules), file=sys.stderr)"
    )
    root = Path(cli.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, *args], cwd=root, capture_output=True, text=True, check=True,
        encoding="utf-8",
    )  # fmt: skip
    return set(done.stderr.strip().split("|"))


def test_nothing_is_imported_that_is_not_needed():
    assert not {"attr", "lark", "jinja2", "openpyxl", "wcwidth"} & loaded_modules("--version")
    unneeded = {
        "jinja2",
        "openpyxl",
        "rich",
        "medaidlang.interpret.settle",
        "medaidlang.plan.build",
    }
    assert not unneeded & loaded_modules("check", "昆玉2025")
