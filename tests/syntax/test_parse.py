"""Each construct once: the node it becomes, and where that node stands."""

import pytest

from medaidlang.base.source import Source, Span
from medaidlang.syntax import ast
from medaidlang.syntax.grammar import terminals
from medaidlang.syntax.parse import parse, parser
from tests.strategies.syntax import rules


def read(text):
    tree, found = parse(Source("t", text))
    assert found == []
    return tree


def item(text):
    (only,) = read(text).items
    return only


def lines(head, *texts):
    return item("\n".join((head, *texts)) + "\n").lines


def line(head, text):
    (only,) = lines(head, text)
    return only


def expr(text):
    """The value of `令 甲 为 …`, whose span must be the text itself."""
    value = item(f"令 甲 为 {text}\n").value
    assert value.span.text == text
    return value


NOWHERE = Span(Source("", ""), 0, 0)
A, B, C = (ast.Reference(text, NOWHERE) for text in "乙丙丁")


def name(text):
    return ast.Name(text, NOWHERE)


def literal(kind, text):
    return ast.Literal(kind, text, NOWHERE)


def test_empty():
    tree, found = parse(Source("t", ""))
    assert tree.items == ()
    assert [d.code for d in found] == ["E213"]


def test_last_line_needs_no_line_end():
    assert read("身份 甲") == read("身份 甲\n")


def test_comments_travel():
    tree = read("# 一\n\n# 二\n身份 甲  # 三\n  # 四\n  认定 乙 # 五\n# 六\n")
    (identity,) = tree.items
    assert tree.head == ast.Trivia(below=("# 一", "# 二"))
    assert identity.trivia == ast.Trivia("# 三", ("# 四",))
    assert identity.lines[0].trivia == ast.Trivia("# 五", ("# 六",))
    assert identity.lines[0].text.text == "乙"


# ── items ────────────────────────────────────────────────────────────────────


def test_include_clause_uncoded_gap():
    include, clause, bare, uncoded, gap = read(
        "包含 公共词汇\n【二（一）】 年度 标准\n【 三 】\n"
        "不编码 不产生金额\n原文缺失 丁:见上位文件\n"
    ).items
    assert include.name == name("公共词汇")
    assert (clause.mark.text, clause.title.text) == ("二（一）", "年度 标准")
    assert clause.mark.span.text == "【二（一）】"
    assert clause.span.text == "【二（一）】 年度 标准"
    assert (bare.mark.text, bare.title) == ("三", None)
    assert uncoded.reason.text == "不产生金额"
    assert (gap.name, gap.reason.text) == (name("丁"), "见上位文件")


def test_identity_and_exclusive():
    identity, exclusive = read("身份 甲、「乙 二」\n互斥 甲、丙 〔口径 丁 取 戊〕\n").items
    assert identity.names == (name("甲"), name("乙 二"))
    assert identity.names[1].span.text == "「乙 二」"
    (test,) = exclusive.guard
    assert (test.reading, test.choice) == (name("丁"), name("戊"))
    assert test.span.text == "口径 丁 取 戊"


def test_block_heads():
    heads = {
        "文件 某市 办法": "DOCUMENT",
        "待遇 甲": "BENEFIT",
        "续 甲": "CONTINUED",
        "资助 甲": "SUBSIDY",
        "医保调整 甲": "INSURANCE",
        "口径 甲": "READING",
        "示例 低保：超限额": "EXAMPLE",
    }
    for text, keyword in heads.items():
        block = item(text + " # 注\n")
        assert block.keyword == keyword
        assert block.name.text == text.split(" ", 1)[1]
        assert block.span.text == text
    assert item("事实 人员\n| 甲 |\n").keyword == "FACTS"


def test_definition_parameter_roster():
    value, table = read("令 甲 为 1 〔口径 乙 取 丙〕\n令 乙\n| 丙 |\n").items
    assert value.value == literal("NUMBER", "1")
    assert len(value.guard) == 1
    assert (table.value, len(table.lines)) == (None, 1)
    parameter = item("参数 甲 选项（男，女）\n")
    assert parameter.type.function == name("选项")
    counted, bare = read("名录 甲 共 8种\n名录 乙\n").items
    assert (counted.count, bare.count) == (literal("QUANTITY", "8种"), None)


