"""Expressions: from the author's words to typed core.

Takes a syntax expression and the `Workshop`, gives a core expression; an
expression without a meaning raises `Wrong`.
"""

from __future__ import annotations

from typing import assert_never

from medaidlang.core import expr as x
from medaidlang.core.literals import LiteralError, literal_value
from medaidlang.core.nodes import Definition, Scope
from medaidlang.core.operators import arithmetic, builtin
from medaidlang.core.parts import through
from medaidlang.core.scope import Workshop, nearest, wrong
from medaidlang.core.types import BOOL, IDENTITY, TEXT, Kind, Type, compatible
from medaidlang.syntax import ast

DEPTH = 60  # definitions that rest on each other
ORDERS = {
    "IS": x.Order.EQ, "IS_NOT": x.Order.NE, "GE": x.Order.GE, "LE": x.Order.LE,
    "GT": x.Order.GT, "LT": x.Order.LT, "AT_LEAST": x.Order.GE, "UP_TO": x.Order.LE,
    "BEYOND": x.Order.GT,
}  # fmt: skip
ARITHMETIC = {
    "PLUS": x.Arith.ADD, "MINUS": x.Arith.SUB, "TIMES": x.Arith.MUL, "DIVIDED": x.Arith.DIV,
}  # fmt: skip


def typed(shop: Workshop, node: ast.Expr) -> x.Expr:  # noqa: C901 - one case per node
    """The core expression of `node`."""
    match node:
        case ast.Literal():
            return constant(node)
        case ast.Reference(name=name, span=span):
            return reference(shop, name, span)
        case ast.Paren(inner=inner):
            return typed(shop, inner)
        case ast.Property():
            return figure(shop, node)
        case ast.Call():
            return builtin(shop, node, [typed(shop, part) for part in node.arguments])
        case ast.Presumed():
            return presumed(shop, node)
        case ast.Filled():
            return filled(shop, node)
        case ast.Arithmetic():
            return chain(shop, node)
        case ast.Compared():
            return compared(shop, node)
        case ast.Bounded(operand=operand, limit=limit, operator=word, span=span):
            return ordered(ORDERS[word], typed(shop, operand), constant(limit), span)
        case ast.Member():
            return member(shop, node)
        case ast.Contained():
            return contained(shop, node)
        case ast.Negated(operand=operand, span=span):
            return x.Not(condition(shop, operand), span)
        case ast.Joined(operator=operator, operands=operands, span=span):
            parts = tuple(condition(shop, part) for part in operands)
            return x.All(parts, span) if operator == "AND" else x.Any(parts, span)
        case ast.Conditional():
            return conditional(shop, node)
        case ast.ReadingTest():
            return x.Constant(shop.decides(node), BOOL, node.span)
        case _:
            assert_never(node)


def condition(shop: Workshop, node: ast.Expr) -> x.Expr:
    """An expression that must be 是 or 否."""
    return expect(typed(shop, node), BOOL)


def expect(found: x.Expr, wanted: Type) -> x.Expr:
    """`found`, if its type fits `wanted`."""
    if not compatible(found.type, wanted):
        if found.type.kind is wanted.kind is Kind.INTEGER:
            raise wrong("E402", found.span, expected=wanted.unit, found=found.type.unit)
        raise wrong("E401", found.span, expected=str(wanted), found=str(found.type))
    return found


def constant(node: ast.Literal) -> x.Constant:
    """A literal's exact value."""
    try:
        value, kind = literal_value(node)
    except LiteralError as error:
        raise wrong("E409", node.span, text=node.text, reason=str(error)) from None
    return x.Constant(value, kind, node.span)


def reference(shop: Workshop, name: str, span: ast.Span) -> x.Expr:
    """A name used as a value."""
    declared = shop.names.get(name)
    sort = declared.sort if declared else ""
    shop.used.add(name)
    match sort:
        case "事实":
            return x.FactRef(name, shop.facts[name].type, span)
        case "参数":
            return x.ParameterRef(name, shop.parameter_types[name], span)
        case "定义":
            return x.DefinitionRef(name, definition(shop, name, span).expr.type, span)
        case "原文缺失":
            return x.GapRef(name, Type(Kind.MONEY), span)
        case "":
            if name == "身份":
                raise wrong("E410", span)
            raise shop.unknown(name, span, "名称", shop.names)
        case _:
            raise wrong("E304", span, name=name, sort=sort)


def definition(shop: Workshop, name: str, span: ast.Span) -> Definition:
    """The definition of `name`, elaborated when first asked for; a cycle is refused."""
    done = shop.definitions.get(name)
    if done is not None:
        return done
    if len(shop.opened) > DEPTH:
        raise wrong("E116", span)
    if name in shop.opened:
        raise wrong("E303", span, chain=" → ".join([*shop.opened, name]))
    node, clause = shop.pending_definitions[name]
    before, shop.clause = shop.clause, clause
    shop.opened.append(name)
    try:
        made = Definition(name, definition_body(shop, node), shop.origin(node.span))
    finally:
        shop.opened.pop()
        shop.clause = before
    shop.definitions[name] = made
    return made


