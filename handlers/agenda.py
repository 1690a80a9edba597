"""What a meeting is to discuss, who is asked to it, and how that ended: the rows that the page 会议 shows (CA-07)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from secrets import randbelow

from sqlalchemy import select

from config import ZONE
from handlers.context import CaseContext
from handlers.dates import day_of
from models import AgendaItem, Meeting, MeetingSeat, session
from models.meeting import PUT_OFF, SETTLED

CODES = 1_000_000  # six digits


def raise_topic(
    case: CaseContext, kind: str, topic: str, units: Iterable[str], *, post: str, paper: str = ""
) -> AgendaItem:
    """Put the case on the agenda of the next meeting. One of it that is still open was put off: 没有开成, 下次再议."""
    for earlier in _open_items(case):
        earlier.outcome, earlier.ended_at = PUT_OFF, case.now
    item = AgendaItem(
        case_id=case.case.id,
        kind=kind,
        post=post,
        topic=topic,
        units=sorted(set(units)),
        paper=paper,
        raised_at=case.now,
        outcome="",
        minutes="",
    )
    session.add(item)
    return item


def call_meeting(
    items: Sequence[AgendaItem], meets_at: datetime, place: str, *, by: str, at: datetime, has_time: bool = True
) -> Meeting:
    """A meeting of these topics with a code of its own; whoever is asked for one of them has a seat."""
    kind, post, code = items[0].kind, items[0].post, _new_code()
    told = {"has_time": has_time, "place": place, "code": code, "called_by": by, "called_at": at}
    meeting = Meeting(kind=kind, post=post, meets_at=meets_at, **told)
    session.add(meeting)
    session.flush()
    for item in items:
        item.meeting_id = meeting.id
    for unit in sorted({unit for item in items for unit in item.units}):
        session.add(MeetingSeat(meeting_id=meeting.id, unit=unit, answer="", reason="", deputy="", answered_by=""))
    return meeting


def settle_topic(case: CaseContext, kind: str, topic: str, number: str, held_on: str | None, place: str) -> None:
    """The minutes are out. A meeting that was not called here is written down as what its form says it was."""
    item = next(iter(_open_items(case)), None) or raise_topic(case, kind, topic, (), post="")
    if item.meeting_id is None and held_on:
        meets_at = start_of(held_on)
        told = {"has_time": False, "place": place, "code": "", "called_by": "", "called_at": case.now}
        meeting = Meeting(kind=kind, post=item.post, meets_at=meets_at, **told)
        session.add(meeting)
        session.flush()
        item.meeting_id = meeting.id
    item.outcome, item.minutes, item.ended_at = SETTLED, number, case.now


def start_of(day: str) -> datetime:
    """The first moment of a day as a form gives it."""
    return datetime.combine(day_of(day), time(), ZONE)


def _open_items(case: CaseContext) -> Sequence[AgendaItem]:
    """Newest first."""
    mine = select(AgendaItem).where(AgendaItem.case_id == case.case.id, AgendaItem.outcome == "")
    return session.scalars(mine.order_by(AgendaItem.id.desc())).all()


def _new_code() -> str:
    """One that no other meeting has: who has seats in several signs in to the one whose code it is."""
    while True:
        code = f"{randbelow(CODES):06d}"
        if session.scalar(select(Meeting.id).where(Meeting.code == code).limit(1)) is None:
            return code
