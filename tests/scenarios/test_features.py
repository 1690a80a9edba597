"""Feature files: Chinese Gherkin, with what stands before every scenario filled in."""

from pathlib import Path

import pytest

from scenarios.features import UnreadableFeature, parse_text, read_feature, read_features

FEATURE = """# language: zh-CN
@XT-10
功能: 签收
  背景:
    假如 现在是 2026-02-13 09:00
  @C-03
  场景大纲: 过了 <天> 天
    当 过了 <天> 天
    而且 甲登记“乙”：
      | 字段 | <天> |
    例子:
      | 天 |
      | 1  |
      | 2  |
"""


def write(folder: Path, text: str, name: str = "签收.feature") -> Path:
    path = folder / "flow" / "scenarios" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_outline_gives_a_scenario_for_each_example(tmp_path) -> None:
    first, second = read_feature(write(tmp_path, FEATURE))
    assert [first.name, second.name] == ["过了 1 天", "过了 2 天"]
    assert [step.text for step in first.steps] == ["现在是 2026-02-13 09:00", "过了 1 天", "甲登记“乙”："]
    assert first.steps[2].table == (("字段", "1"),)
    assert first.steps[1].line == 8


def test_a_scenario_carries_the_rules_it_proves(tmp_path) -> None:
    assert read_feature(write(tmp_path, FEATURE))[0].tags == ("XT-10", "C-03")


def test_the_background_of_the_folder_comes_first(tmp_path) -> None:
    common = write(tmp_path, "# language: zh-CN\n功能: 共用\n  背景:\n    假如 运维重试\n", "背景.feature")
    scenario = read_feature(write(tmp_path, FEATURE))[0]
    assert (scenario.steps[0].text, scenario.steps[0].path, scenario.steps[0].line) == ("运维重试", common, 4)


def test_a_mistake_is_told_with_its_line(tmp_path) -> None:
    path = write(tmp_path, "# language: zh-CN\n功能: 坏\n  场景: 一\n    假如 一\n    乱写一行\n")
    with pytest.raises(UnreadableFeature, match=r"签收\.feature:5: 不是有效的 Gherkin"):
        read_feature(path)


def test_a_file_in_another_encoding_is_refused(tmp_path) -> None:
    path = write(tmp_path, "")
    path.write_bytes("功能: 签收".encode("gb18030"))
    with pytest.raises(UnreadableFeature, match="UTF-8"):
        read_feature(path)


def test_an_empty_file_has_no_scenarios(tmp_path) -> None:
    assert read_features([write(tmp_path, "")]) == []


def test_a_scenario_belongs_to_the_flow_it_lies_beside(tmp_path) -> None:
    write(tmp_path, FEATURE)
    assert read_features([tmp_path])[0].flow_folder == tmp_path / "flow"


OUTLINE = "# language: zh-CN\n功能: 大\n  场景大纲: 一\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("    假如 <a>\n" * 200 + "    例子:\n      | a |\n" + "      | 1 |\n" * 200, "连同例子已有 40000 步"),
        ("    假如 " + "<a>" * 3000 + "\n    例子:\n      | a |\n      | " + "1" * 3000 + " |\n", "填入例子以后太长"),
        (
            "\n  场景大纲: " + "<a>" * 3000 + "\n    例子:\n      | a |\n      | " + "1" * 3000 + " |\n",
            "填入例子以后太长",
        ),
        ("    假如 <a>\n    例子:\n      | a | b |\n      | <b><b> | <b><b> |\n", "不能再写 <列名>"),
        ("    假如 <a>\n    例子:\n      | (a+)+b |\n      | 1 |\n", "列名“\\(a\\+\\)\\+b”里不能有"),
    ],
)
def test_a_short_text_that_would_come_to_very_much_is_refused_before_it_does(text, words) -> None:
    with pytest.raises(UnreadableFeature, match=words):
        parse_text("大.feature", OUTLINE + text)
