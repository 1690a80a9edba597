"""`flask scenario …`: one line a scenario, and an exit code that a build can rely on."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.scenarios import scenario
from scenarios.handbook import handbook
from tests.scenarios.small import REGISTER, make_folder, write_scenario


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


def flask_scenario(*arguments: object) -> Result:
    return CliRunner().invoke(scenario, [str(each) for each in arguments])


def test_scenarios_that_pass_exit_with_0(folder) -> None:
    write_scenario(folder, REGISTER, "那么 待办是 “办理”", name="一")
    write_scenario(folder, REGISTER, "那么 没有出错", name="二")
    result = flask_scenario("run", folder)
    assert result.exit_code == 0
    assert "一：一" in result.output
    assert "2 个场景，0 个未通过" in result.output


def test_a_scenario_that_fails_is_told_with_its_step_and_exits_with_1(folder) -> None:
    path = write_scenario(folder, REGISTER, "那么 没有待办")
    result = flask_scenario("run", path)
    assert result.exit_code == 1
    assert "试.feature:5: 那么 没有待办" in result.output
    assert "实为：“办理”（县自然资源局经办人）" in result.output


def test_a_scenario_that_lies_beside_no_flow_is_told_where_it_belongs(tmp_path) -> None:
    lonely = tmp_path / "notes" / "scenarios"
    lonely.mkdir(parents=True)
    (lonely / "试.feature").write_text("# language: zh-CN\n功能: 试\n  场景: 一\n    当 过了 1 天\n", encoding="utf-8")
    result = flask_scenario("run", tmp_path)
    assert result.exit_code == 1
    assert "“notes”里没有流程图" in result.output


def test_no_scenario_at_all_is_no_success(folder) -> None:
    assert flask_scenario("run", folder).exit_code == 1


def test_a_file_that_cannot_be_read_is_told_in_words(folder) -> None:
    (folder / "坏.feature").write_text("# language: zh-CN\n乱写", encoding="utf-8")
    result = flask_scenario("run", folder)
    assert result.exit_code == 1
    assert "坏.feature:2: 不是有效的 Gherkin" in result.output


def test_the_vocabulary_is_printed() -> None:
    assert flask_scenario("vocabulary").output == handbook()
