"""P6: a publication whose worker dies half-way has published nothing, and the next one does all of it, once."""

import logging
import os
import signal
from datetime import timedelta

import pytest

from models import now, seal_with, session
from operations.studio import families, publishing
from operations.studio.approving import approve_draft, submit_draft
from operations.studio.values import set_value
from operations.ticking.publishing import publish_due
from reference import definitions, parameters
from tests.databases import bound
from tests.faults.crashes import POINTS, after, die
from tests.faults.flow import SECRET, turn_clock
from tests.faults.worker import context, finish
from tests.operations.publishing import pass_scenarios, ready_draft, state_of
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


def _work(url: str, point: str) -> None:
    logging.disable()
    seal_with(SECRET)
    DIES[point](die)
    with bound(url):
        publish_due()
        os._exit(0)