@pytest.mark.parametrize(
    ("text", "rule", "mode", "guarded"),
    [
        ("就高不就低 于 甲、乙", "HIGHEST", "", False),
        ("就高不就低 按笔 于 甲、乙 〔口径 丙 取 丁〕", "HIGHEST", "PER_CLAIM", True),
        ("按顺位 于 甲、乙", "RANKED", "", False),
    ],
)
def test_overlap(text, rule, mode, guarded):
    overlap = item(f"重叠 {text}\n  依据 原文\n")
    assert (overlap.rule, overlap.mode, bool(overlap.guard)) == (rule, mode, guarded)
    assert overlap.benefits == (name("甲"), name("乙"))
    assert len(overlap.lines) == 1


@pytest.mark.parametrize(
    ("word", "keyword"),
    [("监测", "MONITOR"), ("时限", "DEADLINE"), ("列示", "SHOW"), ("资金", "FUNDS")],
)
@pytest.mark.parametrize("each", ["", "每笔 "])
@pytest.mark.parametrize("guard", ["", " 〔口径 丙 取 丁〕"])
def test_output(word, keyword, each, guard):
    output = item(f"{word} {each}甲 为 乙{guard}\n")
    assert output.keyword == keyword
    assert (output.each_claim, output.name, output.value) == (bool(each), name("甲"), A)
    assert len(output.guard) == bool(guard)


def test_examples():
    defaults, example = read(
        "示例默认 参保 居民医保\n示例 超限额\n人员 身份 甲、乙，年龄 14岁\n"
        "按口径 丙 取 丁\n应得 甲 无法计算\n"
    ).items
    assert defaults.pairs[0].name == name("参保")
    person, reading, expected = example.lines
    assert [len(pair.value.values) for pair in person.pairs] == [2, 1]
    assert (reading.reading, reading.choice) == (name("丙"), name("丁"))
    assert expected.pairs[0].value.values[0].kind == "UNRESOLVED"


# ── lines ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("统筹区 某市", "REGION"),
        ("文号 甲〔2023〕5号", "NUMBER_OF"),
        ("此前费用 适用 旧办法", "BEFORE"),
    ],
)
def test_text_lines(text, keyword):
    found = line("文件 甲", f"  {text}  # 注")
    assert isinstance(found, ast.TextLine)
    assert (found.keyword, found.text.text) == (keyword, text.split()[-1])
    assert found.span.text == text
    assert found.text.span.text == text.split()[-1]


def test_document_lines():
    code, date, contents, before, attribution = lines(
        "文件 甲",
        "代号 kunyu2025",
        "印发 2025年08月04日 〔口径 甲 取 乙〕",
        "目录 【一】【 二 】",
        "此前费用 不计入账户",
        "归属日期 日期",
    )
    assert code.names == (name("kunyu2025"),)
    assert (date.keyword, date.date.text, len(date.guard)) == ("ISSUED", "2025年8月4日", 1)
    assert [mark.text for mark in contents.clauses] == ["一", "二"]
    assert (before.keyword, before.flag) == ("BEFORE", "NOT_COUNTED")
    assert (attribution.keyword, attribution.value.name) == ("ATTRIBUTED", "日期")


def test_benefit_lines():
    after, unresolved, shared, none, row = lines(
        "待遇 甲",
        "接续 乙、丙",
        "无法计算 当 非 定点 〔口径 甲 取 乙〕：本条没有写",
        "起付 按年累计 与 丙 共用 〔口径 甲 取 乙〕",
        "限额 不设",
        "| 甲、乙 | ｜ 不设 | — | 1元 | 〔口径 甲 取 乙〕",
    )
    assert after.names == (name("乙"), name("丙"))
    assert (unresolved.reason.text, len(unresolved.guard)) == ("本条没有写", 1)
    assert (shared.period, shared.shared_with, len(shared.guard)) == ("按年累计", name("丙"), 1)
    assert (none.keyword, none.period, none.shared_with) == ("CAP", "不设", None)
    assert [len(cell.values) for cell in row.cells] == [2, 0, 1, 1, 1]
    assert [cell.values[0].kind for cell in row.cells[2:4]] == ["NOT_SET", "DASH"]
    assert len(row.guard) == 1
    assert row.cells[0].span.text == "甲、乙"


def test_other_lines():
    bound, source = lines("参数 甲 金额", "不少于 乙", "来源 丙")
    assert (bound.keyword, bound.word, bound.value) == ("GE", "不少于", A)
    assert source.keyword == "SOURCE"
    plain, conditional = lines("名录 甲", "条目 乙、丙", "条目 丁 须 年龄 14周岁以下")
    assert (plain.names, plain.condition) == ((name("乙"), name("丙")), None)
    assert isinstance(conditional.condition, ast.Bounded)
    (partial,) = lines("重叠 按顺位 于 甲", "判定不全时 无法计算")
    assert (partial.keyword, partial.flag) == ("PARTIAL", "UNRESOLVED")
    bands, waived = lines("医保调整 甲", "分段 乙", "起付 不设")
    assert (bands.keyword, bands.value) == ("BANDS", A)
    assert waived.value.kind == "NOT_SET"


