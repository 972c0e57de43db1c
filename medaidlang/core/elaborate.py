"""Syntax to core.

Takes the rule file with the files it includes, and which alternative each
reading takes; gives the `Pack` and what is wrong with it.  Names are collected
first, so that the document's order never forces a definition before its use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.core import nodes, policy, vocabulary
from medaidlang.core.document import clauses, document
from medaidlang.core.examples import INSURANCE_FIGURES, example
from medaidlang.core.scope import Workshop, wrong
from medaidlang.core.types import Type
from medaidlang.core.typing import definition
from medaidlang.syntax import ast

Node = TypeVar("Node")
Located = tuple[str, ast.Item]


def digest(files: Sequence[ast.File]) -> str:
    """SHA-256 of the rule file and everything it includes."""
    summed = hashlib.sha256()
    for file in files:
        summed.update(file.source.text.encode())
        summed.update(b"\0")
    return summed.hexdigest()


def located(files: Sequence[ast.File]) -> list[Located]:
    """Every item with the clause it stands under."""
    listed: list[Located] = []
    for file in files:
        clause = ""
        for item in file.items:
            if isinstance(item, ast.Clause):
                clause = item.mark.text
            listed.append((clause, item))
    return listed


@attrs.define
class Elaborator:
    """One elaboration: the workshop and the items, with a loop over each sort of item."""

    shop: Workshop
    items: list[Located]

    def each(self, kind: type[Node], keyword: str = "") -> Iterator[Node]:
        """Items of a sort that are in force, each under its own clause."""
        for clause, item in self.items:
            if isinstance(item, kind) and keyword in ("", getattr(item, "keyword", "")):
                self.shop.clause = clause
                active = False
                with self.shop.trying():
                    active = self.shop.active(getattr(item, "guard", ()))
                if active:
                    yield item

    def attempt(self, act: Callable[[Node], object], kind: type[Node], keyword: str = "") -> None:
        """`act` on each item of a sort, collecting what is wrong."""
        for item in self.each(kind, keyword):
            with self.shop.trying():
                act(item)

    def made(
        self, act: Callable[[ast.Block], nodes.InsuranceChange], keyword: str
    ) -> tuple[nodes.InsuranceChange, ...]:
        """The results of `act` on each block of a sort."""
        listed: list[nodes.InsuranceChange] = []
        self.attempt(lambda item: listed.append(act(item)), ast.Block, keyword)
        return tuple(listed)

    # ── names first ──────────────────────────────────────────────────────────
    def declare(self) -> None:
        """Enter every name of the files."""
        shop = self.shop
        self.attempt(lambda b: vocabulary.declare_reading(shop, b), ast.Block, "READING")
        self.attempt(lambda b: vocabulary.declare_facts(shop, b), ast.Block, "FACTS")
        self.attempt(lambda i: vocabulary.declare_identities(shop, i), ast.Identity)
        self.attempt(lambda i: vocabulary.declare_parameter(shop, i), ast.Parameter)
        self.attempt(self.declare_gap, ast.Gap)
        self.attempt(self.declare_definition, ast.Definition)
        self.attempt(self.declare_benefit, ast.Block, "BENEFIT")
        self.attempt(self.declare_benefit, ast.Block, "SUBSIDY")
        self.attempt(lambda i: vocabulary.declare_roster(shop, i), ast.Roster)

    def declare_gap(self, item: ast.Gap) -> None:
        """原文缺失 name：reason."""
        self.shop.declare(item.name, "原文缺失")
        origin = self.shop.origin(item.span)
        self.shop.gaps[item.name.text] = nodes.Gap(item.name.text, item.reason.text, origin)

    def declare_definition(self, item: ast.Definition) -> None:
        """令: elaborated when first used, since it may use what comes later."""
        self.shop.declare(item.name, "定义")
        self.shop.pending_definitions[item.name.text] = (item, self.shop.clause)

    def declare_benefit(self, block: ast.Block) -> None:
        """待遇 or 资助."""
        assert isinstance(block.name, ast.Name)
        self.shop.declare(block.name, "待遇" if block.keyword == "BENEFIT" else "资助")
        if block.keyword == "BENEFIT":
            self.shop.benefit_order.append(block.name.text)

    # ── then meanings ────────────────────────────────────────────────────────
    def fill(self) -> None:
        """What the vocabulary items say below their names."""
        shop = self.shop
        for name, (node, clause) in shop.pending_definitions.items():
            shop.clause = clause
            with shop.trying():
                definition(shop, name, node.span)
        self.attempt(lambda i: vocabulary.fill_identities(shop, i), ast.Identity)
        self.attempt(lambda i: vocabulary.fill_parameter(shop, i), ast.Parameter)

    def drafts(self) -> dict[str, policy.Draft]:
        """Benefits and subsidies, with the parts that later clauses add (续)."""
        drafts: dict[str, policy.Draft] = {}
        for block in self.each(ast.Block):
            if block.keyword not in ("BENEFIT", "CONTINUED", "SUBSIDY"):
                continue
            name = block.name.text
            with self.shop.trying():
                if block.keyword == "CONTINUED" and name not in self.shop.benefit_order:
                    order = self.shop.benefit_order
                    raise self.shop.unknown(name, block.name.span, "待遇", order)
                new = policy.Draft(name, self.shop.origin(block.span))
                draft = drafts.setdefault(name, new)
                sort = policy.SUBSIDY_COLUMNS
                columns = policy.BENEFIT_COLUMNS if block.keyword != "SUBSIDY" else sort
                policy.read_lines(self.shop, draft, block.lines, columns)
        return drafts

    def documents(self) -> nodes.Document | None:
        """The one 文件 block."""
        listed: list[nodes.Document] = []
        self.attempt(lambda b: listed.append(document(self.shop, b)), ast.Block, "DOCUMENT")
        return listed[0] if listed else None

    def examples(
        self, benefits: Sequence[str], subsidies: Sequence[str], shown: Mapping[str, Type]
    ) -> tuple[nodes.Example, ...]:
        """All 示例."""
        pairs = [pair for item in self.each(ast.Defaults) for pair in item.pairs]
        listed: list[nodes.Example] = []
        for block in self.each(ast.Block, "EXAMPLE"):
            with self.shop.trying():
                listed.append(example(self.shop, block, pairs, benefits, subsidies, shown))
        return tuple(listed)


def shown_types(
    outputs: Sequence[nodes.Output], insurance: Sequence[nodes.InsuranceChange]
) -> dict[str, Type]:
    """The results beside the payments that an example may name."""
    shown = {item.name: item.expr.type for item in outputs}
    for change in insurance:
        shown |= {f"{change.name}·{name}": kind for name, kind in INSURANCE_FIGURES.items()}
    return shown


def elaborate(
    files: Sequence[ast.File], choices: Mapping[str, str] | None = None
) -> tuple[nodes.Pack | None, list[Diagnostic]]:
    """The pack made of `files` (included files first, the rule file last).

    None only where there is no 文件 block; otherwise what could be made.
    """
    shop = Workshop(choices or {})
    work = Elaborator(shop, located(files))
    work.declare()
    work.fill()
    about = work.documents()
    records = clauses(shop, files[-1].items)
    drafts = work.drafts()
    paid = {name: draft for name, draft in drafts.items() if name in shop.benefit_order}
    benefits, accounts = policy.finish_benefits(shop, paid)
    subsidies = {n: policy.finish_subsidy(d) for n, d in drafts.items() if n not in paid}
    overlaps: list[nodes.Overlap] = []
    payable = list(drafts)  # also those with a mistake, which has been said
    work.attempt(lambda i: overlaps.append(policy.overlap(shop, i, payable)), ast.Overlap)
    insurance = work.made(lambda b: policy.insurance(shop, b), "INSURANCE")
    outputs: list[nodes.Output] = []
    work.attempt(lambda i: outputs.append(policy.output(shop, i)), ast.Output)
    exclusives: list[nodes.Exclusive] = []
    work.attempt(lambda i: exclusives.append(exclusive(shop, i)), ast.Exclusive)
    shown = shown_types(outputs, insurance)
    examples = work.examples(tuple(paid), tuple(subsidies), shown)
    if about is None:
        shop.clause = ""
        source = files[-1].source
        span = ast.Span(source, 0, 0)
        shop.report(Diagnostic("E708", span, {"word": "文件"}))
        return None, shop.found
    unused_readings(shop)
    pack = nodes.Pack(
        about, tuple(records), shop.facts, shop.parameters, shop.rosters, shop.gaps,
        shop.definitions, shop.identities, tuple(exclusives), accounts, benefits, subsidies,
        tuple(overlaps), insurance, tuple(outputs), shop.readings, examples, digest(files),
    )  # fmt: skip
    return pack, shop.found


def exclusive(shop: Workshop, item: ast.Exclusive) -> nodes.Exclusive:
    """互斥."""
    if len(item.names) < 2:
        raise wrong("E312", item.span)
    return nodes.Exclusive(tuple(policy.identity_names(shop, item.names)), shop.origin(item.span))


def unused_readings(shop: Workshop) -> None:
    """A choice that no rule mentions cannot be executed: the 口径 would be only prose."""
    for reading in shop.readings.values():
        options = (reading.chosen, *reading.alternatives)
        mentioned = [o for o in options if (reading.name, o) in shop.reading_uses]
        if len(mentioned) < len(options) - 1:
            missing = "、".join(o for o in options if o not in mentioned)
            shop.report(
                Diagnostic(
                    "E706",
                    reading.origin.span,
                    {"name": reading.name, "options": missing},
                    clause=reading.origin.clause,
                )
            )
