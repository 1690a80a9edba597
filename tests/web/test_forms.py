"""Forms of every kind are drawn so that what was sent comes back as it was."""

import json
from datetime import datetime

import pytest
from flask import render_template_string

from config import ZONE
from engine.forms import Choice, Field, parse_form
from operations.people.abolition import abolish_unit
from tests.people import admin
from web.forms import bounds
from web.typed import read_values

COMPONENTS = [
    {
        "type": "textfield",
        "key": "name",
        "id": "1",
        "label": "名称",
        "description": "写全称",
        "validate": {"required": True},
    },
    {"type": "textarea", "key": "story", "id": "2", "label": "经过", "properties": {"origin": "P"}},
    {"type": "number", "key": "times", "id": "3", "label": "次数"},
    {"type": "select", "key": "unit", "id": "4", "label": "单位", "valuesKey": "units"},
    {"type": "radio", "key": "level", "id": "5", "label": "级别", "values": [{"value": "1", "label": "一级"}]},
    {"type": "checkbox", "key": "secret", "id": "6", "label": "保密"},
    {"type": "taglist", "key": "cos", "id": "7", "label": "协办", "valuesKey": "units"},
    {"type": "datetime", "subtype": "datetime", "key": "at", "id": "8", "label": "时间"},
    {
        "type": "datetime",
        "subtype": "date",
        "key": "due",
        "id": "14",
        "label": "时限",
        "properties": {"notBefore": "today"},
    },
    {
        "type": "datetime",
        "subtype": "date",
        "key": "held",
        "id": "15",
        "label": "日期",
        "properties": {"notAfter": "today"},
    },
    {
        "type": "datetime",
        "subtype": "datetime",
        "key": "come",
        "id": "16",
        "label": "报到",
        "properties": {"notBefore": "now"},
    },
    {"type": "text", "id": "9", "text": "说明文字"},
    {
        "type": "group",
        "id": "10",
        "label": "一组",
        "components": [
            {"type": "textfield", "key": "inner", "id": "11", "label": "里面", "conditional": {"hide": '=level = "1"'}}
        ],
    },
    {
        "type": "dynamiclist",
        "path": "log",
        "id": "12",
        "label": "联系记录",
        "components": [
            {"type": "textfield", "key": "how", "id": "13", "label": "方式", "validate": {"required": True}}
        ],
    },
]
FORM = parse_form("all.form.json", json.dumps({"type": "default", "id": "all", "components": COMPONENTS}).encode())
LISTS = {"units": [Choice("housing", "县住建局"), Choice("tax", "县税务局")]}
PAGE = "{% from '_form.html' import form %}{{ form(form_, lists, values, problems, 'r-1', '提交') }}"


@pytest.fixture
def draw(app):
    def drawn(values, problems=None):
        with app.test_request_context():
            return render_template_string(PAGE, form_=FORM, lists=LISTS, values=values, problems=problems or {})

    return drawn


def test_every_field_has_a_label_that_belongs_to_it(draw):
    page = draw({})
    for key in ("name", "story", "times", "unit", "secret", "at", "inner"):
        assert f'<label for="f-{key}">' in page or f'<label class="form-check-label" for="f-{key}">' in page
    assert "说明文字" in page
    assert "必填" in page


def test_a_field_the_document_does_not_have_says_so(draw):
    assert draw({}).count("文件未规定") == 1


def test_what_is_known_stands_in_its_field(draw):
    page = draw(
        {
            "name": "甲",
            "unit": "tax",
            "level": "1",
            "secret": True,
            "cos": ["housing", "tax"],
            "times": 3,
            "at": "2026-02-13T09:30:00+08:00",
            "log": [{"how": "电话"}, {"how": "现场"}],
        }
    )
    assert 'value="甲"' in page
    assert '<option value="tax" selected>' in page
    assert page.count(" checked") == 4
    assert 'value="2026-02-13T09:30"' in page
    assert 'name="log[1][how]"' in page
    assert "第 2 行" in page


