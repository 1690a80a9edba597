"""What the supervision desk shows of each case that one of its lists has found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from config import ZONE
from models import Case, Deadline, Identity, Task, Unit, session, unit_of
from models.deadline import IS_RUNNING
from models.task import IS_OPEN
from operations.acts.ordering import forms_of_supervision
from operations.acts.urging import tasks_to_urge
from queries.case.history import hidden_elements
from queries.lights import Light, Lights
from queries.lists.ladder import Step, ladders, orders_among
from queries.statuses import STATUS_NAMES
from reference.people import post_names
from reference.privacy import listed


@dataclass(frozen=True)
class Due:
    """A running deadline and, where they are known, the posts or the unit that it runs for; `unit`: the code of that
    or of the first post's. Moments are local.
    """

    name: str
    due_at: datetime
    light: Light
    whose: str
    unit: str


@dataclass(frozen=True)
class DeskRow:
    """A case. `times`: how often it was sent back or put off, on these two lists; `mine`: an open task of one's own
    posts (id, name); `request` counts a double click on 催办 once (P3).
    """

    case_id: int
    case_no: str
    title: str
    marked: str  # 紧急; mostly ""
    flow_name: str
    status_name: str
    lead_org: str
    due: Due | None
    times: int
    ladder: Sequence[Step]
    mine: tuple[str, str] | None
    may_urge: bool
    may_order: bool  # 督办 by hand: not about an order, nor a filed case, nor where the diagram supervises now
    order_unit: str  # whom it waits for: the code
    request: str


@dataclass(frozen=True)
class Found:
    """What a list has found of a case, before the rest of the row is read."""

    case: Case
    definition_id: int
    mark: str  # where the next page begins when this is the last row
    deadline: Deadline | None = None  # None: the first of the case that runs
    times: int = 0


def rows_of(found: Sequence[Found], by: Identity, light: Lights) -> list[DeskRow]:
    known = [each for each in found if may_know(each.deadline, each.definition_id, by)]
    cases = {each.case.id: each for each in known}
    tasks, steps, orders = _open_tasks(cases), ladders(cases.keys(), by), orders_among(cases)
    first = _first_running([id_ for id_, each in cases.items() if each.deadline is None], cases, by)
    dues = [each.deadline or first.get(each.case.id) for each in known]
    names = _unit_names(known, dues)
    posts = post_names(task.post for each in tasks.values() for task in each)
    rows = []
    for each, deadline in zip(known, dues, strict=True):
        case, waiting = each.case, tasks.get(each.case.id, [])
        due = _due(deadline, waiting, light, names, posts) if deadline else None
        mine = next(((task.id, task.name) for task in waiting if task.post in by.post_keys), None)
        rows.append(
            DeskRow(
                case_id=case.id,
                case_no=case.case_no or "未编号",
                title=listed(case.title, case),
                marked=case.mark,
                flow_name=case.flow_name,
                status_name=STATUS_NAMES.get(case.status, case.status),
                lead_org=names.get(case.lead_org or "", ""),
                due=due,
                times=each.times,
                ladder=steps.get(case.id, ()),
                mine=mine,
                may_urge=bool(tasks_to_urge(waiting, by)),
                may_order=not case.archived and case.id not in orders and not _supervises(each, waiting),
                order_unit=(due and due.unit) or case.lead_org or "",
                request=uuid4().hex,
            )
        )
    return rows


def may_know(deadline: Deadline | None, definition_id: int, by: Identity) -> bool:
    return deadline is None or deadline.element not in hidden_elements(definition_id, by)


def _open_tasks(cases: Collection[int]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    waiting = select(Task).where(Task.case_id.in_(cases), IS_OPEN).order_by(Task.due_at, Task.id)
    for task in session.scalars(waiting):
        found.setdefault(task.case_id, []).append(task)
    return found


def _first_running(wanted: Collection[int], cases: Mapping[int, Found], by: Identity) -> dict[int, Deadline]:
    running = select(Deadline).where(Deadline.case_id.in_(wanted), IS_RUNNING, Deadline.suspended.is_(False))
    found: dict[int, Deadline] = {}
    for row in session.scalars(running.order_by(Deadline.due_at, Deadline.id)) if wanted else ():
        if may_know(row, cases[row.case_id].definition_id, by):
            found.setdefault(row.case_id, row)
    return found


def _unit_names(found: Sequence[Found], dues: Sequence[Deadline | None]) -> dict[str, str]:
    codes = {each.case.lead_org for each in found} | {_own(due) for due in dues if due}
    return dict(session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes - {None, ""}))).all())


def _supervises(found: Found, waiting: Sequence[Task]) -> bool:
    """An open step of the diagram is the place to supervise (step_of_diagram)."""
    asking = forms_of_supervision(found.definition_id)
    return any(task.form in asking and not task.confidential for task in waiting)


def _own(deadline: Deadline) -> str:
    """Whose it is where it runs for one of several (the property deadlineFor): handle:housing."""
    return deadline.key.partition(":")[2]


def _due(
    deadline: Deadline, waiting: Sequence[Task], light: Lights, names: Mapping[str, str], posts: Mapping[str, str]
) -> Due:
    holders = [task.post for task in waiting if task.deadline_key == deadline.key and not task.confidential]
    own = _own(deadline) if _own(deadline) in names else ""
    whose = names.get(own, "") or "、".join(dict.fromkeys(posts[post] for post in holders))
    unit = own or next(map(unit_of, holders), "")
    return Due(deadline.name, deadline.due_at.astimezone(ZONE), light(deadline.due_at), whose, unit)
