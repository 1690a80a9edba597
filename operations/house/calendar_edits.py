"""What a county changes in its calendar: a newly announced year, a day it decides for itself (C-03)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from config import ZONE
from errors import AlreadyChanged
from models import CalendarEdition, Identity, now, session, transactional
from operations.gate.audit import note
from operations.house.calendars import Override, edit_calendar
from reference.calendar import calendar, newest_edition
from worktime import BadCalendar
from worktime.plausible import AHEAD, check_announced


def import_years(announcements: dict[str, Any], *, by: Identity, reason: str) -> list[str]:
    """Take over the years a document announces; the other years and the county's own days stay. Returns the years.

    Raises NotAllowed, BadCalendar, AlreadyChanged.
    """
    years = announcements.get("years") if isinstance(announcements, dict) else None
    if not isinstance(years, dict) or not years:
        raise BadCalendar("文件里没有年份（years）；格式见 seeds/calendar_cn.json。")
    try:
        check_announced(announcements, now().astimezone(ZONE).year)
    except (AttributeError, TypeError) as error:
        raise BadCalendar("文件的内容与 seeds/calendar_cn.json 的格式不一致。") from error

    def with_years(known: dict[str, Any], days: list[Override]) -> tuple[dict[str, Any], list[Override]]:
        return known | {"years": known["years"] | years}, days

    _edit(with_years, by, reason)
    return sorted(years)


def override_day(day: date, workday: bool, *, by: Identity, reason: str) -> CalendarEdition:
    """Let one day be worked, or not, in this county. Raises NotAllowed, BadCalendar, AlreadyChanged."""
    if day.year not in calendar().years:
        raise BadCalendar(f"工作日历没有{day.year}年的安排，请核对年份，或先导入{day.year}年的放假安排。")
    if day.year > (furthest := now().astimezone(ZONE).year + AHEAD):
        raise BadCalendar(f"{day.year}年离今年太远，最晚到{furthest}年，请核对年份。")

    def with_day(known: dict[str, Any], days: list[Override]) -> tuple[dict[str, Any], list[Override]]:
        others = [each for each in days if each[0] != day.isoformat()]
        return known, sorted([*others, (day.isoformat(), workday, reason)])

    return _edit(with_day, by, reason)


Change = Callable[[dict[str, Any], list[Override]], tuple[dict[str, Any], list[Override]]]


@transactional
def _edit(change: Change, by: Identity, reason: str) -> CalendarEdition:
    """Two editors at once: the second is told, for its edition would take back the first one's."""
    newest = newest_edition()
    known = session.scalar(select(CalendarEdition).where(CalendarEdition.id == newest).with_for_update())
    if newest_edition() != newest:
        raise AlreadyChanged("刚才有人修改了工作日历，请再试一次。")
    announcements = known.announcements if known else {"years": {}}
    days: list[Override] = [(day, workday, why) for day, workday, why in known.overrides] if known else []
    edition = edit_calendar(*change(announcements, days), by=by, reason=reason)
    note("settings", f"修订工作日历（第{edition.id}版）：{reason}", by)
    return edition
