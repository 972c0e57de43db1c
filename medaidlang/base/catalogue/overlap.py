"""E6xx 重叠: several categories of one person, several benefits on one cost."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry
from medaidlang.base.diagnostic import Severity

_ERROR = Severity.ERROR

_RULES = (
    Entry(
        code="E601",
        severity=_ERROR,
        title="多重身份没有重叠规则",
        message="{person}，在“{benefit}”里按“{first}”和按“{second}”办理结果不同，却没有写重叠规则；这样的组合共 {count}。",
        cause="一个人可以同时持有这两种身份；按哪一种、怎样比较，文件不写就要由人判断，不能由程序默认。",
        remedy="写“重叠 就高不就低 于 {benefit}”（或者“按笔”“按顺位”）；文件没有写，另写一项“口径”记下所取的规则；本来不能同时持有，写“互斥 {first}、{second}”。",
        bad="身份 低保对象、重残人员\n待遇 医疗救助\n  | 身份     | 比例 |\n  | 低保对象 | 90%  |\n  | 重残人员 | 75%  |\n",
        good="身份 低保对象、重残人员\n待遇 医疗救助\n  | 身份     | 比例 |\n  | 低保对象 | 90%  |\n  | 重残人员 | 75%  |\n重叠 就高不就低 于 医疗救助\n",
    ),
    Entry(
        code="E602",
        severity=_ERROR,
        title="两条重叠规则管同一个人",
        message="{person}，在“{benefit}”里同时受两条重叠规则管。",
        cause="两条规则可以给出两个数，不知道按哪一条办理。",
        remedy="删去一条；各管一部分身份，用“限于”分开；是两种读法，各加〔口径 … 取 …〕。",
        bad="重叠 就高不就低 于 医疗救助\n重叠 就高不就低 按笔 于 医疗救助\n",
        good="重叠 就高不就低 于 医疗救助\n",
    ),
    Entry(
        code="E603",
        severity=_ERROR,
        title="连在一起的待遇规则不同",
        message="“{first}”和“{second}”连在一起（{link}），重叠规则却不是同一条。",
        cause="后一项按前一项剩下的算，或者共用账户；分开来各挑最高的，加起来会超过任何一种身份应得的，甚至超过花费。",
        remedy="在同一条里写明：“重叠 就高不就低 于 {first}、{second}”。",
        bad="重叠 就高不就低 于 医疗救助\n重叠 就高不就低 于 倾斜救助\n",
        good="重叠 就高不就低 于 医疗救助、倾斜救助\n",
    ),
    Entry(
        code="E604",
        severity=_ERROR,
        title="重叠规则的待遇没有定义",
        message="重叠规则写给“{name}”，可是没有这项待遇或者资助⟦，最接近的是“{nearest}”⟧。",
        cause="规则落了空，真正要管的待遇就没有重叠规则。",
        remedy="改成定义过的待遇或者资助。",
        bad="待遇 医疗救助\n重叠 就高不就低 于 医疗求助\n",
        good="待遇 医疗救助\n重叠 就高不就低 于 医疗救助\n",
    ),
    Entry(
        code="E605",
        severity=_ERROR,
        title="按顺位而没有写顺序",
        message="“按顺位”的规则要有一行“顺序”。",
        cause="按顺位是排在前面的身份优先，没有顺序就不知道谁在前。",
        remedy="补上“顺序 …、…”，优先的写在前面。",
        bad="重叠 按顺位 于 医疗救助\n",
        good="重叠 按顺位 于 医疗救助\n  顺序 特困人员、低保对象\n",
    ),
    Entry(
        code="E606",
        severity=_ERROR,
        title="顺序里漏了身份",
        message="“{benefits}”按顺位办理，“顺序”里没有：{categories}。",
        cause="漏了的身份与别的身份同时持有时，不知道谁在前。",
        remedy="把它排进“顺序”；这条规则不管它，用“限于”写明管哪些身份。",
        bad="身份 特困人员、低保对象、重残人员\n重叠 按顺位 于 医疗救助\n  顺序 特困人员、低保对象\n",
        good="身份 特困人员、低保对象、重残人员\n重叠 按顺位 于 医疗救助\n  顺序 特困人员、低保对象、重残人员\n",
    ),
    Entry(
        code="E607",
        severity=_ERROR,
        title="两项待遇会付同一笔费用",
        message="对{claim}，“{first}”和“{second}”都会付，却没有写谁先谁后。",
        cause="“{second}”没有减去“{first}”付的，两项加起来会超过花费；接续只减去写明的待遇，隔着一项的也要写明。",
        remedy="在“{second}”的“接续”里写上“{first}”（先后相反就反过来写），按剩下的算；本来不该都付，用“费用”“须”把它们分开。",
        bad="待遇 甲\n  费用 类型 属于 住院、普通门诊\n待遇 乙\n  费用 类型 为 住院\n",
        good="待遇 甲\n  费用 类型 属于 住院、普通门诊\n待遇 乙\n  费用 类型 为 住院\n  接续 甲\n",
    ),
    Entry(
        code="E608",
        severity=_ERROR,
        title="三种身份受不同的规则管",
        message="{person}，在“{benefit}”里两两之间受不同的重叠规则管。",
        cause="每条规则只说了其中两种怎样办，三种合在一起时先用哪一条没有写。",
        remedy="用一条规则管住这些身份；或者写一项“口径”记下次序。",
        bad="重叠 就高不就低 于 医疗救助\n  限于 低保对象、重残人员\n重叠 按顺位 于 医疗救助\n  限于 低保对象、困难职工\n  顺序 低保对象、困难职工\n",
        good="重叠 就高不就低 于 医疗救助\n",
    ),
)

_MEMBERS = (
    Entry(
        code="E609",
        severity=_ERROR,
        title="身份的包括和比照绕成了圈",
        message="{chain}：绕了一圈又回到自己。",
        cause="一种身份不能包括自己，也不能绕来绕去比照自己，这样找不到它的待遇。",
        remedy="对照原文，删去圈里多余的一处“包括”或者“比照”。",
        bad="身份 甲类\n  包括 乙类\n身份 乙类\n  包括 甲类\n",
        good="身份 甲类\n  包括 乙类\n身份 乙类\n",
    ),
    Entry(
        code="E610",
        severity=_ERROR,
        title="互斥的身份有共同的成员",
        message="“{category}”同时算作“{first}”和“{second}”，这两种身份却互斥。",
        cause="持有“{category}”的人就同时是两种，互斥说没有这样的人，这种身份就没有人能持有。",
        remedy="核对“包括”和“互斥”，改正其中一处。",
        bad="身份 甲类\n  包括 孤儿\n身份 乙类\n  包括 孤儿\n互斥 甲类、乙类\n",
        good="身份 甲类\n  包括 孤儿\n身份 乙类\n互斥 甲类、乙类\n",
    ),
    Entry(
        code="E611",
        severity=_ERROR,
        title="身份的条件不能同时成立",
        message="“{category}”的条件不能同时成立：{conditions}。",
        cause="几行“须”（连同它所属的身份的“须”）要同时成立；它们互相矛盾，没有人能持有这种身份。",
        remedy="改正其中一行；几种情形满足一种即可，用“或”写在一行里。",
        bad="身份 困境儿童\n  须 年龄 不满 16岁\n  须 年龄 不低于 18岁\n",
        good="身份 困境儿童\n  须 年龄 不满 18岁\n",
    ),
    Entry(
        code="E612",
        severity=_ERROR,
        title="连在一起的待遇有两项重叠规则",
        message="“{benefits}”连在一起比较，却有两项重叠规则。",
        cause="基数、起付或者限额相连的待遇是一个整体，只能用一项规则比较；“限于”不能把它分成两种比法。",
        remedy="合成一项重叠规则，“于”后面写全这些待遇；确实不同的，写成不相连的待遇。",
        bad="重叠 就高不就低 于 医疗救助\n  限于 甲类、乙类\n重叠 按顺位 于 医疗救助\n  限于 乙类、丙类\n",
        good="重叠 就高不就低 于 医疗救助\n",
    ),
)

ENTRIES: tuple[Entry, ...] = (*_RULES, *_MEMBERS)
