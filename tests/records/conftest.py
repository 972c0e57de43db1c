"""Fixtures: the 昆玉 pack, and writers of data files of every sort."""

import json

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.driver import find_pack, usable
from medaidlang.records.read import read_records

PERSON = {"人员编号": "1", "身份": "低保对象", "参保": "居民医保"}
CLAIM = {
    "人员编号": "1", "编号": "c1", "日期": "2025-09-01", "类型": "住院",
    "政策范围内费用": "10000.00", "基本医保支付": "0", "大病保险支付": "0", "其他补充支付": "0",
}  # fmt: skip


@pytest.fixture(scope="session")
def pack():
    return usable(find_pack("昆玉2025"))[1]


@pytest.fixture
def person():
    return dict(PERSON)


@pytest.fixture
def claim():
    return dict(CLAIM)


@pytest.fixture
def read(pack):
    """The records of a file, or the findings."""

    def call(*paths, **options):
        try:
            return read_records(pack, *paths, **options)
        except Refusal as refused:
            return refused.diagnostics

    return call


@pytest.fixture
def json_file(tmp_path):
    def write(data, name="数据.json"):
        path = tmp_path / name
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def csv_file(tmp_path):
    def write(text, name="数据.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def xlsx_file(tmp_path):
    """A workbook from {sheet: [[cell, …], …]}."""

    def write(sheets, name="数据.xlsx"):
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write
