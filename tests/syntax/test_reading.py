"""Files that can be read, and those that cannot."""

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.base.render import render_text
from medaidlang.syntax.reading import SIZE_LIMIT, read_source

TEXT = "身份 困难职工\n  认定 师市总工会\n"


def refused(path):
    with pytest.raises(Refusal) as caught:
        read_source(path)
    (finding,) = caught.value.diagnostics
    assert render_text([finding], colour=False)
    return finding


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_line_ends(tmp_path, end, last):
    path = tmp_path / "甲.medaid"
    path.write_bytes((TEXT.rstrip("\n") + last).replace("\n", end).encode())
    source = read_source(path, "甲")
    assert source.text == TEXT
    assert source.name == "甲"


def test_empty_file(tmp_path):
    path = tmp_path / "甲"
    path.touch()
    assert read_source(path).text == ""
    assert read_source(path).name == str(path)


def test_not_there(tmp_path):
    assert refused(tmp_path / "无").code == "E101"
    assert refused(tmp_path).code == "E101"
    assert refused("a\0b").code == "E101"


@pytest.mark.parametrize(
    ("encoding", "guess"),
    [("gbk", "GBK"), ("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")],
)
def test_other_encodings(tmp_path, encoding, guess):
    path = tmp_path / "甲"
    path.write_bytes((TEXT + "abcdef: 12345\n" * 20 + "㐀" * (guess == "GB18030")).encode(encoding))
    finding = refused(path)
    assert finding.code == "E102"
    assert finding.args["guess"] == guess
    assert guess in finding.fix.shown


def test_not_text(tmp_path):
    path = tmp_path / "甲.docx"
    path.write_bytes(b"PK\x03\x04\xff\xff\xff\x80" * 50)
    finding = refused(path)
    assert finding.code == "E102"
    assert "iconv" not in finding.fix.shown


def test_byte_order_mark(tmp_path):
    path = tmp_path / "甲"
    path.write_text(TEXT, encoding="utf-8-sig")
    assert refused(path).code == "E103"


def test_size(tmp_path):
    path = tmp_path / "甲"
    path.write_bytes(b"#" * SIZE_LIMIT)
    assert len(read_source(path).text) == SIZE_LIMIT + 1
    path.write_bytes(b"#" * (SIZE_LIMIT + 1))
    finding = refused(path)
    assert finding.code == "E109"
    assert finding.args == {"size": "2.1 MiB", "limit": "2 MiB"}
