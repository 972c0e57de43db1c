"""What each step of a plan does: one line per step, in one table.

This is where the steps' meaning stands, once: as a Python expression over the
step's registers.  A program becomes one straight function of such lines (only
integers of the plan enter its text, never the author's words), in two forms.
The careful one lets None (unknown) pass through and asks `take` where an unknown
must be taken both ways; the quick one is for known inputs, where the strict
expression is all there is.  A test asserts that the table is total, and another
that both forms agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from heapq import heappop, heappush
from typing import Any, TypeAlias

from medaidlang.core.expr import Order
from medaidlang.interpret.functions import FUNCTIONS
from medaidlang.plan import nodes as n
from medaidlang.plan import steps as s

Take: TypeAlias = Callable[[int, int, tuple[int, int], bool], int]


class Split(Exception):
    """An unknown that must be taken both ways: why, which register, its two answers.

    `exact`: the answers are all there are; otherwise they are a figure's extremes.
    """

    def __init__(self, why: int, key: int, answers: tuple[int, int], exact: bool) -> None:
        super().__init__(why)
        self.why, self.key, self.answers, self.exact = why, key, answers, exact


def both(*values: Any) -> Any:
    """All of three-valued answers."""
    if 0 in values:
        return 0
    return None if None in values else 1


def either(*values: Any) -> Any:
    """Any of three-valued answers."""
    if 1 in values:
        return 1
    return None if None in values else 0


def chosen(test: Any, a: Any, b: Any) -> Any:
    """a or b; with an unknown test, their common value if they have one."""
    if test is None:
        return a if a == b else None
    return a if test else b


ORDERS: Mapping[Order, str] = {
    Order.EQ: "==", Order.NE: "!=", Order.GE: ">=", Order.LE: "<=", Order.GT: ">", Order.LT: "<",
}  # fmt: skip

# The strict steps: an expression over known registers; unknown where any of them is.
STRICT: Mapping[type, Callable[[Any], str]] = {
    s.Add: lambda p: f"r{p.a} + r{p.b}",
    s.Subtract: lambda p: f"r{p.a} - r{p.b}",
    s.Least: lambda p: f"r{p.a} if r{p.a} < r{p.b} else r{p.b}",
    s.Most: lambda p: f"r{p.a} if r{p.a} > r{p.b} else r{p.b}",
    s.Multiply: lambda p: f"r{p.a} * r{p.b}",
    s.Rescale: lambda p: f"r{p.a} * {p.factor}",
    s.Round: lambda p: (
        f"(r{p.a} + {p.scale * p.unit - p.up}) // {p.scale * p.unit}"
        + (f" * {p.unit}" if p.unit > 1 else "")
    ),
    s.Quotient: lambda p: (
        f"(r{p.a} * {2 * p.numerator} + r{p.b} * {p.denominator})"
        f" // (r{p.b} * {2 * p.denominator}) if r{p.b} > 0 else None"
    ),
    s.Within: lambda p: f"r{p.a} if r{p.a} {'>=' if p.floor else '<='} r{p.b} else None",
    s.Invert: lambda p: f"1 - r{p.a}",
    s.OneOf: lambda p: (
        f"1 if r{p.a} in {{{', '.join(map(str, sorted(p.values)))}}} else 0" if p.values else "0"
    ),
    s.Compare: lambda p: f"1 if r{p.a} {ORDERS[p.order]} r{p.b} else 0",
    s.Function: lambda p: f"{p.function.name}({', '.join(f'r{q}' for q in p.parts)})",
}


def names(parts: Sequence[int], joint: str) -> str:
    """Registers joined by a word."""
    return joint.join(f"r{part}" for part in parts)


def ceiling(step: s.Bracket) -> str:
    """The upper extreme: a register where it is known, else the constant."""
    if step.ceiling is None:
        return str(step.high)
    return f"{step.high} if r{step.ceiling} is None else r{step.ceiling}"


def bracketed(step: s.Bracket) -> str:
    """The value, or one of its extremes where it is unknown and asked for."""
    taken = f"take({step.to}, {step.why}, ({step.low}, {ceiling(step)}), False)"
    if step.where is not None:
        taken = f"({step.low} if r{step.where} == 0 else {taken})"
    return f"{taken} if r{step.a} is None else r{step.a}"


# The lenient steps, which may know their answer although something is unknown:
# (careful expression, the same where all is known).
LENIENT: Mapping[type, Callable[[Any], tuple[str, str]]] = {
    s.Both: lambda p: (
        f"both({names(p.parts, ', ')})",
        f"1 if {names(p.parts, ' and ')} else 0",
    ),
    s.Either: lambda p: (
        f"either({names(p.parts, ', ')})",
        f"1 if {names(p.parts, ' or ')} else 0",
    ),
    s.Choose: lambda p: (
        f"chosen(r{p.test}, r{p.a}, r{p.b})",
        f"r{p.a} if r{p.test} else r{p.b}",
    ),
    s.Known: lambda p: (f"0 if r{p.slot} is None else 1",) * 2,
    s.Read: lambda p: (f"t{p.account}",) * 2,
    s.Decide: lambda p: (
        f"take({p.to}, {p.why}, (0, 1), True) if r{p.a} is None and r{p.where} != 0 else r{p.a}",
        f"r{p.a}",
    ),
    s.Doubt: lambda p: (
        f"take({p.to}, {p.why}, (0, 1), True) if r{p.a} and r{p.doubt} != 0 else r{p.a}",
        f"r{p.a}",
    ),
    s.Bracket: lambda p: (
        bracketed(p),
        f"r{p.a}",
    ),
}


def line(step: s.Step, *, careful: bool, constants: Collection[int] = ()) -> str:
    """One step as a statement; the quick form gives up where it would have to split."""
    if isinstance(step, s.Const):
        plain = isinstance(step.value, int) or step.value is None
        return f"r{step.to} = {step.value if plain else f'c{step.to}'}"
    if isinstance(step, s.Feed):
        total, more = f"t{step.account}", f"r{step.a}"
        if careful:
            unknown = f"{total} is None or {more} is None"
            return f"{total} = None if {unknown} else {total} + {more}"
        return f"{total} += {more}"
    strict = STRICT.get(type(step))
    if strict is None:
        return f"r{step.to} = {LENIENT[type(step)](step)[not careful]}"
    if not careful:
        return f"r{step.to} = {strict(step)}"
    parts = [part for part in dict.fromkeys(s.operands(step)) if part not in constants]
    unknown = " or ".join(f"r{part} is None" for part in parts)
    return f"r{step.to} = None if {unknown or False} else ({strict(step)})"


def quick_lines(step: s.Step, watched: set[int], constants: Collection[int]) -> list[str]:
    """A step of the quick form, which returns None where the careful one would split."""
    if isinstance(step, s.Decide | s.Bracket):
        return [f"if r{step.a} is None: return None"] if step.a in watched else []
    looks = watches(step, watched)
    if looks and isinstance(step, s.Both | s.Either):
        return [joined(step, watched)]
    if looks and isinstance(step, s.Choose) and step.test not in watched:
        looks = False  # an unknown that is not chosen does not matter, one that is goes on
    found = [line(step, careful=looks, constants=constants)]
    if isinstance(step, s.Doubt):
        found.insert(0, f"if r{step.a} and r{step.doubt}: return None")
    return found


def joined(step: s.Both | s.Either, watched: set[int]) -> str:
    """All or any of several answers, of which the watched ones may be unknown."""
    doubtful = [part for part in step.parts if part in watched]
    unknown = " or ".join(f"r{part} is None" for part in doubtful)
    if isinstance(step, s.Either):
        some = names(step.parts, " or ")
        return f"r{step.to} = 1 if {some} else None if {unknown} else 0"
    no = [f"r{part} == 0" if part in watched else f"not r{part}" for part in step.parts]
    return f"r{step.to} = 0 if {' or '.join(no)} else None if {unknown} else 1"


def live(program: n.Program) -> list[s.Step]:
    """The steps on which payments, results or running totals hang; the rest is for traces."""
    needed = {*program.results, *(port.pay for port in program.ports)}
    kept: list[s.Step] = []
    for step in reversed(program.steps):
        if isinstance(step, s.Feed) or step.to in needed:
            kept.append(step)
            if isinstance(step, s.Decide | s.Bracket):  # where it would split, it gives up
                needed.add(step.a)
            else:
                needed |= set(s.operands(step))
    return kept[::-1]


def plain_names(steps: Sequence[s.Step]) -> dict[str, str]:
    """Registers that are only another's name in the quick form, or a whole number."""
    names: dict[str, str] = {}
    for step in steps:
        if isinstance(step, s.Decide | s.Bracket):
            names[f"r{step.to}"] = names.get(f"r{step.a}", f"r{step.a}")
        elif isinstance(step, s.Const) and isinstance(step.value, int):
            names[f"r{step.to}"] = str(step.value)
    return names


