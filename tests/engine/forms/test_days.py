from datetime import datetime

import pytest

from engine.feel.values import CHINA
from engine.forms import clean
from errors import InvalidForm
from tests.engine.forms.schemas import component, faults, form, schema

HELD = component("datetime", "held_on", "会议日期", subtype="date", properties={"notAfter": "today"})


NOW = datetime(2026, 3, 12, 10, 30, tzinfo=CHINA)


def test_what_has_been_held_was_held_today_at_the_latest():
    assert clean(form(HELD), {"held_on": "2026-03-12"}, now=NOW) == {"held_on": "2026-03-12"}
    with pytest.raises(InvalidForm) as ahead:
        clean(form(HELD), {"held_on": "2026-03-13"}, now=NOW)
    assert ahead.value.problems == {"held_on": "“会议日期”不能晚于今天（2026-03-12）。"}
    assert "只能写 today" in faults(schema(HELD | {"properties": {"notAfter": "tomorrow"}}))


DUE = component("datetime", "due", "完成时限", subtype="date", properties={"notBefore": "today"})
ROWS = component("dynamiclist", "rows", "任务清单", components=[DUE])


def test_what_is_to_be_done_is_due_today_at_the_earliest_in_a_row_too():
    assert clean(form(DUE), {"due": "2026-03-12"}, now=NOW) == {"due": "2026-03-12"}
    assert clean(form(DUE), {"due": ""}, now=NOW) == {"due": None}
    with pytest.raises(InvalidForm) as past:
        clean(form(DUE, ROWS), {"due": "2026-03-11", "rows": [{"due": "2026-03-12"}, {"due": "2025-12-31"}]}, now=NOW)
    assert past.value.problems == {
        "due": "“完成时限”不能早于今天（2026-03-12）。",
        "rows.1.due": "“完成时限”不能早于今天（2026-03-12）。",
    }


def test_what_is_to_be_done_is_due_in_a_year_whose_working_days_are_known():
    assert clean(form(DUE, COME), {"due": "2027-12-31", "come": "2027-12-31 23:59"}, now=NOW)
    with pytest.raises(InvalidForm) as beyond:
        clean(form(DUE, COME), {"due": "2040-01-01", "come": "2028-01-01 09:00"}, now=NOW)
    assert beyond.value.problems == {
        "due": "“完成时限”不能晚于明年年底（2027-12-31）。",
        "come": "“报到时间”不能晚于明年年底（2027-12-31）。",
    }


COME = component("datetime", "come", "报到时间", subtype="datetime", properties={"notBefore": "now"})


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ("2026-03-12 10:30", None),
        ("2026-03-12T02:30:00Z", None),  # the same moment
        ("2026-03-12 10:29", "“报到时间”不能早于现在（2026-03-12 10:30）。"),
        ("2026-03-11 18:00", "“报到时间”不能早于现在（2026-03-12 10:30）。"),
    ],
)
def test_a_time_of_day_is_held_to_the_minute(sent, problem):
    if problem is None:
        assert clean(form(COME), {"come": sent}, now=NOW) == {"come": "2026-03-12T10:30:00+08:00"}
    else:
        with pytest.raises(InvalidForm) as past:
            clean(form(COME), {"come": sent}, now=NOW)
        assert past.value.problems == {"come": problem}


def test_a_minute_that_has_begun_is_not_past():
    late_in_it = NOW.replace(second=59)
    assert clean(form(COME), {"come": "2026-03-12 10:30"}, now=late_in_it)["come"]


def test_only_a_date_has_a_day_to_be_held_to():
    assert "只能写 today（notBefore）" in faults(schema(DUE | {"properties": {"notBefore": "now"}}))
    assert "只能写 today 或 now" in faults(schema(COME | {"properties": {"notBefore": "yesterday"}}))
    assert "“理由”不是日期" in faults(
        schema(component("textarea", "reason", "理由") | {"properties": {"notBefore": "today"}})
    )
