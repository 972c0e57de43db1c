"""Names that are taken, wherever they are declared again."""

import pytest

from medaidlang.load import load
from tests.interpret.test_review import HEAD


@pytest.mark.parametrize(
    "text",
    [
        "身份 类型\n  认定 民政局\n",
        "参数 类型 金额\n  待定 另行公布\n",
        "令 类型 为 个人负担\n",
        "名录 类型\n  条目 甲\n",
        "原文缺失 类型：没有写\n",
        "待遇 类型\n  基数 个人负担\n",
        "资助 类型\n  基数 个人缴费标准\n",
        "口径 类型\n  取 甲\n",
    ],
)
def test_a_name_that_is_taken(text, tmp_path):
    path = tmp_path / "重名.medaid"
    path.write_text(HEAD + text, encoding="utf-8")
    _, found = load(path).pack()
    assert "E302" in [d.code for d in found]
