"""Why a deadline falls due when it does: sentences a clerk can read, print and dispute."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from worktime.calendar import WORKDAY, Calendar
from worktime.changes import moves
from worktime.counting import due_after, start_day_counts
from worktime.deadline import Deadline, Extension, Suspension
from worktime.length import Unit
from worktime.rules import Rules

WEEKDAYS = "一二三四五六日"


def explain(deadline: Deadline, calendar: Calendar, rules: Rules) -> list[str]:
    """The deadline's story in order: start, days skipped and worked, due moment, every change, what it rests on."""
    sentences = [*_counted(deadline, calendar, rules)]
    sentences += [_moved(move, calendar) for move in moves(deadline)]
    sentences += [
        f"工作日历修订（第{each.revision}版）后重算：到期由{_moment(each.old)}顺延至{_moment(each.new)}，只延不缩。"
        for each in deadline.reprojections
    ]
    if deadline.suspended:
        sentences.append(f"自{_moment(deadline.suspensions[-1].since)}起暂停，恢复后按剩余时间推算到期。")
    sentences += _standing(deadline, calendar, rules)
    return sentences


def ranges(days: Iterable[date], calendar: Calendar) -> str:
    """Days with their reasons, neighbours with one reason joined: 2026-02-15至02-23 春节放假、2026-02-28 调休上班."""
    keyed = enumerate(sorted(days))
    groups = groupby(keyed, key=lambda pair: (pair[1].toordinal() - pair[0], calendar.why(pair[1])))
    return "、".join(f"{_span([day for _, day in group])} {why}" for (_, why), group in groups)


def _counted(deadline: Deadline, calendar: Calendar, rules: Rules) -> Iterator[str]:
    start, due = deadline.start, due_after(deadline.start, deadline.length, calendar, rules)
    if deadline.given:
        since = f"自{_day(start)}{start:%H:%M}起，" if start < due else ""
        yield f"{since}以{deadline.given}为准，不按天数推算。"
        yield from _end(deadline, due, calendar, rules)
        return
    yield f"自{_day(start)}{start:%H:%M}起，时限{deadline.length}。"
    yield from _method(deadline, due.date(), calendar, rules)
    if deadline.length.unit in (Unit.WORKDAY, Unit.OFFICE_HOUR):
        yield from _passed(start.date(), due.date(), calendar)
    yield from _end(deadline, due, calendar, rules)


def _method(deadline: Deadline, due: date, calendar: Calendar, rules: Rules) -> Iterator[str]:
    start, unit = deadline.start.date(), deadline.length.unit
    if unit is Unit.HOUR:
        yield "按自然小时连续计算，夜间和节假日不扣除。"
    elif unit is Unit.OFFICE_HOUR:
        hours = "、".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in rules.office_hours)
        yield f"只计工作日上班时间（{hours}）。"
    elif deadline.length.count == 0:
        yield "当日到期。" if due == start else "当日已不能办理，顺延至下一个工作日。"
    elif unit is Unit.WORKDAY and not calendar.is_workday(start):
        first = calendar.workday_after(start, 1)
        yield f"{start}不是工作日（{calendar.why(start)}），从下一个工作日{_day(first)}起数第1日。"
    elif start_day_counts(deadline.start, deadline.length, calendar, rules):
        yield "起算当日计入，为第1日。"
    else:
        first = calendar.workday_after(start, 1) if unit is Unit.WORKDAY else start + timedelta(days=1)
        yield f"起算当日不计（《民法典》第二百零一条），{_day(first)}为第1日。"


def _passed(after: date, until: date, calendar: Calendar) -> Iterator[str]:
    days = [after + timedelta(days=offset) for offset in range(1, (until - after).days + 1)]
    if off := [day for day in days if not calendar.is_workday(day)]:
        yield f"跳过不计：{ranges(off, calendar)}。"
    if extra := [day for day in days if calendar.is_workday(day) and calendar.why(day) != WORKDAY]:
        yield f"计为工作日：{ranges(extra, calendar)}。"


def _end(deadline: Deadline, due: datetime, calendar: Calendar, rules: Rules) -> Iterator[str]:
    length = deadline.length
    if length.unit is Unit.CALENDAR_DAY:
        counted_first = start_day_counts(deadline.start, length, calendar, rules)
        last = deadline.start.date() + timedelta(days=length.count - counted_first)
        if last < due.date() and not calendar.is_workday(last):
            yield f"{_day(last)}为{calendar.why(last)}，顺延至下一个工作日（《民法典》第二百零三条）。"
    counted = f"第{length.count}个工作日为{_day(due)}，" if length.unit is Unit.WORKDAY and length.count else ""
    yield f"{counted}{_moment(due)}到期。"


def _moved(move: Extension | Suspension, calendar: Calendar) -> str:
    assert move.old is not None
    assert move.new is not None
    result = f"到期由{_moment(move.old)}改为{_moment(move.new)}"
    if isinstance(move, Suspension):
        assert move.until is not None
        return f"{_moment(move.since)}暂停，{_moment(move.until)}恢复，剩余时间不变，{result}。"
    passed = "".join(_passed(move.old.date(), move.new.date(), calendar)).replace("。", "；").rstrip("；")
    clauses = f"依据{'、'.join(move.clauses)}。" if move.clauses else ""
    what = f"{move.why}，延长" if move.why else "延期"
    return f"{_moment(move.at)}{what}{move.length}，{result}{f'（{passed}）' if passed else ''}。{clauses}"


def _standing(deadline: Deadline, calendar: Calendar, rules: Rules) -> Iterator[str]:
    fresh = due_after(deadline.start, deadline.length, calendar, rules)
    changed = deadline.extensions or deadline.suspensions or deadline.reprojections
    if deadline.suspended:
        yield f"暂停前的到期为{_moment(deadline.due_at)}，暂停期间不到期。"
    elif changed:
        yield f"现到期：{_moment(deadline.due_at)}。"
    elif fresh < deadline.due_at:
        yield f"按现行日历推算早于原定到期，只延不缩，仍以{_moment(deadline.due_at)}为准。"
    elif fresh > deadline.due_at:
        yield f"按修订后的工作日历推算更晚；修订时已经到期、办结的不重算，仍以{_moment(deadline.due_at)}为准。"
    if deadline.provisional:
        unsure = calendar.provisional_years(deadline.start.date(), deadline.due_at.date())
        years = "、".join(f"{year}年" for year in unsure)
        yield f"暂定：{years}放假安排尚未公布，按法定节假日推算；公布后重算，只延不缩。"
    if deadline.clauses:
        yield f"依据：{'、'.join(deadline.clauses)}。"


def _span(days: list[date]) -> str:
    first, last = days[0], days[-1]
    if first == last:
        return str(first)
    return f"{first}至{last:%m-%d}" if first.year == last.year else f"{first}至{last}"


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}（周{WEEKDAYS[day.weekday()]}）"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"
