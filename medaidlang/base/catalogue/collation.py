"""E74x 原文核对: the rules held against the document's text (`medaid source`)."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry
from medaidlang.base.diagnostic import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="E740",
        severity=_ERROR,
        title="原文不是纯文本",
        message="“{path}”是{sort}，不是纯文本。",
        cause="核对要逐条读原文的文字；Word、PDF、压缩文件和图片里的文字不能直接读。",
        remedy="在 Word、WPS 或者 PDF 阅读器里全选、复制，存成 UTF-8 的 .txt；扫描件先做文字识别。",
    ),
    Entry(
        code="E741",
        severity=_ERROR,
        title="原文里没有找到这一条",
        message="“目录”里的{mark}在原文里没有找到。",
        cause="原文没有这个编号的标题，或者标题前面的编号被扫描识别坏了，或者给的文字缺页。",
        remedy="对照原文改正“目录”和条款号；原文真的缺页，在这一条写“原文缺失”，或者写“不编码”并说明原文缺页。",
    ),
    Entry(
        code="E742",
        severity=_ERROR,
        title="不是这份文件的原文",
        message="“{path}”不像是《{name}》的原文：条款标题找到 {found}，规则里的数和名称找到 {there}。",
        cause="找到的标题和数太少，逐条核对没有意义；多半是选错了文件，或者文字只是其中一部分。",
        remedy="核对规则包和原文是不是同一份文件（标题、文号、年份）。",
    ),
    Entry(
        code="E743",
        severity=_ERROR,
        title="原文摘要文件不能用",
        message="“{path}”不是 medaid 记录的原文摘要。",
        cause="这个文件由 medaid source --record 写出，记着每一条原文的摘要；它被改动过，或者是别的文件。",
        remedy="换一个文件名（--digests），或者删去它，再用 --record 重新记录。",
    ),
    Entry(
        code="E744",
        severity=_ERROR,
        title="规则里的数不在原文",
        message="规则写了“{words}”，原文里没有这个数，也不能由这一条的数算出来。",
        cause="多半是抄错了数，或者是编者自己的推断。",
        remedy="对照原文改正；原文没有写的数，写成“参数”“原文缺失”，或者作为“口径”写明理由。",
    ),
    Entry(
        code="W745",
        severity=_WARNING,
        title="规则里的数在别的条",
        message="规则在这一条写了“{words}”，原文里这个数在别的条。",
        cause="条款号会写进算式和规则表，审核的人要在那一条里找到这个数。",
        remedy="把这一行移到写着这个数的条款下面；确实是引用别条的数，可以用“令”起名再引用。",
    ),
    Entry(
        code="E746",
        severity=_ERROR,
        title="规则里的名称不在原文",
        message="规则写了“{words}”，原文里没有这个名称。",
        cause="身份和名录的条目应当用原文的名称；写错一个字，就对不上名单。",
        remedy="照原文改正名称。",
    ),
    Entry(
        code="W747",
        severity=_WARNING,
        title="名称与原文不完全相同",
        message="规则写了“{words}”，与原文的写法不完全相同。",
        cause="原文写的是近似的名称，或者只写了一类而没有逐个列出，规则里的是编者列举的。",
        remedy="核对是不是同一回事；是，就不必改，在口径里写明更好。",
    ),
    Entry(
        code="W748",
        severity=_WARNING,
        title="原文的数没有规则用到",
        message="原文这一条的“{words}”，这一条的规则没有用到。",
        cause="可能漏写了一项规定；也可能只是说明性的数，不产生金额。",
        remedy="对照原文：是规定的，补上规则；不是的，不必理会。",
    ),
    Entry(
        code="E749",
        severity=_ERROR,
        title="原文与记录的不同",
        message="{words}的文字与记录摘要时的不同。",
        cause="原文修订过，或者这次给的是另一个版本；规则是照先前的文字写的。",
        remedy="逐字核对这一条，改好规则以后用 --record 重新记录。",
    ),
    Entry(
        code="E750",
        severity=_ERROR,
        title="目录漏了原文的标题",
        message="原文有标题“{words}”，“目录”里没有。",
        cause="“目录”要列出原文的全部条款，漏了的条款就没有人去看。",
        remedy="在“目录”里补上，并在规则文件里写上这一条。",
    ),
    Entry(
        code="W751",
        severity=_WARNING,
        title="口径所定的数",
        message="规则写了“{words}”，原文没有这个数，是口径定的。",
        cause="这个数只在口径的一种读法下有效，而且写在口径的“取”或者“备选”里。",
        remedy="核对口径的理由；“取”“备选”里没有写明的数，仍算不在原文（E744）。",
    ),
)
