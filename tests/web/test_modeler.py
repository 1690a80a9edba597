"""A designer at the diagram editor, in a real browser, under the content policy."""

import re
from collections import Counter

import pytest
from lxml import etree

from models import FlowDraft, session
from operations.studio.drafts import begin_draft, save_file
from queries.studio.drafts import draft_file
from tests.databases import PASSWORD
from tests.foreign_flow import FOREIGN
from tests.people import person
from tests.web.real_browser import needs_browser, open_page, served, url

__all__ = ["open_page", "served", "url"]  # fixtures

pytestmark = needs_browser
HANDLE = "xt_handle.bpmn"


@pytest.fixture
def draft(app) -> FlowDraft:
    with app.app_context():
        return begin_draft("xt_cannot", "签收以后增加现场踏勘", by=person("sheji"))


@pytest.fixture
def at_board(draft, open_page):
    """A designer in front of 湘潭's diagram of handling."""

    def opened(name: str = HANDLE, username: str = "sheji"):
        page = open_page(username)
        page.goto(f"/studio/drafts/{draft.id}/diagram/{name}")
        page.wait_for_selector("body[data-ready]")
        return page

    return opened


def saved(page) -> None:
    page.wait_for_selector("#saved:text-is('已保存')")


def sign_in_anew(page, username: str) -> None:
    """In another tab: the session of before is over, and its token with it."""
    page.context.clear_cookies()
    [token, *_] = re.findall(r'name="csrf_token" value="([^"]+)"', page.request.get("/login").text())
    page.request.post("/login", form={"csrf_token": token, "username": username, "password": PASSWORD})


def rename(page, element: str, name: str) -> None:
    page.evaluate(
        "([id, name]) => board.get('modeling').updateLabel(board.get('elementRegistry').get(id), name)", [element, name]
    )


def test_what_is_drawn_saves_itself_and_the_mark_of_bpmn_io_stays(app, at_board, draft):
    page = at_board()
    assert page.is_visible(".bjs-powered-by")  # the licence
    page.click("[data-action='create.task']")
    lane = page.locator("[data-element-id=lane_handler]").bounding_box()
    free = (lane["x"] + 0.9 * lane["width"], lane["y"] + 0.8 * lane["height"])
    page.mouse.move(*free)
    page.mouse.click(*free)
    page.mouse.click(free[0], free[1] - 200)  # the name is left empty, which is no step of its own
    page.click("[data-act=undo]")
    assert not page.is_enabled("[data-act=undo]")
    page.click("[data-act=redo]")
    page.click("[data-element-id=N10_handle]")
    page.click(".djs-context-pad [data-action=replace]")
    offered = page.inner_text(".djs-popup")
    assert "服务任务" in offered
    assert "手动任务" not in offered  # the engine does not run it
    page.keyboard.press("Escape")
    saved(page)
    with app.app_context():
        assert b'<bpmn:userTask id="Activity_' in draft_file(draft.id, HANDLE, person("sheji")).content
    sign_in_anew(page, "sheji")
    page.click("[data-act=undo]")
    assert page.evaluate("[...untranslated]") == []
    page.wait_for_selector("#saved:text-is('有未保存的改动')")
    saved(page)
    assert len(page.complaints) == 1  # of the old token, which was refused once
    page.complaints.clear()
    page.evaluate("board.get('copyPaste').copy([board.get('elementRegistry').get('N10_handle')])")
    page.goto(f"/studio/drafts/{draft.id}/diagram/xt_verify.bpmn")
    page.wait_for_selector("body[data-ready]")
    lane = "board.get('elementRegistry').find(({ type }) => type === 'bpmn:Lane')"
    page.evaluate(f"board.get('copyPaste').paste({{ element: {lane}, point: {{ x: 900, y: 200 }} }})")
    pasted = page.evaluate(
        "board.get('elementRegistry').find(({ id }) => /^Activity_/.test(id)).id"
    )  # an id of its own
    assert properties(page, pasted)["candidates"] == 'post(lead_org, "handler")'
    assert page.complaints == []


