"""Running cases on the drawing of their flow: how many stand where, how many are late, what has failed, and how long an
element usually takes.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from errors import NotFound
from models import Case, Identity, Incident, ProcessDefinition, ProcessInstance, Task, now, session
from models.task import COMPLETED, IS_OPEN
from operations.gate.visibility import visible
from operations.studio.opening import require_flow
from queries.case.diagrams import shown_elements
from queries.studio.durations import Duration, durations
from queries.studio.standings import Standings, standings
from reference import definitions

LOOKED_BACK = timedelta(days=92)  # a quarter


@dataclass(frozen=True)
class Version:
    id: int
    number: int
    running: int  # cases


@dataclass(frozen=True)
class Place:
    """An element and what stands at it now, in cases that the reader may see; `took`: of the tasks completed there in
    the last quarter.
    """

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
    standing: Mapping[str, frozenset[int]]  # by element, the instances that stand there
    seen: int  # cases counted: those that this reader may see, at most standings.MOST


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
    definition, stood_on = definitions.definition(asked.id), standings(asked.id, by)
    shown = {process: shown_elements(asked.id, process, by) for process in definition.diagrams}
    return RunningMap(
        flow=flow,
        name=newest.name,
        version=asked,
        versions=versions,
        processes={process: definition.process_names[process] for process, left in shown.items() if left},
        places=_places(asked.id, stood_on, frozenset[str]().union(*shown.values()), by),
        standing=stood_on.at,
        seen=stood_on.cases,
    )


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


def _places(definition_id: int, stood_on: Standings, shown: Collection[str], by: Identity) -> list[Place]:
    at, late, failed = stood_on.at, _late(definition_id), _failed(definition_id, by)
    took = durations(_closed_since(definition_id, now() - LOOKED_BACK))
    return [
        Place(
            element=each.id,
            name=each.name or each.id,
            lane=each.lane or "",
            process=each.process,
            waiting=len(at.get(each.id, ())),
            late=len(at.get(each.id, frozenset()) & late.get(each.id, set())),
            incidents=failed.get(each.id, 0),
            took=took.get(each.id),
        )
        for each in definitions.definition(definition_id).elements.values()
        if each.id in shown and (each.id in at or each.id in failed or each.id in took)
    ]


def _late(definition_id: int) -> dict[str, set[int]]:
    """By element, the instances with an open task there that is late."""
    asked = (
        select(Task.element, Task.instance_id)
        .join(ProcessInstance, ProcessInstance.id == Task.instance_id)
        .where(IS_OPEN, Task.due_at < now(), ProcessInstance.definition_id == definition_id)
    )
    found = defaultdict[str, set[int]](set)
    for element, instance in session.execute(asked):
        found[element].add(instance)
    return found


def _failed(definition_id: int, by: Identity) -> dict[str, int]:
    rows = (
        select(Incident.element, func.count())
        .join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
        .join(Case, Case.id == ProcessInstance.case_id)
        .where(Incident.resolved_at.is_(None), ProcessInstance.definition_id == definition_id, visible(by))
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
