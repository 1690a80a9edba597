"""A version that does harm is taken back at once; running cases keep theirs (C-11)."""

import pytest

from errors import NotAllowed, NotFound
from models import SYSTEM, ProcessDefinition, ProcessInstance, session
from operations.gate.instances import start_process
from operations.studio.approving import approve_draft, submit_draft
from operations.studio.rolling_back import NotRolledBack, roll_back
from queries.studio.versions import versions_page
from reference import definitions
from tests.operations.publishing import ready_draft
from tests.people import holder_of, person
from tests.small_flow import DIAGRAM


@pytest.fixture
def first(county, clock):
    """The version before the one that a draft has brought into use."""
    draft = ready_draft()
    before = definitions.newest("small").id
    submit_draft(draft.id, by=person("sheji"))
    approve_draft(draft.id, by=person("liucheng"))
    return before


def version_of(instance):
    row = session.get_one(ProcessInstance, instance.id, populate_existing=True)
    return session.get_one(ProcessDefinition, row.definition_id).version


def test_new_cases_take_the_older_files_and_running_ones_keep_theirs(first):
    running = start_process("small", {}, by=SYSTEM).instance
    [row] = roll_back(first, "踏勘没有人手", by=person("liucheng"))
    assert row.version == 3
    assert definitions.files(row.id)["small.bpmn"] == DIAGRAM
    assert [version_of(running), version_of(start_process("small", {}, by=SYSTEM).instance)] == [2, 3]
    lines = [(each.number, each.by, each.reason, each.restored, each.running, each.same) for each in page().versions]
    assert lines == [
        (3, "段立新", "踏勘没有人手", 1, 1, True),
        (2, "段立新", "办理改为踏勘办理", None, 1, False),
        (1, "系统", "", None, 0, True),
    ]


def test_who_may_not_why_not_and_what_is_in_use_is_told(first):
    with pytest.raises(NotAllowed, match="回退"):
        roll_back(first, "不合适", by=person("sheji"))
    with pytest.raises(NotRolledBack, match="原因"):
        roll_back(first, " ", by=person("liucheng"))
    with pytest.raises(NotRolledBack, match="就是现在用的"):
        roll_back(definitions.newest("small").id, "不合适", by=person("liucheng"))
    with pytest.raises((NotFound, NotAllowed)):
        roll_back(first, "不合适", by=holder_of("yl_whistle_office:head"))


def page():
    return versions_page("small", person("sheji"))
