"""`flask parameter …`."""

import pytest

from operations.house.deployments import deploy
from reference.parameters import newest_revision, values_at
from tests.small_flow import FILES


def test_the_list_says_value_rule_and_what_nothing_reads_yet(flask):
    deploy("small", FILES)
    lines = {line.split(" ")[0]: line for line in flask("parameter", "list").output.splitlines()}
    assert lines["xt.auto_sign_days"].startswith("xt.auto_sign_days = 2个工作日  签收时限  XT-10 原文规定")
    assert "【尚未启用】" in lines["sec.pwd_max_age"]
    assert "【尚未启用】" in lines["xt.redo_days"]  # no deployed flow asks for it
    assert "【尚未启用】" not in lines["sec.pwd_min_len"]


def test_a_prefix_narrows_the_list(flask):
    lines = flask("parameter", "list", "sec.").output.splitlines()
    assert all(line.startswith("sec.") for line in lines[:-1])
    assert lines[-1] == f"共 {len(lines) - 1} 项。"
    assert flask("parameter", "list", "sec%").exit_code == 1


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("xt.urge_days", "2", 2),
        ("xt.extend_special", "true", True),
        ("xt.extend_special", "是", True),
        ("deadline.day_end", "17:30", "17:30"),
        ("tz.float.per_over", "0.2", 0.2),
        ("xx.satisfied_levels", '["满意"]', ["满意"]),
    ],
)
def test_a_parameter_is_set_as_the_kind_it_is(flask, key, text, value):
    result = flask("parameter", "set", key, text, "--basis", "〔2026〕1号")
    assert result.exit_code == 0, result.output
    assert values_at(newest_revision())[key] == value


def test_what_the_document_says_needs_a_document(flask):
    refused = flask("parameter", "set", "xt.handle_days.general", 6)
    assert (refused.exit_code, "依据文号" in refused.output) == (1, True)
    taken = flask("parameter", "set", "xt.handle_days.general", 6, "--basis", "潭县政发〔2026〕1号")
    assert "xt.handle_days.general：5 → 6" in taken.output


def test_weights_that_must_add_up_are_set_in_one_command(flask):  # TZ-20
    basis = ("--basis", "泰高政办〔2026〕1号")
    refused = flask("parameter", "set", "tz.w.case", "0.6", *basis)
    assert (refused.exit_code, "权重之和应为100%" in refused.output) == (1, True)
    taken = flask("parameter", "set", "tz.w.case", "0.6", "tz.w.enterprise", "0.4", *basis)
    assert taken.output.splitlines() == ["tz.w.case：0.7 → 0.6", "tz.w.enterprise：0.3 → 0.4"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tz.w.case", "0.6", "tz.w.enterprise"], "“tz.w.enterprise”后面没有写值。"),
        (["tz.w.case", "0.6", "tz.w.case", "0.5"], "“tz.w.case”写了两次。"),
    ],
)
def test_a_value_left_out_or_a_parameter_named_twice_is_told(flask, words, said):
    result = flask("parameter", "set", *words)
    assert (result.exit_code, said in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("xt.nothing", "1", "没有名为"),
        ("xt.urge_days", "三天", "应为数"),
        ("xt.urge_days", "-1", "应为1至"),
        ("xt.urge_days", "0", "应为1至"),
        ("xt.urge_times", "-1", "应为0至"),
        ("xt.urge_days", "NaN", "应为数"),
        ("deadline.day_end", "下班", "不是时刻"),
    ],
)
def test_what_cannot_be_set_is_refused_in_words(flask, key, text, words):
    result = flask("parameter", "set", key, text)
    assert result.exit_code == 1
    assert words in result.output


def test_a_key_that_is_put_together_at_run_time_counts_as_read(flask):
    lines = flask("parameter", "list", "yc.kpi.").output.splitlines()
    assert "yc.kpi.online_rate" in "".join(lines)
    assert not any("【尚未启用】" in line for line in lines)


@pytest.mark.parametrize("value", ["-1", "1.5"])
def test_hours_are_counted_in_whole_numbers(flask, value):
    result = flask("parameter", "set", "revisit.min_gap_hours", "--", value)
    assert result.exit_code == 1
    assert "revisit.min_gap_hours" in result.stderr


@pytest.mark.parametrize("key", ["xt.dispatch_days", "warn.blue_before", "xt.contact_days", "xt.urge_times"])
def test_what_may_be_the_same_day_or_off_or_never_may_be_none(flask, key):
    assert f"{key}：" in flask("parameter", "set", key, 0).output
    assert values_at(newest_revision())[key] == 0


def test_the_list_is_in_words(flask):
    text = flask("parameter", "list").output
    assert "xt.extend_special = 否  " in text
    assert "revisit.min_gap_hours = 4小时  " in text
    assert "deadline.day_end = 23:59:59  " in text
    values = [line.split("  ")[0] for line in text.splitlines()]
    assert not any(line.endswith((" wd", " cd", "bool", " enum", "true", "false")) for line in values)


def test_an_enumeration_is_listed_with_its_choices_and_takes_no_other(flask):
    assert "可选 sign（签收）、dispatch（交办）" in flask("parameter", "list", "xt.handle_clock_start").output
    refused = flask("parameter", "set", "xt.handle_clock_start", "吃饭")
    assert refused.exit_code == 1
    assert "“办理时限从何时起算（xt.handle_clock_start）”应为sign（签收）、dispatch（交办）之一" in refused.stderr
