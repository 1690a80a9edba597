"""Ask what would have come of real cases under a draft or other parameters; scenarios/whatif/ plays them again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from errors import AppError, NotAllowed, NotFound
from models import (
    Case,
    FlowDraft,
    Identity,
    Job,
    ProcessDefinition,
    ProcessInstance,
    WhatIfCase,
    now,
    session,
    transactional,
)
from models.job import PAUSED, WAITING
from operations.house.parameter_rights import require_theirs
from operations.house.parameters import NewValue, check_values, parameter_of
from operations.studio.jobs import about_flow, start_job, stop_job
from operations.studio.opening import require_flow
from reference import definitions

KIND = "whatif"
MOST = 2_000  # cases of one, the newest
#: How far back cases that are over are looked at, in days.
PERIODS = {31: "最近一个月", 92: "最近一季度", 183: "最近半年", 366: "最近一年"}


class BadWhatIf(AppError):
    """没有开始推演。"""


@transactional
def start_what_if(flow: str, draft_id: int | None, values: Mapping[str, Any], days: int, *, by: Identity) -> Job:
    """Play again every open case of the flow and those that ended within so many `days`: under a draft as it is now,
    under parameters with other `values`, or both.

    Raises NotFound, NotAllowed, BadWhatIf, and for values what operations.house.parameters.check_values() raises; the
    document that allows a value is asked for when it is set.
    """
    require_may(flow, by)
    _require_none_waiting(flow)
    draft = _draft(flow, draft_id) if draft_id else None
    if draft is None and not values:
        raise BadWhatIf("请选一份草稿，或者改至少一项参数。")
    if days not in PERIODS:
        raise BadWhatIf("请选一个期间。")
    for key in values:
        require_theirs(parameter_of(key), by)
    check_values({key: NewValue(value, "推演") for key, value in values.items()})
    moment = now()
    asked = {"draft": draft_id, "values": dict(values), "days": days, "at": moment.isoformat(), "from": 0}
    asked |= {"version": definitions.newest(flow).id}
    asked |= {"revision": draft.revision, "name": draft.name} if draft else {}
    wanted = cases_of(flow, moment - timedelta(days=days)).order_by(ProcessInstance.id.desc())
    ids = session.scalars(wanted.with_only_columns(ProcessInstance.id).limit(MOST)).all()
    if not ids:
        raise BadWhatIf("这段时间没有这个流程的事项可以推演。")
    return start_job(KIND, about_flow(flow), asked | {"from": ids[-1], "to": ids[0]}, by=by, total=len(ids))


def cases_of(flow: str, since: datetime) -> Select[Any]:
    """Open ones, and those that have ended since."""
    over = ProcessInstance.ended_at.is_(None) | (ProcessInstance.ended_at >= since)
    return select(ProcessInstance).join(Case, Case.id == ProcessInstance.case_id).where(Case.flow == flow, over)


def next_cases(job: Job, limit: int) -> list[ProcessInstance]:
    """Those that are next, in the order of their ids."""
    since = datetime.fromisoformat(job.asked["at"]) - timedelta(days=job.asked["days"])
    bounds = (ProcessInstance.id >= job.asked["from"]) & (ProcessInstance.id <= job.asked["to"])
    rows = cases_of(flow_of(job), since).where(bounds, ProcessInstance.id > job.progress.get("after", 0))
    return list(session.scalars(rows.order_by(ProcessInstance.id).limit(limit)))


@transactional
def keep_case(job_id: int, instance_id: int, row: WhatIfCase, known: Mapping[str, Any]) -> bool:
    """What came of one case, with how far the job is and what it was played with (scenarios/whatif/knowing.py).

    Returns whether the job goes on: somebody may have stopped it.
    """
    job = session.get_one(Job, job_id, with_for_update=True, populate_existing=True)
    session.merge(row)
    job.done, job.progress, job.result = job.done + 1, {"after": instance_id}, dict(known)
    return job.state == WAITING


def what_if_job(job_id: int, by: Identity) -> Job:
    """Raises NotFound, NotAllowed."""
    job = session.get(Job, job_id, populate_existing=True)
    if job is None or job.kind != KIND:
        raise NotFound
    require_may(flow_of(job), by)
    return job


def stop_what_if(job_id: int, *, by: Identity) -> None:
    """What has been played stays. Raises NotFound, NotAllowed."""
    stop_job(what_if_job(job_id, by).id)


def require_may(flow: str, by: Identity) -> None:
    """Raises NotAllowed, and NotFound for a flow of another county."""
    if not by.can("manage"):
        raise NotAllowed("您没有管理流程的权限。")
    require_flow(definitions.newest(flow).id, by)


def _require_none_waiting(flow: str) -> None:
    """Raises BadWhatIf: one takes many minutes, and keeps trials waiting."""
    waits = Job.subject == about_flow(flow), Job.kind == KIND, Job.state.in_((WAITING, PAUSED))
    if session.scalar(select(Job.id).where(*waits).limit(1)) is not None:
        raise BadWhatIf("这个流程的推演还没有做完，请等它做完，或者先停止。")


def flow_of(job: Job) -> str:
    return job.subject.removeprefix("flow:")


def _draft(flow: str, draft_id: int) -> FlowDraft:
    """A draft of the flow's family. Raises NotFound, BadWhatIf."""
    draft = session.get(FlowDraft, draft_id)
    if draft is None:
        raise NotFound
    digest = session.get_one(ProcessDefinition, draft.base_id).digest
    family = (ProcessDefinition.digest == digest) & (ProcessDefinition.key == flow)
    if not session.scalar(select(func.count()).where(family)):
        raise BadWhatIf("这份草稿是另一个流程的。")
    return draft
