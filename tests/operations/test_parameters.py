"""Changing parameters: who may, and to what (C-11, SPEC 2.6)."""

import re
from threading import Barrier, get_ident

import pytest

from config import DEFAULTS
from errors import AlreadyChanged, NotAllowed, NotFound
from models import SYSTEM, Identity, Parameter, ParameterValue, session
from operations.acts.file_kinds import MB
from operations.house.parameter_kinds import COUNTED, FORMATS, RANGES, REQUEST_MB, choices_of, why_not
from operations.house.parameters import BadParameterValue, load_parameters, set_parameter, set_parameters
from reference import parameters
from reference.parameters import newest_revision, values_at
from reference.seeds import read_seed, seeded_parameters
from tests.faults.together import at_once
from tests.people import admin, holder_of
from worktime import BadRules

MANAGER = Identity(1, "jingli", "经理", permissions=frozenset({"work", "manage"}))


def value_of(key: str):
    return values_at(newest_revision())[key]


def test_an_administrator_changes_a_parameter_and_the_old_value_stays_on_record(county, clock):
    set_parameter("xt.urge_days", 2, by=admin())
    rows = session.query(ParameterValue).filter_by(key="xt.urge_days").order_by(ParameterValue.id)
    assert [(row.value, row.by) for row in rows] == [(3, "系统"), (2, "系统管理员")]


@pytest.mark.parametrize("post", ["task_force:head", "natural_resources:leader", "supervision_office:supervisor"])
def test_nobody_else_changes_any(county, clock, post):
    with pytest.raises(NotAllowed, match="权限"):
        set_parameter("xt.urge_days", 2, by=holder_of(post))
    assert value_of("xt.urge_days") == 3


def test_a_manager_does_not_change_what_only_an_administrator_may(county, clock):  # editable_by
    set_parameter("xt.urge_days", 2, by=MANAGER)
    with pytest.raises(NotAllowed, match="权限"):
        set_parameter("sec.pwd_min_len", 4, by=MANAGER)
    set_parameter("sec.pwd_min_len", 12, by=admin())
    assert (value_of("xt.urge_days"), value_of("sec.pwd_min_len")) == (2, 12)


def test_what_the_document_says_changes_by_another_document_only(county, clock):
    with pytest.raises(NotAllowed, match="依据文号"):
        set_parameter("xt.handle_days.general", 6, by=admin())
    with pytest.raises(NotAllowed, match="依据文号"):
        set_parameter("xt.handle_days.general", 6, by=admin(), basis="  ")
    assert set_parameter("xt.handle_days.general", 6, by=admin(), basis="潭县政发〔2026〕1号").basis


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("xt.urge_days", "3"),
        ("xt.urge_days", True),
        ("xt.urge_days", None),
        ("xt.urge_days", [3]),
        ("xt.urge_days", -1),
        ("xt.urge_days", 2.5),
        ("xt.urge_days", 100_000),
        ("sec.login_fail_lock", -1),
        ("xt.extend_special", 1),
        ("xt.extend_special", "true"),
        ("xt.report_cycle", 1),
        ("yl.weight.office", float("nan")),
        ("xx.kpi_weights", [0.5, 0.5]),
        ("xx.satisfied_levels", "满意"),
    ],
)
def test_a_value_of_another_kind_is_refused_before_a_case_meets_it(county, clock, key, value):
    before = newest_revision()
    with pytest.raises(BadParameterValue, match=key):
        set_parameter(key, value, by=admin())
    assert newest_revision() == before


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("xt.handle_clock_start", "never", "应为sign（签收）、dispatch（交办）之一；现在是“never”"),
        ("xt.report_cycle", "每月", "monthly（每月）"),
        ("yc.meeting_cycle", "yearly", "weekly（每周）、biweekly（每两周）之一"),
        ("sec.pwd_min_len", 0, "应为8至64的整数"),
        ("sec.pwd_min_len", 9.5, "应为8至64的整数"),
        ("sec.login_fail_lock", 0, "应为1至20的整数"),
        ("sec.session_idle", 0, "应为5至480的整数"),
        ("sec.log_keep_months", 5, "应为6至"),
        ("revisit.max_attempts", 0, "应为1至20的整数"),
        ("xt.urge_days", 241, "应为1至240的整数"),
        ("tz.float.cap_pct", 101, "应在0至100之间"),
        ("tz.dissatisfied_below", -1, "应在0至100之间"),
        ("tz.trial_until", "2024-02-30", "应为存在的日期"),
        ("yc.campaign_end", "02-29", "应为每年都有的月和日"),
        ("xx.leader_duty", "每天", "周二至周五 09:00-10:00"),
        ("xx.hotspot", {"window_hours": 0, "count": 10}, "window_hours、count"),
        ("doc.issuer", {"XT": "task_force"}, "应给YL、YC、TZ、XX写明名称"),
        ("yl.discipline_name", "  ", "不能空着"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would(county, clock, key, value, words):
    before = newest_revision()
    with pytest.raises(BadParameterValue, match=f"（{key}）”.*{words}"):
        set_parameter(key, value, by=admin(), basis="〔2026〕1号")
    assert newest_revision() == before


def test_every_parameter_is_called_something_of_its_own_in_its_document():
    named = [(entry["seed"], entry["name"]) for entry in seeded_parameters()]
    assert len(named) == len(set(named))
    assert all(re.match("[\u4e00-\u9fff1]", name) and len(name) <= 16 for _, name in named)


def test_every_parameter_may_be_what_it_was_seeded_as_and_every_enumeration_has_its_choices(county):
    for entry in seeded_parameters():
        parameter = session.get_one(Parameter, entry["key"])
        assert why_not(parameter, entry["value"], entry["value"]) == "", entry["key"]
        assert (parameter.unit == "enum") == bool(choices_of(parameter.key)), entry["key"]
        assert (
            type(entry["value"]) is not int or "bounds" in entry or parameter.unit in COUNTED.keys() | RANGES.keys()
        ), entry["key"]
    assert FORMATS.keys() <= {entry["key"] for entry in seeded_parameters()}


def test_a_day_cannot_end_at_no_time_of_day(county, clock):  # C-03
    with pytest.raises(BadRules, match="下班"):
        set_parameter("deadline.day_end", "下班", by=admin())
    set_parameter("deadline.day_end", "17:30", by=admin())


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_the_digest_cannot_be_due_in_the_quiet_hours(county, clock):  # C-04
    with pytest.raises(BadParameterValue, match=r"每日汇总的时刻22:00在安静时段22:00-07:00里.*请同时改"):
        set_parameter("notify.digest_at", "22:00", by=admin())
    with pytest.raises(BadParameterValue, match="08:30在安静时段08:00-09:00里"):
        set_parameter("notify.quiet", "08:00-09:00", by=admin())
    set_parameter("notify.digest_at", "07:00", by=admin())
    set_parameters({"notify.quiet": "无", "notify.digest_at": "23:00"}, by=admin())


@pytest.mark.parametrize(("key", "value"), [("revisit.max_attempts", 4), ("xx.satisfied_levels", ["满意"])])
def test_a_value_of_the_same_kind_is_taken(county, clock, key, value):
    set_parameter(key, value, by=admin())
    assert value_of(key) == value


WEIGHTS = [  # 协办单件 (TZ-17), 季度 (TZ-20), 哨件 (YL-A3)
    ("tz.w.park_on_co", "tz.w.lead_on_co"),
    ("tz.w.case", "tz.w.enterprise"),
    ("yl.weight.initiator", "yl.weight.office"),
]


@pytest.mark.parametrize(("one", "other"), WEIGHTS)
def test_weights_that_do_not_add_up_are_refused(county, clock, one, other):  # TZ-17, TZ-20
    before = newest_revision()
    with pytest.raises(BadParameterValue, match=r"权重之和应为100%，现在是.*60%、.*30%.*请同时改"):
        set_parameter(one, 0.6, by=admin(), basis="泰高政办〔2026〕1号")
    assert newest_revision() == before


@pytest.mark.parametrize(("one", "other"), WEIGHTS)
def test_of_two_who_set_weights_at_once_the_sum_stays_100_percent(county, one, other):
    """On PostgreSQL whoever waited is told; SQLite lets one begin when the other has ended."""
    basis = {"by": admin(), "basis": "〔2026〕1号"}
    set_parameters({one: 0.6, other: 0.4}, **basis)
    answers = at_once(
        lambda: set_parameters({one: 0.5, other: 0.5}, **basis), lambda: set_parameters({one: 0.7, other: 0.3}, **basis)
    )
    told = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(each) for each in told] in ([], [AlreadyChanged])
    assert value_of(one) + value_of(other) == 1


