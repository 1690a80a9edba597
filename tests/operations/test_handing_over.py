"""移交: all that somebody who leaves has claimed, in one act (issue 4, point 1)."""

import pytest
from sqlalchemy import select

from errors import InvalidForm, NotAllowed, NotFound
from models import Draft, HistoryEvent, Identity, Notice, Post, Task, User, broken_links, now, session
from operations.acts.tasks import claim_task, complete_task
from operations.people.accounts import give_post
from operations.people.handing_over import claimed_by_post, hand_over
from queries.boxes.inbox import inbox
from reference.people import identity
from tests.people import holder_of, keeper

LIAISON = "natural_resources:liaison"  # held by ziran, 黄志强, alone


def person(username: str) -> User:
    return session.scalars(select(User).where(User.username == username)).one()


def as_now(username: str) -> Identity:
    found = identity(person(username).id)
    assert found is not None
    return found


@pytest.fixture
def cases(start):
    """Three cases that ziran has claimed 签收 of."""
    made = [start() for _ in range(3)]
    for each in made:
        claim_task(each.task("签收").id, by=as_now("ziran"))
    return made


def last(case) -> HistoryEvent:
    rows = select(HistoryEvent).where(HistoryEvent.instance_id == case.id).order_by(HistoryEvent.revision.desc())
    return session.scalars(rows.limit(1)).one()


def test_all_goes_to_a_colleague_who_holds_the_post_and_each_case_says_why(cases):
    give_post("shuiwu", LIAISON, by=keeper())
    done = hand_over("ziran", {"person": "孟超", "reason": "调往县水利局"}, by=keeper())
    assert (done.tasks, done.to) == (3, "孟超")
    for each in cases:
        assert last(each).kind == "handed_over"
        assert last(each).notes == [["handed_over", "黄志强移交给孟超，理由：调往县水利局", "sign"]]
        assert broken_links(each.id) == []
    assert len(inbox(as_now("shuiwu")).rows) == 3
    assert not inbox(as_now("ziran")).rows
    complete_task(cases[0].task("签收").id, {}, by=as_now("shuiwu"))
    assert session.scalars(select(Notice.post)).all() == [f"post:{LIAISON}"] * 3


def test_without_a_colleague_all_goes_back_before_its_posts(cases):
    assert hand_over("ziran", {"reason": "退休"}, by=keeper()).tasks == 3
    for each in cases:
        assert each.task("签收").inbox_key == f"post:{LIAISON}"
        assert (last(each).kind, last(each).notes[0][1]) == ("given_back", "黄志强移交，放回岗位，理由：退休")


def test_a_colleague_who_could_not_do_them_is_refused_and_nothing_has_moved(cases):
    for named, words in (("孟超", "孟超没有担任县自然资源局联络员"), ("ziran", "就是本人"), ("无此人", "没有姓名")):
        with pytest.raises(InvalidForm) as error:
            hand_over("ziran", {"person": named, "reason": "调离"}, by=keeper())
        assert words in error.value.problems["person"]
    assert claimed_by_post(person("ziran")) == {"县自然资源局联络员": 3}


def test_a_reason_is_given(cases):
    with pytest.raises(InvalidForm) as error:
        hand_over("ziran", {"reason": " "}, by=keeper())
    assert "reason" in error.value.problems


def test_who_leaves_for_good_gives_up_all_posts_and_signs_in_no_more(cases):
    hand_over("ziran", {"reason": "调离", "leaves": "true"}, by=keeper())
    gone = person("ziran")
    assert (gone.disabled, gone.posts) == (True, [])
    assert session.get_one(Post, f"post:{LIAISON}").holders == []
    assert session.scalars(select(Task.claimed_by)).all() == [None] * 3


def test_the_last_administrator_cannot_leave_and_nothing_of_it_is_done(cases):
    chief = person("guanli")
    posts = len(chief.posts)
    with pytest.raises(NotAllowed, match="唯一在用的系统管理员"):
        hand_over("guanli", {"reason": "调离", "leaves": "true"}, by=keeper())
    session.expire_all()
    assert len(person("guanli").posts) == posts > 0


def test_drafts_are_told_and_stay_their_writers(cases):
    mine = {
        "user_id": person("ziran").id,
        "task_id": cases[0].task("签收").id,
        "name": "签收",
        "values": {},
        "at": now(),
    }
    session.add(Draft(**mine))
    session.commit()
    assert hand_over("ziran", {"reason": "调离"}, by=keeper()).drafts == 1
    assert session.scalars(select(Draft.user_id)).all() == [person("ziran").id]


def test_only_administrators_hand_over_and_only_what_somebody_has(county):
    with pytest.raises(NotAllowed):
        hand_over("ziran", {"reason": "x"}, by=holder_of("task_force:head"))
    with pytest.raises(NotFound):
        hand_over("nobody", {"reason": "x"}, by=keeper())
