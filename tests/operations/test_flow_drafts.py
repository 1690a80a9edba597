"""A designer prepares a change; until it is published nothing runs differently (C-11)."""

import pytest

from errors import InvalidDiagram, NotFound
from models import FlowDraft, session
from operations.house.deployments import deploy
from operations.studio.checking import check_draft
from operations.studio.drafts import (
    BadDraft,
    FileChanged,
    begin_draft,
    discard_draft,
    remove_file,
    restore_file,
    save_file,
)
from operations.studio.opening import DraftClosed
from queries.studio.drafts import draft_file, draft_page
from reference import definitions
from tests.people import person
from tests.small_flow import FILES


@pytest.fixture
def draft(county: None) -> FlowDraft:
    deploy("small", FILES)
    return begin_draft("small", "签收以后增加现场踏勘", by=person("sheji"))


def test_what_is_saved_stands_in_the_draft_and_runs_nowhere(draft):
    before = draft_file(draft.id, "small.bpmn", person("sheji"))
    changed = before.content.replace("办理".encode(), "踏勘".encode())
    saved = save_file(draft.id, "small.bpmn", changed, seen=before.revision, by=person("sheji"))
    assert draft_file(draft.id, "small.bpmn", person("liucheng")).content == changed
    assert saved.revision == 1
    assert definitions.files(definitions.newest("small").id)["small.bpmn"] == before.content


def test_of_two_who_save_at_once_the_second_is_told_who_was_first(draft):
    save_file(draft.id, "small.bpmn", b"<first/>", seen=0, by=person("sheji"))
    with pytest.raises(FileChanged, match="方文静刚才保存了"):
        save_file(draft.id, "small.bpmn", b"<second/>", seen=0, by=person("liucheng"))
    assert draft_file(draft.id, "small.bpmn", person("sheji")).content == b"<first/>"


def test_saving_again_and_again_is_one_row_of_the_history(draft):
    for seen, content in enumerate((b"<a/>", b"<b/>", b"<c/>")):
        save_file(draft.id, "small.bpmn", content, seen=seen, by=person("sheji"))
    save_file(draft.id, "small.bpmn", b"<d/>", seen=3, by=person("liucheng"))
    kinds = [(event.kind, event.by) for event in draft_page(draft.id, person("sheji")).events]
    assert kinds == [("saved", "段立新"), ("saved", "方文静"), ("begun", "方文静")]


def test_a_file_is_taken_out_and_taken_back(draft):
    remove_file(draft.id, "small.bpmn", seen=0, by=person("sheji"))
    with pytest.raises(NotFound):
        draft_file(draft.id, "small.bpmn", person("sheji"))
    restore_file(draft.id, "small.bpmn", by=person("sheji"))
    assert draft_file(draft.id, "small.bpmn", person("sheji")).content == FILES["small.bpmn"]


@pytest.mark.parametrize("name", ["../app.py", "a/b.bpmn", "x.exe", "scenarios/../x.feature", "流程.bpmn"])
def test_a_file_that_no_flow_has_is_refused(draft, name):
    with pytest.raises(BadDraft, match="文件名"):
        save_file(draft.id, name, b"", seen=0, by=person("sheji"))


def test_hostile_xml_is_not_kept(draft):
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    with pytest.raises(InvalidDiagram, match="DOCTYPE"):
        save_file(draft.id, "small.bpmn", bomb, seen=0, by=person("sheji"))


def test_a_problem_names_the_file_it_stands_in(draft):
    broken = FILES["small.bpmn"].replace(b"bpmn:endEvent", b"bpmn:task")
    found = check_draft(draft.id, by=person("sheji"), unsaved={"small.bpmn": broken})
    assert {each.file for each in found if each.element} == {"small.bpmn"}
    assert any(not each.warning for each in found)
    assert not [each for each in check_draft(draft.id, by=person("sheji")) if not each.warning]


def test_a_discarded_draft_is_read_and_never_changed(draft):
    discard_draft(draft.id, "不改了", by=person("sheji"))
    with pytest.raises(DraftClosed, match="已经作废"):
        save_file(draft.id, "small.bpmn", b"<a/>", seen=0, by=person("sheji"))
    assert session.get_one(FlowDraft, draft.id).state == "discarded"


def test_a_draft_is_its_countys_designers_alone(draft):
    with pytest.raises(NotFound):
        draft_page(draft.id, person("ziran"))


def test_a_post_of_another_county_is_refused_at_the_step_that_names_it(draft):
    other = FILES["small.bpmn"].replace(b'post("natural_resources", "liaison")', b'post("yc_water", "liaison")')
    every = check_draft(draft.id, by=person("sheji"), unsaved={"small.bpmn": other})
    [found] = [each for each in every if not each.warning]
    assert found.element == "sign"
    assert found.message == "「签收」（sign） 的办理岗位用到的岗位“yc_water:liaison”是另一个县（郾城区人民政府）的。"
