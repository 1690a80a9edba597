"""Call a meeting of the topics that cases have raised, and put it off (CA-07, F-C-7).

Neither moves a case. Who does it holds the post that the diagram names for it: the secretary, the office, the lead.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update

from config import ZONE
from engine.forms import Choice, Field, Form, clean
from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed, NotFound
from handlers.agenda import call_meeting
from handlers.meetings import KINDS
from handlers.notices import posts_to_tell
from models import (
    AgendaItem,
    Case,
    Identity,
    Meeting,
    MeetingSeat,
    Notice,
    SignIn,
    Writes,
    now,
    session,
    transactional,
)
from models.meeting import PUT_OFF
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import actor, record
from operations.gate.visibility import locked_for, visible
from reference.privacy import listed

TIME = Field("meets_at", "datetime", "会议时间", subtype="datetime", required=True, properties={"notBefore": "now"})
PLACE = Field("place", "textfield", "地点", required=True, max_length=60)
TOPICS = Field("items", "checklist", "上会的议题", required=True, choices_key="items")
CALL = Form("meeting", "定时间，发通知", (TOPICS, TIME, PLACE), {})
CHANGE = Form("meeting_change", "改期", (TIME, PLACE), {})
WEEKDAYS = "一二三四五六日"


def seen(by: Identity) -> ColumnElement[bool]:
    """Meetings that this person keeps, that a unit of theirs is asked to, or that discuss a case they may see."""
    asked = exists().where(MeetingSeat.meeting_id == Meeting.id, MeetingSeat.unit.in_(by.units))
    about = exists().where(AgendaItem.meeting_id == Meeting.id, AgendaItem.case_id == Case.id, visible(by))
    return or_(Meeting.post.in_(by.post_keys), asked, about)


def find(meeting_id: int, by: Identity, *, hold: bool = False) -> Meeting:
    """`hold` it until the transaction ends. Raises NotFound, also for one that this person may not see."""
    mine = select(Meeting).where(Meeting.id == meeting_id, seen(by)).execution_options(populate_existing=True)
    meeting = session.scalar(mine.with_for_update(of=Meeting) if hold else mine)
    if meeting is None:
        raise NotFound
    return meeting


def to_be_called(by: Identity) -> Sequence[tuple[AgendaItem, Case]]:
    """Topics that wait for this person to call a meeting, oldest first: also those that a meeting whose day is over
    has left open (下次再议).
    """
    waits = AgendaItem.post.in_(by.post_keys) & (AgendaItem.outcome == "") & Case.result.is_(None)
    over = or_(AgendaItem.meeting_id.is_(None), Meeting.meets_at < midnight(now()))
    found = select(AgendaItem, Case).join(Case, Case.id == AgendaItem.case_id)
    found = found.outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id).where(waits, over, visible(by))
    rows = session.execute(found.order_by(AgendaItem.id).execution_options(populate_existing=True))
    return [(item, case) for item, case in rows]


def topics_to_choose(by: Identity) -> dict[str, list[Choice]]:
    """For the form CALL."""
    rows = to_be_called(by)
    return {"items": [Choice(str(item.id), f"{KINDS[item.kind][1]}：{title_of(case)}") for item, case in rows]}


def title_of(case: Case) -> str:
    """Number and title as every list shows them (S-04)."""
    return " ".join(filter(None, (case.case_no, listed(case.title, case))))


@transactional
def call(values: Mapping[str, Any], *, by: Identity, request: str | None = None) -> int | None:
    """Call a meeting of the topics `values["items"]` for `values["meets_at"]` and `values["place"]`. Every unit that is
    asked for one of them is told, with the code to sign in with. Returns its id; None for a request handled before.

    Raises InvalidForm, also for topics of several kinds or posts; AlreadyChanged when one was called meanwhile.
    """
    request, at = request_key(request, "meeting", by=by), now()
    if already_handled(request):
        return None
    given = clean(CALL, values, topics_to_choose(by), now=at)
    chosen = {int(each) for each in given["items"]}
    cases = {case.id for item, case in to_be_called(by) if item.id in chosen}
    instances = [locked_for(case_id, by) for case_id in sorted(cases)]
    items = [item for item, _ in to_be_called(by) if item.id in chosen]  # as they are under the locks
    if len(items) < len(chosen):
        raise AlreadyChanged
    if len({(item.kind, item.post) for item in items}) > 1:
        raise InvalidForm({"items": "一次会议只能排同一种会议的议题，请分开来定。"})
    by, items = by.at(items[0].post), [_once_more(item, at) for item in items]
    meeting = call_meeting(items, _moment(given), given["place"], by=actor(by), at=at)
    _tell(meeting, items, "定于", at)
    for instance in instances:
        record(instance, kind="meeting_called", name=called(meeting), by=by, at=at)
    writes = Writes()
    remember(writes, request, case_id=items[0].case_id, task_id="", at=at)
    writes.send()
    return meeting.id


@transactional
def change(meeting_id: int, values: Mapping[str, Any], *, by: Identity) -> None:
    """Another time or place; whoever is asked is told, and answers anew.

    Raises NotFound, NotAllowed for who does not keep it, MessageNotAccepted when it has begun, InvalidForm.
    """
    meeting, at = find(meeting_id, by, hold=True), now()
    if problem := why_not_changed(meeting, by):
        raise MessageNotAccepted(problem) if meeting.post in by.post_keys else NotAllowed(problem)
    given, by = clean(CHANGE, values, now=at), by.at(meeting.post)
    meeting.meets_at, meeting.has_time, meeting.place = _moment(given), True, given["place"]
    blank = {"answer": "", "reason": "", "deputy": "", "answered_by": "", "answered_at": None}
    session.execute(update(MeetingSeat).where(MeetingSeat.meeting_id == meeting.id).values(blank))
    items = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.id)).all()
    _tell(meeting, items, "改到", at)
    for case_id in sorted({item.case_id for item in items}):
        record(locked_for(case_id, by), kind="meeting_changed", name=called(meeting), by=by, at=at)


def why_not_changed(meeting: Meeting, by: Identity) -> str:
    """Why this person may not put it off now, in a sentence; "" when they may."""
    if meeting.post not in by.post_keys:
        return "只有召集会议的岗位可以改期。"
    if is_over(meeting, now()):
        return "开会的那一天已经过了；没有议定的议题在“会议”页上重新定时间。"
    if session.scalar(select(SignIn.id).where(SignIn.meeting_id == meeting.id).limit(1)):
        return "已经有人签到，不能改期。"
    held = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id, AgendaItem.outcome != "").limit(1)
    return "已经出了纪要，不能改期。" if session.scalar(held) else ""


def called(meeting: Meeting) -> str:
    """联席会议，2026年3月20日（星期五）09:00，三楼会议室."""
    return f"{KINDS[meeting.kind][1]}，{when(meeting)}，{meeting.place}"


def when(meeting: Meeting) -> str:
    at = meeting.meets_at.astimezone(ZONE)
    day = f"{at.year}年{at.month}月{at.day}日（星期{WEEKDAYS[at.weekday()]}）"
    return f"{day}{at:%H:%M}" if meeting.has_time else day


def midnight(moment: datetime) -> datetime:
    """The beginning of its day in the county."""
    return datetime.combine(moment.astimezone(ZONE).date(), time(), ZONE)


def is_over(meeting: Meeting, moment: datetime) -> bool:
    """Whether its day is."""
    return meeting.meets_at < midnight(moment)


def _once_more(item: AgendaItem, at: datetime) -> AgendaItem:
    """What an earlier meeting has left open stays on its agenda as put off."""
    if item.meeting_id is None:
        return item
    item.outcome, item.ended_at = PUT_OFF, at
    kept = {"case_id": item.case_id, "kind": item.kind, "post": item.post, "topic": item.topic, "units": item.units}
    again = AgendaItem(**kept, paper=item.paper, raised_at=at, outcome="", minutes="")
    session.add(again)
    return again


def _tell(meeting: Meeting, items: Iterable[AgendaItem], verb: str, at: datetime) -> None:
    """One notice to each post of a unit, with the topics that it is asked for."""
    asked: dict[str, list[AgendaItem]] = {}
    for item in items:
        for unit in item.units:
            asked.setdefault(unit, []).append(item)
    for unit, topics in asked.items():
        names = "、".join(title_of(session.get_one(Case, item.case_id)) for item in topics)
        held = f"{KINDS[meeting.kind][1]}{verb}{when(meeting)}在{meeting.place}召开"
        text = f"{held}，议题：{names}。签到码 {meeting.code}"
        told = {"case_id": topics[0].case_id, "text": text, "at": at}
        session.add_all(Notice(post=post, **told) for post in posts_to_tell(unit))


def _moment(given: Mapping[str, Any]) -> datetime:
    moment = datetime.fromisoformat(given["meets_at"])
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
