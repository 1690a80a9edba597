"""Meetings (会议): the list, one meeting, calling it, putting it off, answering, signing in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged, InvalidForm, MessageNotAccepted, NotAllowed
from operations.acts import attending
from operations.acts import meetings as calling
from operations.gate.guessing import TooManyGuesses
from queries.meetings.meeting_page import meeting_page
from queries.meetings.meetings import call_page, meetings
from web import errors
from web.login import me
from web.typed import read_values, request_id

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
errors.keep_typed(bp, NotAllowed, MessageNotAccepted, AlreadyChanged)
ONE = "/<int(max=2147483647):meeting_id>"


@bp.get("")
def index() -> ResponseReturnValue:
    return _index({})


@bp.post("")
def call() -> ResponseReturnValue:
    values = read_values()
    try:
        meeting_id = calling.call(values, by=me(), request=request_id())
    except InvalidForm as error:
        return _index(values, error.problems), 422
    flash("会议已经定好，参会单位收到通知和签到码。")
    return redirect(url_for(".show", meeting_id=meeting_id) if meeting_id else url_for(".index"), 303)


@bp.get(ONE)
def show(meeting_id: int) -> ResponseReturnValue:
    return _page(meeting_id)


@bp.post(f"{ONE}/change")
def change(meeting_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        calling.change(meeting_id, values, by=me())
    except InvalidForm as error:
        return _page(meeting_id, changed=values, change_problems=error.problems), 422
    flash("会议已经改期，参会单位收到通知，请他们重新答复。")
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


@bp.post(f"{ONE}/answer")
def answer(meeting_id: int) -> ResponseReturnValue:
    values = read_values()
    try:
        attending.answer(meeting_id, values, by=me())
    except InvalidForm as error:
        return _page(meeting_id, answered=values, answer_problems=error.problems), 422
    flash("答复已记下，召集单位看得到。")
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


@bp.get(f"{ONE}/sheet")
def sheet(meeting_id: int) -> ResponseReturnValue:
    """签到表, to be printed."""
    return render_template("meeting_sheet.html", page=meeting_page(meeting_id, me()))


@bp.get("/sign-in")
def sign_in_form() -> ResponseReturnValue:
    return _sign_in({})


@bp.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    values = read_values()
    try:
        meeting_id = attending.sign_in(values, by=me())
    except InvalidForm as error:
        return _sign_in(values, error.problems), 422
    except TooManyGuesses as error:
        return _sign_in(values, {"code": str(error)}), 429
    flash("已签到。")
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


def _index(values: dict[str, Any], problems: dict[str, str] | None = None) -> str:
    held = request.args.get("list") == "held"
    page = meetings(me(), held=held, after=request.args.get("after"))
    shown = {"values": values, "problems": problems or {}, "form": calling.CALL, "call": call_page(me())}
    return render_template("meetings.html", page=page, held=held, **shown)


def _page(meeting_id: int, **typed: Any) -> str:
    forms = {"change": calling.CHANGE, "answer": attending.ANSWER}
    return render_template("meeting.html", page=meeting_page(meeting_id, me()), forms=forms, **typed)


def _sign_in(values: dict[str, Any], problems: dict[str, str] | None = None) -> str:
    return render_template("meeting_sign_in.html", form=attending.SIGN_IN, values=values, problems=problems or {})
