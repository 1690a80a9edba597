"""Let an operator try again what has failed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine import differences
from errors import NotAllowed, NotFound, NotTheSameFlow
from models import (
    Identity,
    Incident,
    ProcessDefinition,
    ProcessInstance,
    now,
    session,
    transactional,
)
from models.waiting import MENDABLE
from operations.gate.audit import note
from operations.gate.instances import moving
from operations.gate.moves import Move, locked
from operations.gate.open_tasks import assign_again
from operations.gate.outbox import INCIDENT as OUTBOX
from operations.gate.outbox import send_again
from operations.gate.quarantine import KIND as QUARANTINE
from operations.gate.quarantine import release
from operations.house.calendars import KIND as CALENDAR
from operations.house.calendars import reproject_case
from reference import definitions


@transactional
def retry_incident(incident_id: int, *, by: Identity) -> Incident:
    """Run again what failed; `resolved_at` of the answer says whether it went well. Raises NotFound, NotAllowed."""
    incident = _open(incident_id, by, "重试")
    _RETRIES[incident.kind](incident, by)
    session.flush()  # refreshing forgets what was not sent
    session.refresh(incident)
    return incident


@transactional
def retry_with_newest(incident_id: int, reason: str, *, by: Identity) -> Incident:
    """Run it again under the newest version of its flow: a case keeps the version it began with (C-11), but one that
    a fault of this very version has stopped would wait for ever.

    Raises NotFound, NotAllowed, NotTheSameFlow when the newest version leads elsewhere, does not help, or there is no
    newer one: then the case keeps its own.
    """
    incident = _open(incident_id, by, f"换用新版重试：{reason.strip()}")
    if incident.kind not in MENDABLE:
        raise NotFound
    instance = locked(incident.instance_id)
    before = session.get_one(ProcessDefinition, instance.definition_id)
    after = definitions.newest(before.key)
    if before.id == after.id:
        raise NotTheSameFlow("没有更新的版本：请先改正流程并发布。")
    if found := differences(definitions.definition(before.id), definitions.definition(after.id)):
        raise NotTheSameFlow(f"第{after.version}版与本件的流程走向不同，不能接着办：{'；'.join(found[:5])}。")
    if not reason.strip():
        raise NotTheSameFlow("请写明换用新版的原因。")
    instance.definition_id = after.id
    files = "、".join(definitions.changed_files(before.id, after.id))
    told = f"改用流程第{after.version}版（原第{before.version}版），原因：{reason.strip()}；改动的文件：{files}"
    _RETRIES[incident.kind](incident, by, told)
    session.flush()  # refreshing forgets what was not sent
    session.refresh(incident)
    if incident.resolved_at is None:
        raise NotTheSameFlow(f"用第{after.version}版重试仍然出错，没有换用：请先查明原因。")
    return incident


def _open(incident_id: int, by: Identity, how: str) -> Incident:
    if not by.can("operate"):
        raise NotAllowed
    incident = session.get(Incident, incident_id)
    if incident is None or incident.resolved_at is not None:
        raise NotFound
    if incident.kind != OUTBOX:  # sending again notes itself
        case = session.get_one(ProcessInstance, incident.instance_id).case
        note("settings", f"处理异常：{case.case_no or '未编号的事项'}，{how}", by)
    return incident


def _retry_step(incident: Incident, by: Identity, told: str = "") -> None:
    """The step's own writing-down resolves the incident if it went well."""
    with _retrying(incident, by, told) as move:
        move.execution.retry(incident.ref)


def _retry_post(incident: Incident, by: Identity, told: str = "") -> None:
    with _retrying(incident, by, told) as move:
        assign_again(move, incident)


@contextmanager
def _retrying(incident: Incident, by: Identity, told: str) -> Iterator[Move]:
    with moving(locked(incident.instance_id), by=by, kind="retried", element=incident.element) as move:
        move.name = move.definition.elements[incident.element].name
        if told:
            move.host.context.note("version", told)
        yield move


def _retry_outbox(incident: Incident, by: Identity) -> None:
    send_again(int(incident.ref), by=by)


def _release(incident: Incident, by: Identity) -> None:
    release(session.get_one(ProcessInstance, incident.instance_id))
    incident.resolved_at = now()


def _retry_calendar(incident: Incident, by: Identity) -> None:
    reproject_case(incident.instance_id)
    incident.resolved_at = now()


#: What is tried again only after the retry is over.
LATER = frozenset({OUTBOX, QUARANTINE})
_RETRIES: dict[str, Callable[..., None]] = {
    "step": _retry_step,
    "post": _retry_post,
    OUTBOX: _retry_outbox,
    QUARANTINE: _release,
    CALENDAR: _retry_calendar,
}
