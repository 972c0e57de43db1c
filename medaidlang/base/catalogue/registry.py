"""E73x 登记: several documents of one place, one after the other."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry
from medaidlang.base.diagnostic import Severity

_ERROR = Severity.ERROR

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="E731",
        severity=_ERROR,
        title="同一天有两个文件有效",
        message="{place}在{day}有两个文件有效：“{before}”和“{after}”。",
        cause="一个统筹区一天只能由一个文件结算；新文件代替旧文件，要写明废止哪一个，或者旧文件写明失效日期。",
        remedy="在新文件里写“废止 …”（旧文件的文号），或者改正“施行”“失效”的日期。",
        bad="文件 某市新办法\n  文号 某医保发〔2025〕9号\n  施行 2025年8月4日\n",
        good="文件 某市新办法\n  文号 某医保发〔2025〕9号\n  施行 2025年8月4日\n  废止 某医保发〔2023〕5号\n",
    ),
    Entry(
        code="E732",
        severity=_ERROR,
        title="两个文件之间有空档",
        message="{place}从{start}到{end}没有文件有效：“{before}”已经失效，“{after}”还没有施行。",
        cause="这段时间发生的费用没有文件可以结算；多半是日期写错，或者中间还有一个文件没有登记。",
        remedy="改正“失效”或者“施行”的日期；中间还有文件，补上它的规则文件。",
        bad="文件 某市旧办法\n  失效 2025年6月30日\n文件 某市新办法\n  施行 2025年8月4日\n",
        good="文件 某市旧办法\n  失效 2025年8月3日\n文件 某市新办法\n  施行 2025年8月4日\n",
    ),
    Entry(
        code="N733",
        severity=Severity.NOTE,
        title="废止的文件没有登记",
        message="“{title}”废止了{repeals}，登记里没有这个文件。",
        cause="没有登记，{effective}以前的费用就无法计算；文号写错了，旧文件也不会因此失效。",
        remedy="核对文号；需要结算以前的费用，补上旧文件的规则文件。",
        bad="文件 某市新办法\n  废止 某医保发〔2023〕15号\n",
        good="文件 某市新办法\n  废止 某医保发〔2023〕5号\n",
    ),
    Entry(
        code="E734",
        severity=_ERROR,
        title="两个规则包用了一个代号",
        message="“{before}”和“{after}”的代号都是“{name}”。",
        cause="命令和结果用代号说是哪个文件，两个文件不能共用一个。",
        remedy="改其中一个的“代号”；同一个规则文件放了两份，删去一份。",
        bad="文件 某市旧办法\n  代号 moushi\n文件 某市新办法\n  代号 moushi\n",
        good="文件 某市旧办法\n  代号 moushi2023\n文件 某市新办法\n  代号 moushi2025\n",
    ),
    Entry(
        code="E735",
        severity=_ERROR,
        title="统筹区没有登记",
        message="没有“统筹区”是“{name}”或者以它结尾的规则文件；登记的有：{known}。",
        cause="名称写错，或者这个统筹区的规则文件不在登记的文件夹里。",
        remedy="运行 medaid 统筹区 核对名称；用 --registry 指出自己的文件夹。",
    ),
    Entry(
        code="E736",
        severity=_ERROR,
        title="统筹区不止一个",
        message="“{name}”可以指几个统筹区：{known}。",
        cause="只写后面几个字时，要能认出是哪一个。",
        remedy="把统筹区写得更全。",
    ),
)
