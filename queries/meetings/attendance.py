"""Who came to the meeting that a case was brought to, as its minutes say it (F-C-7)."""

from typing import Any

from sqlalchemy import exists, select

from models import AgendaItem, Meeting, SignIn, session
from queries.meetings.meeting_page import seats_of


def attendance(case_id: int) -> dict[str, Any]:
    """Of the case's newest meeting, to begin its minutes with: `came` and `absent` in words, `absent_units` as codes,
    `all` of it, `place`. {} while nobody has signed in: where it is not done so, nobody is absent for that.
    """
    signed = exists().where(SignIn.meeting_id == Meeting.id)
    mine = select(Meeting).join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
    open_ones = mine.where(AgendaItem.case_id == case_id, AgendaItem.outcome == "", signed)
    meeting = session.scalar(open_ones.order_by(AgendaItem.id.desc()).limit(1))
    if meeting is None:
        return {}
    seats = seats_of(meeting)
    here = [f"{seat.unit_name}：{'、'.join(each.words for each in seat.came)}" for seat in seats if seat.came]
    away = [seat for seat in seats if not seat.came]
    came = "；".join(here)
    absent = "；".join(f"{seat.unit_name}（{seat.leave}）" if seat.leave else seat.unit_name for seat in away)
    return {
        "came": came,
        "absent": absent,
        "absent_units": [seat.unit for seat in away],
        "all": f"{came}。\n缺席：{absent or '无'}。",
        "place": meeting.place,
    }
