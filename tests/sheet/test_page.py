"""The rule sheet as a document: well formed, complete, self-contained, always the same."""

import hashlib
import os
import re
import subprocess
import sys

import attrs
import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.load import load
from medaidlang.sheet import render_sheet
from medaidlang.sheet.render import page

from .markup import Page

HOSTILE = "</style></title><script>alert('1')</script>\"\\"


def test_is_well_formed_and_accessible(pack_sheet):
    assert pack_sheet.page.wrong == []
    assert pack_sheet.page.lang == "zh-CN"
    assert pack_sheet.page.captions == pack_sheet.page.tables > 10


def test_loads_nothing(pack_sheet):
    style = "".join(pack_sheet.page.styles)
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style
    assert "http" not in pack_sheet.html


def test_is_the_same_in_another_process(kunyu, tmp_path):
    program = (
        "import sys; from pathlib import Path; from medaidlang.load import load; "
        "from medaidlang.sheet import render_sheet; "
        "sys.stdout.buffer.write(render_sheet(load(Path(sys.argv[1]))).encode())"
    )
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    copy = folder / kunyu.path.name
    copy.write_bytes(kunyu.path.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", program, str(copy)],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Urumqi", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == kunyu.html


def test_digest_is_that_of_the_files(pack_sheet):
    summed = hashlib.sha256()
    for file in pack_sheet.loaded.files:
        summed.update(file.source.text.encode() + b"\0")
    assert pack_sheet.html.count(summed.hexdigest()) == 2
    assert pack_sheet.path.read_bytes().decode() == pack_sheet.loaded.files[-1].source.text


def test_every_benefit_cell_stands_with_its_clause(pack_sheet):
    shown = {(clause, text.strip()) for tag, clause, text in pack_sheet.page.cells if clause}
    items = [*pack_sheet.pack.benefits.values(), *pack_sheet.pack.subsidies.values()]
    figures = {"起付", "比例", "限额", "定额"}
    missing = [
        (item.name, table.origin.clause, text)
        for item in items
        for table in item.tables
        for row in table.rows
        for heading, text in zip(table.headings, row, strict=True)
        if heading in figures and (table.origin.clause, text or "—") not in shown
    ]
    assert missing == []


def test_every_name_of_a_benefit_row_appears(pack_sheet):
    for identity in pack_sheet.pack.identities:
        assert identity in pack_sheet.page.words


def test_every_reading_appears_with_reason_and_alternatives(pack_sheet):
    words = pack_sheet.page.words
    for reading in pack_sheet.pack.readings.values():
        for text in (reading.name, reading.chosen, reading.reason, *reading.alternatives):
            assert text in words


def test_every_clause_gap_parameter_and_result_appears(pack_sheet):
    words, pack = pack_sheet.page.words, pack_sheet.pack
    for mark in (*pack.document.contents, *(c.mark for c in pack.clauses)):
        assert f"【{mark}】" in words
    for name in (*pack.gaps, *pack.parameters, *(o.name for o in pack.outputs)):
        assert name in words
    for gap in pack.gaps.values():
        assert gap.reason in words


def test_every_example_comes_out(pack_sheet):
    assert [one.title for one in pack_sheet.sheet.done.tried if one.wrong] == []
    for example in pack_sheet.pack.examples:
        assert example.title in pack_sheet.page.words


def test_no_path_or_time_of_the_machine(pack_sheet):
    assert str(pack_sheet.path.parent) not in pack_sheet.html
    assert not re.search(r"\d\d:\d\d:\d\d", pack_sheet.html)


def test_worked_examples_show_their_sums(pack_sheet):
    works = pack_sheet.sheet.done.works
    lines = [line for w in works for c in w.claims for s in c.sums for line in s.lines]
    assert lines
    for line in lines:
        assert " ".join(line.text.split()) in pack_sheet.page.words
        assert line.clause


def test_hostile_text_stays_text(kunyu):
    document = attrs.evolve(kunyu.sheet.document, title=HOSTILE, region=HOSTILE, issuer=HOSTILE)
    said = attrs.evolve(
        kunyu.sheet.said,
        parties=tuple(attrs.evolve(p, name=HOSTILE) for p in kunyu.sheet.said.parties),
    )
    found = Page(page(attrs.evolve(kunyu.sheet, document=document, said=said)))
    assert found.wrong == []
    assert HOSTILE in found.words


def test_hostile_title_in_a_rule_file(kunyu, tmp_path):
    text = kunyu.path.read_text(encoding="utf-8")
    title = kunyu.pack.document.title
    path = tmp_path / "恶意.medaid"
    path.write_text(text.replace(f"文件 {title}", f"文件 「{HOSTILE}」"), encoding="utf-8")
    loaded = load(path)
    assert not loaded.found
    found = Page(render_sheet(loaded))
    assert found.wrong == []
    assert HOSTILE in found.words


def test_a_rule_file_with_errors_is_refused(tmp_path):
    path = tmp_path / "坏.medaid"
    path.write_text("文件 坏\n  代号 bad\n重叠 就高不就低 于 没有的待遇\n", encoding="utf-8")
    with pytest.raises(Refusal):
        render_sheet(load(path))


def test_the_template_engine_is_loaded_only_when_a_sheet_is_made():
    program = "import medaidlang.sheet, sys; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