def test_who_saves_second_keeps_what_they_drew_and_decides(app, at_board, draft):
    page = at_board()
    with app.app_context():
        other = draft_file(draft.id, HANDLE, person("liucheng")).content.replace(
            "办理行为".encode(), "办事行为".encode()
        )
        save_file(draft.id, HANDLE, other, seen=0, by=person("liucheng"))
    rename(page, "N10_handle", "办理并踏勘")
    page.wait_for_selector("#refused:visible")
    assert "段立新刚才保存了“xt_handle.bpmn”" in page.inner_text("#refused")
    with page.expect_download() as mine:
        page.click("text=把我的另存为文件下载")
    assert "办理并踏勘" in mine.value.path().read_text("utf-8")
    with page.expect_popup() as theirs:
        page.click("text=看对方的")
    theirs.value.wait_for_selector("body[data-ready]")
    page.click("text=用我的覆盖")
    saved(page)
    assert not page.is_visible("#refused")
    with app.app_context():
        assert "办理并踏勘".encode() in draft_file(draft.id, HANDLE, person("sheji")).content
    assert [each for each in page.complaints if "409" not in each] == []


def test_a_draft_that_is_not_being_changed_is_only_read(app, at_board, draft):
    with app.app_context():
        save_file(draft.id, "xt_verify.bpmn", b"<a/>", seen=0, by=person("sheji"))
        session.get_one(FlowDraft, draft.id).state = "submitted"
        session.commit()
    page = at_board()
    assert "只读" in page.inner_text("#saved")
    assert page.locator(".djs-palette").count() == 0
    assert page.is_visible(".bjs-powered-by")
    assert page.complaints == []
    page.goto(f"/studio/drafts/{draft.id}/diagram/xt_verify.bpmn")
    page.wait_for_selector("#refused:has-text('打不开：文件坏了，或者里面没有流程图。请导入改好的文件')")


def pick(page, element: str) -> None:
    page.evaluate("id => board.get('selection').select(board.get('elementRegistry').get(id))", element)


def open_groups(page) -> None:
    for group in page.query_selector_all(".bio-properties-panel-group-header:not(.open) .bio-properties-panel-arrow"):
        group.click()


def fill(page, entry: str, text: str) -> None:
    page.fill(f"[data-entry-id='{entry}'] :is(input, textarea)", text)
    page.press(f"[data-entry-id='{entry}'] :is(input, textarea)", "Tab")


def choose(page, entry: str, value: str) -> None:
    page.select_option(f"[data-entry-id='{entry}'] select", value)


def properties(page, element: str) -> dict[str, str]:
    read = """id => board.get('elementRegistry').get(id).businessObject.extensionElements.values
        .filter((each) => each.$type === 'spiffworkflow:Properties').flatMap((each) => each.values)
        .map(({ name, value }) => [name, value])"""
    return dict(page.evaluate(read, element))


def test_who_what_form_and_how_long_are_chosen_and_each_choice_is_one_step_to_undo(at_board):
    page = at_board()
    before = page.evaluate("board.saveXML().then(({ xml }) => xml)")
    pick(page, "N10_handle")
    open_groups(page)
    choose(page, "candidates-how", "post")
    choose(page, "candidates-unit", "natural_resources")
    choose(page, "candidates-role", "leader")
    choose(page, "field-result", "formReadonly")
    choose(page, "field-result", "formHidden")
    choose(page, "form", "F-XT-1.sign")
    choose(page, "limit-how", "number")
    said = properties(page, "N10_handle")
    assert said["candidates"] == 'post("natural_resources", "leader")'
    assert said["form"] == "F-XT-1.sign"
    assert (said["formHidden"], "formReadonly" in said) == ("result", False)
    assert said["limit"] == "workdays(5)"
    fill(page, "limit-count", "abc")
    page.wait_for_selector("text=“abc”不是整数，没有采用，时长仍是 5。")
    fill(page, "limit", "workday(3)")
    page.wait_for_selector("text=没有函数“workday”，是不是“workdays”")
    pick(page, "N09_suspend")
    choose(page, "handler", "notify.post")
    fill(page, "parameter-text", '请看"件"')
    choose(page, "parameter-to-how", "variable")
    choose(page, "parameter-to-role", "leader")
    drawn = page.evaluate("board.saveXML().then(({ xml }) => xml)")
    assert 'id="text" type="any" value="&#34;请看\\&#34;件\\&#34;&#34;"' in drawn
    assert 'id="to" type="any" value="post(lead_org, &#34;leader&#34;)"' in drawn
    pick(page, "to_N10_reply_from_N10_result")
    assert "办理结果 是其中之一 暂时无法解决" in page.inner_text("[data-group-id=group-comparisons]")
    page.click("[data-group-id=group-comparisons] .bio-properties-panel-collapsible-entry-arrow")
    choose(page, "comparison-0-how", "==")
    read = "id => board.get('elementRegistry').get(id).businessObject.conditionExpression.body"
    page.click("[data-group-id=group-comparisons] .bio-properties-panel-add-entry")
    asked = page.locator("[data-entry-id=comparison-1-field] option").all_inner_texts()
    assert asked[:2] == ["（请选择）", "签收人（signer，工作表：签收）"]  # of the form chosen for the step before
    assert page.evaluate(read, "to_N10_reply_from_N10_result") == 'result_type == "temporarily_unable" and ? == ?'
    choose(page, "comparison-1-field", "informed")  # a tick
    assert page.evaluate(read, "to_N10_reply_from_N10_result") == 'result_type == "temporarily_unable" and informed'
    while page.is_enabled("[data-act=undo]"):
        page.click("[data-act=undo]")
    assert page.evaluate("board.saveXML().then(({ xml }) => xml)") == before
    assert page.evaluate("[...untranslated]") == []
    assert page.complaints == []


