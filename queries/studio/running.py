"""Running cases on the drawing of their flow: how many stand where, how many are late, what has failed, and how long an
element usually takes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, select

from config import ZONE
from engine import Definition
from errors import NotFound
from models import Case, Identity, Incident, ProcessDefinition, ProcessInstance, Task, Timer, now, session
from models.task import COMPLETED, IS_OPEN
from operations.gate.deadlines import NEVER
from operations.gate.visibility import visible
from operations.studio.opening import require_flow
from queries.case.diagrams import shown_elements
from queries.pages import Page, page_of, read_mark
from queries.studio.durations import Duration, durations
from reference import definitions
from reference.people import post_names
from reference.privacy import listed

#: What a token waits at that is no task and has a timer of its own.
WAITS = frozenset({"intermediateCatchEvent", "eventBasedGateway"})
LOOKED_BACK = timedelta(days=92)  # a quarter


@dataclass(frozen=True)
class Version:
    id: int
    number: int
    running: int  # cases


@dataclass(frozen=True)
class Place:
    """An element and what stands at it now; `took`: of the tasks completed there in the last quarter."""

    element: str
    name: str
    lane: str
    process: str
    waiting: int
    late: int
    incidents: int
    took: Duration | None


@dataclass(frozen=True)
class RunningMap:
    flow: str
    name: str
    version: Version
    versions: list[Version]  # newest first, those that have running cases and the newest
    processes: dict[str, str]  # id -> name, of the drawings that this reader may see
    places: list[Place]


@dataclass(frozen=True)
class StandingRow:
    """A case that stands at an element."""

    case_id: int
    case_no: str
    title: str
    whose: str
    since: datetime
    due_at: datetime | None
    is_late: bool


def running_map(flow: str, by: Identity, version: int | None = None) -> RunningMap:
    """Of one version, the newest unless told. Elements that this reader may not know of are not counted (XT-20).

    Raises NotFound, also for a flow of another county.
    """
    newest = definitions.newest(flow)
    require_flow(newest.id, by)
    versions = _versions(flow, newest)
    asked = next((each for each in versions if version in (None, each.number)), None)
    if asked is None:
        raise NotFound(f"“{newest.name}”没有在办事项用着的第 {version} 版。")
    definition = definitions.definition(asked.id)
    shown = {process: shown_elements(asked.id, process, by) for process in definition.diagrams}
    return RunningMap(
        flow=flow,
        name=newest.name,
        version=asked,
        versions=versions,
        processes={process: definition.process_names[process] for process, left in shown.items() if left},
        places=_places(asked.id, definition, frozenset[str]().union(*shown.values())),
    )


def standing_at(
    flow: str, version: int, element: str, by: Identity, after: str | None = None, limit: int = 50
) -> tuple[Place, Page[StandingRow]]:
    """The cases with an open task there, what is due first at the top. Raises NotFound."""
    found = running_map(flow, by, version)
    place = next((each for each in found.places if each.element == element), None)
    if place is None:
        raise NotFound
    rows: Select = (
        select(Task, Case)
        .join(Case, Case.id == Task.case_id)
        .join(ProcessInstance, ProcessInstance.id == Task.instance_id)
        .where(IS_OPEN, Task.element == element, ProcessInstance.definition_id == found.version.id, visible(by))
        .order_by(Task.due_at, Task.id)
    )
    if mark := read_mark(after):
        rows = rows.where((Task.due_at > mark[0]) | ((Task.due_at == mark[0]) & (Task.id > mark[1])))
    read = session.execute(rows.limit(limit + 1)).all()
    page = page_of(read, limit, lambda row: f"{row[0].due_at.isoformat()}|{row[0].id}")
    names, moment = post_names(task.post for task, _ in page.rows), now()
    return place, Page([_row(task, of, names[task.post], moment) for task, of in page.rows], page.next)


def _versions(flow: str, newest: ProcessDefinition) -> list[Version]:
    running = func.count(ProcessInstance.id)
    here = (ProcessInstance.definition_id == ProcessDefinition.id) & ProcessInstance.ended_at.is_(None)
    rows = (
        select(ProcessDefinition.id, ProcessDefinition.version, running)
        .outerjoin(ProcessInstance, here)
        .where(ProcessDefinition.key == flow)
        .group_by(ProcessDefinition.id, ProcessDefinition.version)
        .order_by(ProcessDefinition.version.desc())
    )
    found = [Version(*row) for row in session.execute(rows)]
    return [each for each in found if each.running or each.id == newest.id]


def _places(definition_id: int, definition: Definition, shown: frozenset[str]) -> list[Place]:
    waiting, failed = _waiting(definition_id, definition), _failed(definition_id)
    took = durations(_closed_since(definition_id, now() - LOOKED_BACK))
    return [
        Place(
            element=each.id,
            name=each.name or each.id,
            lane=each.lane or "",
            process=each.process,
            waiting=waiting.get(each.id, (0, 0))[0],
            late=waiting.get(each.id, (0, 0))[1],
            incidents=failed.get(each.id, 0),
            took=took.get(each.id),
        )
        for each in definition.elements.values()
        if each.id in shown and (each.id in waiting or each.id in failed or each.id in took)
    ]


def _waiting(definition_id: int, definition: Definition) -> dict[str, tuple[int, int]]:
    """By element, how many wait there and how many of them are late."""
    of_flow = ProcessInstance.definition_id == definition_id
    late = func.sum(case((Task.due_at < now(), 1), else_=0))
    tasks = (
        select(Task.element, func.count(), late)
        .join(ProcessInstance, ProcessInstance.id == Task.instance_id)
        .where(IS_OPEN, of_flow)
        .group_by(Task.element)
    )
    timers = (
        select(Timer.element, func.count())
        .join(ProcessInstance, ProcessInstance.id == Timer.instance_id)
        .where(of_flow, Timer.element.in_(_that_wait(definition)))
        .group_by(Timer.element)
    )
    found = {element: (number, 0) for element, number in session.execute(timers)}
    return found | {element: (number, int(late)) for element, number, late in session.execute(tasks)}


def _that_wait(definition: Definition) -> Iterable[str]:
    return [each.id for each in definition.elements.values() if each.kind in WAITS]


def _failed(definition_id: int) -> dict[str, int]:
    rows = (
        select(Incident.element, func.count())
        .join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
        .where(Incident.resolved_at.is_(None), ProcessInstance.definition_id == definition_id)
        .group_by(Incident.element)
    )
    return dict(session.execute(rows).all())


def _closed_since(definition_id: int, since: datetime) -> Select:
    return (
        select(Task.element, Task.created_at, Task.closed_at)
        .join(ProcessInstance, ProcessInstance.id == Task.instance_id)
        .where(ProcessInstance.definition_id == definition_id, Task.state == COMPLETED, Task.closed_at >= since)
        .order_by(Task.closed_at.desc())
    )


def _row(task: Task, of: Case, whose: str, moment: datetime) -> StandingRow:
    return StandingRow(
        case_id=of.id,
        case_no=of.case_no or "未编号",
        title=listed(of.title, of),
        whose=whose,
        since=task.created_at.astimezone(ZONE),
        due_at=task.due_at.astimezone(ZONE) if task.due_at < NEVER else None,
        is_late=task.due_at < moment,
    )
