"""Long work is done piece by piece, goes on after a crash, and ends in words when it fails."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from errors import NotFound
from models import Job, session
from operations.studio import jobs
from operations.studio.jobs import pause_job, piece, report, resume_job, start_job, stop_job
from operations.ticking.jobs import LEASE, play_jobs, run_jobs
from tests.people import person


@pytest.fixture
def counting(county: None) -> Iterator[Job]:
    """A job that counts to three, a number a piece."""

    @piece("count")
    def count(job: Job) -> bool:
        if job.asked.get("fails"):
            raise NotFound("没有找到要数的东西。")
        if job.asked.get("pauses_at") == job.done:
            pause_job(job.id)
        reached = job.done + 1
        report(job.id, done=reached, total=3, progress={}, result={"to": reached})
        return reached == 3

    yield start_job("count", "numbers", {}, by=person("sheji"), total=3)
    del jobs.PIECES["count"]
    jobs.PLAYED.discard("count")


def test_the_ticker_does_it_piece_by_piece_to_its_end(counting):
    assert run_jobs() == 3
    assert (counting.state, counting.done, counting.result) == ("done", 3, {"to": 3})
    assert counting.ended_at


def test_what_fails_ends_the_job_with_its_words(counting):
    failing = start_job("count", "numbers", {"fails": True}, by=person("sheji"))
    run_jobs()
    assert (failing.state, failing.problem) == ("failed", "没有找到要数的东西。")
    assert counting.state == "done"


def test_whoever_pauses_it_can_have_it_go_on(counting):
    stop_job(counting.id)
    pausing = start_job("count", "numbers", {"pauses_at": 1}, by=person("sheji"))
    run_jobs()
    assert (pausing.state, pausing.done) == ("paused", 2)
    resume_job(pausing.id)
    run_jobs()
    assert (pausing.state, pausing.done) == ("done", 3)
    assert (counting.state, counting.done) == ("stopped", 0)


def test_what_is_played_keeps_nothing_else_waiting(counting):
    jobs.PLAYED.add("count")
    assert (run_jobs(), counting.done) == (0, 0)
    assert (play_jobs(), counting.state) == (3, "done")


def test_after_a_crash_another_worker_goes_on_where_the_last_piece_ended(counting, clock):
    report(counting.id, done=2, total=3, progress={}, result={})
    counting.leased_until = clock.now + LEASE  # the worker that had it died
    session.commit()
    assert run_jobs() == 0
    clock.now += LEASE + timedelta(seconds=1)
    assert run_jobs() == 1
    assert (counting.state, counting.done) == ("done", 3)