def accounts(steps: Sequence[s.Step]) -> tuple[list[int], list[int]]:
    """The running totals that steps touch, and those they feed."""
    fed = sorted({step.account for step in steps if isinstance(step, s.Feed)})
    read = {step.account for step in steps if isinstance(step, s.Read)}
    return sorted({*fed, *read}), fed


CARRIERS = (
    s.Rescale, s.Round, s.Multiply, s.Add, s.Subtract, s.Least, s.Most, s.Within,
    s.Compare, s.OneOf, s.Invert, s.Both, s.Either, s.Choose,
)  # fmt: skip
JOINTS = (s.Both, s.Either, s.Choose)  # may be answered without an unknown part
LOOKING = (s.Known, s.Decide, s.Bracket)


Readers = Mapping[int, Sequence[int]]  # register → the places of the steps that read it


def readers(program: n.Program) -> Readers:
    """Which steps read each register."""
    found: dict[int, list[int]] = {}
    for place, step in enumerate(program.steps):
        for part in set(s.operands(step)):
            found.setdefault(part, []).append(place)
    return found


def tainted(program: n.Program, register: int, read: Readers) -> set[int] | None:
    """Registers that may be unknown because `register` is, while the quick form stays right.

    Worth it only where a choice may leave it out (a figure of another row):
    the unknown passes through arithmetic into the branches of Choose, up to a step
    that looks for it.  None where it is needed whatever is chosen.
    """
    found = {register}
    optional = False
    asked: set[int] = set()  # tests that tell whether the register is known
    todo = list(read.get(register, ()))  # a heap: in the order of the steps
    done = -1
    while todo:
        place = heappop(todo)
        if place == done:
            continue
        done, step = place, program.steps[place]
        if isinstance(step, s.Known) and step.slot == register:
            asked.add(step.to)
        if isinstance(step, LOOKING):
            continue
        if isinstance(step, s.Choose) and step.test in asked and step.b not in found:
            optional = True  # 未填视为: what stands in is chosen where it is unknown
            continue
        if isinstance(step, JOINTS):
            optional = True
        if not isinstance(step, CARRIERS):
            return None
        found.add(step.to)
        for later in read.get(step.to, ()):
            heappush(todo, later)
    paid = {port.pay for port in program.ports}  # a result may be unknown, a payment not
    return found if optional and not paid & found else None


