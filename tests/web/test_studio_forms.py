"""The editor of forms: drawn by the server as staff see it, with what is wrong and where it is used."""

import json

import pytest

from tests.web.browser import Browser
from tests.web.real_browser import needs_browser, open_page, served

__all__ = ["open_page", "served"]  # fixtures


@pytest.fixture
def designer(browser) -> Browser:
    return browser("sheji")


@pytest.fixture
def draft(designer) -> str:
    return designer.send("/studio/drafts", page="/studio", flow="small", name="踏勘").location


def look(designer: Browser, address: str, *components: dict) -> dict:
    token = designer.hidden("/studio")["csrf_token"]
    form = {"type": "default", "id": "F.handle", "properties": {"title": "办理"}, "components": list(components)}
    answer = designer.client.post(f"{address}/look", data=json.dumps(form), headers={"X-CSRFToken": token})
    return answer.get_json()


def test_a_form_is_shown_with_the_steps_that_use_it_and_as_staff_will_see_it(designer, draft):
    address = f"{draft}/form/F.handle.form.json"
    page = designer.get(address).text
    assert '<td class="break">办理</td><td class="fit">用户任务</td>' in page
    unit = {"type": "select", "id": "u", "key": "unit", "label": "主办单位", "valuesKey": "units"}
    me = {"type": "textfield", "id": "m", "key": "who", "label": "经办人", "properties": {"prefill": "me"}}
    found = look(designer, address, unit, me)
    assert found["faults"] == []
    assert "县自然资源局" in found["html"]
    assert 'value="方文静"' in found["html"]


def test_a_form_is_drawn_as_the_step_that_hides_some_of_it_asks_for_it(designer, draft):
    diagram = designer.get(f"{draft}/files/small.bpmn").text
    said = '<spiffworkflow:property name="form" value="F.handle"/>'
    hiding = diagram.replace(said, f'{said}<spiffworkflow:property name="formHidden" value="next_org"/>')
    headers = {"X-CSRFToken": designer.hidden("/studio")["csrf_token"]}
    designer.client.put(f"{draft}/files/small.bpmn", data=hiding, headers=headers)
    address = f"{draft}/form/F.handle.form.json"
    page = designer.get(address).text
    assert '<div class="soft small">隐藏：转交单位代号</div>' in page
    assert '<option value="handle">在“办理”</option>' in page
    content = designer.get(f"{draft}/files/F.handle.form.json").get_data()
    drawn = [
        designer.client.post(f"{address}/look{at}", data=content, headers=headers).get_json()["html"]
        for at in ("", "?at=handle")
    ]
    assert ["办理情况" in each for each in drawn] == [True, True]
    assert ["转交单位代号" in each for each in drawn] == [True, False]


def test_what_a_form_cannot_be_is_said_with_the_field_and_nothing_is_drawn(designer, draft):
    hidden = {"type": "textfield", "id": "a", "key": "a", "label": "理由", "conditional": {"hide": "agree ="}}
    found = look(designer, f"{draft}/form/F.handle.form.json", hidden, {"type": "filepicker2", "id": "f"})
    assert found["html"] == ""
    assert [fault["element"] for fault in found["faults"]] == ["a", "f"]
    assert "的“理由”的隐藏条件“agree =”有误" in found["faults"][0]["message"]


def test_a_new_form_is_added_and_one_that_is_there_is_not_overwritten(designer, draft):
    made = designer.send(f"{draft}/list/forms", page="/studio", key="F-C-20.survey", title="现场踏勘记录")
    assert "还没有环节用它" in designer.get(made.location).text
    again = designer.send(f"{draft}/list/forms", page="/studio", key="F-C-20.survey", title="另一张")
    assert again.status_code == 422
    assert "草稿里已经有“F-C-20.survey.form.json”" in again.text
    assert 'value="另一张"' in again.text


def test_a_step_that_fills_in_other_fields_gets_a_form_that_begins_as_another(designer, draft):
    like = {"key": "F.look", "title": "现场踏勘", "like": "F.handle.form.json"}
    made = designer.send(f"{draft}/list/forms", page="/studio", **like).location
    copy, first = (designer.get(f"{draft}/files/{name}.form.json").get_data() for name in ("F.look", "F.handle"))
    assert json.loads(copy)["components"] == json.loads(first)["components"]
    assert (json.loads(copy)["id"], "现场踏勘" in designer.get(made).text) == ("F.look", True)


@needs_browser
def test_a_field_is_added_named_moved_taken_back_and_saved(open_page):
    page = open_page("sheji")
    page.goto("/studio")
    page.fill("#n-small", "踏勘")
    page.press("#n-small", "Enter")
    page.wait_for_url("**/drafts/*")
    page.goto(f"{page.url}/form/F.handle.form.json")
    page.wait_for_selector("body[data-ready]")
    fields = page.locator(".pick").count()
    page.get_by_role("button", name="工作日数").click()
    page.fill("#p-label", "现场踏勘用几个工作日")
    page.locator("#preview").get_by_text("现场踏勘用几个工作日").wait_for()
    page.fill("#p-key", "1 day")
    page.get_by_text("的字段键“1 day”不能用").wait_for()
    page.click("#undo")
    page.locator("#faults-box").wait_for(state="hidden")
    assert page.input_value("#p-label") == "现场踏勘用几个工作日"
    page.click("[data-act=remove]")
    assert page.locator(".pick").count() == fields
    page.click("#undo")
    page.get_by_text("已保存", exact=True).wait_for()
    saved = json.loads(page.request.get(page.url.replace("/form/", "/files/")).text())
    assert saved["components"][-1]["validate"] == {"min": 1, "max": 60}
    assert page.complaints == []
