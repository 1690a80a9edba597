"""What is approved in writing counts with the paper beside it (TZ-A12)."""

import pytest

from errors import InvalidForm
from models import SYSTEM, keep_files_in
from operations.acts.attachments import Upload, attach
from operations.acts.tasks import complete_task
from operations.gate.instances import start_process
from operations.house.deployments import deploy
from tests.engine.diagrams import diagram, end, start, user
from tests.operations.conftest import Story
from tests.people import holder_of
from tests.small_flow import FILES, HANDLER, form
from tests.uploads import PDF

ASKS, DECIDES = "natural_resources:handler", "task_force:verifier"
DECISION = form(
    "F.decide",
    {"type": "radio", "key": "decision", "label": "批示", "values": [{"label": v, "value": v} for v in ("yes", "no")]},
    {
        "type": "textfield",
        "key": "approval",
        "label": "批示文号",
        "validate": {"required": True},
        "conditional": {"hide": '=decision = "no"'},
        "properties": {"needsFile": "书面批示"},
    },
)
ASKED = diagram(
    "asked",
    start(),
    user("ask", name="报请", candidates=HANDLER, form="F.sign"),
    user("decide", name="批示", candidates='post("task_force", "verifier")', form="F.decide"),
    end("done", status="archived"),
    flows="start ask decide done",
)
AGREED = {"decision": "yes", "approval": "1号"}


@pytest.fixture
def story(county, tmp_path):
    """It waits to be asked for."""
    keep_files_in(tmp_path / "files")
    forms = {name: content for name, content in FILES.items() if name == "F.sign.form.json" or name.endswith(".dmn")}
    deploy("asked", forms | {"asked.bpmn": ASKED, "F.decide.form.json": DECISION})
    return Story(start_process("asked", {}, by=SYSTEM).instance)


def add_file(story, post):
    attach(story.case.id, [Upload("批示.pdf", PDF)], "", by=holder_of(post))


def decide(story, **values):
    complete_task(story.task("批示").id, values, by=holder_of(DECIDES))


def test_an_approval_without_its_paper_is_refused_at_the_field(story):
    story.do("报请")
    with pytest.raises(InvalidForm) as refusal:
        decide(story, **AGREED)
    assert refusal.value.problems["approval"].startswith("须附书面批示")
    assert story.open_tasks == ["批示"]


def test_a_file_of_whoever_asks_is_no_approval(story):
    add_file(story, ASKS)
    story.do("报请")
    add_file(story, ASKS)
    with pytest.raises(InvalidForm):
        decide(story, **AGREED)


def test_with_the_file_of_the_deciding_unit_it_counts(story):
    story.do("报请")
    add_file(story, DECIDES)
    decide(story, **AGREED)
    assert story.open_tasks == []


def test_a_refusal_needs_no_paper(story):
    story.do("报请")
    decide(story, decision="no")
    assert story.open_tasks == []
