"""`make run` goes through, and what it writes is complete."""

from medaidlang import demo


def test_demo(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    assert demo.main() == 0
    shown = capsys.readouterr().out
    assert "都完成了" in shown
    assert "就高不就低" in shown
    assert {path.suffix for path in (tmp_path / "generated").iterdir()} == {".html"}
    assert len(list((tmp_path / "generated").iterdir())) == 5
