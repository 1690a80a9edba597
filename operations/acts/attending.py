"""An invited unit answers, and its people sign in with the code of the notice (CA-07)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from config import ZONE
from engine.forms import Choice, Field, Form, clean
from errors import InvalidForm, MessageNotAccepted, NotAllowed
from models import HeldPost, Identity, Meeting, MeetingSeat, SignIn, now, session, transactional
from models.meeting import COMES, ON_LEAVE
from models.succession import serving
from operations.acts.meetings import find, is_over
from operations.gate.guessing import TooManyGuesses, must_wait, note_wrong_query
from operations.gate.revisions import actor

EARLY = timedelta(hours=1)  # signing in opens before the meeting does, and closes with the day
ANSWERS = {COMES: "参加", ON_LEAVE: "请假"}
ANSWER = Form(
    "meeting_answer",
    "答复会议通知",
    (
        Field("answer", "radio", "答复", required=True, choices=tuple(Choice(*each) for each in ANSWERS.items())),
        Field("leave_reason", "textfield", "请假的理由", max_length=200),
        Field("deputy", "textfield", "请假的，由谁代为参加", max_length=60),
    ),
    {},
)
SIGN_IN = Form("meeting_sign_in", "会议签到", (Field("code", "textfield", "签到码", required=True, max_length=20),), {})
UNKNOWN = "没有对上。请核对会议通知里的六位数字；您的单位不在参会单位之列的，请会议秘书登记。"


@transactional
def answer(meeting_id: int, values: Mapping[str, Any], *, by: Identity) -> None:
    """For the unit of a post of theirs: `values["answer"]`, and for a leave its reason. The last answer counts.

    Raises NotFound, NotAllowed for whose unit is not asked, MessageNotAccepted when its day is over, InvalidForm.
    """
    meeting = find(meeting_id, by, hold=True)
    mine = seat_of(meeting, by)
    if mine is None:
        raise NotAllowed("您的单位不在参会单位之列。")
    if is_over(meeting, now()):
        raise MessageNotAccepted("开会的那一天已经过了。")
    seat, post = mine
    given = clean(ANSWER, values)
    on_leave = given["answer"] == ON_LEAVE
    if on_leave and not given["leave_reason"]:
        raise InvalidForm({"leave_reason": "请假的写明理由。"})
    seat.answer, seat.answered_by, seat.answered_at = given["answer"], actor(by.at(post.key)), now()
    seat.reason, seat.deputy = (given["leave_reason"], given["deputy"] or "") if on_leave else ("", "")


def sign_in(values: Mapping[str, Any], *, by: Identity) -> int:
    """Sign in to the meeting of today whose code is `values["code"]`, for the unit that they sit for there. Returns its
    id, also when they have signed in before: the first time counts.

    Raises InvalidForm, TooManyGuesses after ten wrong codes of one person in ten minutes.
    """
    if must_wait(guesses := f"meeting:{by.key}"):
        raise TooManyGuesses
    code = "".join(str(clean(SIGN_IN, values)["code"]).split())
    found = _sign_in(code, by)
    if found is None:
        note_wrong_query(guesses)
        raise InvalidForm({"code": UNKNOWN})
    return found


@transactional
def _sign_in(code: str, by: Identity) -> int | None:
    at = now()
    mine = select(Meeting).where(Meeting.code == code, Meeting.code != "").with_for_update()
    meeting = session.scalar(mine.execution_options(populate_existing=True))
    mine_there = seat_of(meeting, by) if meeting else None
    if meeting is None or mine_there is None:
        return None
    if problem := why_not_yet(meeting, at):
        raise InvalidForm({"code": problem})
    seat, post = mine_there
    known = select(SignIn.id).where(SignIn.meeting_id == meeting.id, SignIn.user_id == by.id)
    if session.scalar(known) is None:
        told = {"name": by.at(post.key).name, "post_name": post.role_name, "at": at}
        session.add(SignIn(meeting_id=meeting.id, user_id=by.id, unit=seat.unit, **told))
    return meeting.id


def seat_of(meeting: Meeting, by: Identity) -> tuple[MeetingSeat, HeldPost] | None:
    """The seat that this person sits on and the post it is theirs by: of one's own posts before those one stands in
    for; the seat of an abolished unit is its heir's.
    """
    seats = session.scalars(select(MeetingSeat).where(MeetingSeat.meeting_id == meeting.id).order_by(MeetingSeat.unit))
    of_unit = {serving(seat.unit): seat for seat in seats}
    posts = sorted(by.posts, key=lambda post: bool(post.instead_of))
    return next(((of_unit[post.unit], post) for post in posts if post.unit in of_unit), None)


def why_not_yet(meeting: Meeting, at: datetime) -> str:
    """Why nobody can sign in at this moment, in a sentence; "" when they can."""
    opens = meeting.meets_at - EARLY if meeting.has_time else meeting.meets_at
    if is_over(meeting, at):
        return "开会的那一天已经过了，不能再签到。"
    if at < opens:
        return f"还没有到签到的时间，{opens.astimezone(ZONE):%m月%d日%H:%M}起可以签到。"
    return ""


def is_late(meeting: Meeting, signed: SignIn) -> bool:
    """After the minute in which it began; where only the day is known nobody is."""
    return meeting.has_time and signed.at >= meeting.meets_at + timedelta(minutes=1)
