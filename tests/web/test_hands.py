"""转办、抄送、催办 in the browser."""

import pytest
from sqlalchemy import select

from models import Case, Post, User, session
from tests.web.browser import path_of

HANDLER = "post:natural_resources:handler"


@pytest.fixture
def registered(window):
    """The address of a case just registered; 签收 waits at the natural resources bureau."""
    return window.send("/register/small", title="办不成").location


def test_a_task_is_passed_on_from_its_page(registered, liaison, browser):
    address = liaison.first(r"/tasks/[^/]+/pass-on", liaison.task)
    page = liaison.get(address).text
    assert f'<option value="{HANDLER}">县自然资源局经办人（黄志强）</option>' in page
    assert "县自然资源局分管领导" not in page
    assert path_of(liaison.send(address, to=HANDLER, reason="由经办人签收")) == "/"
    page = liaison.get("/").text
    assert "“签收”已转给县自然资源局经办人，已通知对方。" in page
    assert "由县自然资源局联络员转给县自然资源局经办人，理由：由经办人签收" in liaison.get(liaison.task).text
    assert "黄志强转办“签收”：办不成。理由：由经办人签收" in liaison.get("/notices").text


def test_without_a_reason_the_form_comes_back_with_what_was_chosen(registered, liaison):
    address = f"{liaison.task}/pass-on"
    response = liaison.send(address, to=HANDLER, reason="")
    assert response.status_code == 422
    assert "“转办理由”必填。" in response.text
    assert f'<option value="{HANDLER}" selected>' in response.text
    response = liaison.send(address, to="post:housing:liaison", reason="换个局办")
    assert "转办只在本单位之内" in response.text
    assert "换个局办</textarea>" in response.text


def test_who_passes_on_a_task_that_was_done_meanwhile_sees_what_they_typed(registered, liaison):
    address = liaison.task
    late = liaison.hidden(f"{address}/pass-on") | {"to": HANDLER, "reason": "后到的文字"}
    liaison.send(address)
    response = liaison.client.post(f"{address}/pass-on", data=late, headers=liaison.origin)
    assert response.status_code == 409
    assert "<dt>转给</dt><dd>县自然资源局经办人</dd>" in response.text
    assert "<dt>转办理由</dt><dd>后到的文字</dd>" in response.text


def test_an_old_tab_of_whoever_passed_it_on_gives_back_what_they_typed(app, registered, liaison):
    liaison.send(liaison.task)
    handling = liaison.task
    late = liaison.hidden(handling) | {"result": "辛苦写的"}
    liaison.send(f"{handling}/pass-on", to="post:natural_resources:liaison", reason="由联络员办")
    with app.app_context():
        post = session.get_one(Post, "post:natural_resources:liaison")
        post.holders = [session.scalars(select(User).where(User.username == "minzheng")).one()]
        session.commit()
    response = liaison.client.post(handling, data=late, headers=liaison.origin)
    assert response.status_code == 404
    assert "<dt>办理情况</dt><dd>辛苦写的</dd>" in response.text


def test_an_office_that_only_looks_on_is_told_so(registered, liaison, browser):
    office = browser("fenliu")
    assert "这个任务现在不由您办理，不能转办。" in office.get(f"{liaison.task}/pass-on").text


def test_a_case_is_copied_to_a_colleague_who_then_sees_it(registered, liaison, browser):
    colleague = browser("minzheng")
    assert colleague.get(registered).status_code == 404
    address = liaison.first(r"/cases/\d+/copy", liaison.task)
    assert liaison.first(r"/cases/\d+/copy", registered) == address
    assert path_of(liaison.send(address, to="post:civil_affairs:liaison", note="涉及低保，请知悉")) == registered
    page = liaison.get(registered).text
    assert "已抄送县民政局联络员，对方收到通知，可以查看这个事项。" in page
    assert "附言：涉及低保，请知悉" in page
    assert colleague.get(registered).status_code == 200
    assert "黄志强抄送：办不成。涉及低保，请知悉" in colleague.get("/notices").text
    assert registered in colleague.get("/cases").text
    assert f"{registered}/copy" not in colleague.get(registered).text
    assert "只有登记、正在办理或统管这个事项的人员可以抄送。" in colleague.get(f"{registered}/copy").text


