"""The shipped packs' sheets, each made once."""

from pathlib import Path

import attrs
import pytest

from medaidlang.load import load
from medaidlang.sheet.render import page
from medaidlang.sheet.view import view

from .markup import Page

POLICIES = Path(__file__).resolve().parents[2] / "policies"


@attrs.frozen
class Made:
    """A pack and its sheet."""

    path: Path
    loaded: object
    pack: object
    sheet: object
    html: str
    page: Page


def made(name, folder):
    path = folder / f"{name}.medaid"  # a copy: the sheet must not depend on where it lies
    path.write_bytes((POLICIES / name / path.name).read_bytes())
    loaded = load(path)
    sheet = view(loaded)
    html = page(sheet)
    return Made(path, loaded, loaded.pack()[0], sheet, html, Page(html))


@pytest.fixture(scope="session")
def kunyu(tmp_path_factory):
    """昆玉 2025."""
    return made("昆玉2025", tmp_path_factory.mktemp("kunyu"))


@pytest.fixture(scope="session")
def wuhai(tmp_path_factory):
    """乌海 2022."""
    return made("乌海2022", tmp_path_factory.mktemp("wuhai"))


@pytest.fixture(params=["kunyu", pytest.param("wuhai", marks=pytest.mark.slow)])
def pack_sheet(request):
    """Each shipped pack."""
    return request.getfixturevalue(request.param)
