"""Working days, holidays and 调休, and the deadlines counted on them. Pure: no database, no HTTP, no clock.

Build one Calendar and one Rules, keep them, and pass them to the functions below. Every moment is an aware datetime.
"""

from worktime.announcements import BadCalendar, Override, Year, read_years
from worktime.calendar import Calendar
from worktime.changes import NotSuspended, Suspended, WrongOrder, extend, open_deadline, reproject, resume, suspend
from worktime.counting import due_after_pause, remaining_workdays
from worktime.deadline import Deadline, Extension, Reprojection, Suspension
from worktime.explanation import explain
from worktime.inference import infer_years
from worktime.length import BadLength, Length, Unit
from worktime.periods import BadCycle, BadRoster, Cycle, check_roster, next_weekday_time, period_start
from worktime.rules import BadRules, NaiveTime, Rules

__all__ = [
    "BadCalendar",
    "BadCycle",
    "BadLength",
    "BadRoster",
    "BadRules",
    "Calendar",
    "Cycle",
    "Deadline",
    "Extension",
    "Length",
    "NaiveTime",
    "NotSuspended",
    "Override",
    "Reprojection",
    "Rules",
    "Suspended",
    "Suspension",
    "Unit",
    "WrongOrder",
    "Year",
    "check_roster",
    "due_after_pause",
    "explain",
    "extend",
    "infer_years",
    "next_weekday_time",
    "open_deadline",
    "period_start",
    "read_years",
    "remaining_workdays",
    "reproject",
    "resume",
    "suspend",
]
