"""办理：meetings that are called and signed in to on the page 会议."""

from datetime import datetime

from sqlalchemy import select

from models import AgendaItem, Identity, Meeting, Unit, session
from operations.acts import attending, meetings
from queries.meetings.meeting_page import meeting_page
from scenarios.failures import Unexpected
from scenarios.people import anyone
from scenarios.vocabulary import step
from scenarios.world import World


@step("{岗位}定于 {时刻} 在“{文字}”开会", chapter="办理", example="联席会议秘书定于 2026-03-20 09:00 在“三楼”开会")
def call_it(world: World, by: Identity, moment: datetime, place: str) -> None:
    """在“会议”页给这个事项的议题定时间；参会单位收到通知和签到码。"""
    waiting = [str(item.id) for item, case in meetings.to_be_called(by) if case.id == world.case().id]
    meetings.call({"items": waiting, "meets_at": moment.isoformat(), "place": place}, by=by)


@step("{岗位}请假“{文字}”", chapter="办理", example="县民政局联络员请假“全局下乡”")
def ask_for_leave(world: World, by: Identity, reason: str) -> None:
    """答复会议通知：本单位请假，写明理由。"""
    values = {"answer": "leave", "leave_reason": reason}
    attending.answer(_meeting(world).id, values, by=by)


@step("{岗位}会议签到", chapter="办理", example="县民政局联络员会议签到")
def sign_in(world: World, by: Identity) -> None:
    """用会议通知里的签到码签到。"""
    attending.sign_in({"code": _meeting(world).code}, by=by)


@step("{单位}的签到有“{文字}”", chapter="结果", example="县民政局的签到有“请假：全局下乡”")
def signed_in(world: World, unit: Unit, expected: str) -> None:
    """这个事项最近一次会议上，这个单位谁到了、是不是迟到；没有到的写“未到”或者请假的理由。"""
    seats = {seat.unit: seat for seat in meeting_page(_meeting(world).id, anyone()).seats}
    if unit.code not in seats:
        raise Unexpected(f"{unit.name}在参会单位之列", "不在")
    seat = seats[unit.code]
    actual = "、".join(each.words for each in seat.came) or seat.leave or "未到"
    if expected not in actual:
        raise Unexpected(f"签到有“{expected}”", actual)


def _meeting(world: World) -> Meeting:
    """The newest that the case was brought to. Raises Unexpected."""
    mine = select(Meeting).join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
    newest = mine.where(AgendaItem.case_id == world.case().id).order_by(AgendaItem.id.desc()).limit(1)
    if found := session.scalar(newest):
        return found
    raise Unexpected("定了会议", "还没有定")
