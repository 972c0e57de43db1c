"""公布值: figures published after the document, added to the parameters they belong to.

Takes a block of the rule file or of a file in 参数/, whose parameter has been
declared; `published` reads its tables as it reads those below 参数.
"""

from __future__ import annotations

import attrs

from medaidlang.base.diagnostic import Label
from medaidlang.core.scope import Workshop, wrong
from medaidlang.core.tables import runs
from medaidlang.core.vocabulary import published
from medaidlang.syntax import ast


def publish(shop: Workshop, block: ast.Block) -> None:
    """Add the figures of `block`; 公布 and 来源 hold for each that says nothing else."""
    assert isinstance(block.name, ast.Name)
    parameter = shop.parameters.get(block.name.text)
    if parameter is None:
        raise shop.unknown(block.name.text, block.name.span, "参数", shop.parameters)
    tables = runs(block.lines)
    if not any(len(rows) > 1 for rows in tables):
        raise wrong(
            "E509", block.span, name=f"公布值 {parameter.name}", word="| 起 | 止 | 值 | 来源 |"
        )
    texts = {line.keyword: line.text.text for line in block.lines if isinstance(line, ast.TextLine)}
    defined = Label(parameter.origin.span, "defined")
    made = [
        attrs.evolve(
            figure,
            source=figure.source or texts.get("SOURCE", ""),
            publisher=texts.get("PUBLISHER", ""),
        )
        for rows in tables
        for figure in published(shop, parameter.type, rows, defined)
    ]
    shop.parameters[parameter.name] = attrs.evolve(parameter, values=(*parameter.values, *made))
