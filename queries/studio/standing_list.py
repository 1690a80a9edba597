"""The cases that stand at one element of a version."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from config import ZONE
from engine import Element
from engine.diagram import JOINS
from errors import NotFound
from models import Case, Identity, ProcessInstance, Task, now, session
from models.task import IS_OPEN
from operations.gate.deadlines import NEVER
from queries.pages import Page, page_of, read_numbered_mark
from queries.studio.running import Place, running_map
from reference import definitions
from reference.people import post_names
from reference.privacy import listed


@dataclass(frozen=True)
class StandingRow:
    """A case that stands there. `whose`: before whom, or what it waits for; `since` None where that is nobody."""

    case_id: int
    case_no: str
    title: str
    whose: str
    since: datetime | None
    due_at: datetime | None
    is_late: bool
    suspended: bool


def standing_at(
    flow: str, version: int, element: str, by: Identity, after: str | None = None, limit: int = 50
) -> tuple[Place, Page[StandingRow]]:
    """Those that the map counts there, what is due first at the top. Raises NotFound."""
    found = running_map(flow, by, version)
    place = next((each for each in found.places if each.element == element), None)
    if place is None:
        raise NotFound
    there = found.standing.get(element, frozenset())
    due = dict.fromkeys(there, NEVER) | _due(found.version.id, element, there)
    ordered = sorted((moment, instance) for instance, moment in due.items())
    if mark := read_numbered_mark(after):
        ordered = [each for each in ordered if each > mark]
    page = page_of(ordered[: limit + 1], limit, lambda each: f"{each[0].isoformat()}|{each[1]}")
    stood_on = definitions.definition(found.version.id).elements[element]
    return place, Page(_rows([instance for _, instance in page.rows], stood_on), page.next)


def _due(definition_id: int, element: str, there: Collection[int]) -> dict[int, datetime]:
    """By instance, when the first of its open tasks there is due."""
    asked = (
        select(Task.instance_id, func.min(Task.due_at))
        .join(ProcessInstance, ProcessInstance.id == Task.instance_id)
        .where(IS_OPEN, Task.element == element, ProcessInstance.definition_id == definition_id)
        .group_by(Task.instance_id)
    )
    return {instance: due for instance, due in session.execute(asked) if instance in there}


def _rows(instances: Sequence[int], element: Element) -> list[StandingRow]:
    """In the order of these instances."""
    mine = select(ProcessInstance.id, Case, ProcessInstance.suspended_at).join(Case, Case.id == ProcessInstance.case_id)
    cases = {row[0]: row for row in session.execute(mine.where(ProcessInstance.id.in_(instances)))}
    tasks = defaultdict[int, list[Task]](list)
    there = IS_OPEN & (Task.element == element.id) & Task.instance_id.in_(instances)
    for task in session.scalars(select(Task).where(there).order_by(Task.due_at, Task.id)):
        tasks[task.instance_id].append(task)
    names, moment = post_names(task.post for each in tasks.values() for task in each), now()
    return [
        _row(case, tasks[id_], names, suspended is not None, element, moment)
        for id_, case, suspended in (cases[each] for each in instances if each in cases)
    ]


def _row(
    case: Case, tasks: Sequence[Task], names: Mapping[str, str], suspended: bool, element: Element, moment: datetime
) -> StandingRow:
    first = tasks[0] if tasks else None
    due = first.due_at if first else NEVER
    return StandingRow(
        case_id=case.id,
        case_no=case.case_no or "未编号",
        title=listed(case.title, case),
        whose="、".join(dict.fromkeys(names[task.post] for task in tasks)) or _awaited(element),
        since=min(task.created_at for task in tasks).astimezone(ZONE) if tasks else None,
        due_at=due.astimezone(ZONE) if due < NEVER else None,
        is_late=due < moment,
        suspended=suspended,
    )


def _awaited(element: Element) -> str:
    """What a token waits for where nobody has a task."""
    if element.kind in JOINS:
        return "等其他分支"
    return "等时间到" if element.event == "timer" else "等消息或系统处理"
