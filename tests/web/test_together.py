"""转办 and 抄送 of several tasks with one form, and what became of each."""

import time

import pytest
from sqlalchemy import select

from models import Case, HistoryEvent, Notice, Task, session
from web import login

HANDLER, LEADER, OTHER = "post:natural_resources:handler", "post:natural_resources:leader", "post:civil_affairs:handler"


def act(browser, how, tasks, **values):
    hidden = browser.hidden("/") | {"request": values.pop("request", "one")}
    return browser.client.post(f"/together/{how}", data=hidden | {"task": tasks} | values, headers=browser.origin)


def posts(app):
    with app.app_context():
        return {row.id: row.post for row in session.scalars(select(Task).where(Task.state == "open"))}


def told(app, kind):
    with app.app_context():
        return len(session.scalars(select(HistoryEvent).where(HistoryEvent.kind == kind)).all())


def test_the_form_names_what_was_ticked_and_asks_once_for_all(waiting, liaison, app):
    page = act(liaison, "pass-on/form", waiting[:2]).text
    assert "转办选中的 2 项任务" in page
    assert page.count('<li class="break">签收：') == 2
    assert all(f'<input type="hidden" name="task" value="{task}">' in page for task in waiting[:2])
    assert f'value="{HANDLER}"' in page
    assert LEADER not in page
    assert told(app, "passed_on") == 0


def test_all_go_to_the_other_post_and_the_rest_stays(waiting, liaison, app):
    before = posts(app)
    page = act(liaison, "pass-on", waiting[:2], to=HANDLER, reason="由经办人办").text
    assert "转办了 2 项任务。" in page
    assert posts(app) == before | dict.fromkeys(waiting[:2], HANDLER)
    assert told(app, "passed_on") == 2


def test_what_a_colleague_has_claimed_is_named_with_the_reason_and_the_rest_is_passed_on(waiting, liaison, app):
    with app.app_context():
        task = session.get_one(Task, waiting[0])
        task.inbox_key, task.claimed_by = "user:1", 1
        title = task.case.title
        session.commit()
    page = act(liaison, "pass-on", waiting, to=HANDLER, reason="由经办人办").text
    assert "转办了 2 项任务，1 项没有转办：" in page
    assert f"<li>“签收：{title}”：" in page


def test_without_a_reason_nothing_is_done_and_what_was_chosen_stays(waiting, liaison, app):
    response = act(liaison, "pass-on", waiting[:2], to=HANDLER, reason="")
    assert response.status_code == 422
    assert f'value="{HANDLER}" selected' in response.text
    assert all(f'<input type="hidden" name="task" value="{task}">' in response.text for task in waiting[:2])
    assert told(app, "passed_on") == 0


def test_a_post_that_may_not_have_it_is_refused_before_the_first(waiting, liaison, app):
    assert act(liaison, "pass-on", waiting, to=LEADER, reason="请领导办").status_code == 422
    assert told(app, "passed_on") == 0


def test_copies_reach_the_other_unit_each_with_its_case(waiting, liaison, app):
    page = act(liaison, "copy", waiting[:2], to=OTHER, note="供了解").text
    assert "抄送了 2 项任务。" in page
    with app.app_context():
        assert len(session.scalars(select(Notice).where(Notice.post == OTHER)).all()) == 2


def test_a_confidential_case_is_not_copied_and_the_others_are(waiting, liaison, app):  # C-09
    with app.app_context():
        session.get_one(Task, waiting[1]).case.confidential = True
        session.commit()
    page = act(liaison, "copy", waiting, to=OTHER, note="供了解").text
    assert "抄送了 2 项任务，1 项没有抄送：" in page
    assert "保密事项不能抄送" in page
    assert told(app, "copied") == 2


def test_a_task_of_another_post_is_neither_passed_on_nor_copied_nor_named(waiting, browser, app):
    other = browser("minzheng")
    for how, values in (("pass-on", {"reason": "x"}), ("copy", {"note": "x"})):
        page = act(other, how, waiting, to=HANDLER, **values).text
        assert "甲案" not in page
        assert "签收" not in page
    assert (told(app, "passed_on"), told(app, "copied")) == (0, 0)


@pytest.mark.parametrize(("how", "word"), [("pass-on/form", "转办"), ("copy/form", "抄送")])
def test_who_ticked_nothing_is_told_so(waiting, liaison, how, word):
    assert f"没有勾选任务，请先勾选要{word}的任务。" in act(liaison, how, []).text


def test_a_form_without_its_tasks_does_nothing(waiting, liaison, app):
    act(liaison, "copy", [], to=OTHER, note="供了解")
    with app.app_context():
        assert session.scalars(select(Case)).all()
    assert told(app, "copied") == 0


def test_what_was_typed_while_the_sign_in_ran_out_is_given_back_under_its_labels(waiting, liaison, monkeypatch):
    hidden = liaison.hidden("/")
    later = time.time() + 31 * 60
    monkeypatch.setattr(login.time, "time", lambda: later)
    values = {"task": waiting, "to": HANDLER, "reason": "由经办人办"}
    page = liaison.client.post("/together/pass-on", data=hidden | values, headers=liaison.origin).text
    assert "<dt>转办理由</dt><dd>由经办人办</dd>" in page
    assert waiting[0] not in page