def definition_body(shop: Workshop, node: ast.Definition) -> x.Expr:
    """令's expression, or its table as a chain of 若."""
    from medaidlang.core.tables import lookup

    if node.value is not None:
        return typed(shop, node.value)
    return lookup(shop, node)


def figure(shop: Workshop, node: ast.Property) -> x.Expr:
    """`医疗救助 的 支付`."""
    known = [*shop.benefit_order, *shop.layers]
    if node.owner.text not in known:
        raise shop.unknown(node.owner.text, node.owner.span, "待遇", known)
    try:
        what = x.Figure(node.what.text)
    except ValueError:
        options = "、".join(item.value for item in x.Figure)
        raise wrong("E411", node.what.span, name=node.what.text, options=options) from None
    return x.FigureRef(node.owner.text, what, node.span)


def recorded(shop: Workshop, found: x.Expr) -> x.FactRef | x.ParameterRef:
    """`found`, if it is something that can be recorded or not."""
    if isinstance(found, x.FactRef | x.ParameterRef):
        return found
    raise wrong("E412", found.span, text=found.span.text)


def presumed(shop: Workshop, node: ast.Presumed) -> x.Expr:
    """`X 未填视为 V`."""
    fact = recorded(shop, reference(shop, node.fact.text, node.fact.span))
    if isinstance(node.value, ast.Literal):
        default = constant(node.value)
        expect(default, fact.type)
    else:
        default = named_value(shop, fact.type, node.value.text, node.value.span)
    return x.Presumed(fact, default, fact.type, node.span)


def filled(shop: Workshop, node: ast.Filled) -> x.Expr:
    """`X 已填`, also for a whole group of facts (因病致贫核对 已填)."""
    operand = node.operand
    if isinstance(operand, ast.Reference) and operand.name not in shop.names:
        group = [f for f in shop.facts.values() if f.group == operand.name]
        if group:
            parts = tuple(x.Filled(x.FactRef(f.name, f.type, node.span), node.span) for f in group)
            any_filled = x.Any(parts, node.span)
            return any_filled if node.wanted else x.Not(any_filled, node.span)
    asked = x.Filled(recorded(shop, typed(shop, operand)), node.span)
    return asked if node.wanted else x.Not(asked, node.span)


def chain(shop: Workshop, node: ast.Arithmetic) -> x.Expr:
    """`a 加 b 减 c`, from the left."""
    result = typed(shop, node.operands[0])
    for operator, part in zip(node.operators, node.operands[1:], strict=True):
        right = typed(shop, part)
        span = result.span.to(right.span)
        result = arithmetic(ARITHMETIC[operator], result, right, span)
    return result


def named_value(shop: Workshop, wanted: Type, name: str, span: ast.Span) -> x.Constant:
    """A bare name where a choice or a category is compared with."""
    if wanted.kind is Kind.CHOICE:
        if name not in wanted.choices:
            near = nearest(name, wanted.choices)
            raise wrong("E406", span, fix=near, name=name, options="、".join(wanted.choices))
        return x.Constant(name, wanted, span)
    if name not in shop.identities:
        raise shop.unknown(name, span, "身份", shop.identities)
    shop.used.add(name)
    return x.Constant(name, IDENTITY, span)


def compared(shop: Workshop, node: ast.Compared) -> x.Expr:
    """`a 不低于 b`; `参保 为 居民医保` takes its right side from the left one's choices."""
    order = ORDERS[node.operator]
    if is_identity(node.left):
        held = holds(shop, (node.right,), node.span)
        return held if order is x.Order.EQ else x.Not(held, node.span)
    left = typed(shop, node.left)
    if left.type.kind in (Kind.CHOICE, Kind.IDENTITY) and isinstance(node.right, ast.Reference):
        right: x.Expr = named_value(shop, left.type, node.right.name, node.right.span)
    else:
        right = typed(shop, node.right)
    return ordered(order, left, right, node.span)


def ordered(order: x.Order, left: x.Expr, right: x.Expr, span: ast.Span) -> x.Expr:
    """A comparison of two values of compatible type."""
    if not compatible(left.type, right.type):
        raise wrong("E404", span, left=str(left.type), right=str(right.type))
    unordered = (Kind.BOOL, Kind.TEXT, Kind.CHOICE, Kind.IDENTITY, Kind.BANDS, Kind.DATES)
    if order not in (x.Order.EQ, x.Order.NE) and left.type.kind in unordered:
        raise wrong("E413", span, type=str(left.type))
    return x.Compare(order, left, right, span)


def is_identity(node: ast.Expr) -> bool:
    """Whether the expression is the keyword 身份: what the person holds."""
    return isinstance(node, ast.Reference) and node.name == "身份"


def holds(shop: Workshop, choices: tuple[ast.Expr, ...], span: ast.Span) -> x.Expr:
    """`身份 属于 a、b`."""
    names: list[str] = []
    for choice in choices:
        if not isinstance(choice, ast.Reference):
            raise wrong("E414", choice.span)
        named_value(shop, IDENTITY, choice.name, choice.span)
        names.append(choice.name)
    return x.Holds(tuple(names), span)


