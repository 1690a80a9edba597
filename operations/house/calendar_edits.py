"""What a county changes in its calendar: a newly announced year, a day it decides for itself (C-03)."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select

from config import ZONE
from errors import AlreadyChanged
from models import CalendarEdition, Identity, now, session, transactional
from operations.gate.audit import note
from operations.house.calendars import Override, edit_calendar
from reference.calendar import calendar, newest_edition
from worktime import BadCalendar
from worktime.plausible import AHEAD, check_announced


class Days(NamedTuple):
    """What an edition says: the announced years as seeds/calendar_cn.json has them, and the county's own days."""

    announcements: dict[str, Any]
    overrides: list[Override]


#: From what is in force to what shall be.
Change = Callable[[Days], Days]


def import_years(announcements: dict[str, Any], *, by: Identity, reason: str) -> list[str]:
    """Take over the years a document announces; the other years and the county's own days stay. Returns the years.

    Raises NotAllowed, BadCalendar, AlreadyChanged.
    """
    apply_change(with_years(announcements), by=by, reason=reason)
    return sorted(announcements["years"])


def override_day(day: date, workday: bool, *, by: Identity, reason: str) -> CalendarEdition:
    """Let one day be worked, or not, in this county. Raises NotAllowed, BadCalendar, AlreadyChanged."""
    return apply_change(with_day(day, workday, reason), by=by, reason=reason)


def with_years(announcements: dict[str, Any]) -> Change:
    """Raises BadCalendar for what cannot be the holidays of a year, and for years that nobody plans yet."""
    years = announcements.get("years") if isinstance(announcements, dict) else None
    if not isinstance(years, dict) or not years:
        raise BadCalendar("文件里没有年份（years）；格式见 seeds/calendar_cn.json。")
    try:
        check_announced(announcements, now().astimezone(ZONE).year)
    except (AttributeError, TypeError) as error:
        raise BadCalendar("文件的内容与 seeds/calendar_cn.json 的格式不一致。") from error
    return lambda known: known._replace(announcements=known.announcements | {"years": _years(known) | years})


def with_day(day: date, workday: bool | None, reason: str) -> Change:
    """`workday` None: the day is again what it is everywhere. Raises BadCalendar for a year that is not known."""
    if day.year not in calendar().years:
        raise BadCalendar(f"工作日历没有{day.year}年的安排，请核对年份，或先导入{day.year}年的放假安排。")
    if day.year > (furthest := now().astimezone(ZONE).year + AHEAD):
        raise BadCalendar(f"{day.year}年离今年太远，最晚到{furthest}年，请核对年份。")

    def change(known: Days) -> Days:
        others = [each for each in known.overrides if each[0] != day.isoformat()]
        own = [] if workday is None else [(day.isoformat(), workday, reason)]
        return known._replace(overrides=sorted([*others, *own]))

    return change


def without_last() -> Change:
    """What stood before the newest edition. Deadlines it has put off stay put off. Raises BadCalendar."""
    newest = newest_edition()
    before = session.scalar(select(func.max(CalendarEdition.id)).where(CalendarEdition.id < newest))
    if before is None:
        raise BadCalendar("还没有修订过，没有可以撤销的。")
    former = days_of(before)
    return lambda known: former


def days_of(edition: int) -> Days:
    """Of no edition: nothing."""
    row = session.get(CalendarEdition, edition)
    if row is None:
        return Days({"years": {}}, [])
    return Days(row.announcements, [(day, workday, why) for day, workday, why in row.overrides])


@transactional
def apply_change(change: Change, *, by: Identity, reason: str, seen: int | None = None) -> CalendarEdition:
    """Two editors at once: the second is told, for its edition would take back the first one's.

    `seen`: the edition that somebody looked at before they agreed. Raises NotAllowed, BadCalendar, AlreadyChanged.
    """
    newest = newest_edition()
    session.scalar(select(CalendarEdition).where(CalendarEdition.id == newest).with_for_update())
    if newest_edition() != newest or seen not in (None, newest):
        raise AlreadyChanged("刚才有人修改了工作日历，请再试一次。")
    edition = edit_calendar(*change(days_of(newest)), by=by, reason=reason)
    note("settings", f"修订工作日历（第{edition.id}版）：{reason}", by)
    return edition


def _years(known: Days) -> dict[str, Any]:
    years: dict[str, Any] = known.announcements["years"]
    return years
