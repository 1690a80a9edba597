"""The runner, on a small flow: what it plays, and in which words it fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.scenarios import open_database
from scenarios.features import read_features
from scenarios.runner import Outcome, run_all
from tests.scenarios.small import REGISTER, make_folder, write_scenario
from tests.small_flow import DIAGRAM

Play = Callable[..., Outcome]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """Play one scenario of the small flow, given its steps."""
    folder = make_folder(tmp_path)

    def run(*steps: str) -> Outcome:
        write_scenario(folder, *steps)
        [outcome] = run_all(read_features([folder]), open_database)
        return outcome

    return run


def test_a_case_is_registered_handled_and_closed(play) -> None:
    outcome = play(
        "假如 现在是 2026-03-12 09:00",
        REGISTER,
        "那么 待办是 “办理”（县自然资源局经办人）",
        "当 县自然资源局经办人完成“办理”：",
        "  | 办理情况 | 已办好 |",
        "那么 没有待办",
        "而且 状态是 已归档",
    )
    assert outcome.failure == ""
    assert {"sign", "handle", "number", "done"} <= outcome.walked["small"]


def test_due_timers_fire_at_their_own_moment_while_the_clock_moves(play) -> None:
    outcome = play(
        "假如 现在是 2026-03-12 09:00",
        REGISTER,
        "当 过了 20 个工作日",
        "那么 有催办单 1 份",
        "而且 历史有“03-19 23:59 系统 逾期未办结”",
    )
    assert outcome.failure == ""


def test_a_wrong_expectation_is_told_with_line_expected_and_actual(play) -> None:
    outcome = play(REGISTER, "那么 待办是 “核查”")
    assert outcome.failure.splitlines() == [
        "试.feature:5: 那么 待办是 “核查”",
        "    应为：待办“核查”",
        "    实为：“办理”（县自然资源局经办人）",
    ]


def test_a_step_that_is_refused_fails_unless_the_next_expects_it(play) -> None:
    step = "当 县自然资源局经办人完成“办理”"
    assert "“办理情况”必填" in play(REGISTER, step).failure
    assert play(REGISTER, step, "那么 会被拒绝：“办理情况”").failure == ""


def test_being_accepted_fails_where_a_refusal_is_expected(play) -> None:
    assert "实为：做成了" in play(REGISTER, "那么 会被拒绝：“不行”").failure


def test_a_refusal_in_other_words_fails(play) -> None:
    outcome = play(REGISTER, "当 县自然资源局经办人完成“办理”", "那么 会被拒绝：“没有权限”")
    assert "被拒绝，但提示是" in outcome.failure


def test_an_unknown_post_is_told_with_the_posts_of_the_unit(play) -> None:
    outcome = play(REGISTER, "当 县自然资源局局长完成“办理”")
    assert "没有岗位“县自然资源局局长”。县自然资源局有：联络员、经办人、分管领导" in outcome.failure


def test_an_unknown_field_is_told_with_the_fields_there_are(play) -> None:
    outcome = play(REGISTER, "当 县自然资源局经办人完成“办理”：", "  | 结果 | 好 |")
    assert "没有字段“结果”，有：办理情况" in outcome.failure


def test_time_does_not_go_back(play) -> None:
    outcome = play("假如 现在是 2026-03-12 09:00", REGISTER, "当 到了 2026-03-11 09:00")
    assert "时间不能倒退：现在是 2026-03-12 09:00，不能回到 2026-03-11 09:00" in outcome.failure


def test_each_scenario_begins_on_a_database_of_its_own(play) -> None:
    again = (
        "假如 现在是 2026-03-12 09:00",
        REGISTER,
        "当 县自然资源局经办人完成“办理”：",
        "  | 办理情况 | 好 |",
        "那么 事项编号是 XT20260001",
    )
    assert [play(*again).failure, play(*again).failure] == ["", ""]


def test_a_changed_parameter_does_not_reach_the_next_scenario(play) -> None:
    changed = ("假如 现在是 2026-03-12 09:00", "假如 参数“xt.handle_days.general”改为 3（依据 某文）", REGISTER)
    assert play(*changed, "那么 时限“handle”到期于 2026-03-17").failure == ""
    assert play("假如 现在是 2026-03-12 09:00", REGISTER, "那么 时限“handle”到期于 2026-03-19").failure == ""


def test_a_diagram_that_cannot_be_deployed_fails_its_scenarios_in_words(play, tmp_path) -> None:
    (tmp_path / "small" / "small.bpmn").write_bytes(DIAGRAM.replace(b"case.number", b"case.numbr"))
    assert "case.numbr" in play(REGISTER).failure


def test_a_step_that_went_wrong_waits_for_an_operator_and_can_be_retried(play) -> None:
    outcome = play(
        REGISTER,
        "当 县自然资源局经办人完成“办理”：",
        "  | 办理情况     | 转给不存在的单位 |",
        "  | 转交单位代号 | nobody           |",
        "那么 出错了：“没有代号为“nobody”的单位”",
        "当 运维重试",
        "那么 出错了：“没有代号为“nobody”的单位”",
        "而且 没有出错",
    )
    assert "试.feature:11: 而且 没有出错" in outcome.failure
