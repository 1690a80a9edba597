"""A draft gets another diagram: an empty one, or one that another modeler wrote."""

import pytest

from errors import InvalidDiagram
from models import FlowDraft
from operations.house.deployments import deploy
from operations.studio.checking import check_draft
from operations.studio.diagrams import add_diagram, import_diagram
from operations.studio.drafts import BadDraft, begin_draft, remove_file
from queries.studio.drafts import draft_file
from tests.people import person
from tests.small_flow import FILES


@pytest.fixture
def draft(county: None) -> FlowDraft:
    deploy("small", FILES)
    return begin_draft("small", "签收以后增加现场踏勘", by=person("sheji"))


def test_an_empty_diagram_has_a_process_that_another_one_can_call(draft):
    name = add_diagram(draft.id, "xt_survey", "踏勘 <现场>", by=person("sheji"))
    drawn = draft_file(draft.id, name, person("sheji")).content.decode()
    assert name == "xt_survey.bpmn"
    assert '<bpmn:process id="xt_survey" name="踏勘 &lt;现场&gt;" isExecutable="true">' in drawn
    assert [each.message for each in check_draft(draft.id, by=person("sheji")) if "survey" in each.file]  # no end yet


@pytest.mark.parametrize(
    ("key", "title", "why"),
    [
        ("small", "再画一张", "已经有“small.bpmn”"),
        ("../x", "踏勘", "标识“../x”不合适"),
        ("xt_survey", " ", "请写名称"),
    ],
)
def test_what_is_wrong_with_a_new_diagram_is_said(draft, key, title, why):
    with pytest.raises(BadDraft, match=why):
        add_diagram(draft.id, key, title, by=person("sheji"))


def test_a_file_of_another_modeler_is_kept_byte_for_byte_and_takes_the_name_it_came_with(draft):
    content = FILES["small.bpmn"].replace(b"<bpmn:process", b"<!-- Signavio -->\n<bpmn:process")
    name = import_diagram(draft.id, "", "Site_visit.bpmn20.xml", content, by=person("sheji"))
    assert name == "site_visit.bpmn"
    assert draft_file(draft.id, name, person("sheji")).content == content


def test_hostile_xml_is_not_taken(draft):
    with pytest.raises(InvalidDiagram, match="DOCTYPE"):
        import_diagram(draft.id, "bad", "bad.bpmn", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', by=person("sheji"))


def test_the_name_of_a_removed_diagram_is_free_again(draft):
    remove_file(draft.id, "small.bpmn", seen=0, by=person("sheji"))
    assert add_diagram(draft.id, "small", "重画", by=person("sheji")) == "small.bpmn"
