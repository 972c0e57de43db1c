"""The catalogue is complete and well formed, and the code agrees with it."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import medaidlang
from medaidlang.base.catalogue import all_entries, caption_text, lookup
from medaidlang.base.diagnostic import Severity
from medaidlang.base.render import render_entry

ROOT = Path(medaidlang.__file__).parent
CODE = re.compile(r"[EWN][1-9][0-9]{2}")
SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}
MODULES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if "catalogue" not in path.parts and "_data" not in path.parts
)


def fields(*templates):
    """The names of the args in the templates; fails on any but plain names."""
    found = set()
    for template in templates:
        for _, name, spec, conversion in Formatter().parse(template):
            if name is not None:
                assert name.isidentifier(), template
                assert not spec, template
                assert not conversion, template
                found.add(name)
    return found


def entry_fields(entry):
    return fields(entry.message, entry.cause, entry.remedy)


def test_codes_are_unique():
    codes = [entry.code for entry in all_entries()]
    assert len(codes) == len(set(codes))


def test_lookup():
    assert lookup("E101").title == "文件不能读取"
    with pytest.raises(KeyError):
        lookup("E000")


@pytest.mark.parametrize(("family", "count"), [("E1", 17), ("E9", 43)])
def test_family_has_all_its_codes(family, count):
    codes = {entry.code for entry in all_entries() if entry.code.startswith(family)}
    assert codes == {f"{family}{number:02}" for number in range(1, count + 1)}


@pytest.mark.parametrize("entry", all_entries(), ids=lambda entry: entry.code)
def test_entry_is_well_formed(entry):
    assert CODE.fullmatch(entry.code)
    assert entry.severity is SEVERITIES[entry.code[0]]
    assert not fields(entry.title)
    assert 1 < len(entry.title) <= 20
    assert entry.title[-1] not in "。！，"
    for sentence in (entry.message, entry.cause, entry.remedy):
        assert sentence.endswith("。"), sentence
        assert not re.search(r"[\u4e00-\u9fff][,;?!][\u4e00-\u9fff]", sentence), sentence
    assert bool(entry.bad) == bool(entry.good)
    sample = dict.fromkeys(entry_fields(entry), "某")
    assert all(text.format_map(sample) for text in (entry.message, entry.cause, entry.remedy))
    assert entry.code in render_entry(entry)


def calls_of_diagnostic(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Diagnostic":
            arguments = dict(zip(("code", "span", "args"), node.args, strict=False))
            arguments |= {keyword.arg: keyword.value for keyword in node.keywords}
            yield node, arguments


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_codes_in_the_source_are_in_the_catalogue(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = {entry.code for entry in all_entries()}
    used = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    }
    assert used <= known


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_literal_args_fill_the_templates(path):
    """Where code and args both stand in the call, no arg of the templates is missing."""
    for node, arguments in calls_of_diagnostic(ast.parse(path.read_text(encoding="utf-8"))):
        code, args = arguments.get("code"), arguments.get("args")
        if not isinstance(code, ast.Constant) or not isinstance(args, ast.Dict | None):
            continue
        keys = args.keys if args else []
        if all(isinstance(key, ast.Constant) for key in keys):
            given = {key.value for key in keys}
            assert entry_fields(lookup(code.value)) <= given, f"{path}:{node.lineno}"


def test_unlisted_caption_is_its_own_text():
    assert caption_text("first") == "先在这里出现"
    assert caption_text("另一处") == "另一处"
