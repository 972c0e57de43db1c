"""What the READMEs show is what happens."""

import re

import pytest

from docs.generate import OUTPUT, ROOT, fences, page

PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
both = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


@pytest.mark.slow
@both
def test_runs_and_is_up_to_date(path):
    assert page(path) == path.read_text(encoding="utf-8")


@both
def test_excerpts_are_in_the_file(path):
    quoted = [f for f in fences(path.read_text(encoding="utf-8")) if "摘录" in f.info]
    assert quoted
    for fence in quoted:
        source = (ROOT / fence.info.split()[2]).read_text(encoding="utf-8")
        assert fence.body in source


@both
def test_make_targets_exist(path):
    shown = "\n".join(f.body for f in fences(path.read_text(encoding="utf-8")) if f.info == "sh")
    asked = re.findall(r"^make (\w+)", shown, re.M)
    assert asked == ["run", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in asked)


@both
def test_every_fence_is_tested(path):
    known = re.compile(rf"sh|console( \d)?|python|json k05\.json|text 摘录 \S+ 【\S+】|{OUTPUT}")
    infos = [fence.info for fence in fences(path.read_text(encoding="utf-8"))]
    assert [info for info in infos if not known.fullmatch(info)] == []


def test_twins_show_the_same():
    english, chinese = (list(fences(path.read_text(encoding="utf-8"))) for path in PAGES)
    assert [fence.info for fence in english] == [fence.info for fence in chinese]
    for one, other in zip(english, chinese, strict=True):
        if one.info == "python" or one.info.startswith(("text", "json")):
            assert one.body == other.body
