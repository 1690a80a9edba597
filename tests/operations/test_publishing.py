"""From draft to use: two persons, every gate, all or nothing (C-11)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import AlreadyChanged, NotAllowed
from models import SYSTEM, AuditEvent, Job, ProcessDefinition, now, session
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from operations.house.parameters import set_parameter
from operations.studio.approving import (
    SamePerson,
    approve_draft,
    refuse_draft,
    submit_draft,
    withdraw_draft,
)
from operations.studio.drafts import BadDraft, FileChanged, begin_draft, save_file
from operations.studio.gates import NotReady
from operations.studio.opening import DraftClosed
from operations.studio.rebasing import Merging, merge_of, rebase_draft
from operations.studio.values import set_value
from operations.ticking.clock import tick
from queries.studio.drafts import draft_page
from reference import definitions, parameters
from tests.operations.publishing import SURVEYED, pass_scenarios, ready_draft, state_of
from tests.people import admin, holder_of, person
from tests.small_flow import DIAGRAM, FILES


def designer():
    return person("sheji")


def manager():
    return person("liucheng")


def submitted(**keywords):
    draft = ready_draft(**keywords)
    submit_draft(draft.id, by=designer())
    return draft


def running_file():
    return definitions.files(definitions.newest("small").id)["small.bpmn"]


def test_what_a_second_person_approves_new_cases_take_and_running_ones_keep_theirs(county, clock):
    draft = ready_draft()
    old = start_process("small", {}, by=SYSTEM).instance
    submit_draft(draft.id, by=designer())
    assert running_file() == DIAGRAM
    approve_draft(draft.id, by=manager())
    assert state_of(draft) == "published"
    assert running_file() == SURVEYED
    new = start_process("small", {}, by=SYSTEM).instance
    versions = [session.get_one(ProcessDefinition, each.definition_id).version for each in (old, new)]
    assert versions == [1, 2]
    told = session.scalars(select(AuditEvent.what).where(AuditEvent.kind == "settings")).all()
    assert any("第 2 版" in what and draft.name in what for what in told)


def test_nobody_approves_what_they_changed_or_submitted(county, clock):
    draft = ready_draft()
    save_file(draft.id, "README.md", "改".encode(), seen=0, by=manager())
    pass_scenarios(draft.id)
    submit_draft(draft.id, by=designer())
    with pytest.raises(SamePerson):
        approve_draft(draft.id, by=manager())
    with pytest.raises(NotAllowed, match="审核"):
        approve_draft(draft.id, by=holder_of("task_force:process_designer"))
    approve_draft(draft.id, by=admin())
    assert state_of(draft) == "published"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda draft: save_file(draft.id, "README.md", b"x", seen=0, by=designer()), "还没有试跑"),
        (lambda draft: save_file(draft.id, "small.bpmn", DIAGRAM, seen=1, by=designer()), "还没有改动"),
        (lambda draft: pass_scenarios(draft.id, passed=3, failed=1), "1 个场景没有通过"),
        (lambda draft: pass_scenarios(draft.id, passed=0), "还没有场景"),
        (
            lambda draft: (
                save_file(
                    draft.id, "small.bpmn", SURVEYED.replace(b"bpmn:endEvent", b"bpmn:task"), seen=1, by=designer()
                ),
                pass_scenarios(draft.id),
            ),
            "处错误",
        ),
        (lambda draft: deploy("small", FILES | {"README.md": b"new"}), "并入新版"),
    ],
)
def test_a_draft_that_has_not_passed_every_gate_is_not_submitted(county, clock, spoil, why):
    draft = ready_draft()
    spoil(draft)
    with pytest.raises(NotReady, match=why):
        submit_draft(draft.id, by=designer())
    assert state_of(draft) == "editing"


def test_what_is_submitted_is_changed_by_nobody_until_it_is_withdrawn_or_sent_back(county, clock):
    draft = submitted()
    with pytest.raises(DraftClosed):
        save_file(draft.id, "README.md", b"x", seen=0, by=designer())
    withdraw_draft(draft.id, "", by=designer())
    submit_draft(draft.id, by=designer())
    with pytest.raises(BadDraft, match="原因"):
        refuse_draft(draft.id, " ", by=manager())
    refuse_draft(draft.id, "踏勘由谁去没有写", by=manager())
    newest = draft_page(draft.id, designer()).events[0]
    assert (newest.kind, newest.by, newest.words) == ("refused", "段立新", "踏勘由谁去没有写")
    with pytest.raises(DraftClosed):
        approve_draft(draft.id, by=manager())


def test_parameters_come_into_force_with_the_flow_or_not_at_all(county, clock):
    draft = ready_draft()
    set_value(draft.id, "xt.handle_days.general", 3, basis="潭县政发〔2026〕1号", by=designer())
    pass_scenarios(draft.id)
    submit_draft(draft.id, by=designer())
    assert parameters.in_force("xt.handle_days.general", None) == 5
    approve_draft(draft.id, by=manager())
    assert parameters.in_force("xt.handle_days.general", None) == 3


def test_a_value_that_somebody_has_set_since_is_looked_at_again_before_it_is_published(county, clock):
    draft, key = ready_draft(), "xt.handle_days.general"
    set_value(draft.id, key, 3, basis="潭县政发〔2026〕1号", by=designer())
    pass_scenarios(draft.id)
    set_parameter(key, 7, basis="潭县政发〔2026〕2号", by=manager())
    with pytest.raises(NotReady, match="又有人改成“7”"):
        submit_draft(draft.id, by=designer())
    set_value(draft.id, key, 3, basis="潭县政发〔2026〕1号", by=designer())
    submit_draft(draft.id, by=designer())
    assert state_of(draft) == "submitted"


def test_a_draft_is_published_on_its_day(county, clock):
    draft = submitted()
    with pytest.raises(BadDraft, match="一年以内"):
        approve_draft(draft.id, at=now() - timedelta(minutes=1), by=manager())
    approve_draft(draft.id, at=now() + timedelta(days=3), by=manager())
    clock.now += timedelta(days=2)
    tick()
    assert (state_of(draft), running_file()) == ("scheduled", DIAGRAM)
    clock.now += timedelta(days=1)
    tick()
    tick()
    assert (state_of(draft), running_file()) == ("published", SURVEYED)
    assert definitions.newest("small").deployed_by == "段立新"
    assert definitions.newest("small").version == 2


def test_what_has_come_between_takes_a_scheduled_draft_back_with_the_reason(county, clock):
    draft = submitted()
    approve_draft(draft.id, at=now() + timedelta(days=3), by=manager())
    deploy("small", FILES | {"README.md": b"new"})
    clock.now += timedelta(days=3)
    tick()
    newest = draft_page(draft.id, designer()).events[0]
    assert (state_of(draft), newest.kind) == ("editing", "stopped")
    assert "并入新版" in newest.words


def test_what_goes_wrong_in_the_house_itself_takes_it_back_too_and_is_not_tried_at_every_tick(county, clock):
    draft = submitted()
    approve_draft(draft.id, at=now() + timedelta(days=3), by=manager())
    session.scalars(select(Job)).one().result = []  # of its trial
    session.commit()
    clock.now += timedelta(days=3)
    tick()
    newest = draft_page(draft.id, designer()).events[0]
    assert (state_of(draft), newest.kind) == ("editing", "stopped")
    assert "系统内部出错" in newest.words


def test_of_two_drafts_the_second_goes_on_from_what_the_first_published(county, clock):
    first, second = submitted(), begin_draft("small", "说明写清楚", by=designer())
    save_file(second.id, "small.bpmn", DIAGRAM.replace("签收".encode(), "接件".encode()), seen=0, by=designer())
    save_file(second.id, "README.md", "说明".encode(), seen=0, by=designer())
    approve_draft(first.id, by=manager())
    assert merge_of(second).conflicts == ["small.bpmn"]
    with pytest.raises(BadDraft, match=r"small\.bpmn"):
        rebase_draft(second.id, {}, by=designer())
    with pytest.raises(AlreadyChanged, match="看过现在的情况再选"):
        rebase_draft(second.id, {"small.bpmn": "mine"}, seen=Merging(second.revision, second.base_id), by=designer())
    rebase_draft(second.id, {"small.bpmn": "theirs"}, by=designer())
    pass_scenarios(second.id)
    submit_draft(second.id, by=designer())
    approve_draft(second.id, by=manager())
    assert running_file() == SURVEYED
    assert definitions.all_files(definitions.newest("small").id)["README.md"] == "说明".encode()


def test_an_editor_that_opened_a_file_before_others_version_was_taken_in_does_not_overwrite_it(county, clock):
    deploy("small", FILES)
    draft = begin_draft("small", "改说明", by=designer())
    deploy("small", FILES | {"small.bpmn": SURVEYED})
    rebase_draft(draft.id, {}, by=designer())
    with pytest.raises(FileChanged, match="并入了新版") as refused:
        save_file(draft.id, "small.bpmn", DIAGRAM, seen=0, by=designer())
    save_file(draft.id, "small.bpmn", DIAGRAM, seen=refused.value.revision, by=designer())  # who has compared, may


def test_nobody_publishes_over_a_flow_of_another_folder(county, clock):
    other = DIAGRAM.replace(b'"small"', b'"neighbour"')
    deploy("neighbour", {**FILES, "small.bpmn": other})
    draft = ready_draft(content=other)
    with pytest.raises(NotReady, match="neighbour"):
        submit_draft(draft.id, by=designer())


def test_a_new_flow_is_not_called_as_another_documents_are(county, clock):
    """Whose a document's flows are, theirs are its parameters."""
    draft = ready_draft()
    hidden = DIAGRAM.replace(b'id="small"', b'id="yl_small"')
    save_file(draft.id, "yl_small.bpmn", hidden, seen=0, by=designer())
    pass_scenarios(draft.id)
    with pytest.raises(NotReady, match="流程标识“yl_small”按开头是另一份文件的"):
        submit_draft(draft.id, by=designer())
