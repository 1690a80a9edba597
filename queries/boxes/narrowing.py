"""What a list of open tasks is narrowed to: one flow, one colour, who has claimed them."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists

from errors import NotFound
from models import Case, Identity, Task
from models.db import UTCDateTime
from queries.boxes.counts import COLORS
from queries.house.own_flows import own_flows
from queries.lights import Lights

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
#: Who has claimed it: nobody yet, or whoever looks.
HELD = {"free": "待认领", "me": "我认领的"}


@dataclass(frozen=True)
class Filter:
    """ "" where a list is not narrowed. `flow`: its key; `light`: one of COLORS; `held`: one of HELD."""

    flow: str = ""
    light: str = ""
    held: str = ""

    def __bool__(self) -> bool:
        return any(self.parts.values())

    @property
    def parts(self) -> dict[str, str]:
        """As they stand in an address."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def check(self) -> None:
        """Raises NotFound for a colour or a holder that there is not; a flow that there is not has no tasks."""
        if self.light not in {"", *COLORS} or self.held not in {"", *HELD}:
            raise NotFound


def flows_to_choose(by: Identity) -> list[tuple[str, str]]:
    """Key and name of the flows that a list can be narrowed to: those of one's own county."""
    return [(row.key, row.name) for row in own_flows(by)]


#: Each narrows a list by the values that asked() gives. The flow is asked of each row that the index finds: a planner
#: that may begin with the cases reads all of them; of EXISTS PostgreSQL can guess how many rows it lets pass.
TESTS: dict[str, ColumnElement[bool]] = {
    "flow": exists().where(Case.id == Task.case_id, Case.flow == bindparam("flow")),
    "light": (Task.due_at >= bindparam("from", type_=UTCDateTime()))
    & (Task.due_at < bindparam("until", type_=UTCDateTime())),
    "free": Task.inbox_key == Task.post,
    "me": Task.inbox_key == bindparam("my_key"),
}


def asked(only: Filter, lights: Lights, by: Identity) -> dict[str, dict[str, Any]]:
    """By the name of its test what each part of the filter asks for."""
    found: dict[str, dict[str, Any]] = {}
    if only.flow:
        found["flow"] = {"flow": only.flow}
    if only.light:
        found["light"] = _band(only.light, lights)
    if only.held:
        found[only.held] = {"my_key": by.key} if only.held == "me" else {}
    return found


def _band(color: str, lights: Lights) -> dict[str, datetime]:
    """From when until before when a task is due that shines so; tasks without a limit come after all bands."""
    bands = lights.bands()
    begins = [LONG_AGO, *(until for _, until in bands)]
    ends = [until for _, until in bands] + [datetime.max.replace(tzinfo=UTC)]
    mine = [number for number, (name, _) in enumerate([*bands, ("none", None)]) if name == color]
    return {"from": begins[mine[0]], "until": ends[mine[-1]]} if mine else {"from": LONG_AGO, "until": LONG_AGO}
