"""Benefits and categories that rest on themselves are refused, and nothing is settled by them."""

import pytest

from medaidlang.base.diagnostic import Refusal
from medaidlang.check import run_checks
from medaidlang.driver import usable
from medaidlang.load import load
from tests.interpret.test_review import HEAD

TWO = """身份 甲类
待遇 住院救助
  费用 类型 为 住院
{one}
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 甲类 | 60%  |
待遇 倾斜救助
  费用 类型 为 住院
  接续 住院救助
  基数 个人负担
  起付 不设
  限额 不设
  | 身份 | 比例 |
  | 甲类 | 50%  |
重叠 就高不就低 于 住院救助、倾斜救助
"""


@pytest.mark.parametrize(
    "one",
    [
        "  接续 倾斜救助\n  基数 个人负担",
        "  基数 个人负担 减 倾斜救助 的 支付",
        "  基数 个人负担 减 住院救助 的 支付",
        "  基数 住院救助 的 基数",
    ],
)
def test_benefits_in_a_circle(tmp_path, one):
    path = tmp_path / "圈.medaid"
    path.write_text(HEAD + TWO.format(one=one), encoding="utf-8")
    pack, found = load(path).pack()
    assert found == []
    assert "E303" in {d.code for d in run_checks(pack)}
    with pytest.raises(Refusal) as refused:
        usable(path)
    assert "E303" in {d.code for d in refused.value.diagnostics}
    assert "绕成了圈" in str(refused.value)


def test_categories_that_ask_about_each_other(tmp_path):
    path = tmp_path / "圈.medaid"
    text = "身份 甲类\n  须 身份 属于 乙类\n身份 乙类\n  须 身份 属于 甲类\n"
    path.write_text(HEAD + text, encoding="utf-8")
    pack, _ = load(path).pack()
    assert "E303" in {d.code for d in run_checks(pack)}


def test_no_circle(tmp_path):
    path = tmp_path / "直.medaid"
    path.write_text(HEAD + TWO.format(one="  基数 个人负担"), encoding="utf-8")
    pack, _ = load(path).pack()
    assert "E303" not in {d.code for d in run_checks(pack)}
