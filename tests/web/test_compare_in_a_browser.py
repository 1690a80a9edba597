"""What a draft changes, on two drawings side by side, in a real browser under the content policy."""

from operations.studio.drafts import begin_draft, save_file
from queries.studio.drafts import draft_file
from tests.people import person
from tests.web.real_browser import needs_browser, open_page, served, url

__all__ = ["open_page", "served", "url"]  # fixtures

pytestmark = needs_browser
HANDLE = "xt_handle.bpmn"


def test_both_drawings_mark_what_differs_and_a_word_leads_to_its_element(app, open_page):
    with app.app_context():
        draft = begin_draft("xt_cannot", "申请延期改名", by=person("sheji"))
        before = draft_file(draft.id, HANDLE, person("sheji")).content
        save_file(draft.id, HANDLE, before.replace("申请延期".encode(), "延长".encode()), seen=0, by=person("sheji"))
    page = open_page("sheji")
    page.goto(f"/studio/drafts/{draft.id}/compare")
    page.wait_for_selector("section[data-ready]")
    assert page.locator(".canvas .difference.changed").all_inner_texts() == ["△ 改动"] * 2
    assert page.locator(".bjs-powered-by").count() == 2  # the licence
    where = """[...document.querySelectorAll('.viewport')].map((each) => {
        const { a, e, f } = each.getCTM();
        return [100 * a, e, f].map(Math.round);
    })"""
    before = page.evaluate(where)
    page.click("text=附加事件“延长”")
    old, new = page.evaluate(where)
    assert old == new != before[0]  # both show the same place
    assert page.complaints == []
