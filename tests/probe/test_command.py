"""`medaid check --试算`: off by default, warnings only."""

import json

import pytest

from medaidlang.cli import run


@pytest.mark.parametrize("option", ["--probe", "--试算"])
def test_on(option, capsys):
    assert run(["check", "乌海2022", option]) == 0
    shown = capsys.readouterr().out
    assert "警告[W531]" in shown
    assert "1 个警告" in shown


def test_off_by_default(capsys):
    assert run(["check", "乌海2022"]) == 0
    assert "W531" not in capsys.readouterr().out


def test_strict(capsys):
    assert run(["check", "乌海2022", "--试算", "--strict"]) == 1
    capsys.readouterr()


def test_json(capsys):
    assert run(["check", "昆玉2025", "--试算", "--json"]) == 0
    (pack,) = json.loads(capsys.readouterr().out)["packs"]
    assert pack["ok"]
    assert [one["code"] for one in pack["diagnostics"]] == ["W531"] * 6


def test_not_tried_with_errors(tmp_path, capsys):
    path = tmp_path / "错.medaid"
    path.write_text("文件 某市办法\n  代号 x\n身份 低保对象\n  须 没有的事实\n", encoding="utf-8")
    assert run(["check", str(path), "--试算"]) == 1
    assert "W53" not in capsys.readouterr().out
