"""Whoever judged first does not hear the appeal (XT-A6)."""

import pytest

from errors import InvalidForm, NotAllowed
from models import SYSTEM, Post, User, session
from operations.acts.signing import answer_sign, ask_for_sign, posts_to_ask
from operations.acts.tasks import claim_task, complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.people.accounts import disable_user
from queries.case.tasks import task_page
from reference.people import identity_of
from tests.engine.diagrams import diagram, end, start, user
from tests.operations.conftest import Story
from tests.people import another_holder_of, holder_of, keeper
from tests.small_flow import FILES, HANDLER

POST = "natural_resources:handler"
JUDGED_TWICE = diagram(
    "judged",
    start(),
    user("judge", name="认定", candidates=HANDLER, form="F.sign"),
    user("appeal", name="复核申诉", candidates=HANDLER, form="F.sign", notBy="judge"),
    end("done", status="archived"),
    flows="start judge appeal done",
)


@pytest.fixture
def judged(county):
    """A case whose first judgement `holder_of(POST)` has made; the appeal waits."""
    forms = {name: content for name, content in FILES.items() if name == "F.sign.form.json" or name.endswith(".dmn")}
    deploy("judged", forms | {"judged.bpmn": JUDGED_TWICE})
    story = Story(start_process("judged", {}, by=SYSTEM).instance)
    story.do("认定")
    return story


def test_an_appeal_is_refused_to_whoever_judged_first_and_says_who_else_may(judged):
    with pytest.raises(InvalidForm) as refusal:
        complete_task(judged.task("复核申诉").id, {}, by=holder_of(POST))
    assert refusal.value.problems[""].startswith("“认定”是您办理的，“复核申诉”要由另一人办理")
    assert judged.open_tasks == ["复核申诉"]


def test_a_colleague_of_the_same_post_hears_it(judged):
    complete_task(judged.task("复核申诉").id, {}, by=another_holder_of(POST))
    assert judged.open_tasks == []


def test_the_page_says_so_beforehand_and_offers_no_claim(judged):
    page, other = (task_page(judged.task("复核申诉").id, by) for by in (holder_of(POST), another_holder_of(POST)))
    assert page.not_mine.startswith("“认定”是您办理的，“复核申诉”要由另一人办理")
    assert (page.may_claim, other.may_claim, other.not_mine) == (False, True, "")


def test_claiming_is_refused_too(judged):
    with pytest.raises(NotAllowed, match="“认定”是您办理的"):
        claim_task(judged.task("复核申诉").id, by=holder_of(POST))


def test_only_what_there_is_is_offered(judged):
    me, colleague = holder_of(POST), another_holder_of(POST)  # who also holds the only other post of the unit, alone

    def advice():
        return task_page(judged.task("复核申诉").id, me).not_mine.partition("：")[2]

    assert advice() == "请由同岗位的同事办理。"
    disable_user(session.get_one(User, colleague.id).username, by=keeper())
    assert advice() == "本单位没有别人能办，请联系管理员。"
    liaison = session.get_one(Post, "post:natural_resources:liaison")
    session.add(User(username="lianluo", name="联络员", password_hash="", posts=[liaison]))
    session.commit()
    assert advice() == "请转办给本单位的其他岗位。"


def test_nor_are_they_asked_what_they_think_of_it(judged):  # 加签、委派
    liaison, colleague = session.get_one(Post, "post:natural_resources:liaison"), another_holder_of(POST)
    first = session.get_one(User, holder_of(POST).id)
    liaison.holders[:] = [first]
    session.commit()
    task = judged.task("复核申诉")

    def offered():
        return {delegate: liaison.key in {post.key for post in posts_to_ask(task, colleague, delegate=delegate)}
                for delegate in (True, False)}  # fmt: skip

    assert offered() == {True: False, False: False}
    other = User(username="lianluo", name="联络员", password_hash="", posts=[liaison])
    session.add(other)
    session.commit()
    assert offered() == {True: True, False: True}
    sign = ask_for_sign(task.id, {"to": liaison.key, "question": "怎么看？"}, by=colleague, delegate=True)
    with pytest.raises(InvalidForm) as refusal:
        answer_sign(sign.id, {"answer": "维持"}, by=identity_of(session.get_one(User, first.id)))
    assert refusal.value.problems[""].startswith("“认定”是您办理的，“复核申诉”不能由您提出意见")
    session.rollback()
    answer_sign(sign.id, {"answer": "改判"}, by=identity_of(session.get_one(User, other.id)))
