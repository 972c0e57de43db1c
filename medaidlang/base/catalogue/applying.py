"""E573–E579、E940–E943 申请: benefits paid on application, in rules and in data."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry
from medaidlang.base.diagnostic import Severity

_ERROR = Severity.ERROR
_BEFORE = "待遇 医疗救助\n  基数 个人负担\n待遇 再救助\n  申请 当年\n"

_RULES = (
    Entry(
        code="E573",
        severity=_ERROR,
        title="用了依申请待遇的数",
        message="“{where}”用了“{name}”的数，而“{name}”依申请办理，要在所有费用结算以后才有。",
        cause="结算每笔费用、算年度累计和分担的时候，申请还没有办，那个数不存在，不能当成零。",
        remedy="去掉这一处；依申请待遇付了多少，在结算结果的“申请”里看，年度合计已经包括它。",
        bad=f"{_BEFORE}资金 救助资金 为 年度累计（再救助 的 支付）\n",
        good=f"{_BEFORE}资金 救助资金 为 年度累计（医疗救助 的 支付）\n",
    ),
    Entry(
        code="E574",
        severity=_ERROR,
        title="依申请待遇的表问了一笔费用的事",
        message="“{name}”依申请办理，按许多笔费用的合计算，这里却问“{text}”。",
        cause="合计不是一笔费用，没有类型、医院级别、日期；只有哪些费用计入合计，可以看每一笔。",
        remedy="哪些费用计入，写成“费用 …”或“须 …”；表里只用身份、人员的事实和“基数”（合计）。",
        bad="待遇 再救助\n  申请 当年\n  | 身份     | 类型 | 比例 |\n  | 低保对象 | 住院 | 60%  |\n",
        good="待遇 再救助\n  申请 当年\n  费用 类型 为 住院\n  | 身份     | 比例 |\n  | 低保对象 | 60%  |\n",
    ),
    Entry(
        code="E575",
        severity=_ERROR,
        title="接续了依申请的待遇",
        message="“{name}”接续“{before}”，而“{before}”依申请办理，结算费用的时候还没有付。",
        cause="接续是减去前一项在同一笔费用上付的；依申请的待遇在所有费用结算以后才付，付的是合计。",
        remedy="次序反了的，让依申请的待遇接续别的；两项都依申请的，写清各算哪些费用，不写接续。",
        bad="待遇 再救助\n  申请 当年\n待遇 倾斜救助\n  接续 再救助\n",
        good="待遇 倾斜救助\n  接续 医疗救助\n待遇 再救助\n  申请 当年\n  接续 倾斜救助\n",
    ),
    Entry(
        code="E576",
        severity=_ERROR,
        title="依申请的待遇按医院累计",
        message="“{name}”依申请办理，{what}却写了“{period}”。",
        cause="申请算的是许多家医院的费用的合计，不属于哪一家。",
        remedy="改成“按年累计”或“每次”。",
        bad="待遇 再救助\n  申请 当年\n  起付 每院每年\n",
        good="待遇 再救助\n  申请 当年\n  起付 按年累计\n",
    ),
    Entry(
        code="E577",
        severity=_ERROR,
        title="依申请的待遇与别的待遇共用账户",
        message="“{name}”依申请办理，却与{others}共用{what}。",
        cause="别的待遇一笔一笔地用这个账户，申请在它们之后，还可能算到上一年和家里别人的费用：谁先用、用哪一年的，没有写清。",
        remedy="给依申请的待遇单独的起付、限额；原文就是合在一起的，用“无法计算 当 …”写明，由人核定。",
        bad="待遇 再救助\n  申请 当年\n  限额 按年累计 与 医疗救助 共用\n",
        good="待遇 再救助\n  申请 当年\n  限额 按年累计\n",
    ),
    Entry(
        code="E578",
        severity=_ERROR,
        title="依申请的待遇用了别处的数",
        message="“{name}”依申请办理，这里用的“{text}”那时没有。",
        cause="每笔费用能问的只有它的事实、保险付了多少，别的待遇付的由“接续”减去；合计上只有“基数”。年度累计是结算一笔费用时的数，与申请的时段不同。",
        remedy="减去别的待遇付的，写“接续 …”；按合计的多少分档，用“基数”一栏。",
        bad="待遇 再救助\n  申请 当年\n  基数 医疗救助 的 超限额部分\n",
        good="待遇 再救助\n  申请 当年\n  接续 医疗救助\n  基数 个人负担\n",
    ),
    Entry(
        code="E579",
        severity=_ERROR,
        title="依申请的待遇没有基数",
        message="“{name}”依申请办理，却写了“基数 不设”。",
        cause="一次申请付多少、怎样分到各笔费用，都从计入的费用算起；没有基数，就不知道哪些费用计入多少。",
        remedy="写上基数，例如“基数 个人负担”；只给定额的，表里写“定额”，它不超过合计。",
        bad="待遇 再救助\n  申请 当年\n  基数 不设\n",
        good="待遇 再救助\n  申请 当年\n  基数 个人负担\n",
    ),
)

_DATA = (
    Entry(
        code="E940",
        severity=_ERROR,
        title="申请的待遇没有声明",
        message="规则文件里没有待遇“{name}”，不能申请。",
        cause="申请写的待遇要与规则文件一字不差。依申请办理的待遇：{options}。",
        remedy="改成规则文件里依申请办理的待遇。",
        bad='{"申请": [{"编号": "a1", "日期": "2026-12-01", "待遇": "再求助"}]}\n',
        good='{"申请": [{"编号": "a1", "日期": "2026-12-01", "待遇": "再救助"}]}\n',
    ),
    Entry(
        code="E941",
        severity=_ERROR,
        title="这项待遇不用申请",
        message="“{name}”在结算每笔费用时就给，不是依申请办理的待遇。",
        cause="规则文件里这项待遇没有“申请”一行：把它再当申请办一遍，就付了两次。",
        remedy="删去这一项申请；确是依申请办理的，在规则文件的待遇里写“申请 当年”或“申请 前 12个月”。",
    ),
    Entry(
        code="E942",
        severity=_ERROR,
        title="申请编号重复",
        message="申请编号“{id}”出现了不止一次，或者与同一个人的费用编号相同。",
        cause="同一份申请办两次会付两次；与费用编号相同，就分不清说的是哪一个。",
        remedy="删去重复的一份；是两份申请的，给它们不同的编号。",
    ),
    Entry(
        code="E943",
        severity=_ERROR,
        title="这里不办理申请",
        message="数据里有申请，{what}不办理申请。",
        cause="申请在所有费用结算以后办理；{why}。",
        remedy="用 medaid settle 规则包 数据 办理；或者去掉数据里的申请。",
    ),
)

ENTRIES: tuple[Entry, ...] = (*_RULES, *_DATA)
