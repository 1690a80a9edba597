"""Long work in the background: a page asks for it, the ticker does it piece by piece, the page shows how far it is."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import func, select

from models import Identity, Job, now, session, transactional
from models.job import PAUSED, STOPPED, WAITING

#: Does the next piece of a job, in transactions of its own, and says with report() how far it came. True: that was the
#: last one. What it raises ends the job; an AppError in its own words.
Piece = Callable[[Job], bool]
P = TypeVar("P", bound=Piece)

PIECES: dict[str, Piece] = {}
PLAYED: set[str] = set()  # kinds with pieces of a minute, which keep none of the others waiting


def piece(kind: str, *, played: bool = False) -> Callable[[P], P]:
    """Register who does the jobs of this kind. `played`: a piece takes about a minute, in a process of its own."""

    def register(function: P) -> P:
        PIECES[kind] = function
        if played:
            PLAYED.add(kind)
        return function

    return register


def about_flow(flow: str) -> str:
    """The `subject` of work on the cases of a flow."""
    return f"flow:{flow}"


@transactional
def start_job(kind: str, subject: str, asked: Mapping[str, Any], *, by: Identity, total: int = 0) -> Job:
    """Put work in line. `asked` is all that its pieces are told; whoever calls has checked that `by` may."""
    if by.id is None:
        raise ValueError("a job is somebody's")
    row = Job(kind=kind, subject=subject, asked=dict(asked), state=WAITING, done=0, total=total)
    row.progress, row.result, row.problem, row.by_id, row.at = {}, {}, "", by.id, now()
    session.add(row)
    session.flush()
    return row


def ahead_of(job: Job) -> int:
    """How many others have their turn before its first piece: those that wait for theirs since before, and those that
    somebody is at.
    """
    if job.state != WAITING or job.leased_until is not None:
        return 0
    before = Job.leased_until.is_(None) & (Job.id < job.id)
    others = (Job.state == WAITING) & (before | (Job.leased_until > now()))
    alike = Job.kind.in_(PLAYED) if job.kind in PLAYED else Job.kind.not_in(PLAYED)  # they have lines of their own
    return session.scalar(select(func.count()).select_from(Job).where(others, alike)) or 0


@transactional
def report(job_id: int, *, done: int, total: int, progress: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """How far a piece came, in the transaction of what it did: after a crash the next one goes on from there."""
    row = session.get_one(Job, job_id)
    row.done, row.total, row.progress, row.result = done, total, dict(progress), dict(result)


@transactional
def pause_job(job_id: int) -> None:
    """After the piece at hand. For callers that have checked who asks."""
    _turn(job_id, WAITING, PAUSED)


@transactional
def resume_job(job_id: int) -> None:
    _turn(job_id, PAUSED, WAITING)


@transactional
def stop_job(job_id: int) -> None:
    """What has been done stays."""
    for state in (WAITING, PAUSED):
        _turn(job_id, state, STOPPED)


def _turn(job_id: int, before: str, after: str) -> None:
    row = session.get_one(Job, job_id, with_for_update=True, populate_existing=True)
    if row.state == before:
        row.state = after
        row.ended_at = now() if after == STOPPED else None
