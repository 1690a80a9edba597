"""The vocabulary: every sentence understood in one way, and the handbook the same as the program."""

from pathlib import Path

import pytest

from scenarios.failures import NotUnderstood
from scenarios.handbook import handbook
from scenarios.vocabulary import CHAPTERS, find, sentences, split_moment

HANDBOOK = Path(__file__).parents[2] / "docs" / "scenarios.md"


def test_the_handbook_is_what_the_program_prints() -> None:
    assert HANDBOOK.read_text(encoding="utf-8") == handbook()


@pytest.mark.parametrize("sentence", sentences, ids=lambda sentence: sentence.text)
def test_each_example_is_understood_in_one_way(sentence) -> None:
    assert find(sentence.example, has_table=bool(sentence.table)).sentence is sentence


@pytest.mark.parametrize("sentence", sentences, ids=lambda sentence: sentence.text)
def test_each_sentence_is_explained_to_designers(sentence) -> None:
    assert sentence.chapter in CHAPTERS
    assert sentence.description.endswith(("。", "）"))


def test_a_step_that_nobody_taught_us_gets_the_nearest_ones_as_answer() -> None:
    with pytest.raises(NotUnderstood, match=r"过了 \{数\} 个工作日"):
        find("等待 3 个工作日", has_table=False)


def test_a_table_where_none_belongs_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="不能跟表格"):
        find("没有待办：", has_table=True)


@pytest.mark.parametrize(
    ("text", "moment", "rest"),
    [
        ("2026-03-16 14:00 县自然资源局联络员完成“签收”", "2026-03-16 14:00", "县自然资源局联络员完成“签收”"),
        ("3 个工作日前 09:20 运维重试", "3 个工作日前 09:20", "运维重试"),
        ("2 个工作日后 09:00 运维重试", "2 个工作日后 09:00", "运维重试"),
        ("20 分钟前 运维重试", "20 分钟前", "运维重试"),
        ("运维重试", "", "运维重试"),
        ("现在是 2026-03-16 14:00", "", "现在是 2026-03-16 14:00"),
    ],
)
def test_a_step_may_begin_with_its_moment(text: str, moment: str, rest: str) -> None:
    assert split_moment(text) == (moment, rest)
