"""企业群众网上提交：编号、查询码当场有，由受理岗位登记；附件、限次、验证题。"""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from errors import InvalidForm, NotAllowed, NotFound
from models import (
    SYSTEM,
    Attachment,
    Case,
    CaseUnit,
    OutboxMessage,
    ProcessInstance,
    PublicAct,
    Submission,
    Task,
    keep_files_in,
    mark_of_phone,
    session,
)
from operations.acts.attachments import Upload
from operations.acts.tasks import complete_task
from operations.gate.moves import open_case
from operations.house.deployments import deploy
from operations.house.folders import BPMN, flow_folders, read_folder
from operations.house.retirement import retire_flow
from operations.public.portal import public_flows, submit_online
from operations.public.visitors import GOOD_FOR, TooMany, Visitor, ask, asked_again, token_of
from queries.case.cases import case_file
from queries.case.tasks import task_page
from queries.public.progress import progress
from tests.people import admin, holder_of
from tests.portal_flow import FILES
from tests.small_flow import FILES as SMALL
from tests.uploads import PDF, jpeg

CLERK = "task_force:mailbox_clerk"
TYPED = {"title": "跑了四次没办成", "reporter_name": "欧阳锋", "reporter_phone": "100-0000 0777"}


@pytest.fixture
def folder(county, clock, tmp_path):
    deploy("small", SMALL)  # it brings the lights along
    deploy("xt_open", FILES)
    keep_files_in(tmp_path / "files")
    return tmp_path / "files"


def hand_in(*files, token="", address="203.0.113.7", request=None, **typed):
    visitor = Visitor(address, token or ask().seal)
    return submit_online("xt_open", TYPED | typed, files, visitor, request=request)


def waiting():
    return session.scalars(select(Task).where(Task.state == "open")).one()


def test_number_and_code_are_there_at_once_and_the_receiving_post_registers_it(folder):
    case = hand_in()
    assert case.case_no == "XT20260001"
    assert progress("XT20260001", case.query_code or "").status == "已经登记，正在确认由谁受理"
    task = waiting()
    assert (task.name, task.post) == ("登记网上提交", f"post:{CLERK}")
    assert (case.title, case.channel, case.registrar_id) == ("跑了四次没办成", "mailbox", None)
    assert case.phone_hash == mark_of_phone("10000000777")
    assert task_page(task.id, holder_of(CLERK)).values["title"] == "跑了四次没办成"
    complete_task(task.id, {"title": "跑了四次没办成", "kind": "政务服务"}, by=holder_of(CLERK))
    assert case_file(case.id, holder_of(CLERK)).case.case_no == "XT20260001"
    assert waiting().name == "办理"


def test_the_code_goes_to_the_number_that_was_left(folder):
    case = hand_in()
    [message] = session.scalars(select(OutboxMessage))
    assert message.recipient == TYPED["reporter_phone"]
    assert str(case.query_code) in message.body["text"]


def test_the_story_begins_with_what_was_handed_in_and_names_nobody(folder):  # C-02, S-04
    case = hand_in()
    [first] = case_file(case.id, holder_of(CLERK)).timeline
    assert (first.what, first.who) == ("企业群众网上提交", "反映人（网上提交）")
    [sheet] = case_file(case.id, holder_of(CLERK)).sheets
    assert ("您的姓名", "欧某某") in sheet.facts


def test_only_the_unit_that_registers_sees_it_at_first(folder):
    case = hand_in()
    assert session.scalars(select(CaseUnit.unit)).all() == ["task_force"]
    with pytest.raises(NotFound):
        case_file(case.id, holder_of("natural_resources:liaison"))


def test_who_stays_nameless_leaves_nothing(folder):  # C-09
    case = hand_in(anonymous="true")
    [values] = session.scalars(select(Submission.values))
    assert (values["reporter_name"], values["reporter_phone"]) == (None, None)
    assert (case.reporter, case.phone_hash) == ("", None)
    assert session.scalars(select(OutboxMessage)).all() == []


def test_files_come_with_it_as_the_reporter_s(folder):
    case = hand_in(Upload("现场.jpg", jpeg()), Upload("决定书.pdf", PDF))
    rows = session.execute(select(Attachment.name, Attachment.from_reporter).order_by(Attachment.id)).all()
    assert rows == [("现场.jpg", True), ("决定书.pdf", True)]
    assert case_file(case.id, holder_of(CLERK)).timeline[0].what == "添加附件"