def test_whoever_waited_for_another_change_of_parameters_is_told(county, template, monkeypatch):
    if template.backend == "sqlite":
        pytest.skip("SQLite waits before anything is read")
    both_have_read, waited, read = Barrier(2), set(), parameters.newest_revision

    def read_together():
        revision = read()
        if get_ident() not in waited:
            waited.add(get_ident())
            both_have_read.wait()
        return revision

    monkeypatch.setattr(parameters, "newest_revision", read_together)
    by = admin()
    change = lambda value: set_parameter("xt.urge_days", value, by=by)  # noqa: E731
    answers = at_once(lambda: change(2), lambda: change(4))
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyChanged", "ParameterValue"]


@pytest.mark.parametrize(("one", "other"), WEIGHTS)
def test_weights_are_changed_together(county, clock, one, other):
    set_parameters({one: 0.6, other: 0.4}, by=admin(), basis="泰高政办〔2026〕1号")
    assert (value_of(one), value_of(other)) == (0.6, 0.4)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("xx.kpi_weights", dict.fromkeys(["按时反馈率", "按时办结率", "问题解决率", "评价满意率"], 0.3), "100%"),
        ("xx.kpi_weights", {"按时反馈率": 1}, "四项"),
        ("yc.review_group_weights", {"departments": 1}, "三组"),
        ("tz.bonus_cut", ["3/2"], "在0至1之间"),
        ("attach.max_mb", 30, "不能超过60"),  # five of them are more than the server reads
    ],
)
def test_what_cannot_be_reckoned_with_together_is_refused(county, clock, key, value, words):
    with pytest.raises(BadParameterValue, match=words):
        set_parameter(key, value, by=admin(), basis="〔2026〕1号")


def test_of_several_parameters_all_change_or_none(county, clock):
    with pytest.raises(BadParameterValue, match=r"xt\.urge_times"):
        set_parameters({"xt.urge_days": 2, "xt.urge_times": -1}, by=admin())
    assert value_of("xt.urge_days") == 3


def test_an_unknown_parameter_is_told_by_its_name(county, clock):
    with pytest.raises(NotFound, match=r"xt\.nothing"):
        set_parameter("xt.nothing", 1, by=admin())


def test_loading_the_seeds_again_takes_nothing_back(county, clock):
    set_parameter("xt.urge_days", 2, by=admin())
    assert load_parameters(read_seed("parameters.json")["params"], by=SYSTEM) == 0
    assert value_of("xt.urge_days") == 2


def test_the_server_reads_what_the_parameters_let_people_send():
    assert DEFAULTS["UPLOAD_LENGTH"] > REQUEST_MB * MB
