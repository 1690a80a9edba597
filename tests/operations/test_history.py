"""The record of a case cannot be changed unnoticed (C-02)."""

import pytest

from models import HistoryEvent, Post, User, broken_links, keep_files_in, session
from operations.acts.attachments import Upload, attach
from operations.acts.tasks import claim_task, complete_task
from reference.people import identity_of
from tests.uploads import PDF


def test_each_move_is_one_row_and_the_rows_hold_together(start):
    case = start()
    case.do("签收")
    case.do("办理", result="已办")
    rows = session.query(HistoryEvent).filter_by(instance_id=case.id).order_by(HistoryEvent.revision).all()
    assert [row.revision for row in rows] == [1, 2, 3]
    assert case.instance.revision == 3
    assert broken_links(case.id) == []


def test_history_says_who_did_what_and_which_way_the_case_took(start):
    case = start()
    case.do("签收")
    row = session.query(HistoryEvent).filter_by(instance_id=case.id, revision=2).one()
    assert row.actor == "黄志强（县自然资源局）"
    assert [step for step, outcome in row.path if outcome == "completed"] == ["sign", "signed"]


def test_a_word_changed_afterwards_is_found(start):
    case = start()
    case.do("签收")
    session.query(HistoryEvent).filter_by(instance_id=case.id, revision=1).update({"actor": "别人"})
    session.commit()
    assert broken_links(case.id) == [1]


def test_a_row_taken_out_is_found(start):
    case = start()
    case.do("签收")
    case.do("办理", result="已办")
    session.query(HistoryEvent).filter_by(instance_id=case.id, revision=2).delete()
    session.commit()
    assert broken_links(case.id) == [3]


@pytest.mark.parametrize("other", ["tax:liaison", "civil_affairs:liaison", "natural_resources:leader"])
def test_whoever_has_posts_in_two_units_is_named_with_the_one_they_act_in(start, other, tmp_path):  # C-02
    keep_files_in(tmp_path)
    case = start()
    posts = [session.get_one(Post, f"post:{each}") for each in (other, "natural_resources:liaison")]
    user = User(username="liang", name="梁兼任", password_hash="", posts=posts)
    session.add(user)
    session.commit()
    me, task = identity_of(user), case.task("签收")
    attach(case.case.id, [Upload("现场.pdf", PDF)], "", by=me)
    claim_task(task.id, by=me)
    complete_task(task.id, {}, by=me)
    rows = session.query(HistoryEvent).filter_by(instance_id=case.id).order_by(HistoryEvent.revision).all()
    assert [row.actor for row in rows][1:] == ["梁兼任（县自然资源局）"] * 3
