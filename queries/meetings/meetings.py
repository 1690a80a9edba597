"""The page 会议: which meetings are coming and were held (CA-07)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import func, select, tuple_

from engine.forms import Choice
from handlers.meetings import KINDS
from models import AgendaItem, Case, Identity, Meeting, MeetingSeat, SignIn, now, session
from models.meeting import COMES, ON_LEAVE, PUT_OFF, SETTLED
from operations.acts.meetings import is_over, midnight, seen, to_be_called, topics_to_choose, when
from operations.gate.visibility import visible
from queries.pages import Page, page_of, read_numbered_mark
from reference.privacy import listed

LISTED = 30
TopicOf = tuple[AgendaItem, Case, bool]
OUTCOMES = {"": "待议", SETTLED: "已出纪要", PUT_OFF: "下次再议"}


@dataclass(frozen=True)
class MeetingRow:
    id: int
    name: str
    when: str
    place: str
    topics: list[str]
    units: int
    coming: int
    on_leave: int
    came: int
    state: str


@dataclass(frozen=True)
class CallPage:
    """What waits for this person to call a meeting."""

    lists: Mapping[str, list[Choice]]
    request: str


def meetings(by: Identity, *, held: bool = False, after: str | None = None, limit: int = LISTED) -> Page[MeetingRow]:
    """Those whose day is today or later, soonest first; or those held, the last first."""
    today, place = midnight(now()), tuple_(Meeting.meets_at, Meeting.id)
    found = select(Meeting).where(seen(by), Meeting.meets_at < today if held else Meeting.meets_at >= today)
    if mark := read_numbered_mark(after):
        found = found.where(place < mark if held else place > mark)
    columns = (Meeting.meets_at, Meeting.id)
    ordered = found.order_by(*(each.desc() for each in columns) if held else columns)
    page = page_of(session.scalars(ordered.limit(limit + 1)).all(), limit, lambda each: f"{each.meets_at}|{each.id}")
    shown = [each.id for each in page.rows]
    rows, counts = rows_of(shown, by), _counts(shown)
    return Page([_row(each, rows, by, counts.get(each.id, {})) for each in page.rows], page.next)


def call_page(by: Identity) -> CallPage | None:
    """None where nothing waits for them."""
    return CallPage(topics_to_choose(by), uuid4().hex) if to_be_called(by) else None


def rows_of(meeting_ids: Sequence[int], by: Identity) -> list[TopicOf]:
    """All topics, each with whether this person may see its case."""
    found = select(AgendaItem, Case, visible(by).label("sees")).join(Case, Case.id == AgendaItem.case_id)
    rows = session.execute(found.where(AgendaItem.meeting_id.in_(meeting_ids)).order_by(AgendaItem.id))
    return [(item, case, bool(sees)) for item, case, sees in rows]


def may_know(item: AgendaItem, by: Identity, *, sees: bool) -> bool:
    """Of a topic: who may see its case, and whose unit is asked to come for it."""
    return sees or not by.units.isdisjoint(item.units)


def title_of(case: Case) -> str:
    return listed(case.title, case) or case.flow_name


def _counts(meeting_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """By meeting: seats by answer, "seats" and "came"."""
    found: dict[int, dict[str, int]] = {}
    answers = select(MeetingSeat.meeting_id, MeetingSeat.answer, func.count()).group_by(
        MeetingSeat.meeting_id, MeetingSeat.answer
    )
    for meeting, answer, number in session.execute(answers.where(MeetingSeat.meeting_id.in_(meeting_ids))):
        each = found.setdefault(meeting, {"seats": 0})
        each["seats"] += number
        each[answer] = number
    units = select(SignIn.meeting_id, func.count(SignIn.unit.distinct())).group_by(SignIn.meeting_id)
    for meeting, number in session.execute(units.where(SignIn.meeting_id.in_(meeting_ids))):
        found.setdefault(meeting, {"seats": 0})["came"] = number
    return found


def _row(meeting: Meeting, rows: Iterable[TopicOf], by: Identity, counts: Mapping[str, int]) -> MeetingRow:
    mine = [(item, case, sees) for item, case, sees in rows if item.meeting_id == meeting.id]
    return MeetingRow(
        id=meeting.id,
        name=KINDS[meeting.kind][1],
        when=when(meeting),
        place=meeting.place,
        topics=[title_of(case) for item, case, sees in mine if may_know(item, by, sees=sees)],
        units=counts.get("seats", 0),
        coming=counts.get(COMES, 0),
        on_leave=counts.get(ON_LEAVE, 0),
        came=counts.get("came", 0),
        state=state_of(meeting, [item.outcome for item, *_ in mine]),
    )


def state_of(meeting: Meeting, outcomes: Iterable[str]) -> str:
    left, at = list(outcomes), now()
    if left and all(left):
        return OUTCOMES[SETTLED] if SETTLED in left else OUTCOMES[PUT_OFF]
    if is_over(meeting, at):
        return "待出纪要"
    return "今天开" if midnight(meeting.meets_at) == midnight(at) else "将开"