# ── expressions ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("6000元", "MONEY", "6000元"),
        ("20元／床日", "MONEY", "20元/床日"),
        ("75％", "PERCENT", "75%"),
        ("5个百分点", "POINTS", "5个百分点"),
        ("2025年08月04日", "DATE", "2025年8月4日"),
        ("2025年8月", "MONTH", "2025年8月"),
        ("14周岁", "QUANTITY", "14周岁"),
        ("0.5", "NUMBER", "0.5"),
        ("“75％”", "STRING", "“75％”"),
        ("是", "YES", "是"),
        ("否", "NO", "否"),
    ],
)
def test_literals(text, kind, kept):
    assert expr(text) == literal(kind, kept)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("乙", A),
        ("身份", ast.Reference("身份", NOWHERE)),
        ("「是」", ast.Reference("是", NOWHERE)),
        ("甲〔2023〕5号", ast.Reference("甲〔2023〕5号", NOWHERE)),
        ("乙 的 支付", ast.Property(name("乙"), name("支付"), NOWHERE)),
        ("取大（乙, 丙）", ast.Call(name("取大"), (A, B), NOWHERE)),
        ("乙 未填视为 是", ast.Presumed(name("乙"), literal("YES", "是"), NOWHERE)),
        ("乙 未填视为 丙", ast.Presumed(name("乙"), name("丙"), NOWHERE)),
        ("乙 已填", ast.Filled(A, True, NOWHERE)),
        ("乙 未填", ast.Filled(A, False, NOWHERE)),
        ("（乙）", ast.Paren(A, NOWHERE)),
        ("乙 不低于 丙", ast.Compared(A, "GE", "不低于", B, NOWHERE)),
        ("乙 不为 丙", ast.Compared(A, "IS_NOT", "不为", B, NOWHERE)),
        ("乙 属于 丙、丁", ast.Member(A, True, (B, C), NOWHERE)),
        ("乙 不属于 丙", ast.Member(A, False, (B,), NOWHERE)),
        ("非 乙", ast.Negated(A, NOWHERE)),
        ("口径 乙 取 丙", ast.ReadingTest(name("乙"), name("丙"), NOWHERE)),
        ("若 乙 则 丙 否则 丁", ast.Conditional(A, B, C, NOWHERE)),
        ("乙 且 丙\n  且 丁", ast.Joined("AND", (A, B, C), NOWHERE)),
        ("乙 或 丙", ast.Joined("OR", (A, B), NOWHERE)),
        ("乙 加 丙 减 丁", ast.Arithmetic((A, B, C), ("PLUS", "MINUS"), NOWHERE)),
    ],
)
def test_expressions(text, node):
    assert expr(text) == node


@pytest.mark.parametrize(
    ("word", "operator"), [("以下", "UP_TO"), ("以内", "UP_TO"), ("以上", "AT_LEAST")]
)
@pytest.mark.parametrize("space", ["", " "])
def test_bounded(word, operator, space):
    limit = literal("QUANTITY", "14周岁")
    assert expr(f"乙 14周岁{space}{word}") == ast.Bounded(A, limit, operator, word, NOWHERE)


def test_precedence():
    product = ast.Arithmetic((B, C), ("TIMES",), NOWHERE)
    assert expr("乙 加 丙 乘 丁") == ast.Arithmetic((A, product), ("PLUS",), NOWHERE)
    negated = ast.Joined("AND", (ast.Negated(A, NOWHERE), B), NOWHERE)
    assert expr("非 乙 且 丙") == negated


@pytest.mark.parametrize(
    "text", ["身份甲\n", "待遇 甲\n起付按年累计\n", "包含甲\n", "令 甲 为 14周岁以下的\n"]
)
def test_a_word_is_whole(text):
    assert parse(Source("t", text))[1]


def test_deep_trees_can_be_walked():
    chain = "乙 或 （丙 且 非 （丁 高于 丙 加 丁 乘 （"
    text = f"令 甲 为 {chain * 16}1{'）））' * 16}\n"
    assert read(text) == read(text)


def test_strategies_know_every_rule_and_terminal():
    assert {terminal.name for terminal in parser().terminals} == set(terminals())
    assert set(rules()["item"]) >= {(("benefit", False),), (("example", False),)}
