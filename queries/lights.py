"""The warning light of a deadline: decision table D-07 over the working days left (C-07)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby

from sqlalchemy import func, select

import worktime
from config import ZONE
from engine.decisions import DecisionTable, parse_decisions
from errors import NotFound
from models import DefinitionFile, now_and, session
from operations.gate.deadlines import NEVER
from reference import calendar, parameters
from reference.cache import per_database

TABLE = "d07_light.dmn"


@dataclass(frozen=True)
class Light:
    """`color` is green, blue, yellow, red or none; `words` say the same for whoever cannot tell colours apart."""

    color: str
    words: str


NONE = Light("none", "无时限")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FURTHEST = 250  # working days: no parameter of D-07 looks further ahead (seeds/parameters.json, bounds)


#: Of a definition that has the table: every flow that is deployed brings its own copy.
_newest_table = (
    select(func.max(DefinitionFile.__table__.c.definition_id))
    .where(DefinitionFile.__table__.c.name == TABLE)
    .scalar_subquery()
)


class Lights:
    """From a due time to its light at one moment, on one calendar. Ask for it once per page, then call it per row."""

    def __init__(self, moment: datetime, days: worktime.Calendar, revision: int, table: int):
        """`revision`: of the parameters; `table`: the definition that brings D-07."""
        self.moment, self.days = moment, days
        self.revision, self._table = revision, table
        self._known: dict[int, str] = {}

    def __call__(self, due: datetime) -> Light:
        if due >= NEVER:
            return NONE
        left = worktime.remaining_workdays(due.astimezone(ZONE), self.moment.astimezone(ZONE), self.days)
        if left not in self._known:
            self._known[left] = _color(_table(self._table), left, self.revision)
        return Light(self._known[left], _words(left, due, self.moment))

    def bands(self) -> list[tuple[str, datetime]]:
        """Each colour and the moment at which it ends, soonest first: whatever is due before that, and not before the
        end of the band above, shines in it. So a statement counts and picks by colour what it need not read.
        """
        steps = _steps(self._table, self.revision)
        ends = [self._first_due(left) for left, _ in steps[1:]]
        return list(zip((color for _, color in steps), [*ends, NEVER], strict=True))

    def _first_due(self, left: int) -> datetime:
        """The first due time that leaves so many working days."""
        if left <= 0:
            return self.moment
        today = self.moment.astimezone(ZONE).date()
        return datetime.combine(self.days.workday_after(today, left), time(), ZONE)


def lights_at(moment: datetime | None = None) -> Lights:
    """The lights at `moment`, or now. Raises NotFound where no flow has brought the table."""
    this_moment, edition, revision, newest = now_and(calendar.NEWEST, parameters.NEWEST, _newest_table)
    if newest is None:
        raise NotFound("没有部署预警灯决策表 D-07。")
    return Lights(moment or this_moment, calendar.edition(edition), revision, newest)


def _color(table: DecisionTable, left: int, revision: int) -> str:
    values = parameters.values_at(revision)
    variables = {
        "remaining": left,
        "blue_before": values["warn.blue_before"],
        "yellow_before": values["warn.yellow_before"],
    }
    return str(table.decide(variables, {})["light"])


@per_database(size=4)
def _table(definition_id: int) -> DecisionTable:
    row = session.get_one(DefinitionFile, (definition_id, TABLE))
    [table] = parse_decisions(row.name, row.content)
    return table


@per_database(size=4)
def _steps(definition_id: int, revision: int) -> list[tuple[int, str]]:
    """From how many working days left on which colour shines: (-1, red), (0, yellow) …"""
    colors = [(left, _color(_table(definition_id), left, revision)) for left in range(-1, FURTHEST + 1)]
    return [next(run) for _, run in groupby(colors, key=lambda each: each[1])]


def _words(left: int, due: datetime, moment: datetime) -> str:
    """A limit of hours ends within the day: what is left of it, or how late it is, is said in hours (C-03, C-07)."""
    gap, late = abs(due - moment), due < moment
    if ends_within_day(due) and gap < DAY:
        hours = f"{int(gap / HOUR)}小时" if gap >= HOUR else "不足1小时"
        return f"逾期{hours}" if late else f"剩{hours}"
    if late:
        return f"逾期{-left}个工作日" if left < 0 else "今日已逾期"
    return f"剩{left}个工作日" if left else "今日到期"


def ends_within_day(due: datetime) -> bool:
    """Whether a limit ends at an hour that has to be named; a day's last minute has not."""
    local = due.astimezone(ZONE)
    return (local.hour, local.minute) != (23, 59)
