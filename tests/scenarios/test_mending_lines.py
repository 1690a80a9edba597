"""Steps are put into the text of a scenario and taken out of it, and the lines around still say what they said."""

from scenarios.mending.edits import GIVEN, Put, Take, background_lines, edited, new_text

TEXT = """# language: zh-CN
功能: 试
  背景:
    假如 “签收”通常这样填：
      | 签收人 | 联络员 |
    当 甲完成“签收”

  场景: 一
    那么 状态是 办理中
    而且 没有出错
    当 2026-03-16 14:00 甲完成“办理”：
      | 办理情况 | 好 |
    而且 甲完成“核查”
    那么 没有待办
"""


def after(*edits: Put | Take) -> list[str]:
    """The lines that are not as they were, with - before what is gone and + before what is new."""
    rows = edited(TEXT, edits)
    assert [row.text for row in rows if row.sign != "+"] == TEXT.split("\n")
    assert new_text(rows) == "\n".join(row.text for row in rows if row.sign != "-")
    return [f"{row.sign} {row.text.strip()}" for row in rows if row.sign != " "]


def test_a_step_goes_behind_the_table_of_the_one_it_follows_and_goes_on_with_its_keyword():
    assert after(Put(6, "乙完成“踏勘”")) == ["+ 而且 乙完成“踏勘”"]
    assert after(Put(11, "乙完成“踏勘”：", rows=("| 情况 | 到场 |",))) == ["+ 而且 乙完成“踏勘”：", "+ | 情况 | 到场 |"]
    assert after(Put(4, "“踏勘”通常这样填：", keyword=GIVEN)) == ["+ 而且 “踏勘”通常这样填："]


def test_what_went_on_with_another_keyword_says_it_again_behind_the_new_step():
    assert after(Put(9, "乙完成“踏勘”"), Put(9, "丙完成“踏勘”")) == [
        "+ 当 乙完成“踏勘”",
        "+ 而且 丙完成“踏勘”",
        "- 而且 没有出错",
        "+ 那么 没有出错",
    ]


def test_a_step_before_another_takes_its_moment():
    assert after(Put(11, "乙完成“踏勘”", before=True)) == [
        "- 当 2026-03-16 14:00 甲完成“办理”：",
        "+ 当 2026-03-16 14:00 乙完成“踏勘”",
        "+ 而且 甲完成“办理”：",
    ]
    assert after(Put(9, "乙完成“踏勘”", before=True)) == ["+ 当 乙完成“踏勘”"]


def test_a_step_that_goes_leaves_its_moment_and_takes_its_table_along():
    assert after(Take(11)) == [
        "- 当 2026-03-16 14:00 甲完成“办理”：",
        "+ 当 到了 2026-03-16 14:00",
        "- | 办理情况 | 好 |",
    ]
    assert after(Take(9)) == ["- 那么 状态是 办理中", "- 而且 没有出错", "+ 那么 没有出错"]
    assert background_lines(TEXT) == [4, 6]
