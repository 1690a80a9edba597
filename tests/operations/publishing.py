"""A draft of the small flow, ready to be submitted: what tests of publishing begin with."""

from sqlalchemy import select

from models import FlowDraft, Job, session, transactional
from models.job import DONE
from operations.house.deployments import deploy
from operations.studio.drafts import begin_draft, save_file
from operations.studio.trials import try_scenarios
from tests.people import person
from tests.small_flow import DIAGRAM, FILES

SURVEYED = DIAGRAM.replace('name="办理"'.encode(), 'name="踏勘办理"'.encode())


def ready_draft(name: str = "办理改为踏勘办理", content: bytes = SURVEYED) -> FlowDraft:
    """By the designer, with its scenarios passed."""
    deploy("small", FILES)
    draft = begin_draft("small", name, by=person("sheji"))
    save_file(draft.id, "small.bpmn", content, seen=0, by=person("sheji"))
    pass_scenarios(draft.id)
    return draft


@transactional
def pass_scenarios(draft_id: int, passed: int = 1, failed: int = 0) -> None:
    """As the ticker writes it down; the playing itself is tested in tests/scenarios."""
    job = session.get_one(Job, try_scenarios(draft_id, by=person("sheji")).id)
    job.state, job.result = DONE, {"passed": passed, "failed": failed}


def state_of(draft: FlowDraft) -> str:
    return session.scalars(select(FlowDraft.state).where(FlowDraft.id == draft.id)).one()
