"""How long steps usually take, in working days."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import Select

from config import ZONE
from models import session
from reference import calendar

MOST = 5_000  # tasks looked at, the newest: enough for an average, and quick with a million


@dataclass(frozen=True)
class Duration:
    """Of `number` tasks: the mean, and what nine of ten did not exceed, in working days. 0: on the same day."""

    number: int
    mean: float
    ninth: int


def durations(closed: Select) -> dict[str, Duration]:
    """By element. `closed` asks for element, beginning and end of completed tasks, newest first."""
    days, took = calendar.calendar(), defaultdict[str, list[int]](list)
    for element, begun, ended in session.execute(closed.limit(MOST)):
        took[element].append(days.workdays_between(begun.astimezone(ZONE).date(), ended.astimezone(ZONE).date()))
    return {element: _of(sorted(each)) for element, each in took.items()}


def _of(took: Sequence[int]) -> Duration:
    return Duration(len(took), sum(took) / len(took), took[ceil(len(took) * 0.9) - 1])
