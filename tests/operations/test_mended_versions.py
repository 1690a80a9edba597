"""A case that a fault of its own flow has stopped goes on under the version that mends it, limits unmoved (C-11)."""

import pytest
from sqlalchemy import select

from errors import NotAllowed, NotTheSameFlow
from models import HistoryEvent, session
from operations.house.deployments import deploy
from operations.house.incidents import retry_incident, retry_with_newest
from tests.people import admin, holder_of
from tests.small_flow import DIAGRAM, FILES

FAULTY = {**FILES, "small.bpmn": DIAGRAM.replace(b"next_org != null and next_org != ''", b"missing_name == 1")}
LONGER = {**FILES, "small.bpmn": DIAGRAM.replace(b'id="number"', b'id="numbered"').replace(b'"number"', b'"numbered"')}


@pytest.fixture
def stopped(start):
    """A case whose way out of 办理 cannot be computed."""
    assert FAULTY["small.bpmn"] != DIAGRAM
    deploy("small", FAULTY)
    case = start()
    case.do("签收")
    case.do("办理", result="已办")
    assert len(case.incidents) == 1
    return case


def test_a_retry_alone_does_not_help(stopped):
    retry_incident(stopped.incidents[0].id, by=admin())
    assert not stopped.instance.ended_at


def test_the_mended_version_lets_it_go_on_and_the_history_says_so(stopped):
    due = stopped.deadline("handle").due_at
    deploy("small", FILES)
    retry_with_newest(stopped.incidents[0].id, "分支条件写错，已改正", by=admin())
    assert stopped.instance.ended_at
    assert stopped.incidents == []
    assert stopped.deadline("handle").due_at == due
    last = select(HistoryEvent).where(HistoryEvent.instance_id == stopped.id).order_by(HistoryEvent.revision.desc())
    [told] = [text for kind, text, *_ in session.scalars(last.limit(1)).one().notes if kind == "version"]
    assert told == "改用流程第3版（原第2版），原因：分支条件写错，已改正；改动的文件：small.bpmn"


def test_a_version_that_does_not_help_is_not_taken(stopped):
    own = stopped.instance.definition_id
    deploy(
        "small", {**FILES, "small.bpmn": DIAGRAM.replace(b"next_org != null and next_org != ''", b"other_name == 1")}
    )
    with pytest.raises(NotTheSameFlow, match="仍然出错，没有换用"):
        retry_with_newest(stopped.incidents[0].id, "试试", by=admin())
    session.remove()
    assert stopped.instance.definition_id == own
    assert len(stopped.incidents) == 1


def test_a_version_that_leads_elsewhere_is_refused_in_words(stopped):
    deploy("small", LONGER)
    with pytest.raises(NotTheSameFlow, match="新版没有「编号」"):
        retry_with_newest(stopped.incidents[0].id, "试试", by=admin())
    assert len(stopped.incidents) == 1


def test_without_a_newer_version_or_a_reason_it_is_refused(stopped):
    with pytest.raises(NotTheSameFlow, match="没有更新的版本"):
        retry_with_newest(stopped.incidents[0].id, "试试", by=admin())
    deploy("small", FILES)
    with pytest.raises(NotTheSameFlow, match="写明"):
        retry_with_newest(stopped.incidents[0].id, " ", by=admin())


def test_only_an_operator_may(stopped):
    deploy("small", FILES)
    with pytest.raises(NotAllowed):
        retry_with_newest(stopped.incidents[0].id, "试试", by=holder_of("natural_resources:leader"))
