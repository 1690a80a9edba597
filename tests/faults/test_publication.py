"""P6: a publication whose worker dies half-way has published nothing, and the next one does all of it, once."""

import logging
import os
import signal
from datetime import timedelta
from multiprocessing.synchronize import Barrier

import pytest
from sqlalchemy import select

from models import FlowDraft, now, seal_with, session
from operations.studio import families, publishing
from operations.studio.approving import approve_draft, submit_draft
from operations.studio.values import set_value
from operations.ticking.publishing import publish_due
from reference import definitions, parameters
from tests.databases import bound
from tests.faults.crashes import POINTS, after, die
from tests.faults.flow import SECRET, turn_clock
from tests.faults.worker import PATIENCE, context, finish
from tests.operations.publishing import SURVEYED, pass_scenarios, ready_draft, state_of
from tests.people import person

KEY = "xt.handle_days.general"
DIES = {
    "version_written": after(families, "write_version"),
    "parameters_set": after(publishing, "write_values"),
    "before_commit": POINTS["before_commit"],
}


@pytest.fixture
def cases() -> int:
    return 0


@pytest.mark.parametrize("point", DIES)
def test_a_publication_whose_worker_dies_is_done_by_the_next_one_whole_and_once(url, county, point):
    draft = ready_draft()
    set_value(draft.id, KEY, 3, basis="潭县政发〔2026〕1号", by=person("sheji"))
    pass_scenarios(draft.id)
    submit_draft(draft.id, by=person("sheji"))
    approve_draft(draft.id, at=now() + timedelta(hours=1), by=person("liucheng"))
    session.remove()
    turn_clock(2 * 3600)
    worker = context.Process(target=_work, args=(url, point))
    worker.start()
    assert finish(worker) == -signal.SIGKILL
    assert (state_of(draft), definitions.newest("small").version, parameters.in_force(KEY, 0)) == ("scheduled", 1, 5)
    assert [publish_due(), publish_due()] == [1, 0]
    assert (state_of(draft), definitions.newest("small").version, parameters.in_force(KEY, 0)) == ("published", 2, 3)


def test_of_two_drafts_that_are_due_at_once_one_is_published_and_the_other_goes_back(url, county):
    other = SURVEYED.replace("签收".encode(), "接件".encode())
    ids = [ready_draft().id, ready_draft("另一处改动", other).id]
    for id_ in ids:
        submit_draft(id_, by=person("sheji"))
        approve_draft(id_, at=now() + timedelta(hours=1), by=person("liucheng"))
    session.remove()
    turn_clock(2 * 3600)
    barrier = context.Barrier(2)
    workers = [context.Process(target=_work, args=(url, "", barrier)) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert [finish(worker) for worker in workers] == [0, 0]
    publish_due()  # who lost a race is due again
    states = select(FlowDraft.state).where(FlowDraft.id.in_(ids)).order_by(FlowDraft.state)
    assert session.scalars(states).all() == ["editing", "published"]
    assert definitions.newest("small").version == 2


def _work(url: str, point: str = "", barrier: Barrier | None = None) -> None:
    logging.disable()
    seal_with(SECRET)
    if point:
        DIES[point](die)
    with bound(url):
        if barrier:
            barrier.wait(PATIENCE)
        publish_due()
        os._exit(0)
