"""The meetings that one case was brought to, for its page. Whoever may see the case may see them."""

from sqlalchemy import exists, select

from handlers.meetings import KINDS
from models import AgendaItem, Meeting, session
from operations.acts.meetings import when


def meetings_of_case(case_id: int) -> list[tuple[int, str]]:
    """Id, and what and when: 联席会议，2026年3月20日（星期五）09:00."""
    brought = exists().where(AgendaItem.meeting_id == Meeting.id, AgendaItem.case_id == case_id)
    found = select(Meeting).where(brought).order_by(Meeting.meets_at, Meeting.id)
    return [(each.id, f"{KINDS[each.kind][1]}，{when(each)}") for each in session.scalars(found)]
