"""The designers' bench: what opens to whom, and what the editors are told."""

import pytest

from tests.web.browser import Browser


@pytest.fixture
def designer(browser) -> Browser:
    return browser("sheji")


@pytest.fixture
def draft(designer) -> str:
    """The address of a new draft of the small flow."""
    return designer.send("/studio/drafts", page="/studio", flow="small", name="签收以后现场踏勘").location


def test_a_designer_begins_a_draft_and_finds_it_under_its_flow(designer, draft):
    assert "签收以后现场踏勘" in designer.get("/studio").text
    page = designer.get(draft).text
    assert "从第 1 版改起" in page
    assert "small.bpmn" in page
    put = {"data": b"<a/>", "headers": {"X-CSRFToken": designer.hidden(draft)["csrf_token"], "X-Revision": "0"}}
    assert designer.client.put(f"{draft}/files/scenarios/x.feature", **put).status_code == 200
    assert f'href="{draft}/scenarios/edit/scenarios/x.feature"' in designer.get(draft).text
    designer.send(f"{draft}/discard", page=draft, reason="不改了")
    refused = designer.client.put(f"{draft}/files/scenarios/x.feature", **put).json
    assert refused == {"message": "这份草稿已经作废，不能再改。", "closed": True}


def test_a_draft_without_a_name_says_so_beside_the_field(designer):
    refused = designer.send("/studio/drafts", page="/studio", flow="small", name=" ")
    assert refused.status_code == 422
    assert "请用一句话写明要改什么" in refused.text


def test_an_editor_saves_with_the_edition_it_read_and_is_told_who_was_first(designer, draft):
    address = f"{draft}/files/small.bpmn"
    token = designer.hidden(draft)["csrf_token"]
    assert designer.client.get(address).headers["X-Revision"] == "0"
    saved = designer.client.put(address, data=b"<a/>", headers={"X-CSRFToken": token, "X-Revision": "0"})
    assert saved.json == {"revision": 1}
    second = designer.client.put(address, data=b"<b/>", headers={"X-CSRFToken": token, "X-Revision": "0"})
    assert second.status_code == 409
    assert second.json["revision"] == 1
    assert "方文静" in second.json["message"]
    assert designer.client.get(address).data == b"<a/>"


def test_a_save_without_the_pages_token_is_refused(designer, draft):
    assert designer.client.put(f"{draft}/files/small.bpmn", data=b"<a/>").status_code == 400


def test_who_does_not_design_sees_nothing_of_it(designer, draft, browser):
    assert browser("ziran").get(draft).status_code == 403
    assert "/studio" not in browser("ziran").get("/").text
    assert designer.get("/studio/drafts/9999").status_code == 404


def test_a_diagram_reads_as_a_table_from_its_beginning_on(designer, draft):
    page = designer.get(f"{draft}/diagram/small.bpmn/outline").text
    sign, handle = page.index('id="sign"'), page.index('id="handle"')
    assert sign < handle
    row = page[sign:handle]
    assert "县自然资源局联络员" in row
    assert "签收：参数“签收时限（xt.auto_sign_days）”个工作日" in row
    assert "XT-10" in row
    assert "→ 办理" in row
    assert "附在“办理”上" in page[handle:]
    assert designer.get(f"{draft}/diagram/d07_light.dmn/outline").status_code == 404
