"""The committed rule sheets are those of the committed rule packs."""

import pytest

from medaidlang.load import load, shipped_paths
from medaidlang.sheet import render_sheet
from tests.conftest import ROOT


@pytest.mark.slow
@pytest.mark.parametrize("path", shipped_paths().values(), ids=shipped_paths().keys())
def test_generated_sheet_is_up_to_date(path):
    loaded = load(path)
    pack, _ = loaded.pack()
    published = ROOT / "generated" / f"{pack.document.code}.html"
    assert published.read_text(encoding="utf-8") == render_sheet(loaded), "make sheets"
