"""The warning light of a deadline: decision table D-07 over the working days left (C-07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

import worktime
from config import ZONE
from engine.decisions import DecisionTable, parse_decisions
from errors import NotFound
from models import DefinitionFile, now_and, session
from operations.deadlines import NEVER
from reference import calendar, parameters
from reference.cache import per_database

TABLE = "d07_light.dmn"


@dataclass(frozen=True)
class Light:
    """`color` is green, blue, yellow, red or none; `words` say the same for whoever cannot tell colours apart."""

    color: str
    words: str


NONE = Light("none", "无时限")


#: Of a definition that has the table: every flow that is deployed brings its own copy.
_newest_table = (
    select(func.max(DefinitionFile.__table__.c.definition_id))
    .where(DefinitionFile.__table__.c.name == TABLE)
    .scalar_subquery()
)


def lights_at(moment: datetime | None = None) -> Callable[[datetime], Light]:
    """A function from a due time to its light at `moment`, or now. Ask once per page, then call it per row."""
    this_moment, edition, revision, newest = now_and(calendar.NEWEST, parameters.NEWEST, _newest_table)
    if newest is None:
        raise NotFound("没有部署预警灯决策表 D-07。")
    return _lights(moment or this_moment, calendar.edition(edition), revision, _table(newest))


def _lights(
    moment: datetime, days: worktime.Calendar, revision: int, table: DecisionTable
) -> Callable[[datetime], Light]:
    known: dict[int, str] = {}

    def light(due: datetime) -> Light:
        if due >= NEVER:
            return NONE
        left = worktime.remaining_workdays(due.astimezone(ZONE), moment.astimezone(ZONE), days)
        if left not in known:
            known[left] = _color(table, left, revision)
        return Light(known[left], _words(left, due, moment))

    return light


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


def _words(left: int, due: datetime, moment: datetime) -> str:
    if due < moment:
        return f"逾期{-left}个工作日" if left < 0 else "今日已逾期"
    return f"剩{left}个工作日" if left else "今日到期"
