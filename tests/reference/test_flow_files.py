"""Which flows the files of a draft are."""

from engine import flows_around
from reference.flow_files import BPMN, read_files, shared, startable

FILES = {**shared(), **read_files(BPMN / "xt_cannot")}
CHANGED = FILES | {"ca12_clue.bpmn": FILES["ca12_clue.bpmn"].replace(b"</bpmn:definitions>", b"\n</bpmn:definitions>")}


def test_a_shared_call_activity_is_no_flow_of_its_own_though_a_draft_changes_it():
    assert startable(FILES) == startable(CHANGED) == ["xt_cannot", "xt_monthly"]


def test_a_diagram_is_checked_with_the_flow_that_leads_to_it():
    assert flows_around("xt_handle.bpmn", ["xt_cannot", "xt_monthly"], FILES) == ["xt_cannot"]
    assert flows_around("ca03_extend.bpmn", ["xt_cannot", "xt_monthly"], FILES) == ["xt_cannot"]
    assert flows_around("xt_handle.bpmn", ["xt_monthly"], FILES) == []