# Steps that may give an unknown although all their operands are known.
DOUBTFUL = (s.Within, s.Quotient, s.Function)


def unknowns(
    program: n.Program, open_slots: frozenset[int] | None = None
) -> tuple[set[int], set[int]]:
    """The registers that the quick form requires, and those it must look at later.

    Unknown may be an input slot (of `open_slots`, if given), or what a doubtful step gives.
    """
    required: set[int] = set()
    watched: set[int] = set()
    made = [step.to for step in program.steps if isinstance(step, DOUBTFUL)]
    read = readers(program)
    for register in (*program.needs, *made):
        closed = open_slots is not None and register < program.inputs
        if closed and register not in (open_slots or ()):
            required.add(register)
            continue
        found = tainted(program, register, read)
        if found is None:
            required.add(register)
        else:
            watched |= found
    return required, watched


def watches(step: s.Step, watched: set[int]) -> bool:
    """Whether an unknown may come to this step of the quick form."""
    return bool(watched & set(s.operands(step)))


def careful_source(program: n.Program) -> str:
    """The careful form as the text of a Python function; it returns all registers.

    Totals are written back at the end, so that a split leaves them untouched.
    """
    read, fed = accounts(program.steps)
    body = [f"r{slot} = i[{slot}]" for slot in program.needs]
    body += [f"t{account} = t[{account}]" for account in read]
    body += [line(step, careful=True) for step in program.steps]
    body += [f"t[{account}] = t{account}" for account in fed]
    made = range(program.inputs, len(program.registers))
    body.append(f"return [*i, {', '.join(f'r{register}' for register in made)}]")
    return "def run(i, t, take):\n    " + "\n    ".join(body)


def quick_source(program: n.Program, open_slots: frozenset[int] | None = None) -> str:
    """The quick form as the text of a Python function; it returns payments or results.

    None, with no total touched, where an input that it needs is unknown.
    """
    steps = live(program)
    names = plain_names(steps)
    read, fed = accounts(steps)
    required, watched = unknowns(program, open_slots)
    constants = {step.to for step in steps if isinstance(step, s.Const)}
    asked = {part for step in steps for part in s.operands(step)} | set(program.results)
    body = [f"r{slot} = i[{slot}]" for slot in program.needs if slot in asked]
    if missing := [
        f"r{slot} is None" for slot in sorted(required) if slot in asked and slot < program.inputs
    ]:
        body.append(f"if {' or '.join(missing)}: return None")
    body += [f"t{account} = t[{account}]" for account in read]
    if read:
        unknown = " or ".join(f"t{account} is None" for account in read)
        body.append(f"if {unknown}: return None")
    for step in steps:
        if f"r{getattr(step, 'to', '')}" not in names or not isinstance(step, s.Const):
            body += quick_lines(step, watched, constants)
        if isinstance(step, DOUBTFUL) and step.to in required:
            body.append(f"if r{step.to} is None: return None")
    body += [f"t[{account}] = t{account}" for account in fed]
    wanted = [*(port.pay for port in program.ports), *program.results]
    body.append(f"return ({''.join(f'r{register}, ' for register in wanted)})")
    text = "def run(i, t):\n    " + "\n    ".join(body)
    return re.sub(r"\br\d+\b(?! = )", lambda found: names.get(found[0], found[0]), text)


def compiled(
    program: n.Program, *, careful: bool, open_slots: frozenset[int] | None = None
) -> Callable[..., Any]:
    """The program as a function of inputs and totals (and `take`, if careful).

    `open_slots`: the only inputs that may be unknown without the quick form giving up.
    """
    space: dict[str, Any] = {"both": both, "either": either, "chosen": chosen}
    space |= {function.name: call for function, call in FUNCTIONS.items()}
    space |= {f"c{p.to}": p.value for p in program.steps if isinstance(p, s.Const)}
    text = careful_source(program) if careful else quick_source(program, open_slots)
    exec(text, space)  # only integers of the plan enter the text
    run: Callable[..., Any] = space["run"]
    return run
