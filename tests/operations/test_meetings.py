"""A meeting is called, answered, signed in to (CA-07: 议题→通知→签到→纪要→议定事项)."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from config import ZONE
from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from handlers import call
from models import SYSTEM, AgendaItem, Meeting, MeetingSeat, Notice, SignIn, Submission, session
from operations.acts import attending, meetings
from operations.gate.guessing import ALLOWED, TooManyGuesses
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from queries.meetings.attendance import attendance
from queries.meetings.meeting_page import meeting_page
from queries.meetings.meetings import meetings as listed_meetings
from tests.people import another_holder_of, holder_of
from tests.small_flow import FILES

KEEPER = "natural_resources:liaison"
MORNING = {"meets_at": "2026-03-13T09:30", "place": "三楼会议室"}


@pytest.fixture
def raised(county, clock):
    """Two cases that ask for a meeting: of the tax office, and of the tax and the housing office."""
    deploy("small", FILES)
    contexts = [start_process("small", {}, by=SYSTEM).host.context for _ in range(2)]
    for case, units in zip(contexts, (["tax"], ["tax", "housing"]), strict=True):
        case.case.title = f"办证难{case.case.id}"
        words = {"meeting_type": "joint", "topic": "怎样办", "units": ["natural_resources", *units]}
        call("meeting.invite", {**words, "keeper": f"post:{KEEPER}"}, case)
    session.commit()
    return contexts


def convene(**given: object) -> Meeting:
    keeper = holder_of(KEEPER)
    items = [str(item.id) for item, _ in meetings.to_be_called(keeper)]
    meeting_id = meetings.call({"items": items, **MORNING, **given}, by=keeper)
    return session.get_one(Meeting, meeting_id)


def seats(meeting: Meeting, by) -> dict[str, str]:
    """Each unit that was asked, and what the page says of it."""
    page = meeting_page(meeting.id, by)
    return {seat.unit: seat.leave or "、".join(each.words for each in seat.came) for seat in page.seats}


def test_several_topics_come_to_one_meeting_and_each_unit_is_told_of_its_own(raised):
    meeting = convene()
    told = session.scalars(select(Notice.text).where(Notice.text.contains("签到码"), Notice.post.contains("housing")))
    [words] = set(told)
    assert meeting.code in words
    assert "办证难2" in words
    assert "办证难1" not in words
    assert set(session.scalars(select(MeetingSeat.unit))) == {"natural_resources", "tax", "housing"}
    assert meetings.to_be_called(holder_of(KEEPER)) == []
    [row] = listed_meetings(holder_of("tax:liaison")).rows
    assert (row.when, row.topics, row.state) == ("2026年3月13日（星期五）09:30", ["办证难1", "办证难2"], "将开")
    with pytest.raises(NotFound):  # a unit that has nothing to do with it
        meeting_page(meeting.id, holder_of("civil_affairs:liaison"))


def test_whoever_is_asked_signs_in_with_the_code_from_an_hour_before_to_the_end_of_the_day(raised, clock):
    meeting, tax = convene(), holder_of("tax:liaison")
    assert attendance(raised[0].case.id) == {}
    colleague = another_holder_of("tax:liaison")
    attending.answer(
        meeting.id, {"answer": "leave", "leave_reason": "下乡", "deputy": "李四"}, by=holder_of("housing:leader")
    )
    clock.now = datetime(2026, 3, 13, 8, 29, tzinfo=ZONE)
    with pytest.raises(InvalidForm) as early:
        attending.sign_in({"code": meeting.code}, by=tax)
    assert "08:30起" in early.value.problems["code"]
    clock.now += timedelta(minutes=1)
    for _ in range(2):  # the first time counts
        assert attending.sign_in({"code": f" {meeting.code[:3]} {meeting.code[3:]}"}, by=tax) == meeting.id
    clock.now = datetime(2026, 3, 13, 9, 42, tzinfo=ZONE)
    attending.sign_in({"code": meeting.code}, by=colleague)
    keeper = holder_of(KEEPER)
    came = f"{tax.name}（联络员）、{colleague.name}（联络员，迟到）"
    assert seats(meeting, keeper) == {"natural_resources": "", "tax": came, "housing": "请假：下乡，由李四代"}
    with pytest.raises(MessageNotAccepted, match="已经有人签到"):
        meetings.change(meeting.id, MORNING | {"meets_at": "2026-03-14T09:30"}, by=keeper)
    begun = attendance(raised[0].case.id)  # what the form of the minutes begins with
    assert begun["came"] == f"县税务局：{came}"
    assert "县住房和城乡建设局（请假：下乡，由李四代）" in begun["absent"]
    assert begun["absent_units"] == ["natural_resources", "housing"]
    clock.now = datetime(2026, 3, 14, 0, 1, tzinfo=ZONE)
    with pytest.raises(InvalidForm):
        attending.sign_in({"code": meeting.code}, by=holder_of("housing:leader"))
    assert len(session.scalars(select(SignIn)).all()) == 2


def test_nobody_guesses_the_code_and_nobody_of_another_unit_signs_in(raised, clock):
    meeting = convene(meets_at="2026-03-12T09:30")
    stranger, tax = holder_of("civil_affairs:liaison"), holder_of("tax:liaison")
    wrong = "000000" if meeting.code != "000000" else "000001"
    with pytest.raises(InvalidForm):
        attending.sign_in({"code": meeting.code}, by=stranger)
    for _ in range(ALLOWED):
        with pytest.raises(InvalidForm):
            attending.sign_in({"code": wrong}, by=tax)
    with pytest.raises(TooManyGuesses):
        attending.sign_in({"code": meeting.code}, by=tax)
    clock.now += timedelta(minutes=11)
    assert attending.sign_in({"code": meeting.code}, by=tax) == meeting.id


def test_a_meeting_put_off_asks_again_and_what_it_leaves_open_waits_for_the_next(raised, clock):
    meeting, tax = convene(), holder_of("tax:liaison")
    attending.answer(meeting.id, {"answer": "comes"}, by=tax)
    with pytest.raises(NotAllowed):
        meetings.change(meeting.id, MORNING, by=tax)
    meetings.change(meeting.id, MORNING | {"meets_at": "2026-03-16T15:00"}, by=holder_of(KEEPER))
    assert session.get_one(MeetingSeat, (meeting.id, "tax")).answer == ""
    assert session.scalar(select(Notice.id).where(Notice.text.contains("改到2026年3月16日（星期一）15:00"))) is not None
    clock.now = datetime(2026, 3, 17, 9, tzinfo=ZONE)
    again = convene(meets_at="2026-03-18T09:00")
    [held], [coming] = (listed_meetings(tax, held=past, limit=1).rows for past in (True, False))
    assert (held.id, held.state, coming.id, coming.state) == (meeting.id, "下次再议", again.id, "将开")
    outcomes = select(AgendaItem.meeting_id, AgendaItem.outcome).order_by(AgendaItem.id)
    assert session.execute(outcomes).all() == [(meeting.id, "put_off")] * 2 + [(again.id, "")] * 2


def test_minutes_end_a_topic_and_a_meeting_that_was_held_without_the_page_is_written_down(raised, clock):
    first, _ = raised
    meeting = convene()
    said = {"meeting_type": "joint", "held_on": "2026-03-13", "place_host": "二楼", "requirement": "容缺受理"}
    form = {"element": "sign", "form": "F.handle"}
    third = start_process("small", {}, by=SYSTEM).host.context
    clock.now = datetime(2026, 3, 13, 12, tzinfo=ZONE)
    for case in (first, third):
        case.now = clock.now
        session.add(Submission(case_id=case.case.id, **form, values=said, by="", at=clock.now))
        call("meeting.minutes", {"owner": "housing", "main_to": "县税务局", "forms": [form["form"]]}, case)
    session.commit()
    page = meeting_page(meeting.id, holder_of(KEEPER))
    assert [(each.outcome, dict(each.decided).get("议定事项")) for each in page.topics] == [
        ("已出纪要", "容缺受理"),
        ("待议", None),
    ]
    [item] = session.scalars(select(AgendaItem).where(AgendaItem.case_id == third.case.id))
    assert session.get_one(Meeting, item.meeting_id).place == "二楼"