def test_every_mistake_is_told_at_once_and_nothing_is_kept(folder):
    with pytest.raises(InvalidForm) as error:
        hand_in(Upload("木马.jpg", b"MZ"), title="")
    assert error.value.problems.keys() == {"title", "files"}
    with pytest.raises(InvalidForm):
        hand_in(Upload("现场.jpg", jpeg()), title="")
    assert [session.scalar(select(func.count()).select_from(each)) for each in (Case, Attachment, PublicAct)] == [0] * 3
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_unit_of_another_county_cannot_be_named(folder):
    with pytest.raises(InvalidForm) as error:
        hand_in(matter_org="xx_town_longcheng")
    assert "matter_org" in error.value.problems
    assert hand_in(matter_org="natural_resources").id


def test_the_same_request_twice_is_one_case(folder):  # P3
    first = hand_in(Upload("现场.jpg", jpeg()), request="r1", token="t1")
    assert hand_in(Upload("现场.jpg", jpeg()), request="r1", token="t1").id == first.id
    assert session.scalar(select(func.count()).select_from(Case)) == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_an_answer_serves_once(folder):
    hand_in(token="t1")
    with pytest.raises(InvalidForm) as error:
        hand_in(token="t1")
    assert error.value.problems == {"answer": "这道题已经用过了，请回答新的一道。"}


def test_so_many_an_hour_from_one_address(folder, clock):
    for _ in range(10):
        hand_in()
    with pytest.raises(TooMany, match="一小时后"):
        hand_in()
    assert hand_in(address="203.0.113.8").id
    clock.now += timedelta(hours=1)
    assert hand_in().id


def test_what_counts_no_more_is_forgotten(folder, clock):
    hand_in()
    clock.now += GOOD_FOR
    hand_in()
    assert session.scalars(select(PublicAct.at)).all() == [clock.now]


def test_a_flow_without_such_a_beginning_or_that_is_retired_takes_nothing(folder):
    assert [row.key for row in public_flows()] == ["xt_open"]
    with pytest.raises(NotFound):
        submit_online("small", TYPED, [], Visitor("a", "t"))
    retire_flow("xt_open", reason="县政发〔2026〕1号", by=admin())
    assert public_flows() == []
    with pytest.raises(NotAllowed, match="停用"):
        hand_in()


def answer_to(seal):
    text = asked_again(seal).text
    digits = "零一二三四五六七八九"
    return digits.index(text[0]) + digits.index(text[2])


def test_a_right_answer_in_digits_or_in_words_counts(county, clock):
    for _ in range(20):
        seal = ask().seal
        total = answer_to(seal)
        words = "一二三四五六七八九十"[total - 1] if total <= 10 else "十" + "一二三四五六七八九"[total - 11]
        for said in (str(total), f" {chr(0xFF10 + total) if total < 10 else total} ", words):
            assert token_of(seal, said)
        assert token_of(seal, str(total + 1)) == ""


@pytest.mark.parametrize("seal", ["", "a.b.c", "x.1773277200.0000", "..", "x.９.0", "x.1.é"])
def test_a_question_that_is_none_of_ours_is_answered_by_nothing(county, clock, seal):
    assert asked_again(seal) is None
    assert token_of(seal, "5") == ""


def test_a_question_gets_old(county, clock):
    seal = ask().seal
    clock.now += GOOD_FOR
    assert asked_again(seal)
    clock.now += timedelta(seconds=1)
    assert asked_again(seal) is None


def test_the_flow_knows_what_was_typed_from_its_first_step_and_not_who_typed_it(folder):  # S-04, XX-21
    [hotline] = (each for each in flow_folders(BPMN) if each.name == "xx_hotline")
    deploy(hotline.name, read_folder(hotline)[hotline.name])
    typed = {"title": "煤气泄漏", "category": "help", "subject": "other", "occurred_at": "现在", "place": "小区"}
    typed |= {"description": "多人中毒", "request_text": "快来"}
    typed |= {"reporter_name": "欧阳锋", "reporter_phone": "10000000778"}
    case = submit_online("xx_hotline", typed, [], Visitor("203.0.113.7", "t1"))
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case.id)).one()
    [receive] = open_case(instance.id, by=SYSTEM).execution.open_tasks()
    known = receive.variables
    assert (known["alert"], known["description"], case.mark) == ("emergency", "多人中毒", "紧急")
    assert not {"欧阳锋", "10000000778"} & set(map(str, known.values()))