def member(shop: Workshop, node: ast.Member) -> x.Expr:
    """`a 属于 b、c`; a 名录 stands for its entries."""
    if is_identity(node.operand):
        held = holds(shop, node.choices, node.span)
        return held if node.inside else x.Not(held, node.span)
    operand = typed(shop, node.operand)
    plain: list[x.Constant] = []
    conditional_entries: list[x.Expr] = []
    for choice in node.choices:
        for value, extra in choice_values(shop, operand, choice):
            if extra is None:
                plain.append(value)
            else:
                one = x.Among(operand, (value,), node.span)
                conditional_entries.append(x.All((one, extra), node.span))
    found: x.Expr = x.Among(operand, tuple(plain), node.span)
    if conditional_entries:
        found = x.Any((found, *conditional_entries), node.span)
    return found if node.inside else x.Not(found, node.span)


def contained(shop: Workshop, node: ast.Contained) -> x.Expr:
    """`病种 含 “癌”`: only a fact's own text can be searched, since only it is recorded."""
    operand = typed(shop, node.operand)
    if not isinstance(operand, x.FactRef) or operand.type.kind is not Kind.TEXT:
        raise wrong("E420", node.operand.span, text=node.operand.span.text)
    texts = tuple(str(constant(text).value) for text in node.texts)
    if not all(texts):
        raise wrong("E421", node.span)
    found = x.Contains(operand, texts, node.span)
    return found if node.inside else x.Not(found, node.span)


def choice_values(
    shop: Workshop, operand: x.Expr, choice: ast.Expr
) -> list[tuple[x.Constant, x.Expr | None]]:
    """What one item after 属于 stands for, with the condition its 名录 puts on it."""
    if isinstance(choice, ast.Reference) and choice.name in shop.rosters:
        shop.used.add(choice.name)
        wanted = operand.type
        entries = shop.rosters[choice.name].entries
        if wanted.kind is Kind.TEXT:
            return [(x.Constant(name, TEXT, choice.span), extra) for name, extra in entries]
        return [(named_value(shop, wanted, name, choice.span), extra) for name, extra in entries]
    if isinstance(choice, ast.Reference) and operand.type.kind in (Kind.CHOICE, Kind.IDENTITY):
        return [(named_value(shop, operand.type, choice.name, choice.span), None)]
    value = typed(shop, choice)
    if not isinstance(value, x.Constant):
        raise wrong("E415", choice.span, text=choice.span.text)
    expect(value, operand.type)
    return [(value, None)]


def conditional(shop: Workshop, node: ast.Conditional) -> x.Expr:
    """`若 c 则 a 否则 b`; decided at once where c is a reading."""
    test = condition(shop, node.condition)
    positive = typed(shop, node.positive)
    negative = typed(shop, node.negative)
    if isinstance(positive, x.GapRef):
        positive = x.GapRef(positive.name, negative.type, positive.span)
    if isinstance(negative, x.GapRef):
        negative = x.GapRef(negative.name, positive.type, negative.span)
    if not compatible(positive.type, negative.type):
        left, right = str(positive.type), str(negative.type)
        raise wrong("E416", node.span, left=left, right=right)
    if isinstance(test, x.Constant):
        return positive if test.value else negative
    return x.If(test, positive, negative, positive.type, node.span)


def of_a_claim(shop: Workshop, found: x.Expr, seen: set[str]) -> x.Expr | None:
    """Something about one claim, outside 年度累计; `seen` are definitions already looked at."""
    if is_year_total(found):
        return None
    if isinstance(found, x.FactRef) and shop.facts[found.name].scope is Scope.CLAIM:
        return found
    if isinstance(found, x.FigureRef):
        return found
    if isinstance(found, x.DefinitionRef):
        if found.name in seen:
            return None
        seen.add(found.name)
        return found if of_a_claim(shop, shop.definitions[found.name].expr, seen) else None
    parts = (of_a_claim(shop, part, seen) for part in x.children(found))
    return next((bad for bad in parts if bad is not None), None)


def person_level(shop: Workshop, found: x.Expr, *, totals: bool = True) -> x.Expr:
    """`found`, if it means something without a claim (and, unless `totals`, without any)."""
    bad = of_a_claim(shop, found, set())
    if bad is None and not totals:
        parts = through(shop.definitions, found)
        bad = next((part for part in parts if is_year_total(part)), None)
    if bad is not None:
        raise wrong("E407", bad.span, name=bad.span.text)
    return found


def is_year_total(part: x.Expr) -> bool:
    """Whether it is 年度累计, 年度次数 or 年度最高."""
    return isinstance(part, x.Apply) and part.function.value in x.YEARLY


def no_figures(shop: Workshop, found: x.Expr) -> x.Expr:
    """`found`, if it asks for no benefit's figure on the claim (年度累计 of one is allowed)."""
    parts = list(through(shop.definitions, found))
    summed = {id(part.arguments[0]) for part in parts
              if isinstance(part, x.Apply) and is_year_total(part)}  # fmt: skip
    for part in parts:
        if isinstance(part, x.FigureRef) and id(part) not in summed:
            raise wrong("E419", part.span, text=part.span.text)
    return found
