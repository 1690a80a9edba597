"""The calendar and rules the tests of this folder speak of."""

import json
from datetime import date, datetime
from pathlib import Path

from worktime import Calendar, Deadline, Length, Rules, Unit, open_deadline

SEED = json.loads((Path(__file__).parents[2] / "seeds/calendar_cn.json").read_text(encoding="utf-8"))
CALENDAR = Calendar.from_announcements(SEED)
RULES = Rules()


def day(text: str) -> date:
    """2026-02-13."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """2026-02-13 10:00, Beijing time."""
    return datetime.fromisoformat(f"{text}+08:00")


def opened(start: str, count: int, unit: str = "workday", rules: Rules = RULES) -> Deadline:
    return open_deadline(at(start), Length(count, Unit(unit)), CALENDAR, rules)


def due(start: str, count: int, unit: str = "workday", rules: Rules = RULES) -> str:
    """The due moment as a clerk reads it: 2026-02-27 23:59:59."""
    return f"{opened(start, count, unit, rules=rules).due_at:%Y-%m-%d %H:%M:%S}"


def edited(*overrides: tuple[str, bool, str], revision: int = 2) -> Calendar:
    """The seed calendar after an administrator changed single days."""
    days = [(day(text), works, reason) for text, works, reason in overrides]
    return Calendar.from_announcements(SEED, days, revision)
