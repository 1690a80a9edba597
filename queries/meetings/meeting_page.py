"""One meeting: its topics with what was decided, who was asked, who answered, who came (CA-07)."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from config import ZONE
from handlers.meetings import KINDS
from models import (
    AgendaItem,
    Case,
    Document,
    Identity,
    Meeting,
    MeetingSeat,
    ProcessInstance,
    SignIn,
    Task,
    Unit,
    now,
    session,
)
from models.meeting import ON_LEAVE, SETTLED
from models.task import CANCELLED, OPEN
from operations.acts.attending import ANSWERS, is_late, seat_of, why_not_yet
from operations.acts.meetings import find, is_over, when, why_not_changed
from operations.gate.visibility import readable
from queries.case.facts import Reader, called, reader_of_case
from queries.case.reading import read_paper
from queries.lights import Light, lights_at
from queries.meetings.meetings import OUTCOMES, may_know, rows_of, state_of, title_of
from reference.people import post_name, post_names
from reference.privacy import listed

TASKS = 20  # of a topic, since its minutes
DECIDED = ("议定事项", "责任单位", "责任分工", "办理时限")


@dataclass(frozen=True)
class Paper:
    """`id` is None for who may not read it."""

    number: str
    id: int | None


@dataclass(frozen=True)
class TaskRow:
    name: str
    unit_name: str
    light: Light | None  # while it waits
    closed_at: datetime | None  # local


@dataclass(frozen=True)
class Topic:
    """`case_id` is None for who may not see the case: they were asked for it and read what the notice said."""

    title: str
    words: str
    case_id: int | None
    outcome: str
    notice: Paper | None
    minutes: Paper | None
    decided: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)


@dataclass(frozen=True)
class Came:
    name: str
    post_name: str
    at: datetime  # local
    is_late: bool

    @property
    def words(self) -> str:
        return f"{self.name}（{self.post_name}{'，迟到' if self.is_late else ''}）"


@dataclass(frozen=True)
class SeatView:
    unit: str
    unit_name: str
    answer: str  # 参加, 请假; mostly ""
    reason: str
    deputy: str
    answered_by: str
    came: list[Came]

    @property
    def leave(self) -> str:
        """请假：开人代会，由李四代; "" for who has not asked for leave."""
        if self.answer != ANSWERS[ON_LEAVE]:
            return ""
        return f"请假：{self.reason}" + (f"，由{self.deputy}代" if self.deputy else "")


@dataclass(frozen=True)
class MeetingPage:
    """`mine`: the unit for which this person may answer; `code` is for who keeps it."""

    meeting: Meeting
    name: str
    when: str
    state: str
    keeper: str
    keeps: bool
    not_changed: str
    topics: list[Topic]
    seats: list[SeatView]
    mine: SeatView | None
    may_sign: bool
    signed: bool
    over: bool


def meeting_page(meeting_id: int, by: Identity) -> MeetingPage:
    """Raises NotFound, also for a meeting that this person may not see."""
    meeting, at = find(meeting_id, by), now()
    seats, mine = seats_of(meeting), seat_of(meeting, by)
    signed = select(SignIn.id).where(SignIn.meeting_id == meeting.id, SignIn.user_id == by.id)
    rows = rows_of([meeting.id], by)
    return MeetingPage(
        meeting=meeting,
        name=KINDS[meeting.kind][1],
        when=when(meeting),
        state=state_of(meeting, [item.outcome for item, *_ in rows]),
        keeper=post_name(meeting.post) if meeting.post else "",
        keeps=meeting.post in by.post_keys,
        not_changed=why_not_changed(meeting, by),
        topics=[_topic(item, case, by, sees=sees) for item, case, sees in rows if may_know(item, by, sees=sees)],
        seats=seats,
        mine=next((each for each in seats if mine and each.unit == mine[0].unit), None),
        may_sign=bool(mine and meeting.code) and not why_not_yet(meeting, at),
        signed=session.scalar(signed) is not None,
        over=is_over(meeting, at),
    )


def seats_of(meeting: Meeting) -> list[SeatView]:
    """Every unit that was asked, with who came for it."""
    came: dict[str, list[Came]] = {}
    for each in session.scalars(select(SignIn).where(SignIn.meeting_id == meeting.id).order_by(SignIn.at, SignIn.id)):
        told = Came(each.name, each.post_name, each.at.astimezone(ZONE), is_late(meeting, each))
        came.setdefault(each.unit, []).append(told)
    asked = select(MeetingSeat, Unit.name).outerjoin(Unit, Unit.code == MeetingSeat.unit)
    rows = session.execute(asked.where(MeetingSeat.meeting_id == meeting.id).order_by(Unit.id))
    return [
        SeatView(
            seat.unit,
            name or seat.unit,
            ANSWERS.get(seat.answer, ""),
            seat.reason,
            seat.deputy,
            seat.answered_by,
            came.get(seat.unit, []),
        )
        for seat, name in rows
    ]


def _topic(item: AgendaItem, case: Case, by: Identity, *, sees: bool) -> Topic:
    notice, minutes = _paper(item, item.paper, by), _paper(item, item.minutes, by)
    title, outcome = title_of(case), OUTCOMES[item.outcome]
    if not sees:
        return Topic(title, listed(item.topic, case), None, outcome, notice, minutes)
    definition = select(ProcessInstance.definition_id).where(ProcessInstance.case_id == case.id)
    reader = reader_of_case(case, session.scalars(definition).one(), by)
    issued = session.get(Document, minutes.id) if minutes and minutes.id else None
    said = read_paper(issued, reader).body if issued else {}
    decided = [(label, str(said[label])) for label in DECIDED if said.get(label)]
    tasks = _tasks_after(item, by, reader) if item.outcome == SETTLED else []
    return Topic(title, reader.of_text(item.topic), case.id, outcome, notice, minutes, decided, tasks)


def _paper(item: AgendaItem, number: str, by: Identity) -> Paper | None:
    if not number:
        return None
    mine = select(Document.id).join(Case, Case.id == Document.case_id)
    return Paper(number, session.scalar(mine.where(Case.id == item.case_id, Document.number == number, readable(by))))


def _tasks_after(item: AgendaItem, by: Identity, reader: Reader) -> list[TaskRow]:
    """What the case has had to do since the minutes, without what this person may not know of (XT-20)."""
    mine = select(Task).where(Task.case_id == item.case_id, Task.created_at >= item.ended_at, Task.state != CANCELLED)
    known = mine if by.can("clues") else mine.where(Task.confidential.is_(False))
    rows = session.scalars(known.order_by(Task.created_at, Task.id).limit(TASKS)).all()
    light, names = lights_at(), post_names({task.post for task in rows})
    return [
        TaskRow(
            called(task.name, reader.of_text(task.item)),
            names.get(task.post, task.post),
            light(task.due_at) if task.state == OPEN else None,
            task.closed_at.astimezone(ZONE) if task.closed_at else None,
        )
        for task in rows
    ]
