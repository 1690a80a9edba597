"""How much waits for a person: by colour, and in the boxes beside the tasks. One statement, which an index answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, literal_column, null, select, union_all

from models import Draft, Identity, Task, session
from models.task import IS_OPEN
from queries.boxes.copied import unread_copies
from queries.case.signs import number_asked
from queries.lights import NONE, Lights, lights_at

#: The most urgent first, and what each is called where they are counted.
COLORS = {"red": "逾期", "yellow": "临期", "blue": "将到期", "green": "正常", "none": "无时限"}


@dataclass(frozen=True)
class Waiting:
    """What the navigation shows of my tasks, as of `at`. `new`: how many have come since the page was made."""

    at: datetime
    by_color: dict[str, int]
    new: int = 0

    @property
    def number(self) -> int:
        return sum(self.by_color.values())

    @property
    def worst(self) -> str:
        """The colour of the most urgent one; "" when nothing waits."""
        return next((color for color in COLORS if self.by_color.get(color)), "")

    @property
    def words(self) -> str:
        """6 项待办：逾期 2，正常 4"""
        told = "，".join(f"{text} {self.by_color[color]}" for color, text in COLORS.items() if self.by_color.get(color))
        return f"{self.number} 项待办：{told}" if told else "没有待办"


def waiting(by: Identity, since: datetime | None = None, had: int = 0) -> Waiting:
    """How many of my tasks shine in each colour. `since` and `had`: when a page was made, and how many it counted.

    A task that came from the flow tells when. One that a colleague has passed on is older: it is the growth that shows.
    """
    light = lights_at()
    came = func.sum(case((Task.created_at > since, 1), else_=0)) if since else literal(0)
    rows = session.execute(_mine(by, light, came)).all()
    found = Waiting(light.moment, {row.color: row.number for row in rows})
    return replace(found, new=_new(found, sum(row.came for row in rows), had)) if since else found


def counts(by: Identity, light: Lights | None = None) -> dict[str, int]:
    """How many tasks of mine shine in each colour, how many there are, how many drafts I have, copies unread and
    answers owed (加签)."""
    totals = {"all": 0, **dict.fromkeys(COLORS, 0), "drafts": 0, "copied": 0, "signs": 0}
    drafts = select(func.count()).select_from(Draft).where(Draft.user_id == by.id)
    beside = [_counted("drafts", drafts), _counted("copied", unread_copies(by)), _counted("signs", number_asked(by))]
    for kind, number, _ in session.execute(union_all(_mine(by, light or lights_at(), null()), *beside)):
        totals[kind] += number
    return totals | {"all": sum(totals[color] for color in COLORS)}


def waiting_of(counted: dict[str, int], light: Lights) -> Waiting:
    """What the navigation shows, of what counts() has told of these lights."""
    return Waiting(light.moment, {color: counted[color] for color in COLORS})


def _new(found: Waiting, came: int, had: int) -> int:
    return min(found.number, max(came, found.number - had))


def _mine(by: Identity, light: Lights, came: ColumnElement[Any]) -> Select[Any]:
    mine = Task.inbox_key.in_([*by.post_keys, by.key])
    color = case(*_whens(light.bands()), else_=NONE.color)
    each = select(color.label("color"), func.count().label("number"), came.label("came")).where(IS_OPEN, mine)
    return each.group_by(literal_column("1"))


def _whens(bands: Sequence[tuple[str, datetime]]) -> list[tuple[ColumnElement[bool], str]]:
    return [(Task.due_at < until, color) for color, until in bands]


def _counted(kind: str, number: Select[int]) -> Select[Any]:
    """A row beside those of the tasks."""
    return select(literal_column(f"'{kind}'"), number.scalar_subquery(), null())
