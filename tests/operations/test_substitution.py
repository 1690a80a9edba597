"""代理: somebody stands in at a post for a time, and every record says for whom (issue 4, point 1)."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from errors import InvalidForm, NotAllowed, NotFound
from models import (
    SYSTEM,
    AuditEvent,
    HistoryEvent,
    Identity,
    Notice,
    OrganisationChange,
    Submission,
    User,
    broken_links,
    session,
    virtual_clock,
)
from operations.acts.passing_on import pass_on_task
from operations.acts.privacy import take_dossier
from operations.acts.signing import answer_sign, ask_for_sign
from operations.acts.tasks import claim_task, complete_task
from operations.people.accounts import BadAccount, add_person, disable_user, enable_user, give_post, take_post
from operations.people.administrators import appoint
from operations.people.substitution import end_substitution, set_substitution
from queries.boxes.inbox import inbox
from queries.case.dossier import COVER, dossier
from reference.people import identity
from tests.databases import POSTGRES
from tests.faults.together import overtaken
from tests.operations.test_units import unit
from tests.people import holder_of, keeper

LIAISON = "natural_resources:liaison"  # held by ziran, 黄志强


def person(username: str) -> User:
    return session.scalars(select(User).where(User.username == username)).one()


def now_as(username: str) -> Identity:
    """As the next request of this person knows them."""
    found = identity(person(username).id)
    assert found is not None
    return found


def stand_in(who="孟超", post=LIAISON, holder="ziran", since="2026-03-12", until="2026-03-13"):
    values = {"holder": str(person(holder).id), "person": who, "since": since, "until": until}
    return set_substitution(post, values, by=keeper())


def refusal(field, **asked):
    with pytest.raises(InvalidForm) as error:
        stand_in(**asked)
    return error.value.problems[field]


def names(who: Identity) -> list[str]:
    return [row.task_name for row in inbox(who).rows]


def cover_of(case_id: int, by: Identity) -> str:
    """The words of the first sheet of a dossier."""
    with ZipFile(BytesIO(dossier(case_id, by)[1])) as folder, ZipFile(BytesIO(folder.read(COVER))) as sheet:
        return sheet.read("word/document.xml").decode()


def actors(story) -> list[str]:
    rows = select(HistoryEvent.actor).where(HistoryEvent.instance_id == story.id).order_by(HistoryEvent.revision)
    return list(session.scalars(rows))


def test_the_substitute_sees_and_does_the_tasks_of_the_post_and_each_record_says_for_whom(start):
    story, task = (case := start()), case.task("签收")
    assert names(now_as("shuiwu")) == []
    stand_in()
    me = now_as("shuiwu")
    assert names(me) == ["签收"]
    claim_task(task.id, by=me)
    complete_task(task.id, {}, by=me)
    assert actors(story)[-2:] == ["孟超 代 黄志强（县自然资源局）"] * 2
    assert set(session.scalars(select(Submission.by))) == {"孟超 代 黄志强"}
    assert broken_links(story.id) == []


def test_ones_own_posts_come_first_and_ones_own_work_is_in_ones_own_name(start):
    stand_in()
    me = now_as("shuiwu")
    assert (me.name, me.unit_name) == ("孟超", "县税务局")
    assert [post.instead_of for post in me.posts] == ["", "", "黄志强"]
    assert me.at("post:tax:liaison") is me


def test_before_the_first_day_and_after_the_last_nothing_of_it_is_there(start, clock, wait):
    start()
    stand_in(since="2026-03-13", until="2026-03-13")
    assert names(now_as("shuiwu")) == []
    clock.now = clock.now.replace(hour=0) + timedelta(days=1)
    assert names(now_as("shuiwu")) == ["签收"]
    clock.now += timedelta(hours=23, minutes=59, seconds=59)
    assert names(now_as("shuiwu")) == ["签收"]
    clock.now += timedelta(seconds=1)
    assert names(now_as("shuiwu")) == []


def test_at_its_end_what_was_claimed_in_it_goes_back_before_the_post_and_the_history_says_why(start, wait):
    story = start()
    task = story.task("签收")
    stand_in(until="2026-03-12")
    claim_task(task.id, by=now_as("shuiwu"))
    wait(hours=15)
    assert story.task("签收").inbox_key == "post:natural_resources:liaison"
    assert names(now_as("ziran")) == ["签收"]
    last = session.scalars(select(HistoryEvent).order_by(HistoryEvent.id.desc())).first()
    assert (last.kind, last.actor, last.notes[0][1]) == ("given_back", "系统", "代理结束，任务放回岗位")
    [kept] = session.scalars(select(OrganisationChange.what).where(OrganisationChange.what.contains("到期"))).unique()
    assert session.query(AuditEvent).filter(AuditEvent.what.contains("到期")).count() == 1  # one act
    assert "孟超代黄志强任县自然资源局联络员，到期，已认领的1件放回岗位" in kept


def test_what_the_holder_has_claimed_stays_theirs_alone(start):
    story = start()
    task = story.task("签收")
    claim_task(task.id, by=now_as("ziran"))
    stand_in()
    assert names(now_as("shuiwu")) == []
    with pytest.raises(NotAllowed, match="已经认领"):
        complete_task(task.id, {}, by=now_as("shuiwu"))


def test_the_holder_goes_on_working_meanwhile(start):
    story = start()
    stand_in()
    complete_task(story.task("签收").id, {}, by=now_as("ziran"))
    assert actors(story)[-1] == "黄志强（县自然资源局）"


def test_notices_and_acts_beside_the_flow_say_it_too(start):
    story = start()
    stand_in()
    me = now_as("shuiwu")
    ask_for_sign(story.task("签收").id, {"kind": "parallel", "to": "post:tax:leader", "question": "看看"}, by=me)
    take_dossier(story.case.id, by=me)
    assert "孟超 代 黄志强" in cover_of(story.case.id, me)
    pass_on_task(story.task("签收").id, {"to": "post:natural_resources:handler", "reason": "由经办人办"}, by=me)
    assert set(actors(story)[1:]) == {"孟超 代 黄志强（县自然资源局）"}
    assert all(text.startswith("孟超 代 黄志强") for text in session.scalars(select(Notice.text)))


def test_an_answer_that_the_post_owed_is_given_in_its_name(start):
    story = start()
    liaison = holder_of(LIAISON)
    asked = {"kind": "parallel", "to": "post:tax:leader", "question": "看看"}
    sign = ask_for_sign(story.task("签收").id, asked, by=liaison)
    stand_in("黄志强", "tax:leader", "shuiwu_ld")
    assert answer_sign(sign.id, {"answer": "好"}, by=now_as("ziran")).answered_by == "黄志强 代 汤丽君（县税务局）"


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"who": "ziran"}, "person", "不能代理自己"),
        ({"who": "没有此人"}, "person", "没有姓名或用户名"),
        ({"until": "2026-03-11"}, "until", "今天"),
        ({"since": "2026-03-14"}, "until", "不能早于开始"),
        ({"since": ""}, "since", "从"),
        ({"holder": "shuiwu"}, "holder", "代谁"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(county, clock, asked, field, words):
    assert words in refusal(field, **asked)


def test_whoever_holds_the_post_needs_no_substitution(county, clock):
    give_post("shuiwu", LIAISON, by=keeper())
    assert "自己就担任" in refusal("person")


def test_somebody_disabled_stands_in_for_nobody_and_one_disabled_meanwhile_does_no_more(start):
    disable_user("shuiwu", by=keeper())
    assert "已经停用" in refusal("person")
    enable_user("shuiwu", by=keeper())
    stand_in()
    disable_user("shuiwu", by=keeper())
    assert identity(person("shuiwu").id) is None


def test_a_holder_has_one_substitute_at_a_time_and_the_next_begins_the_day_after(county, clock):
    stand_in()
    assert "这段时间已有人代理：孟超代黄志强任县自然资源局联络员，2026-03-12 至 2026-03-13" in refusal(
        "since", who="汤丽君"
    )
    assert "已有人代理" in refusal("since", who="汤丽君", since="2026-03-13", until="2026-03-20")
    stand_in("汤丽君", since="2026-03-14", until="2026-03-20")


def test_nobody_stands_in_who_is_away_and_nobody_goes_away_who_stands_in(county, clock):
    stand_in()
    assert "自己由别人代理" in refusal("person", who="ziran", post="tax:leader", holder="shuiwu_ld")
    assert "在代理别人" in refusal("holder", who="汤丽君", post="tax:liaison", holder="shuiwu")


def test_a_post_that_reads_clues_is_not_lent_to_another_unit(county, clock):  # XT-20
    holder = person("ducha").username
    assert "XT-20" in refusal("person", post="supervision_office:supervisor", holder=holder)


def test_nobody_of_another_county_stands_in(county, clock):
    other = session.scalars(select(User).where(User.posts.any(unit_id=unit("yl_county").id))).first()
    assert "别的县" in refusal("person", who=other.username)


def test_a_substitute_gets_what_the_post_may_and_nothing_that_the_holder_is_besides(county, clock):
    stand_in("孟超", "task_force:head", "fuzeren")
    stand_in("孟超")
    person("ziran").administrator = "system"
    session.commit()
    assert {"see_all", "supervise"} <= now_as("shuiwu").permissions
    assert not now_as("shuiwu").can("administer")


def test_ended_early_it_is_over_at_once_and_one_not_begun_never_begins(start, clock):
    story = start()
    now_one, later = stand_in(until="2026-03-12"), stand_in(since="2026-03-16", until="2026-03-20")
    claim_task(story.task("签收").id, by=now_as("shuiwu"))
    for each in (now_one, later):
        end_substitution(each.id, by=keeper())
    assert names(now_as("shuiwu")) == []
    assert names(now_as("ziran")) == ["签收"]
    clock.now += timedelta(days=5)
    assert not now_as("shuiwu").stands_in
    with pytest.raises(NotFound):
        end_substitution(now_one.id, by=keeper())


def test_a_holder_who_gives_the_post_up_is_stood_in_for_no_more(start):
    story = start()
    stand_in()
    claim_task(story.task("签收").id, by=now_as("shuiwu"))
    take_post("ziran", LIAISON, by=keeper())
    assert not now_as("shuiwu").stands_in
    assert story.task("签收").inbox_key == f"post:{LIAISON}"


def test_only_administrators_set_and_end_one(county, clock):
    row = stand_in()
    with pytest.raises(NotAllowed):
        set_substitution(LIAISON, {}, by=holder_of("task_force:head"))
    with pytest.raises(NotAllowed):
        end_substitution(row.id, by=holder_of("task_force:head"))


@pytest.fixture
def newcomer(county, clock):
    """Somebody without a post, who is asked to stand in for supervision, now or later."""
    add_person("xin", "新人", [], password_hash="")
    session.commit()
    supervision = {"who": "xin", "post": "supervision_office:supervisor", "holder": "ducha"}
    return lambda **days: stand_in(**supervision, **days)


def appoint_newcomer():
    return appoint("xin", "audit", by=SYSTEM)


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_whoever_stands_in_be_it_only_planned_is_no_auditor(newcomer):  # S-01, XT-20
    planned = newcomer(since="2026-03-16", until="2026-03-20")
    with pytest.raises(BadAccount, match="不能担任、代理岗位"):
        appoint_newcomer()
    end_substitution(planned.id, by=keeper())
    appoint_newcomer()
    with pytest.raises(InvalidForm) as refused:
        newcomer()
    assert "不能担任、代理岗位" in refused.value.problems["person"]


@pytest.mark.parametrize("template", ["postgresql"] if POSTGRES else [], indirect=True)
@pytest.mark.parametrize(("late", "refused"), [("appoint", BadAccount), ("stand in", InvalidForm)])
def test_of_both_at_once_the_second_is_refused(newcomer, clock, late, refused):
    def stand_in_today():
        with virtual_clock(today):  # a thread has a clock of its own
            return newcomer()

    today = clock.now
    acts = {"appoint": appoint_newcomer, "stand in": stand_in_today}
    [first] = acts.keys() - {late}
    assert isinstance(overtaken(acts[late], by=acts[first]), refused)
