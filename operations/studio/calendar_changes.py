"""A change of the calendar in words that travel on a page: looked at first, made when somebody has agreed (C-03)."""

import json
import re
from datetime import date
from typing import Any

from models import CalendarEdition, Identity
from operations.house.calendar_edits import Change, apply_change, with_day, with_years, without_last
from worktime import BadCalendar
from worktime.notice import read_days, read_notice

MAX_BYTES = 200_000
_DAYS = re.compile(r"\s*(日期|\d{4}[-/])")


def change_of_text(text: str, year: str) -> dict[str, Any]:
    """Whatever somebody brings: the notice as it is published, lines of days, or JSON like seeds/calendar_cn.json.

    `year`: typed beside it, where the notice does not say. Raises BadCalendar.
    """
    if len(text) > MAX_BYTES:
        raise BadCalendar("内容太长，放假安排用不了这么多。")
    if text.lstrip().startswith("{"):
        return {"kind": "years", "announcements": _json(text)}
    if _DAYS.match(text):
        return {"kind": "years", "announcements": read_days(text)}
    if year and not re.fullmatch(r"\d{4}", year):
        raise BadCalendar(f"年份“{year}”不是四位数字。")
    return {"kind": "years", "announcements": read_notice(text, int(year) if year else None)}


def change_of_day(day: str, what: str) -> dict[str, Any]:
    """`what`: off, worked, or usual, as everywhere else. Raises BadCalendar."""
    if what not in WORKED:
        raise BadCalendar("请选上班、放假，或者取消本地安排。")
    return {"kind": "day", "day": _day(day).isoformat(), "what": what}


def change_of_undo() -> dict[str, Any]:
    return {"kind": "undo"}


WORKED = {"off": False, "worked": True, "usual": None}


def read_change(asked: Any, reason: str) -> Change:
    """Raises BadCalendar."""
    match asked:
        case {"kind": "years", "announcements": announcements}:
            return with_years(announcements)
        case {"kind": "day", "day": str(day), "what": str(what)} if what in WORKED:
            return with_day(_day(day), WORKED[what], reason)
        case {"kind": "undo"}:
            return without_last()
    raise BadCalendar("这一页已经失效，请重新来一次。")


def make_change(asked: Any, reason: str, *, seen: int, by: Identity) -> CalendarEdition:
    """Raises NotAllowed, BadCalendar also without a reason, AlreadyChanged when another than `seen` is newest."""
    if not reason.strip():
        raise BadCalendar("请写明依据的通知文号或原因。")
    return apply_change(read_change(asked, reason.strip()), by=by, reason=reason.strip(), seen=seen)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadCalendar("文件不是完好的 JSON。") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCalendar(f"“{text}”不是日期。") from None
