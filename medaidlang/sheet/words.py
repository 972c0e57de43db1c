"""Core expressions as Chinese sentences, for readers who will not read the rule file.

Takes expressions and the facts' descriptions, gives text; readings are already
decided in core, so that what is printed is what is executed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

import attrs

from medaidlang.core import expr as x
from medaidlang.core.nodes import Definition, Fact, Pack
from medaidlang.core.types import Kind
from medaidlang.sheet.figures import value_words

ORDERS = {
    x.Order.EQ: "为", x.Order.NE: "不为", x.Order.GE: "不低于", x.Order.LE: "不超过",
    x.Order.GT: "超过", x.Order.LT: "低于",
}  # fmt: skip
NEGATED = {
    x.Order.EQ: x.Order.NE, x.Order.NE: x.Order.EQ, x.Order.GE: x.Order.LT,
    x.Order.LT: x.Order.GE, x.Order.GT: x.Order.LE, x.Order.LE: x.Order.GT,
}  # fmt: skip
CALLS = {
    x.Builtin.MAX: "{}中的较大者", x.Builtin.MIN: "{}中的较小者",
    x.Builtin.YEAR_TOTAL: "{}的年度累计",
    x.Builtin.BANDS_PAY: "{0}按{1}逐段计算的合计", x.Builtin.BANDS_RAISE: "{0}各段提高{1}",
    x.Builtin.BANDS_FLOOR: "{0}各段不低于{1}", x.Builtin.WORKDAYS_AFTER: "{0}后{1}",
    x.Builtin.DAY_OF_MONTH: "{0}的{1}", x.Builtin.YEAR_OF: "{}所在年份",
    x.Builtin.TO_CENT: "{}（四舍五入到分）",
}  # fmt: skip
FIGURES = {
    x.Figure.PAID: "{}的支付额", x.Figure.ABOVE: "{}起付标准以上的部分", x.Figure.BASE: "{}的基数",
}  # fmt: skip
LONGEST_NOTE = 18


def fold(expr: x.Expr) -> x.Expr:
    """`expr` without the parts that the chosen readings have decided."""
    match expr:
        case x.If(condition=test, positive=positive, negative=negative):
            if isinstance(test, x.Constant):
                return fold(positive if test.value else negative)
            return attrs.evolve(
                expr, condition=fold(test), positive=fold(positive), negative=fold(negative)
            )
        case x.All(operands=parts) | x.Any(operands=parts):
            idle = isinstance(expr, x.All)
            kept = [fold(part) for part in parts]
            decided = [k for k in kept if isinstance(k, x.Constant) and k.value is not idle]
            if decided:
                return decided[0]
            kept = [k for k in kept if not isinstance(k, x.Constant)]
            if len(kept) == 1:
                return kept[0]
            return attrs.evolve(expr, operands=tuple(kept)) if kept else fold(parts[0])
        case _:
            return expr


def listed(names: Sequence[str], last: str = "或") -> str:
    """甲、乙或丙."""
    return names[0] if len(names) == 1 else f"{'、'.join(names[:-1])}{last}{names[-1]}"


@attrs.frozen
class Speaker:
    """Says expressions in words, with the facts' and categories' own names."""

    facts: Mapping[str, Fact]
    definitions: Mapping[str, Definition]

    @classmethod
    def of(cls, pack: Pack) -> Speaker:
        """The speaker for a pack."""
        return cls(pack.facts, pack.definitions)

    def say(self, expr: x.Expr) -> str:
        """The expression as a phrase."""
        return self.phrase(fold(expr))

    def cases(self, expr: x.Expr) -> list[tuple[str, str]]:
        """若…则… chains as (condition, value) pairs; the last condition is 其余."""
        found: list[tuple[str, str]] = []
        rest = self.opened(expr)
        while isinstance(rest, x.If):
            found.append((self.say(rest.condition), self.say(rest.positive)))
            rest = self.opened(rest.negative)
        return [*found, ("其余情形" if found else "", self.say(rest))]

    def opened(self, expr: x.Expr) -> x.Expr:
        """`expr`, or what it names if it is only the name of a definition."""
        folded = fold(expr)
        while isinstance(folded, x.DefinitionRef):
            folded = fold(self.definitions[folded.name].expr)
        return folded

    def equation(self, expr: x.Expr) -> str:
        """`负担 = 个人负担 = 政策范围内费用 − 先行支付`."""
        parts, folded = [self.say(expr)], fold(expr)
        while isinstance(folded, x.DefinitionRef):
            folded = fold(self.definitions[folded.name].expr)
            parts.append(self.phrase(folded))
        return " = ".join(parts)

    def phrase(self, expr: x.Expr) -> str:
        """One folded node."""
        match expr:
            case x.Constant(value=value, type=kind):
                return value_words(value, kind)
            case x.FactRef() | x.ParameterRef() | x.DefinitionRef() | x.GapRef():
                return self.reference(expr)
            case x.FigureRef(benefit=benefit, figure=figure):
                return FIGURES[figure].format(benefit)
            case x.Presumed(operand=operand, default=default):
                text = value_words(default.value, default.type)
                return f"{self.phrase(operand)}（没有资料时视为“{text}”）"
            case x.Apply(function=function, arguments=parts):
                return self.call(function, [self.say(part) for part in parts])
            case x.Calculate(operator=operator, left=left, right=right):
                return f"{self.side(left, expr)} {operator.value} {self.side(right, expr)}"
            case x.If(condition=test, positive=positive, negative=negative):
                rest = f"否则{self.say(negative)}"
                return f"若{self.say(test)}，则{self.say(positive)}；{rest}"
            case _:
                return self.test(expr)

    def reference(self, expr: x.FactRef | x.ParameterRef | x.DefinitionRef | x.GapRef) -> str:
        """A name; conditions that have one are better said in full."""
        match expr:
            case x.FactRef(name=name):
                return self.fact(name)
            case x.GapRef(name=name):
                return f"无法计算（原文缺失：{name}）"
            case x.DefinitionRef(name=name, type=kind) if kind.kind is Kind.BOOL:
                return self.say(self.definitions[name].expr)
            case _:
                return expr.name

    def test(self, expr: x.Holds | x.Filled | x.Compare | x.Among | x.Not | x.All | x.Any) -> str:
        """A condition."""
        match expr:
            case x.Holds(identities=names):
                return f"属于{listed(names)}"
            case x.Filled(operand=operand):
                return f"有“{operand.name}”的资料"
            case x.Compare(operator=operator, left=left, right=right):
                return self.compared(operator, left, right)
            case x.Among(operand=operand, choices=choices):
                values = [value_words(c.value, c.type) for c in choices]
                return f"{self.named(operand)}为{listed(values)}"
            case x.Not(operand=operand):
                return self.negated(fold(operand))
            case x.All(operands=parts):
                return "，并且".join(self.part(p) for p in parts)
            case x.Any(operands=parts):
                whole = self.group(parts)
                return f"有“{whole}”的资料" if whole else "，或者".join(map(self.part, parts))
            case _:
                assert_never(expr)

    def group(self, parts: Sequence[x.Expr]) -> str:
        """The group of facts, if all parts ask whether a fact of one group is recorded."""
        names = [p.operand.name for p in parts if isinstance(p, x.Filled)]
        groups = {name.partition("·")[0] for name in names if "·" in name}
        return groups.pop() if len(names) == len(parts) and len(groups) == 1 else ""

    def compared(self, operator: x.Order, left: x.Expr, right: x.Expr) -> str:
        """A comparison; with 是 or 否 it is the condition itself."""
        if isinstance(right, x.Constant) and isinstance(right.value, bool):
            same = right.value is (operator is x.Order.EQ)
            return self.say(left) if same else self.negated(fold(left))
        return f"{self.named(left)}{ORDERS[operator]}{self.say(right)}"

    def negated(self, expr: x.Expr) -> str:
        """The opposite of a condition."""
        match expr:
            case x.FactRef(name=name):
                return f"非{name}"
            case x.Holds(identities=names):
                return f"不属于{listed(names)}"
            case x.Filled(operand=operand):
                return f"没有“{operand.name}”的资料"
            case x.Compare(operator=operator, left=left, right=right):
                return self.compared(NEGATED[operator], left, right)
            case x.Any(operands=parts) if self.group(parts):
                return f"没有“{self.group(parts)}”的资料"
            case x.Any(operands=parts):
                return "，并且".join(self.denied(part) for part in parts)
            case x.All(operands=parts):
                return "，或者".join(self.denied(part) for part in parts)
            case x.Among():
                return self.phrase(expr).replace("为", "不为", 1)
            case x.Not(operand=operand):
                return self.say(operand)
            case _:
                return f"不符合“{self.phrase(expr)}”"

    def denied(self, expr: x.Expr) -> str:
        """The opposite of a part, enclosed where it is itself joined."""
        folded = self.opened(expr)
        text = self.negated(folded)
        return f"（{text}）" if isinstance(folded, x.All | x.Any) else text

    def fact(self, name: str) -> str:
        """A fact; one that is 是 or 否 is better said by its description."""
        fact = self.facts.get(name)
        if fact is not None and fact.type.kind is Kind.BOOL and 0 < len(fact.note) <= LONGEST_NOTE:
            return fact.note
        return name

    def named(self, expr: x.Expr) -> str:
        """The left side of a comparison: the bare name."""
        return expr.name if isinstance(expr, x.FactRef) else self.say(expr)

    def part(self, expr: x.Expr) -> str:
        """A part of 且 or 或, enclosed where it is itself joined."""
        folded = fold(expr)
        joint = self.opened(folded) if folded.type.kind is Kind.BOOL else folded
        text = self.phrase(folded)
        return f"（{text}）" if isinstance(joint, x.All | x.Any) else text

    def side(self, expr: x.Expr, around: x.Calculate) -> str:
        """A side of a sum, enclosed where the reader could mistake the order."""
        folded = fold(expr)
        text = self.phrase(folded)
        weak = isinstance(folded, x.Calculate) and folded.operator in (x.Arith.ADD, x.Arith.SUB)
        strong = around.operator in (x.Arith.MUL, x.Arith.DIV)
        right = around.right is expr and around.operator is not x.Arith.ADD
        enclosed = isinstance(folded, x.If) or (weak and (strong or right))
        return f"（{text}）" if enclosed else text

    def call(self, function: x.Builtin, parts: list[str]) -> str:
        """A built-in in words."""
        pattern = CALLS[function]
        return pattern.format("、".join(parts)) if "{}" in pattern else pattern.format(*parts)
