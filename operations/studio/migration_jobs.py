"""Migrate many cases in the background (迁移): a canary of a few first, then the rest; pause, stop, and all of it back.

A case that fails is written down with the reason and keeps none of the others waiting. What has been done is in
`case_migration` and in the cases themselves, so after a crash the next piece goes on where it stopped.
"""

import logging
from collections.abc import Callable, Mapping

from sqlalchemy import func, select

from engine import Klass
from errors import AlreadyChanged, AppError, NotAllowed, NotFound, in_words
from models import CaseMigration, Identity, Job, ProcessDefinition, ProcessInstance, User, session, transactional
from models.job import PAUSED, WAITING
from models.migration import FAILED, MIGRATED
from operations.gate.audit import note
from operations.studio.clue_cover import require_untold
from operations.studio.families import hold_flows
from operations.studio.jobs import about_flow, pause_job, piece, report, resume_job, start_job, stop_job
from operations.studio.migrating import (
    CannotMigrate,
    Order,
    chunks,
    judged,
    migrate_case,
    note_failure,
    note_left,
    take_back,
)
from operations.studio.opening import require_flow
from reference.people import identity_of

log = logging.getLogger(__name__)

KIND, KIND_BACK = "migrate", "migrate_back"
JUDGED = 200  # cases of one piece
MOVED = 20  # cases of one piece that are taken over
CANARY = 500  # at most


def start_migration(flow: str, order: Order, *, only: int | None, by: Identity) -> Job:
    """Migrate every case that is safe, or the first `only` of them. Raises NotAllowed, NotFound, CannotMigrate.

    Cases are looked at before the transaction begins: there may be thousands.
    """
    versions = require_versions(flow, order.old, order.new, by)
    if not order.reason:
        raise CannotMigrate("请写明迁移的原因。")
    if only is not None and not 0 < only <= CANARY:
        raise CannotMigrate(f"先试几件，写 1 到 {CANARY}。")
    require_untold(order, by)
    return _start(flow, order, versions, only, by)


@transactional
def _start(flow: str, order: Order, versions: tuple[int, int], only: int | None, by: Identity) -> Job:
    _require_none_running(flow)
    asked = {"old": order.old, "new": order.new, "mapping": dict(order.mapping), "reason": order.reason, "only": only}
    running = (ProcessInstance.definition_id == order.old) & ProcessInstance.ended_at.is_(None)
    total = session.scalar(select(func.count()).select_from(ProcessInstance).where(running)) or 0
    said = f"试 {only} 件" if only else "全部可迁移的"
    note("settings", f"迁移在办事项：{flow} 第{versions[0]}版到第{versions[1]}版，{said}，原因：{order.reason}", by)
    return start_job(KIND, about_flow(flow), asked, by=by, total=total)


@transactional
def start_back(flow: str, job_id: int, reason: str, *, by: Identity) -> Job:
    """Take back all that a job has migrated and nobody has gone on with. Raises as start_migration() does."""
    job = migration_job(flow, job_id, by)
    if job.kind != KIND:
        raise NotFound
    if not reason.strip():
        raise CannotMigrate("请写明退回的原因。")
    _require_none_running(flow)
    note("settings", f"退回迁移的在办事项：{flow}，原因：{reason.strip()}", by)
    total = session.scalar(
        select(func.count()).where(CaseMigration.job_id == job.id, CaseMigration.outcome == MIGRATED)
    )
    asked = {"job": job.id, "reason": reason.strip(), "old": job.asked["new"], "new": job.asked["old"]}
    return start_job(KIND_BACK, about_flow(flow), asked, by=by, total=total or 0)


#: What a page may do to a job that is under way.
TURNS: Mapping[str, Callable[[int], None]] = {"pause": pause_job, "resume": resume_job, "stop": stop_job}


def turn_migration(flow: str, job_id: int, how: str, *, by: Identity) -> None:
    """Pause, resume or stop. Raises NotFound, NotAllowed."""
    job = migration_job(flow, job_id, by)
    if how not in TURNS:
        raise NotFound
    TURNS[how](job.id)


def require_versions(flow: str, old: int, new: int, by: Identity) -> tuple[int, int]:
    """The numbers of two versions of this flow. Raises NotAllowed, NotFound, CannotMigrate when they are one."""
    if not by.can("manage"):
        raise NotAllowed("您没有管理流程的权限。")
    rows = [session.get(ProcessDefinition, each) for each in (old, new)]
    if any(row is None or row.key != flow for row in rows):
        raise NotFound("没有这一版。")
    require_flow(new, by)
    if old == new:
        raise CannotMigrate("请选两个不同的版本。")
    return tuple(row.version for row in rows if row)  # type: ignore[return-value]