def test_a_copy_without_a_word_comes_back_with_what_was_chosen(registered, liaison):
    response = liaison.send(f"{registered}/copy", to="post:civil_affairs:liaison", note="")
    assert response.status_code == 422
    assert "“附言”必填。" in response.text
    assert '<option value="post:civil_affairs:liaison" selected>' in response.text


def test_a_case_that_is_confidential_by_now_is_not_copied_and_the_words_are_kept(app, registered, liaison):  # C-09
    late = liaison.hidden(f"{registered}/copy") | {"to": "post:civil_affairs:liaison", "note": "写好的附言"}
    with app.app_context():
        session.get_one(Case, int(registered.split("/")[-1])).confidential = True
        session.commit()
    response = liaison.client.post(f"{registered}/copy", data=late, headers=liaison.origin)
    assert response.status_code == 409
    assert "保密事项不能抄送" in response.text
    assert "<dt>抄送给</dt><dd>县民政局联络员</dd>" in response.text
    assert "<dt>附言</dt><dd>写好的附言</dd>" in response.text
    assert f"{registered}/copy" not in liaison.get(registered).text
    assert f"{registered}/copy" not in liaison.get(liaison.task).text


def test_who_registered_it_urges_with_one_click_once_a_day(registered, window, liaison):
    assert path_of(window.send(f"{registered}/urge", page=registered, words="群众又来电")) == registered
    page = window.get(registered).text
    assert "已催办县自然资源局联络员，对方收到通知。" in page
    assert "催办的话：群众又来电" in page
    assert "周晓敏催办“签收”：办不成。群众又来电" in liaison.get("/notices").text
    response = window.send(f"{registered}/urge", page=registered, words="再催一次")
    assert response.status_code == 409
    assert "您今天已经催办过这个事项，明天可以再催。" in response.text
    assert "<dd>再催一次</dd>" in response.text
    assert f'href="{registered}">重新打开这个页面' in response.text


def test_words_that_are_too_long_stay_in_the_box(registered, window):
    response = window.send(f"{registered}/urge", page=registered, words="催" * 201)
    assert response.status_code == 422
    assert "最多 200 字，现在是 201 字。" in response.text
    assert f'value="{"催" * 201}"' in response.text


def test_the_unit_that_handles_a_case_is_offered_no_urging(registered, liaison):
    assert f"{registered}/urge" not in liaison.get(registered).text
    assert liaison.send(f"{registered}/urge", page=registered).status_code == 403


@pytest.mark.parametrize("act", ["copy", "urge"])
def test_for_a_stranger_the_case_does_not_exist(registered, browser, act):
    assert browser("minzheng").send(f"{registered}/{act}", page="/cases").status_code == 404


def test_what_was_typed_on_a_page_that_is_too_old_comes_back(registered, liaison):
    values = {"to": "post:civil_affairs:liaison", "note": "写好的附言"}
    response = liaison.client.post(f"{registered}/copy", data=values, headers=liaison.origin)
    assert response.status_code == 400
    assert "<dt>附言</dt><dd>写好的附言</dd>" in response.text
    assert f'href="{registered}/copy">重新打开这个页面' in response.text


def test_what_was_copied_has_a_box_and_is_read_when_it_is_opened(registered, liaison, browser):
    colleague = browser("minzheng")
    assert "没有抄送给您的事项" in colleague.get("/?box=copied").text
    liaison.send(f"{registered}/copy", to="post:civil_affairs:liaison", note="涉及低保")
    page = colleague.get("/?box=copied").text
    assert "(1 未读)" in page
    assert "黄志强抄送：办不成。涉及低保" in page
    copy = colleague.first(r"/copies/\d+", "/?box=copied")
    assert path_of(colleague.get(copy)) == registered
    assert "未读" not in colleague.get("/?box=copied").text
    assert liaison.get(copy).status_code == 404
