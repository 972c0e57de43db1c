"""E1xx 读取与字符: files, encodings, characters and sizes."""

from __future__ import annotations

from medaidlang.base.catalogue.entry import Entry
from medaidlang.base.diagnostic import Severity

_ERROR = Severity.ERROR

_FILES = (
    Entry(
        code="E101",
        severity=_ERROR,
        title="文件不能读取",
        message="“{path}”不存在，或者不能读取。",
        cause="路径写错，文件已被移动或改名，或者没有读取权限。",
        remedy="核对文件夹和文件名（包括扩展名）；路径中有空格时用引号括起来。",
    ),
    Entry(
        code="E102",
        severity=_ERROR,
        title="文件不是 UTF-8 编码",
        message="“{path}”不能按 UTF-8 读取，看起来的编码是：{guess}。",
        cause="旧版记事本和部分办公软件在中文系统上默认存为 GBK；规则文件和数据文件一律用 UTF-8，免得同一个字在不同机器上读成两样。",
        remedy="用记事本或 WPS 打开，选“另存为”，编码选 UTF-8；或者在终端运行：iconv -f GB18030 -t UTF-8 原文件 > 新文件。",
    ),
    Entry(
        code="E103",
        severity=_ERROR,
        title="文件开头有字节序标记（BOM）",
        message="文件开头有一个看不见的字节序标记。",
        cause="部分编辑器存为“带 BOM 的 UTF-8”；它会被当成第一个词的一部分。",
        remedy="运行 medaid fmt 去除；或者另存为“UTF-8（无 BOM）”。",
    ),
    Entry(
        code="E109",
        severity=_ERROR,
        title="文件过大",
        message="文件有 {size}，超过上限 {limit}。",
        cause="规则文件是给人读的；这么大的文件多半是误选了数据文件。",
        remedy="核对文件；确实需要时，按条款拆成几个文件，再用“包含”合起来。",
    ),
    Entry(
        code="E112",
        severity=_ERROR,
        title="包含的文件在本文件夹之外",
        message="包含的文件“{path}”不在本文件夹里。",
        cause="一个文件夹放一份文件的全部规则，拿走文件夹就能重新核算；因此除了随程序提供的公共词汇，不能引用文件夹以外的内容。",
        remedy="把要包含的文件放进本文件夹，只写它的名称。",
        bad="包含 「../公共/病种」\n",
        good="包含 病种\n",
    ),
    Entry(
        code="E113",
        severity=_ERROR,
        title="文件互相包含",
        message="文件包含成环：{chain}。",
        cause="一个文件直接或者间接地包含了自己，读不完。",
        remedy="去掉环中的一处“包含”；把共用的部分单独放进一个文件。",
    ),
    Entry(
        code="E115",
        severity=_ERROR,
        title="找不到包含的文件",
        message="要包含的文件“{path}”找不到。",
        cause="名称写错，或者文件没有放进本文件夹。",
        remedy="核对名称（不写扩展名），或者在本文件夹里补上这个文件。",
        bad="包含 病中\n",
        good="包含 病种\n",
    ),
)

_CHARACTERS = (
    Entry(
        code="E104",
        severity=_ERROR,
        title="有控制字符",
        message="这里有控制字符 {char}（{name}）。",
        cause="控制字符看不见，多半是从别的软件粘贴时带来的，或者文件已经损坏。",
        remedy="删去这个字符；看不见时把这一行重新打一遍。",
        bad="身份 低保\u0000对象\n",
        good="身份 低保对象\n",
    ),
    Entry(
        code="E105",
        severity=_ERROR,
        title="有双向控制字符",
        message="这里有改变文字显示方向的控制字符。",
        cause="这类字符能让屏幕上看到的次序与实际的次序不同：审核时看到的是一个数，计算用的是另一个数。",
        remedy="删去这个字符；中文文件用不到它。",
        bad="限额 \u202e00006\u202c元\n",
        good="限额 60000元\n",
    ),
    Entry(
        code="E106",
        severity=_ERROR,
        title="有零宽字符",
        message="这里有一个不占宽度、看不见的字符。",
        cause="从网页或者聊天软件粘贴时常会带来；它使看上去相同的两个名称不是同一个名称。",
        remedy="删去这个字符；看不见时把这个词重新打一遍。",
        bad="身份 低保\u200b对象\n",
        good="身份 低保对象\n",
    ),
    Entry(
        code="E107",
        severity=_ERROR,
        title="全角字母或数字",
        message="“{char}”是全角字符，与“{plain}”看上去相近，却不是同一个字符。",
        cause="输入法处于全角状态；全角和半角混用时，看上去相同的名称会对不上。",
        remedy="改成半角的“{plain}”。",
        bad="限额 ６万元\n",
        good="限额 6万元\n",
    ),
    Entry(
        code="E108",
        severity=_ERROR,
        title="行首缩进不一致",
        message="行首的缩进里有制表符或者全角空格。",
        cause="缩进表示内容属于哪一句；制表符和全角空格在不同软件里宽窄不一，看着对齐，其实没有对齐。",
        remedy="行首只用半角空格；运行 medaid fmt 可以全部改好。",
        bad="待遇 医疗救助\n\u3000\u3000费用 住院\n",
        good="待遇 医疗救助\n  费用 住院\n",
    ),
)

_SIZES = (
    Entry(
        code="E110",
        severity=_ERROR,
        title="括号嵌套过深",
        message="括号嵌套了 {depth} 层，超过上限 {limit} 层。",
        cause="嵌套这么深的式子没有人能对照原文核对。",
        remedy="用“令 … 为 …”给中间的结果起名，分步写。",
        bad="令 甲 为 ((((乙 + 丙))))\n",
        good="令 丁 为 乙 + 丙\n令 甲 为 丁\n",
    ),
    Entry(
        code="E111",
        severity=_ERROR,
        title="数字位数过多",
        message="这个数有 {digits} 位，超过上限 {limit} 位。",
        cause="医疗救助的金额用不到这么多位，多半是多打了几个零，或者把编号当成了数。",
        remedy="核对原文的数；大的整数可以写成“8万元”。",
        bad="限额 60000000000000000000元\n",
        good="限额 6万元\n",
    ),
    Entry(
        code="E114",
        severity=_ERROR,
        title="一行过长",
        message="这一行太长。",
        cause="规则文件要能逐行对照原文核对；过长的行多半是粘贴时丢了换行。",
        remedy="在顿号、逗号或者“且”“或”处换行，换行后缩进。",
    ),
    Entry(
        code="E116",
        severity=_ERROR,
        title="语句或者元素过多",
        message="语句或者其中的元素过多，超过上限。",
        cause="上限保证检查总能很快做完；超过它的多半是误贴进来的数据。",
        remedy="删去误贴的内容；确实需要时，按条款拆成几个文件，再用“包含”合起来。",
    ),
    Entry(
        code="E117",
        severity=_ERROR,
        title="参数文件只写公布值",
        message="“参数”文件夹里的文件写了“{word}”。",
        cause="这些文件由经办人员每年添数，自动并入规则包；规则混在里面，就没有条款可以核对。",
        remedy="只留“公布值 …”和它的表；规则移到规则文件里所依据的条款下面。",
        bad="参数 低保标准 金额\n  待定 民政局公布\n",
        good="公布值 低保标准\n  | 起           | 止             | 值     | 来源           |\n  | 2026年1月1日 | 2026年12月31日 | 7800元 | “市民政局通知” |\n",
    ),
)

ENTRIES: tuple[Entry, ...] = (*_FILES, *_CHARACTERS, *_SIZES)
