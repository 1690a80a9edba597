"""Whoever judged first does not hear the appeal (XT-A6)."""

import pytest

from errors import InvalidForm
from models import SYSTEM
from operations.deployments import deploy
from operations.instances import start_process
from operations.tasks import complete_task
from tests.engine.diagrams import diagram, end, start, user
from tests.operations.conftest import Story
from tests.people import another_holder_of, holder_of
from tests.small_flow import FILES, HANDLER

POST = "natural_resources:handler"
JUDGED_TWICE = diagram(
    "judged",
    start(),
    user("judge", name="认定", candidates=HANDLER, form="F.sign"),
    user("appeal", name="复核申诉", candidates=HANDLER, form="F.sign", notBy="judge"),
    end("done", status="archived"),
    flows="start judge appeal done",
)


@pytest.fixture
def judged(county):
    """A case whose first judgement `holder_of(POST)` has made; the appeal waits."""
    forms = {name: content for name, content in FILES.items() if name == "F.sign.form.json" or name.endswith(".dmn")}
    deploy("judged", forms | {"judged.bpmn": JUDGED_TWICE})
    story = Story(start_process("judged", {}, by=SYSTEM).instance)
    story.do("认定")
    return story


def test_an_appeal_is_refused_to_whoever_judged_first_and_says_who_else_may(judged):
    with pytest.raises(InvalidForm) as refusal:
        complete_task(judged.task("复核申诉").id, {}, by=holder_of(POST))
    assert refusal.value.problems[""].startswith("“认定”是您办理的，“复核申诉”要由另一人办理")
    assert judged.open_tasks == ["复核申诉"]


def test_a_colleague_of_the_same_post_hears_it(judged):
    complete_task(judged.task("复核申诉").id, {}, by=another_holder_of(POST))
    assert judged.open_tasks == []
