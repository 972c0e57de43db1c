"""Packs at the edge: hardly anything in them."""

import pytest

from medaidlang.load import load
from medaidlang.sheet import render_sheet
from medaidlang.sheet.view import view

from .markup import Page

BARE = """包含 公共词汇

文件 某市医疗救助办法
  代号 mou2030

【一】 对象
身份 低保对象、特困人员
互斥 低保对象、特困人员

【二】 待遇
待遇 医疗救助
  费用 类型 为 住院
  基数 个人负担
  起付 不设
  限额 不设
  | 身份               | 起付 | 比例 | 限额 |
  | 低保对象、特困人员 | 不设 | 50%  | 不设 |
"""
NOTHING = """包含 公共词汇

文件 某市没有待遇的办法
  代号 kong2030

【一】 目标
不编码 目标，不产生金额
"""


@pytest.fixture
def sheet(tmp_path):
    def made(text):
        path = tmp_path / "某市.medaid"
        path.write_text(text, encoding="utf-8")
        html = render_sheet(load(path))
        page = Page(html)
        assert page.wrong == []
        return page

    return made


def test_a_pack_without_examples_or_readings(sheet):
    page = sheet(BARE)
    assert "低保对象、特困人员互斥" in page.words
    assert "原文没有施行日期" in page.words
    assert "本规则文件没有记录口径" in page.words
    assert "50000.00" in page.words  # half of 10万元


def test_a_pack_without_benefits(sheet):
    page = sheet(NOTHING)
    assert "不编码" in page.words
    assert "本文件没有规定参保资助" in page.words


def test_categories_whose_amounts_are_not_known_keep_their_own_standards(sheet, tmp_path):
    """Both curves are 无法计算, which does not make their rows the same."""
    text = BARE.replace("  基数 个人负担", "  基数 若 开关 则 个人负担 否则 0元").replace(
        "  | 低保对象、特困人员 | 不设 | 50%  | 不设 |",
        "  | 低保对象 | 1000元 | 70% | 不设 |\n  | 特困人员 | 不设 | 100% | 不设 |",
    )
    text = text.replace("  起付 不设", "  起付 按年累计")
    text = text.replace("【二】 待遇\n", "【二】 待遇\n参数 开关 是否\n  待定 另行规定\n")
    loaded = load(written(tmp_path, text))
    rows = {row.title: row.cells for row in view(loaded).done.summary.standards}
    assert rows == {"低保对象": ("1000元", "70%", "不设"), "特困人员": ("不设", "100%", "不设")}
    assert "无法计算" in sheet(text).words


def written(folder, text):
    path = folder / "缺数.medaid"
    path.write_text(text, encoding="utf-8")
    return path
