"""Syntax to core.

Takes the rule file with the files it includes, and which alternative each
reading takes; gives the `Pack` and what is wrong with it.  Names are collected
first, so that the document's order never forces a definition before its use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from medaidlang.base.diagnostic import Diagnostic
from medaidlang.core import nodes, policy, shaping, vocabulary
from medaidlang.core.document import clauses, document
from medaidlang.core.examples import INSURANCE_FIGURES, example
from medaidlang.core.figures import publish
from medaidlang.core.scope import Workshop, wrong
from medaidlang.core.types import MONEY, Type
from medaidlang.core.typing import definition
from medaidlang.syntax import ast

Node = TypeVar("Node")
Made = TypeVar("Made")
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
        self, act: Callable[[Any], Made], kind: type[Node], keyword: str = ""
    ) -> tuple[Made, ...]:
        """The results of `act` on each item of a sort."""
        listed: list[Made] = []
        self.attempt(lambda item: listed.append(act(item)), kind, keyword)
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
        self.attempt(self.declare_layer, ast.Block, "LAYER")
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
        known = self.shop.benefit_order if block.keyword == "BENEFIT" else self.shop.subsidies
        known.append(block.name.text)

    def declare_layer(self, block: ast.Block) -> None:
        """保险."""
        assert isinstance(block.name, ast.Name)
        self.shop.declare(block.name, "保险")
        self.shop.layers.append(block.name.text)

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
        self.attempt(lambda b: publish(shop, b), ast.Block, "PUBLISHED")

    def drafts(self) -> dict[str, policy.Draft]:
        """Benefits and subsidies, with the parts that later clauses add (续)."""
        drafts: dict[str, policy.Draft] = {}
        for block in self.each(ast.Block):
            if block.keyword not in ("BENEFIT", "CONTINUED", "SUBSIDY", "LAYER"):
                continue
            name = block.name.text
            with self.shop.trying():
                order = [*self.shop.benefit_order, *self.shop.layers, *self.shop.subsidies]
                if block.keyword == "CONTINUED" and name not in order:
                    raise self.shop.unknown(name, block.name.span, "待遇", order)
                new = policy.Draft(name, self.shop.origin(block.span))
                draft = drafts.setdefault(name, new)
                draft.everybody = name in self.shop.layers
                sort = policy.SUBSIDY_COLUMNS
                columns = sort if name in self.shop.subsidies else policy.BENEFIT_COLUMNS
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
    outputs: Sequence[nodes.Output],
    insurance: Sequence[nodes.InsuranceChange],
    splits: Sequence[nodes.Split],
) -> dict[str, Type]:
    """The results beside the payments that an example may name."""
    shown = {item.name: item.expr.type for item in outputs}
    shown |= {f"{split.name}·{payer}": MONEY for split in splits for payer in split.payers}
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
    insured = {name: draft for name, draft in drafts.items() if name in shop.layers}
    others = {n: d for n, d in drafts.items() if n not in paid and n not in insured}
    benefits, accounts = policy.finish_benefits(shop, paid)
    layers, more = policy.finish_benefits(shop, insured)
    subsidies = {name: policy.finish_subsidy(draft) for name, draft in others.items()}
    payable = [*paid, *others]  # also those with a mistake, which has been said
    pools = work.made(lambda i: shaping.pool(shop, i), ast.Pool)
    changeable = [*paid, *insured, *(pool.name for pool in pools)]
    found = work.made(lambda b: shaping.adjustment(shop, b, changeable), ast.Block, "ADJUSTMENT")
    adjustments = tuple(one for one in found if one is not None)
    overlaps = work.made(lambda i: policy.overlap(shop, i, payable), ast.Overlap)
    insurance = work.made(lambda b: policy.insurance(shop, b), ast.Block, "INSURANCE")
    outputs = work.made(lambda i: policy.output(shop, i), ast.Output)
    splits = work.made(lambda b: shaping.split(shop, b, payable), ast.Block, "SPLIT")
    exclusives = work.made(lambda i: exclusive(shop, i), ast.Exclusive)
    shown = shown_types(outputs, insurance, splits)
    examples = work.examples((*paid, *insured), tuple(others), shown)
    if about is None:
        shop.clause = ""
        source = files[-1].source
        span = ast.Span(source, 0, 0)
        shop.report(Diagnostic("E708", span, {"word": "文件"}))
        return None, shop.found
    unused_readings(shop)
    pack = nodes.Pack(
        about, tuple(records), shop.facts, shop.parameters, shop.rosters, shop.gaps,
        shop.definitions, shop.identities, exclusives, accounts | more, benefits, layers,
        {pool.name: pool for pool in pools}, adjustments, subsidies, overlaps, insurance,
        outputs, splits, shop.readings, examples, digest(files),
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