def test_of_a_list_that_is_read_only_what_was_chosen_is_shown_and_no_more(app):
    returned = {
        "type": "taglist",
        "key": "cos",
        "id": "1",
        "label": "原退回单位",
        "valuesKey": "units",
        "disabled": True,
    }
    form = parse_form("f.form.json", json.dumps({"type": "default", "id": "f", "components": [returned]}).encode())
    with app.test_request_context():
        page = render_template_string(PAGE, form_=form, lists=LISTS, values={"cos": ["tax"]}, problems={})
    assert "县税务局" in page
    assert "县住建局" not in page


def test_a_unit_abolished_since_it_was_chosen_is_named_and_not_offered(app, draw):
    with app.app_context():
        abolish_unit("natural_resources", "housing", by=admin())
    page = draw({"unit": "natural_resources", "cos": ["natural_resources"]})
    assert '<option value="natural_resources" selected disabled>县自然资源局（已撤并）</option>' in page
    assert 'for="f-cos-gone-1">县自然资源局（已撤并）</label>' in page
    assert "natural_resources" not in draw({})


def test_a_date_offers_only_the_days_that_will_be_taken(draw, clock):
    clock.now = datetime(2026, 3, 12, 10, 30, tzinfo=ZONE)
    page = draw({})
    assert 'type="date" value="" min="2026-03-12" max="2027-12-31" id="f-due"' in page
    assert 'type="date" value="" max="2026-03-12" id="f-held"' in page
    assert 'type="datetime-local" value="" min="2026-03-12T10:30" max="2027-12-31T23:59" id="f-come"' in page
    assert page.count(" min=") == 2


@pytest.mark.parametrize(("known", "shown"), [
    ("2026-03-20", "2026-03-20"),
    ("2026-11-25T07:42:43+08:00", ""),
    ("2026-02-30", ""),
    ("尽快", ""),
])  # fmt: skip
def test_a_box_for_a_date_holds_a_day_or_nothing(draw, known, shown):
    assert f'type="date" value="{shown}" min=' in draw({"due": known})


def test_a_box_for_a_moment_holds_a_moment_or_nothing(draw):
    assert 'type="datetime-local" value="" min=' in draw({"come": "明天上午"})
    assert 'type="datetime-local" value="2026-03-13T09:00" min=' in draw({"come": "2026-03-13T01:00:00Z"})


def test_a_problem_in_a_row_stands_beside_its_field_and_on_top(draw):
    page = draw({"log": [{"how": ""}]}, {"log.0.how": "“方式”必填。", "": "整张表有误。"})
    assert 'href="#f-log.0.how"' in page
    assert "联系记录 第1行 方式：“方式”必填。" in page
    assert 'id="e-log.0.how"' in page
    assert "整张表有误。" in page


def test_a_condition_travels_to_the_browser_as_data(draw):
    assert 'data-when="[&#34;not&#34;, [&#34;=&#34;, [&#34;name&#34;, &#34;level&#34;]' in draw({})


def test_what_a_browser_sends_is_read_as_nested_values(app):
    sent = {
        "csrf_token": "t",
        "request": "r",
        "name": "甲",
        "cos[]": ["housing", "tax"],
        "log[0]": "",
        "log[0][how]": "电话",
        "log[3]": "",
        "log[3][how]": "现场",
    }
    with app.test_request_context(method="POST", data=sent):
        assert read_values() == {"name": "甲", "cos": ["housing", "tax"], "log": [{"how": "电话"}, {"how": "现场"}]}


def test_only_a_field_with_a_bound_asks_what_time_it_is():
    """A page has dozens of fields, and each time it asks is a statement."""
    assert bounds(Field("name", "textfield", "姓名")) == {}
    with pytest.raises(RuntimeError, match="application context"):
        bounds(Field("held", "datetime", "会议日期", subtype="date", properties={"notAfter": "today"}))
