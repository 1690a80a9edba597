"""The ticker's share of long work: the jobs that wait, in turn, a piece each, for about a second at a time."""

import logging
import time
from datetime import timedelta

from sqlalchemy import ColumnElement, select

import operations.studio.migration_jobs  # noqa: F401  # it registers what it does
from errors import in_words
from models import Job, now, session, transactional
from models.job import DONE, FAILED, WAITING
from operations.studio.jobs import PIECES

log = logging.getLogger(__name__)

AT_A_TIME = 1.0  # seconds; then the ticker's other steps have their turn
LEASE = timedelta(minutes=5)  # after a crash another worker goes on


def run_jobs() -> int:
    """Returns how many pieces were done (a step of the ticker)."""
    started, pieces = time.monotonic(), 0
    while time.monotonic() - started < AT_A_TIME and _is_waiting() and (job := _taken()):
        _do(job)
        pieces += 1
    return pieces


def _do(job: Job) -> None:
    try:
        finished = PIECES[job.kind](job)
    except Exception as error:
        session.rollback()
        log.exception("job %s (%s) failed", job.id, job.kind)
        _end(job.id, FAILED, in_words(error))
    else:
        if finished:
            _end(job.id, DONE)
        else:
            _give_back(job.id)


def _is_waiting() -> bool:
    """Before the transaction, which is SQLite's only write lock: most of the time nothing is."""
    waits = session.scalar(select(Job.id).where(_free()).limit(1)) is not None
    session.rollback()
    return waits


def _free() -> ColumnElement[bool]:
    unleased = Job.leased_until.is_(None) | (Job.leased_until <= now())
    return (Job.state == WAITING) & unleased & Job.kind.in_(PIECES)


@transactional
def _taken() -> Job | None:
    """Of those that nobody has the one that has waited longest; nobody else takes it until it is given back or the
    lease is over.
    """
    waiting = select(Job).where(_free()).order_by(Job.leased_until.asc().nulls_first(), Job.id)
    found = waiting.limit(1).with_for_update(skip_locked=True)
    job = session.scalar(found.execution_options(populate_existing=True))
    if job:
        job.leased_until = now() + LEASE
    return job


@transactional
def _give_back(job_id: int) -> None:
    session.get_one(Job, job_id, with_for_update=True, populate_existing=True).leased_until = now()


@transactional
def _end(job_id: int, state: str, problem: str = "") -> None:
    row = session.get_one(Job, job_id, with_for_update=True, populate_existing=True)
    if row.state == WAITING:  # who stopped it meanwhile has had the last word
        row.state, row.problem = state, problem
    row.ended_at, row.leased_until = now(), None
