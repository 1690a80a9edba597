"""What the system administrator does is in the audit too (S-01)."""

from operations.house.calendar_edits import override_day
from operations.house.incidents import retry_incident
from operations.house.parameters import set_parameter
from operations.house.templates import replace_template
from operations.ticking.clock import advance
from queries.house.audit import audit
from tests.operations.test_clock import demonstration  # noqa: F401
from tests.operations.test_incidents import found_unit
from tests.operations.test_templates import mine
from tests.people import admin


def noted() -> list[str]:
    rows = audit(kind="settings").rows
    assert {row.actor for row in rows} <= {admin().name}
    return [row.what for row in rows]


def test_templates_parameters_calendar_retries_and_the_clock_are_noted(start, demonstration, clock):  # noqa: F811
    case = start()
    case.do("签收")
    case.do("办理", result="转交", next_org="new_bureau")
    found_unit("new_bureau")
    assert noted() == []
    retry_incident(case.incidents[0].id, by=admin())
    set_parameter("sec.session_idle", 20, by=admin(), basis="县办发〔2026〕1号")
    override_day(clock.now.date(), False, by=admin(), reason="防汛停工")
    replace_template("order", mine(), by=admin())
    replace_template("order", mine(), by=admin())  # the same again changes nothing
    advance(hours=1, by=admin())
    said = noted()
    for words in (
        "处理异常：未编号的事项，重试",
        "参数 多久不动退出登录（sec.session_idle）：“30”改为“20”，依据：县办发〔2026〕1号",
        "：防汛停工",
        "更换公文模板：催办、督办通知单",
        "时光机前进到 ",
    ):
        assert len([each for each in said if words in each]) == 1, (words, said)
    assert len(said) == 5
