"""抄送: a colleague's unit sees the case, its post is told."""

import pytest
from sqlalchemy import select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from handlers.cases import take_part
from models import CaseUnit, Notice, session
from operations.acts.copies import copy_case, posts_to_copy
from operations.gate.moves import open_case
from operations.house.deployments import deploy
from operations.people.units import change_unit
from queries.boxes.inbox import inbox
from queries.boxes.notices import notices
from queries.case.cases import case_file
from tests.people import admin, holder_of
from tests.small_flow import FILES, form

LIAISON, COLLEAGUE = "natural_resources:liaison", "civil_affairs:liaison"


def copy(case, to=COLLEAGUE, by=LIAISON, note="请知悉", request=None):
    return copy_case(case.case.id, {"to": f"post:{to}", "note": note}, by=holder_of(by), request=request)


def role_of(case, unit):
    return session.get_one(CaseUnit, (case.case.id, unit), populate_existing=True).role


def sees(case, post):
    try:
        return bool(case_file(case.case.id, holder_of(post)))
    except NotFound:
        return False


def test_the_unit_sees_the_case_from_now_on_and_has_no_task(start):
    case = start()
    assert not sees(case, COLLEAGUE)
    assert copy(case) == "县民政局联络员"
    assert sees(case, COLLEAGUE)
    assert inbox(holder_of(COLLEAGUE)).rows == []
    assert not case_file(case.case.id, holder_of(COLLEAGUE)).may_reveal


def test_the_post_is_notified_with_the_words(start):
    case = start()
    case.case.title = "办不成证"
    session.commit()
    copy(case)
    [notice] = notices(holder_of(COLLEAGUE))
    assert notice.text == "黄志强抄送：办不成证。请知悉"


def test_the_history_says_who_has_a_copy_and_why(start):  # C-02
    case = start()
    copy(case)
    newest = case_file(case.case.id, holder_of(LIAISON)).timeline[0]
    told = (newest.what, newest.who, newest.details)
    assert told == ("抄送县民政局联络员", "黄志强（县自然资源局）", ["附言：请知悉"])


def test_the_engine_has_not_moved(start):
    case = start()
    state, due = case.instance.state, case.deadline("sign").due_at
    copy(case)
    assert (case.instance.state, case.deadline("sign").due_at) == (state, due)


def test_a_unit_that_takes_part_already_stays_what_it_is(start):
    case = start()
    copy(case, "natural_resources:leader")
    assert role_of(case, "natural_resources") == "office"


def test_a_unit_with_a_copy_can_still_come_to_help(start):  # XT-05
    case = start()
    copy(case)
    assert role_of(case, "civil_affairs") == "copied"
    take_part(open_case(case.id, by=holder_of(LIAISON)).host.context, "civil_affairs", "co")
    session.commit()
    assert role_of(case, "civil_affairs") == "co"


def test_the_same_request_twice_copies_once(start):  # P3
    case = start()
    assert copy(case, request="r1") == copy(case, request="r1")
    assert case.events == ["started small", "copied 县民政局联络员"]
    assert len(session.scalars(select(Notice)).all()) == 1


def test_a_confidential_case_is_not_copied(start):  # C-09
    case = start()
    case.case.confidential = True
    session.commit()
    with pytest.raises(MessageNotAccepted, match="保密事项不能抄送"):
        copy(case)
    assert not sees(case, COLLEAGUE)


def test_a_report_is_not_copied_to_the_unit_it_is_about(start):  # C-09
    accused = {"type": "textfield", "key": "accused_org", "label": "被举报单位", "properties": {"field": "accused"}}
    deploy("small", FILES | {"F.sign.form.json": form("F.sign", accused)})
    case = start()
    case.do("签收", accused_org="civil_affairs")
    by = holder_of("natural_resources:handler")
    assert "civil_affairs" not in {post.unit for post in posts_to_copy(case.instance, by)}
    with pytest.raises(InvalidForm) as error:
        copy(case, by="natural_resources:handler")
    assert error.value.problems == {"to": "举报件不得抄送被举报单位（C-09）。"}
    assert not sees(case, COLLEAGUE)


def test_an_office_within_the_unit_that_a_report_is_about_is_that_unit(start):  # C-09
    accused = {"type": "textfield", "key": "accused_org", "label": "被举报单位", "properties": {"field": "accused"}}
    deploy("small", FILES | {"F.sign.form.json": form("F.sign", accused)})
    case, by = start(), holder_of("natural_resources:handler")
    case.do("签收", accused_org="civil_affairs")
    assert "tax" in {post.unit for post in posts_to_copy(case.instance, by)}
    moved = {"name": "县税务局", "parent": "civil_affairs", "kind": "department", "handles_cases": "true"}
    change_unit("tax", moved, by=admin())
    assert "tax" not in {post.unit for post in posts_to_copy(case.instance, by)}
    with pytest.raises(InvalidForm) as error:
        copy(case, "tax:liaison", by="natural_resources:handler")
    assert error.value.problems == {"to": "举报件不得抄送被举报单位（C-09）。"}


def test_a_case_that_is_archived_stays_as_it_is(start):  # C-10
    case = start()
    case.case.closed_at, case.case.result = case.case.created_at, "completed"
    session.commit()
    with pytest.raises(MessageNotAccepted, match="已经归档"):
        copy(case)


def test_whoever_only_has_a_copy_cannot_hand_it_on(start):
    case = start()
    copy(case)
    with pytest.raises(NotAllowed, match="只有登记、正在办理或统管"):
        copy(case, "housing:liaison", by=COLLEAGUE)


def test_whoever_does_not_see_the_case_cannot_copy_it(start):
    with pytest.raises(NotFound):
        copy(start(), by="housing:liaison")


def test_an_office_that_sees_the_case_may_copy_it(start):
    case = start()
    copy(case, by="task_force:dispatcher")
    assert sees(case, COLLEAGUE)


def test_a_post_of_another_county_is_no_choice(start):
    case, by = start(), holder_of(LIAISON)
    assert {post.unit for post in posts_to_copy(case.instance, by)} >= {"civil_affairs", "task_force"}
    assert "tz_industry" not in {post.unit for post in posts_to_copy(case.instance, by)}
    with pytest.raises(InvalidForm) as error:
        copy(case, "tz_industry:liaison")
    assert "不在可选范围内" in error.value.problems["to"]


def test_a_word_why_is_required(start):
    with pytest.raises(InvalidForm) as error:
        copy(start(), note="")
    assert error.value.problems == {"note": "“附言”必填。"}
