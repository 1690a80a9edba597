"""The three boxes of an inbox."""

from datetime import timedelta

import pytest

from errors import NotFound
from operations.acts.tasks import claim_task
from queries.boxes.counts import counts
from queries.boxes.inbox import inbox
from tests.people import another_holder_of, holder_of
from tests.queries.conftest import do, open_task

HANDLER, LEADER = "natural_resources:handler", "natural_resources:leader"


def names(by, box):
    return [row.task_name for row in inbox(by, box).rows]


def test_mine_is_what_waits_for_my_posts_and_what_i_have_claimed(begin):
    case, me, colleague = begin(), holder_of(HANDLER), another_holder_of(HANDLER)
    assert names(me, "mine") == names(colleague, "mine") == ["办理"]
    claim_task(open_task(case, "办理").id, by=me)
    assert (names(me, "mine"), names(colleague, "mine")) == (["办理"], [])
    [row] = inbox(me).rows
    assert (row.claimed, row.assignee_name, row.post_name) == (True, me.name, "县自然资源局经办人")


def test_unit_is_what_my_units_have_open_and_says_who_has_it(begin):
    case, me = begin(), holder_of(HANDLER)
    claim_task(open_task(case, "办理").id, by=me)
    [row] = inbox(holder_of(LEADER), "unit").rows
    assert (row.task_name, row.assignee_name) == ("办理", me.name)
    assert names(holder_of("housing:handler"), "unit") == []


def test_done_is_what_i_have_completed_and_nobody_else(begin):
    case = begin()
    do(case, "办理", result="已办")
    me, colleague = holder_of(HANDLER), another_holder_of(HANDLER)
    assert (names(me, "done"), names(colleague, "done")) == (["办理"], [])
    assert (names(me, "mine"), names(me, "unit")) == ([], [])
    assert inbox(me, "done").rows[0].closed_at is not None


def test_there_is_no_other_box(begin):
    with pytest.raises(NotFound):
        inbox(holder_of(HANDLER), "theirs")


def test_somebody_without_a_post_has_empty_boxes(begin):
    begin()
    nobody = another_holder_of(HANDLER)
    nobody = type(nobody)(nobody.id, nobody.username, nobody.name)
    assert [names(nobody, box) for box in ("mine", "unit", "done")] == [[], [], []]


def test_the_colours_are_counted_for_me_alone(begin, clock):  # C-07
    begin()
    none = {"all": 0, "red": 0, "yellow": 0, "blue": 0, "green": 0, "none": 0, "drafts": 0, "copied": 0, "signs": 0}
    assert counts(holder_of(HANDLER)) == none | {"all": 1, "green": 1}
    clock.now += timedelta(days=10)
    assert counts(holder_of(HANDLER))["red"] == 1
    assert counts(holder_of("housing:handler"))["all"] == 0
