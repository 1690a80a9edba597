"""The working calendar: import a year's notice, decide a day here, take the last edition back; each looked at first."""

import json
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from errors import AlreadyChanged
from operations.studio.calendar_changes import (
    MAX_BYTES,
    change_of_day,
    change_of_text,
    change_of_undo,
    make_change,
    read_change,
)
from queries.house.calendar import year_of
from queries.house.clock import local_now
from queries.studio.calendar import calendar_page, outlook
from web.login import me
from worktime import BadCalendar

bp = Blueprint("studio_calendar", __name__, url_prefix="/studio/calendar")


@bp.get("")
def index() -> ResponseReturnValue:
    return _page()


@bp.post("/look")
def look() -> ResponseReturnValue:
    """What the change would do. What is wrong with it stands above the form, with what was typed."""
    try:
        asked = _asked()
        reason = request.form.get("reason", "").strip()
        if not reason:
            raise BadCalendar("请写明依据的通知文号或原因。")
        seen = outlook(read_change(asked, reason), me())
    except BadCalendar as error:
        return _page(str(error)), 422
    shown = {"seen": seen, "reason": reason, "asked": json.dumps(asked, ensure_ascii=False)}
    return render_template("studio/calendar_look.html", kind=asked["kind"], **shown)


@bp.post("")
def make() -> ResponseReturnValue:
    try:
        seen = request.form.get("seen", 0, type=int)
        edition = make_change(_json(), request.form.get("reason", ""), seen=seen, by=me())
    except (BadCalendar, AlreadyChanged) as error:
        return _page(str(error)), 422
    flash(f"工作日历已修订（第{edition.id}版）。未到期的时限随后重算，只延不缩。")
    return redirect(url_for(".index"), 303)


def _asked() -> dict[str, Any]:
    """Raises BadCalendar."""
    form = request.form
    match form.get("kind"):
        case "day":
            return change_of_day(form.get("day", ""), form.get("what", ""))
        case "undo":
            return change_of_undo()
    file = request.files.get("file")
    content = file.read(MAX_BYTES + 1) if file else b""
    return change_of_text(_text(content) if content else form.get("text", ""), form.get("year", "").strip())


def _text(content: bytes) -> str:
    """A list that Excel saved as CSV in China is GB 18030. Raises BadCalendar."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadCalendar("文件不是文字，请用 JSON 或 CSV。")


def _json() -> Any:
    try:
        return json.loads(request.form.get("asked", ""))
    except (ValueError, RecursionError):
        return None


def _page(problem: str = "") -> str:
    page = calendar_page()
    year = request.args.get("year", local_now().year, type=int)
    year = year if year in page.years else local_now().year
    more = {"year": year, "shown": year_of(year), "problem": problem, "typed": request.form}
    return render_template("studio/calendar.html", page=page, **more)
