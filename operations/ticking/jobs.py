"""The ticker's share of long work: the jobs that wait, in turn, a piece each. Those whose cases are played elsewhere
take a minute a piece and have a step of their own, so that the others go on meanwhile.
"""

import logging
import time
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, select

import operations.studio.migration_jobs  # noqa: F401  # it registers what it does
from errors import in_words
from models import Job, now, session, transactional
from models.job import DONE, FAILED, WAITING
from operations.studio.jobs import PIECES, PLAYED

log = logging.getLogger(__name__)

AT_A_TIME = 1.0  # seconds, and the piece that is then at hand
LEASE = timedelta(minutes=5)  # after a crash another worker goes on


def run_jobs() -> int:
    """All but what is played. Returns how many pieces were done (a step of the ticker)."""
    return _run(PIECES.keys() - PLAYED)


def play_jobs() -> int:
    """What is played: scenarios of drafts, real cases. Returns how many pieces were done (a step of the ticker)."""
    return _run(PLAYED)


def _run(kinds: Collection[str]) -> int:
    started, pieces = time.monotonic(), 0
    while time.monotonic() - started < AT_A_TIME and _is_waiting(kinds) and (job := _taken(kinds)):
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


def _is_waiting(kinds: Collection[str]) -> bool:
    """Before the transaction, which is SQLite's only write lock: most of the time nothing is."""
    waits = session.scalar(select(Job.id).where(_free(kinds)).limit(1)) is not None
    session.rollback()
    return waits


def _free(kinds: Collection[str]) -> ColumnElement[bool]:
    unleased = Job.leased_until.is_(None) | (Job.leased_until <= now())
    return (Job.state == WAITING) & unleased & Job.kind.in_(kinds)


@transactional
def _taken(kinds: Collection[str]) -> Job | None:
    """Of those that nobody has the one that has waited longest; nobody else takes it until it is given back or the
    lease is over.
    """
    waiting = select(Job).where(_free(kinds)).order_by(Job.leased_until.asc().nulls_first(), Job.id)
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
