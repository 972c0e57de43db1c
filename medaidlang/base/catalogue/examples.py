"""E8xx 示例: test cases that cannot be read, or contradict each other."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry
from medaidlang.base.diagnostic import Severity

_ERROR = Severity.ERROR

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="E801",
        severity=_ERROR,
        title="两个示例互相矛盾",
        message="示例“{title}”和“{other}”的人员、费用和口径都相同，“{what}”却要求不同的结果。",
        cause="同样的情形只能有一个结果，两个示例至少有一个是错的。",
        remedy="对照原文，改正其中一个；要说明两种读法，用“按口径 … 取 …”分开。",
        bad="示例 甲\n  人员 身份 低保对象\n  应得 参保资助 200元\n示例 乙\n  人员 身份 低保对象\n  应得 参保资助 180元\n",
        good="示例 甲\n  人员 身份 低保对象\n  应得 参保资助 200元\n",
    ),
    Entry(
        code="E802",
        severity=_ERROR,
        title="示例自己矛盾",
        message="示例“{title}”对“{what}”写了两个不同的结果。",
        cause="一个结果只能有一个数。",
        remedy="删去写错的一个；两笔费用的编号相同，改成不同的编号。",
        bad="示例 甲\n  人员 身份 低保对象\n  应得 参保资助 200元，参保资助 180元\n",
        good="示例 甲\n  人员 身份 低保对象\n  应得 参保资助 200元\n",
    ),
    Entry(
        code="E803",
        severity=_ERROR,
        title="示例的费用表没有这一栏",
        message="费用表的“{name}”既不是费用的事实，也不是待遇或者其他每笔的结果。",
        cause="费用表的每一栏要么是填报的事实，要么是应得的结果。",
        remedy="⟦改成“{nearest}”。⟧⟦“{person}”是人员的事实，从费用表里去掉这一栏，写在“人员”一行里。⟧能写的是费用的事实、待遇、每笔的结果和“采用身份”。",
        bad="示例 甲\n  | 费用 | 类型 | 金额   |\n  | c1   | 住院 | 1000元 |\n",
        good="示例 甲\n  | 费用 | 类型 | 政策范围内费用 | 医疗救助 |\n  | c1   | 住院 | 1000元         | 900元    |\n",
    ),
    Entry(
        code="E804",
        severity=_ERROR,
        title="应得里没有这项结果",
        message="“{name}”不是待遇、资助或者其他结果。",
        cause="“应得”后面写结果的名称和应得的数；每笔的结果写在费用表里。",
        remedy="改成定义过的待遇、资助或者结果；算不出来的，写“无法计算 …”。",
        bad="示例 甲\n  人员 身份 低保对象\n  应得 医疗求助 900元\n",
        good="示例 甲\n  人员 身份 低保对象\n  应得 医疗救助 900元\n",
    ),
    Entry(
        code="E805",
        severity=_ERROR,
        title="示例没有写应得什么",
        message="示例“{name}”没有写一项应得的结果。",
        cause="没有结果可对，示例就检查不出任何错误。",
        remedy="补上“应得 …”，或者在费用表里加上待遇一栏。",
        bad="示例 甲\n  人员 身份 低保对象\n",
        good="示例 甲\n  人员 身份 低保对象\n  应得 参保资助 200元\n",
    ),
    Entry(
        code="E806",
        severity=_ERROR,
        title="示例里没有这个成员",
        message="费用表的“成员”一栏写了“{name}”，示例里没有这个成员。",
        cause="“成员”一栏写本人（或空着），或者写“成员 …”一行声明过的名称。",
        remedy="改成声明过的名称；或者补上一行“成员 名称 身份 …”。",
        bad="示例 甲\n  人员 身份 低保对象\n  成员 妻子 身份 低保对象\n  | 费用 | 成员 | 医疗救助 |\n  | c1   | 妻   | 900元    |\n",
        good="示例 甲\n  人员 身份 低保对象\n  成员 妻 身份 低保对象\n  | 费用 | 成员 | 医疗救助 |\n  | c1   | 妻   | 900元    |\n",
    ),
    Entry(
        code="E807",
        severity=_ERROR,
        title="示例里两个人的费用编号相同",
        message="成员“{name}”的费用“{id}”，与家里别人的费用编号相同。",
        cause="应得的数按费用的编号写，一个编号只能是一笔费用。",
        remedy="给两笔费用不同的编号。",
        bad="示例 甲\n  人员 身份 低保对象\n  成员 妻 身份 低保对象\n  | 费用 | 成员 | 医疗救助 |\n  | c1   | 本人 | 900元    |\n  | c1   | 妻   | 800元    |\n",
        good="示例 甲\n  人员 身份 低保对象\n  成员 妻 身份 低保对象\n  | 费用 | 成员 | 医疗救助 |\n  | c1   | 本人 | 900元    |\n  | c2   | 妻   | 800元    |\n",
    ),
)
