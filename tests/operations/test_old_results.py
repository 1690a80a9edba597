"""Outcomes of scenarios, and of cases that were played again, go after their days; the last ones stay."""

from datetime import timedelta

from sqlalchemy import select

from models import Job, TrialOutcome, WhatIfCase, now, session
from operations.studio.drafts import begin_draft
from operations.studio.jobs import ahead_of, start_job, stop_job
from operations.studio.trials import ALL
from operations.studio.whatif import KIND
from operations.ticking.clock import STEPS
from operations.ticking.old_results import drop_old_results
from tests.people import person

DAYS = 90


def outcome(draft_id, revision, line):
    about = {"draft_id": draft_id, "file": "f", "line": line, "revision": revision, "name": "一"}
    return TrialOutcome(**about, at=now(), milliseconds=1, failure={}, walked={}, ways=[])


def test_what_is_older_than_its_days_goes_but_the_last_of_each_draft_and_flow(start, clock):
    by, case = person("sheji"), start().case
    draft = begin_draft("small", "试", by=by)
    first, last = [start_job(KIND, "flow:small", {}, by=by).id for _ in range(2)]
    waiting = start_job(KIND, "flow:other", {}, by=by)
    tried = start_job(ALL, f"draft:{draft.id}", {"revision": 0}, by=by).id
    assert ahead_of(waiting) == 2
    for job_id in (first, last, tried):
        stop_job(job_id)
    assert ahead_of(waiting) == 0
    session.add_all(WhatIfCase(job_id=id_, case_id=case.id, before={}, after={}, left=[]) for id_ in (first, last))
    session.add_all([outcome(draft.id, 1, 3), outcome(draft.id, 2, 9)])
    session.commit()
    clock.now += timedelta(days=DAYS)
    assert drop_old_results in STEPS
    assert drop_old_results() == 0
    clock.now += timedelta(minutes=1)
    assert drop_old_results() == 2
    assert set(session.scalars(select(Job.id))) == {last, tried, waiting.id}
    assert session.scalars(select(WhatIfCase.job_id)).all() == [last]
    assert session.scalars(select(TrialOutcome.line)).all() == [9]
    assert drop_old_results() == 0
