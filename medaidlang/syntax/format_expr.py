"""Expressions and names as text.

Takes expression nodes, gives rule text with the marks of `layout` where it may
be broken: outermost chains and lists first, brackets last.
"""

from __future__ import annotations

import re
from functools import cache
from typing import assert_never

from medaidlang.syntax import ast
from medaidlang.syntax.grammar import NAME_RUN, keyword, keywords, terminal_of
from medaidlang.syntax.layout import APART, BREAK, DEEP, FILL

_BARE = re.compile(rf"{NAME_RUN}|[\u4e00-\u9fff]+〔[0-9]{{4}}〕[0-9]+号")

# Keywords that may stand where a value begins; a name like that needs its 「」.
_OPERANDS = (
    *("IF", "NOT", "READING", "YES", "NO", "IDENTITY"),
    *("NOT_SET", "NOT_ENTITLED", "OTHERS", "UNRESOLVED", "NOT_FILLED", "GE", "GT", "LE", "LT"),
)


@cache
def _operand_words() -> frozenset[str]:
    return frozenset(word for terminal in _OPERANDS for word in keywords().get(terminal, ()))


def used(name: ast.Name) -> str:
    """A name where only names may stand."""
    return name.text if _BARE.fullmatch(name.text) else f"「{name.text}」"


def declared(name: ast.Name) -> str:
    """A name where it is brought into being: in 「」 if it is a keyword."""
    return f"「{name.text}」" if name.text in terminal_of() else used(name)


def operand(name: ast.Name) -> str:
    """A name where a value may stand as well."""
    return f"「{name.text}」" if name.text in _operand_words() else used(name)


def names(several: tuple[ast.Name, ...]) -> str:
    """`甲、乙、丙`."""
    return f"{FILL}、".join(map(used, several))


def guard(tests: ast.Guard) -> str:
    """`〔口径 甲 取 乙〕` after a mark that keeps it out of the measure; "" for none."""
    if not tests:
        return ""
    return f"{APART} 〔{f' {DEEP}且 '.join(map(_reading, tests))}〕"


def cell(values: ast.Cell) -> str:
    """The text between two bars."""
    return f"{FILL}、".join(map(inner, values.values))


def pairs(several: tuple[ast.Pair, ...]) -> str:
    """`事实 值，事实 值`."""
    return f"{FILL}，".join(f"{used(pair.name)} {cell(pair.value)}" for pair in several)


def after_name(several: tuple[ast.Pair, ...]) -> str:
    """The same where a name stands before: a keyword needs its 「」 there, but for 身份."""
    first = several[0]
    name = first.name.text if first.name.text == "身份" else declared(first.name)
    rest = f"{FILL}，{pairs(several[1:])}" if several[1:] else ""
    return f"{name} {cell(first.value)}{rest}"


def limits(found: ast.Range) -> str:
    """`3万元以上 5万元以下`, `不满3万元`."""
    return " ".join(_limit(end) for end in (found.lower, found.upper) if end is not None)


def _limit(end: ast.Limit) -> str:
    space = " " if end.literal.kind in {"YES", "NO"} else ""
    after = end.operator in ("AT_LEAST", "BEYOND", "UP_TO")
    parts = (end.literal.text, end.word) if after else (end.word, end.literal.text)
    return space.join(parts)


def outer(node: ast.Expr | ast.Word) -> str:
    """An expression that is the whole of a line: its chain may be broken line by line."""
    match node:
        case ast.Joined(operator=operator, operands=operands):
            return f"{BREAK}{keyword(operator)} ".join(map(inner, operands))
        case ast.Conditional(condition=condition, positive=positive, negative=negative):
            then = f"若 {inner(condition)} {DEEP}则 {inner(positive)}"
            return f"{then}{BREAK}否则 {outer(negative)}"
        case ast.Member(choices=choices):
            word = "属于" if node.inside else "不属于"
            return f"{inner(node.operand)} {word} {f'{FILL}、'.join(map(inner, choices))}"
    return inner(node)


def inner(node: ast.Expr | ast.Word | ast.Range) -> str:
    """An expression inside another, or what stands for one in a cell."""
    match node:
        case ast.Range():
            return limits(node)
        case ast.Literal(text=text) | ast.Word(text=text):
            return text
        case ast.Reference(name="身份"):
            return "身份"
        case ast.Reference(name=name, span=span):
            return operand(ast.Name(name, span))
        case ast.Property(owner=owner, what=what):
            return f"{operand(owner)} 的 {used(what)}"
        case ast.Call(function=function, arguments=arguments):
            return f"{operand(function)}（{f'{DEEP}，'.join(map(inner, arguments))}）"
        case ast.Presumed(fact=fact, value=value):
            shown = operand(value) if isinstance(value, ast.Name) else value.text
            return f"{operand(fact)} 未填视为 {shown}"
        case ast.ReadingTest():
            return _reading(node)
        case ast.Paren(inner=inside):
            return f"（{inner(inside)}）"
        case _:
            return _compound(node)


def _compound(node: ast.Expr) -> str:  # noqa: C901 - a case for each node
    match node:
        case ast.Filled(operand=value, wanted=wanted):
            return f"{inner(value)} {'已填' if wanted else '未填'}"
        case ast.Arithmetic(operands=operands, operators=operators):
            return inner(operands[0]) + "".join(
                f" {keyword(o)} {inner(part)}"
                for o, part in zip(operators, operands[1:], strict=True)
            )
        case ast.Compared(left=left, word=word, right=right):
            return f"{inner(left)} {word} {inner(right)}"
        case ast.Bounded(operand=value, limit=limit, word=word):
            space = " " if limit.kind in {"YES", "NO"} else ""
            return f"{inner(value)} {limit.text}{space}{word}"
        case ast.Member(operand=value, inside=inside, choices=choices):
            word = "属于" if inside else "不属于"
            return f"{inner(value)} {word} {f'{DEEP}、'.join(map(inner, choices))}"
        case ast.Contained(operand=value, inside=inside, texts=texts):
            listed = f"{DEEP}、".join(text.text for text in texts)
            return f"{inner(value)} {'含' if inside else '不含'} {listed}"
        case ast.Negated(operand=value):
            return f"非 {inner(value)}"
        case ast.Joined(operator=operator, operands=operands):
            return f" {DEEP}{keyword(operator)} ".join(map(inner, operands))
        case ast.Conditional(condition=condition, positive=positive, negative=negative):
            then = f"若 {inner(condition)} {DEEP}则 {inner(positive)}"
            return f"{then} {DEEP}否则 {inner(negative)}"
        case (
            ast.Literal() | ast.Reference() | ast.Property() | ast.Call() | ast.Presumed()
            | ast.Paren() | ast.ReadingTest()
        ):  # fmt: skip
            raise AssertionError("a simple expression")
        case _:
            assert_never(node)


def _reading(test: ast.ReadingTest) -> str:
    return f"口径 {used(test.reading)} 取 {used(test.choice)}"
