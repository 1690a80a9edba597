"""What a draft keeps of what was typed: all of it, unchecked, in the shape that a template draws."""

from typing import Any

from engine.forms import drafted
from tests.engine.forms.schemas import component, form

TITLE = component("textfield", "title", "标题", validate={"required": True})
DAYS = component("number", "days", "天数", validate={"max": 5})
NOTHING: dict[str, Any] = {"title": None, "days": None, "units": None, "rows": []}
UNITS = component("checklist", "units", "单位", valuesKey="units")
ROWS = component("dynamiclist", "rows", "联系记录", components=[component("textfield", "what", "内容")])
FORM = form(TITLE, DAYS, UNITS, ROWS)


def test_nothing_is_checked():
    typed = {"title": "  ", "days": "九十九", "units[]": ["没有的单位"]}
    assert drafted(FORM, typed) == NOTHING | {"title": "  ", "days": "九十九", "units": ["没有的单位"]}


def test_rows_stay_as_they_were_typed():
    typed = {"rows[0]": "", "rows[0][what]": "第一次联系", "rows[4][what]": ""}
    assert drafted(FORM, typed)["rows"] == [{"what": "第一次联系"}, {"what": ""}]


def test_a_field_that_was_emptied_is_kept_as_empty():
    assert drafted(FORM, {}) == NOTHING


def test_what_is_read_only_and_what_the_form_does_not_ask_is_left_out():
    shown = component("textfield", "who", "登记人", readonly=True)
    assert drafted(form(TITLE, shown), {"title": "甲", "who": "乙", "secret": "丙"}) == {"title": "甲"}


def test_a_draft_of_another_edition_of_the_form_keeps_what_still_fits():
    kept = {
        "title": ["一", {"x": "y"}],
        "days": {"a": "1"},
        "units": "law",
        "rows": ["x", {"what": "内容", "gone": "1"}],
    }
    again = drafted(FORM, kept)
    assert again == {"title": ["一"], "days": None, "units": "law", "rows": [{"what": "内容"}]}
    assert drafted(FORM, kept | {"rows": "x"})["rows"] == []


def test_a_kept_draft_comes_out_as_it_went_in():
    once = drafted(FORM, {"title": "甲", "units[]": ["law"], "rows[2][what]": "内容"})
    assert drafted(FORM, once) == once
