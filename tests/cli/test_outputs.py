"""What is written never costs what was read."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "昆玉2025.json"


@pytest.fixture
def data(tmp_path):
    """A copy of the sample data."""
    return Path(shutil.copy(SAMPLE, tmp_path / "数据.json"))


def test_the_data_are_not_overwritten(program, data):
    before = data.read_bytes()
    done = program("settle", "昆玉2025", str(data), "-o", str(data))
    assert done.status == 1
    assert "E926" in done.err
    assert data.read_bytes() == before


def test_nor_through_a_link(program, data):
    link = data.with_name("结果.json")
    link.symlink_to(data)
    before = data.read_bytes()
    assert program("settle", "昆玉2025", str(data), "-o", str(link)).status == 1
    assert data.read_bytes() == before


def test_nor_is_a_pipe_replaced(program, data, tmp_path):
    pipe = tmp_path / "管道.json"
    os.mkfifo(pipe)
    assert program("settle", "昆玉2025", str(data), "-o", str(pipe)).status == 1
    assert pipe.is_fifo()


def test_two_names_for_one_field(program, data):
    given = json.loads(data.read_text(encoding="utf-8"))
    given["费用"][0]["inscp_scp_amt"] = "1"
    data.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    done = program("settle", "昆玉2025", str(data))
    assert done.status == 1
    assert "E917" in done.err


def test_what_the_check_refuses_is_not_settled(program, data, tmp_path):
    from medaidlang.load import shipped_paths

    text = shipped_paths()["昆玉2025"].read_text(encoding="utf-8")
    path = tmp_path / "改.medaid"
    path.write_text(text.replace("  接续 医疗救助\n", "", 1), encoding="utf-8")
    for args in (("check", str(path)), ("settle", str(path), str(data)), ("sheet", str(path))):
        done = program(*args)
        assert done.status == 1, args
        assert "E60" in done.out + done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_device(data):
    import subprocess
    import sys

    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "medaidlang", "settle", "昆玉2025", str(data)],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "输出写不出去" in done.stderr
    assert "Traceback" not in done.stderr
