"""Several tasks claimed with one click, and what became of each."""

import re
from html import unescape

from sqlalchemy import select

from models import HistoryEvent, Task, session

SIGN = "认领选中的任务"


def claimed(app):
    with app.app_context():
        return {row.id for row in session.scalars(select(Task)) if row.inbox_key != row.post}


def test_all_that_are_ticked_are_claimed_and_the_others_are_not(app, waiting, liaison):
    page = liaison.get("/").text
    assert SIGN in page
    assert all(f'value="{task}" form="together"' in page for task in waiting)
    page = liaison.send("/claim", page="/", task=waiting[:2]).text
    assert "认领了 2 项任务。" in page
    assert claimed(app) == set(waiting[:2])
    with app.app_context():
        told = session.scalars(select(HistoryEvent).where(HistoryEvent.kind == "claimed")).all()
        assert len(told) == 2


def test_what_a_colleague_was_faster_with_is_named_with_the_reason_and_the_rest_is_claimed(app, waiting, liaison):
    with app.app_context():
        task = session.get_one(Task, waiting[0])
        task.inbox_key, task.claimed_by = "user:1", 1
        title = task.case.title
        session.commit()
    page = liaison.send("/claim", page="/", task=waiting).text
    assert "认领了 2 项任务，1 项没有认领：" in page
    assert f"<li>“签收：{title}”：同事已经认领了这个任务。</li>" in page
    assert claimed(app) == set(waiting)


def test_a_task_of_another_post_is_neither_claimed_nor_named(app, waiting, browser):
    page = browser("minzheng").send("/claim", page="/", task=waiting[:1]).text
    assert "<li>“一项任务”：没有找到，或者您无权查看。</li>" in page
    assert "甲案" not in page
    assert claimed(app) == set()


def test_who_ticked_nothing_is_told_so(waiting, liaison):
    assert "没有勾选任务" in liaison.send("/claim", page="/").text


def test_sent_again_it_claims_nothing_twice(app, waiting, liaison):
    liaison.send("/claim", page="/", task=waiting)
    page = liaison.send("/claim", page="/", task=waiting).text
    assert "认领了 3 项任务。" in page
    with app.app_context():
        told = session.scalars(select(HistoryEvent).where(HistoryEvent.kind == "claimed")).all()
        assert len(told) == 3
    assert SIGN not in page


def test_after_claiming_one_reads_on_in_the_list(window, waiting, liaison):
    for number in range(50):
        window.send("/register/small", title=f"事项{number}")
    page = liaison.send("/claim", page="/", task=waiting).text
    [more] = re.findall(r'href="([^"]+)">更多', page)
    assert liaison.get(unescape(more)).text.count('class="title"') == 3