def test_while_one_draws_what_is_wrong_is_listed_and_leads_to_its_element(at_board):
    page = at_board()
    page.wait_for_selector("#problems h2:text-is('没有问题')")
    pick(page, "N10_handle")
    open_groups(page)
    choose(page, "form", "")
    page.wait_for_selector("#problems .error")
    assert "「办理」（N10_handle）没有表单" in page.inner_text("#problems")
    assert page.locator(".lint-badge.error").count() == 1
    pick(page, "N09_suspend")
    page.click("#problems button")
    assert page.evaluate("board.get('selection').get().map(({ id }) => id)") == ["N10_handle"]
    page.keyboard.press("Delete")
    assert not page.evaluate("Boolean(board.get('elementRegistry').get('N10_handle'))")
    page.click("[data-act=undo]")
    page.click("[data-act=undo]")
    page.wait_for_selector("#problems h2:text-is('没有问题')")
    assert page.complaints == []


def elements(content: bytes) -> Counter[tuple]:
    """Every element with its attributes and text, wherever it stands; but for labels without a place of their own."""
    read = [each for each in etree.fromstring(content).iter() if not each.tag.endswith("}BPMNLabel")]
    return Counter((each.tag, *sorted(each.items()), (each.text or "").strip()) for each in read)


def test_what_another_modeler_wrote_is_named_and_comes_back_as_it_was(app, draft, open_page):
    page = open_page("sheji")
    page.goto(f"/studio/drafts/{draft.id}/list/diagrams")
    page.set_input_files("#file", {"name": "site_visit.bpmn", "mimeType": "text/xml", "buffer": FOREIGN})
    page.click("form.ask .btn-primary")
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("text=「踏勘」带有 Camunda 7 的内容（assignee、formData），系统不读")
    rename(page, "visit", "现场踏勘")
    saved(page)
    with app.app_context():
        kept = draft_file(draft.id, "site_visit.bpmn", person("sheji")).content
    assert elements(kept.replace("现场踏勘".encode(), "踏勘".encode())) == elements(FOREIGN)
    assert page.complaints == []


def test_the_way_into_an_endless_wait_is_replayed_from_the_list_of_problems(app, draft, at_board):
    with app.app_context():
        before = draft_file(draft.id, "xt_cannot.bpmn", person("sheji")).content
        parallel = re.sub(
            rb'<bpmn:exclusiveGateway( id="N17_join".*?)</bpmn:exclusiveGateway>',
            rb"<bpmn:parallelGateway\1</bpmn:parallelGateway>",
            before,
            flags=re.DOTALL,
        )
        save_file(draft.id, "xt_cannot.bpmn", parallel, seen=0, by=person("sheji"))
    page = at_board("xt_cannot.bpmn")
    with page.expect_popup() as opened:
        page.click("#problems a:text-is('看反例')")
    way = opened.value
    way.wait_for_selector("body[data-ready]")
    assert "从「等问责登记」（N17_wait）来的一路永远等不到" in way.inner_text("[aria-current=true]")
    assert way.inner_text("#caption li") == "并行分支（等不到）"
    way.click("#replay button:text-is('上一步')")
    assert "「是否重办」（N13_gate）走了“否”" in way.inner_text("#replay output")
    assert page.complaints == []
