"""Core expressions as Chinese sentences, for readers who will not read the rule file.

Takes expressions and the facts' descriptions, gives text; readings are already
decided in core, so that what is printed is what is executed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
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
    x.Builtin.YEAR_TOTAL: "{}的年度累计", x.Builtin.YEAR_COUNT: "当年“{}”的次数（连本次）",
    x.Builtin.YEAR_MOST: "{}当年最高的一次",
    x.Builtin.MONTHS_BEFORE: "{0}前{1}的日期", x.Builtin.MONTHS_AFTER: "{0}后{1}的日期",
    x.Builtin.SPAN_TOTAL: "{0}自{1}至{2}的合计",
    x.Builtin.BANDS_PAY: "{0}按{1}逐段计算的合计", x.Builtin.BANDS_RAISE: "{0}各段提高{1}",
    x.Builtin.BANDS_FLOOR: "{0}各段不低于{1}", x.Builtin.BANDS_FIRST: "{0}首段不低于{1}",
    x.Builtin.BANDS_TIMES: "{0}各段乘{1}",
    x.Builtin.WORKDAYS_AFTER: "{0}后{1}",
    x.Builtin.DAY_OF_MONTH: "{0}的{1}", x.Builtin.YEAR_OF: "{}所在年份",
    x.Builtin.TO_CENT: "{}（四舍五入到分）",
}  # fmt: skip
FIGURES = {
    x.Figure.PAID: "{}的支付额", x.Figure.ABOVE: "{}起付标准以上的部分", x.Figure.BASE: "{}的基数",
    x.Figure.DUE: "{}的应救助额", x.Figure.OVER: "{}超过限额的部分",
}  # fmt: skip
DATED = {
    x.Order.EQ: "为", x.Order.NE: "不为", x.Order.GE: "不早于", x.Order.LE: "不晚于",
    x.Order.GT: "晚于", x.Order.LT: "早于",
}  # fmt: skip
LONGEST_NOTE = 18
LONGEST_CONDITION = 160
"""A condition that has a name is said in full up to this length."""


Definitions = Mapping[str, Definition]


def fold(expr: x.Expr, known: Definitions = MappingProxyType({})) -> x.Expr:
    """`expr` without the parts that the chosen readings have decided.

    `known` are the definitions, which may themselves have been decided.
    """
    match expr:
        case x.DefinitionRef(name=name, type=kind) if kind.kind is Kind.BOOL and name in known:
            meant = fold(known[name].expr, known)
            return meant if isinstance(meant, x.Constant) else expr
        case x.Not(operand=operand):
            meant = fold(operand, known)
            if isinstance(meant, x.Constant):
                return attrs.evolve(meant, value=meant.value is False)
            return expr
        case x.If():
            return decided(expr, known)
        case x.All(operands=parts) | x.Any(operands=parts):
            idle = isinstance(expr, x.All)
            kept = [fold(part, known) for part in parts]
            fixed = [k for k in kept if isinstance(k, x.Constant) and k.value is not idle]
            if fixed:
                return fixed[0]
            kept = [k for k in kept if not isinstance(k, x.Constant)]
            if len(kept) == 1:
                return kept[0]
            return attrs.evolve(expr, operands=tuple(kept)) if kept else fold(parts[0], known)
        case _:
            return expr


def decided(expr: x.If, known: Definitions) -> x.Expr:
    """A condition with its branches, or the branch that has been decided."""
    test = fold(expr.condition, known)
    if isinstance(test, x.Constant):
        return fold(expr.positive if test.value else expr.negative, known)
    positive, negative = fold(expr.positive, known), fold(expr.negative, known)
    return attrs.evolve(expr, condition=test, positive=positive, negative=negative)


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

    def fold(self, expr: x.Expr) -> x.Expr:
        """`expr` without what has been decided, here or in a definition."""
        return fold(expr, self.definitions)

    def say(self, expr: x.Expr) -> str:
        """The expression as a phrase."""
        return self.phrase(self.fold(expr))

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
        folded = self.fold(expr)
        while isinstance(folded, x.DefinitionRef):
            folded = self.fold(self.definitions[folded.name].expr)
        return folded

    def equation(self, expr: x.Expr) -> str:
        """`负担 = 个人负担 = 政策范围内费用 − 先行支付`."""
        parts, folded = [self.say(expr)], self.fold(expr)
        while isinstance(folded, x.DefinitionRef):
            folded = self.fold(self.definitions[folded.name].expr)
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
                return self.call(function, [self.part_of(function, part) for part in parts])
            case x.Calculate(operator=operator, left=left, right=right):
                return f"{self.side(left, expr)} {operator.value} {self.side(right, expr)}"
            case x.If(type=kind) if kind.kind is Kind.BOOL:
                return self.branches(expr)
            case x.If(condition=test, positive=positive, negative=negative):
                rest = f"否则{self.say(negative)}"
                return f"若{self.say(test)}，则{self.say(positive)}；{rest}"
            case _:
                return self.test(expr)

    def branches(self, expr: x.If) -> str:
        """A condition by cases: 定点；急诊的，无法计算（…）；其余的不算."""
        said, rest = [], self.opened(expr)
        while isinstance(rest, x.If):
            said.append(self.branch(self.say(rest.condition), self.opened(rest.positive)))
            rest = self.opened(rest.negative)
        if not (isinstance(rest, x.Constant) and rest.value is False and "不算" not in said[-1]):
            said.append(self.branch("", rest))
        return "；".join(said)

    def branch(self, when: str, value: x.Expr) -> str:
        """One case of a condition; `when` is empty for the rest."""
        match value:
            case x.Constant(value=True):
                return when or "其余的都算"
            case x.Constant():
                return f"{when or '其余'}的不算"
            case x.GapRef():
                return f"{when or '其余'}的，{self.phrase(value)}"
            case _:
                return f"{when or '其余'}的，看{self.phrase(value)}"

    def brief(self, expr: x.DefinitionRef) -> bool:
        """Whether a condition that has a name is short enough to be said in full."""
        meant = self.opened(expr)
        return len(self.phrase(meant)) <= LONGEST_CONDITION

    def reference(self, expr: x.FactRef | x.ParameterRef | x.DefinitionRef | x.GapRef) -> str:
        """A name; conditions that have one are better said in full."""
        match expr:
            case x.FactRef(name=name):
                return self.fact(name)
            case x.GapRef(name=name):
                return f"无法计算（原文缺失：{name}）"
            case x.DefinitionRef(name=name, type=kind) if kind.kind is Kind.BOOL:
                return self.say(self.definitions[name].expr) if self.brief(expr) else f"“{name}”"
            case _:
                return expr.name

    def test(
        self, expr: x.Holds | x.Filled | x.Compare | x.Among | x.Contains | x.Not | x.All | x.Any
    ) -> str:
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
            case x.Contains(operand=operand, texts=texts):
                return f"{self.named(operand)}里有{listed([f'“{text}”' for text in texts])}"
            case x.Not(operand=operand):
                return self.negated(self.fold(operand))
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
            return self.say(left) if same else self.negated(self.fold(left))
        words = DATED if left.type.kind is Kind.DATE else ORDERS
        return f"{self.named(left)}{words[operator]}{self.say(right)}"

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
            case x.Any() | x.All():
                return self.joined_negated(expr)
            case x.DefinitionRef() if self.brief(expr):
                return self.negated(self.opened(expr))
            case x.Not(operand=operand):
                return self.say(operand)
            case _:
                return self.refused(expr)

    def refused(self, expr: x.Expr) -> str:
        """The opposite of a condition that is only its own words with a 不 or 没."""
        match expr:
            case x.Contains():
                return self.phrase(expr).replace("里有", "里没有", 1)
            case x.Among():
                return self.phrase(expr).replace("为", "不为", 1)
            case _:
                return f"不符合“{self.phrase(expr).strip('“”')}”"

    def joined_negated(self, expr: x.Any | x.All) -> str:
        """The opposite of parts joined by 且 or 或."""
        group = self.group(expr.operands) if isinstance(expr, x.Any) else ""
        if group:
            return f"没有“{group}”的资料"
        word = "，并且" if isinstance(expr, x.Any) else "，或者"
        return word.join(self.denied(part) for part in expr.operands)

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
        folded = self.fold(expr)
        joint = self.opened(folded) if folded.type.kind is Kind.BOOL else folded
        text = self.phrase(folded)
        named = text.startswith("“")
        return f"（{text}）" if isinstance(joint, x.All | x.Any) and not named else text

    def side(self, expr: x.Expr, around: x.Calculate) -> str:
        """A side of a sum, enclosed where the reader could mistake the order."""
        folded = self.fold(expr)
        text = self.phrase(folded)
        weak = isinstance(folded, x.Calculate) and folded.operator in (x.Arith.ADD, x.Arith.SUB)
        strong = around.operator in (x.Arith.MUL, x.Arith.DIV)
        right = around.right is expr and around.operator is not x.Arith.ADD
        enclosed = isinstance(folded, x.If) or (weak and (strong or right))
        return f"（{text}）" if enclosed else text

    def part_of(self, function: x.Builtin, expr: x.Expr) -> str:
        """An argument; of the year's claims, which ones and what of them: 住院的费用的……."""
        meant = self.opened(expr)
        if function.value not in x.YEARLY or not isinstance(meant, x.If):
            return self.say(expr)
        rest = self.opened(meant.negative)
        if isinstance(rest, x.Constant) and rest.value == 0:
            return f"{self.say(meant.condition)}的费用的{self.say(meant.positive)}"
        return f"“{self.say(expr)}”"

    def call(self, function: x.Builtin, parts: list[str]) -> str:
        """A built-in in words."""
        pattern = CALLS[function]
        return pattern.format("、".join(parts)) if "{}" in pattern else pattern.format(*parts)