def migration_job(flow: str, job_id: int, by: Identity) -> Job:
    """Raises NotFound, NotAllowed."""
    job = session.get(Job, job_id, populate_existing=True)
    if job is None or job.subject != about_flow(flow) or job.kind not in (KIND, KIND_BACK):
        raise NotFound
    require_versions(flow, job.asked["old"], job.asked["new"], by)
    return job


def _require_none_running(flow: str) -> None:
    """Of two who begin at one moment the second waits here, and then sees the first."""
    hold_flows({flow})
    running = Job.subject == about_flow(flow), Job.kind.in_((KIND, KIND_BACK)), Job.state.in_((WAITING, PAUSED))
    if session.scalar(select(Job.id).where(*running).limit(1)) is not None:
        raise AlreadyChanged("这个流程的迁移还没有做完，请等它做完，或者先停止。")


@piece(KIND)
def migrate_piece(job: Job) -> bool:
    """The next cases of the old version, in the order of their ids."""
    by, order, only = _who(job), _order(job), job.asked["only"]
    rows = next(chunks(order.old, job.progress.get("after", 0), JUDGED), [])
    wanted = MOVED if only is None else min(MOVED, only - _counts(job.id).get(MIGRATED, 0))
    after, left = job.progress.get("after", 0), job.result.get("left", 0)
    for instance, _, verdict in judged(order, rows):
        if not wanted:
            break
        after = instance
        if verdict.klass == Klass.SAFE:
            wanted -= _tried(order, instance, job.id, by)
        else:
            left += 1
    counts = _counts(job.id)
    result = {"migrated": counts.get(MIGRATED, 0), "failed": counts.get(FAILED, 0), "left": left}
    done = sum(result.values())  # a worker that died may have done more than it reported
    report(job.id, done=done, total=job.total, progress={"after": after}, result=result)
    return not rows or (len(rows) < JUDGED and after == rows[-1][0]) or result["migrated"] == only


@piece(KIND_BACK)
def back_piece(job: Job) -> bool:
    """The next cases that the job had migrated."""
    by, after = _who(job), job.progress.get("after", 0)
    mine = (CaseMigration.job_id == job.asked["job"]) & (CaseMigration.outcome == MIGRATED) & (CaseMigration.id > after)
    ids = session.scalars(select(CaseMigration.id).where(mine).order_by(CaseMigration.id).limit(MOVED)).all()
    session.rollback()
    left = job.result.get("left", 0)
    for each in ids:
        why = _alone(lambda each=each: take_back(each, job.asked["reason"], by=by), f"migration {each}")  # type: ignore[misc]
        if why:
            note_left(each, why)
        left += bool(why)
    back = job.total - _counts(job.asked["job"]).get(MIGRATED, 0)
    progress = {"after": ids[-1]} if ids else job.progress
    report(job.id, done=back + left, total=job.total, progress=progress, result={"back": back, "left": left})
    return len(ids) < MOVED


def _tried(order: Order, instance: int, job_id: int, by: Identity) -> bool:
    """Whether the case was taken over; why not is written down."""
    why = _alone(lambda: migrate_case(instance, order, job_id=job_id, by=by), f"case {instance}")
    if why:
        note_failure(job_id, instance, why)
    return not why


def _alone(act: Callable[[], object], what: str) -> str:
    """Why it failed, "" where it did not: whatever it is, it keeps nothing else waiting."""
    try:
        act()
    except Exception as error:
        session.rollback()
        log.warning("%s stayed where it was", what, exc_info=not isinstance(error, AppError))
        return in_words(error)
    return ""


def _counts(job_id: int) -> dict[str, int]:
    rows = select(CaseMigration.outcome, func.count()).where(CaseMigration.job_id == job_id)
    return dict(session.execute(rows.group_by(CaseMigration.outcome)).all())


def _who(job: Job) -> Identity:
    """Whoever asked for it, as far as they still may. Raises NotAllowed."""
    user = session.get_one(User, job.by_id)
    by = identity_of(user)
    if user.disabled or not by.can("manage"):
        raise NotAllowed("要求迁移的人已经没有管理流程的权限。")
    return by


def _order(job: Job) -> Order:
    asked = job.asked
    return Order.of(asked["old"], asked["new"], asked["mapping"], asked["reason"])
