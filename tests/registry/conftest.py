"""Fixtures: a folder of rule packs, data files, and the command in this process."""

import json

import pytest

from tests.cli.conftest import medaid as medaid
from tests.registry.packs import new, old


@pytest.fixture
def registry(tmp_path):
    """Writes rule files into a folder of their own each, below one root."""

    def write(**texts):
        root = tmp_path / "登记"
        for name, text in texts.items():
            folder = root / "某省" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.medaid").write_text(text, encoding="utf-8")
        return root

    return write


@pytest.fixture
def two(registry):
    """The documents of 2023 and of August 2025."""
    return registry(旧=old(), 新=new())


@pytest.fixture
def data(tmp_path):
    """Writes persons with claims into a JSON file."""

    def write(*persons):
        path = tmp_path / "数据.json"
        path.write_text(json.dumps(persons, ensure_ascii=False), encoding="utf-8")
        return path

    return write
