"""Try the scenarios of a draft: who asks for it, and what is kept of how they went. scenarios/trying.py plays them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, or_, select

from models import Identity, Job, TrialOutcome, now, session, transactional
from models.job import DONE, WAITING
from operations.studio.jobs import start_job, stop_job
from operations.studio.opening import locked_draft

#: Kinds of jobs: every scenario of a draft as it stands at a revision, which publishing asks for; a single one; every
#: one of a published version, to be held against a draft of it.
ALL, ONE, VERSION = "scenarios", "scenario", "version_scenarios"


def subject_of(draft_id: int) -> str:
    return f"draft:{draft_id}"


@transactional
def try_scenarios(draft_id: int, *, by: Identity, file: str = "", line: int = 0) -> Job:
    """Ask for all scenarios of the draft as it is saved now, or for the one that begins at this line of a file.

    The same is not asked for twice at a time. `result` of the job is {"passed": n, "failed": n}; of those passed that
    come out otherwise here, where parameters are not as in the documents, "differing": [[file, line, name, words]].
    Raises NotFound.
    """
    draft = locked_draft(draft_id, by)
    kind, asked = (ONE, {"file": file, "line": line}) if file else (ALL, {})
    asked = {"revision": draft.revision, **asked}
    same = (Job.kind == kind) & (Job.subject == subject_of(draft_id)) & (Job.state == WAITING)
    waiting = next((job for job in session.scalars(select(Job).where(same)) if job.asked == asked), None)
    return waiting or start_job(kind, subject_of(draft_id), asked, by=by)


@transactional
def stop_trials(draft_id: int, *, by: Identity) -> None:
    """Those that go on or wait. Raises NotFound."""
    draft = locked_draft(draft_id, by)
    mine = (Job.subject == subject_of(draft.id)) & Job.kind.in_((ALL, ONE)) & (Job.state == WAITING)
    for job in session.scalars(select(Job).where(mine)):
        stop_job(job.id)


@transactional
def try_version(draft_id: int, *, by: Identity) -> None:
    """Ask for the scenarios of the version that the draft began with, once. Raises NotFound."""
    draft = locked_draft(draft_id, by)
    job = trial_of_version(draft.base_id)
    if job is None or job.state not in (WAITING, DONE):
        start_job(VERSION, f"version:{draft.base_id}", {"definition": draft.base_id}, by=by)


def trial_of_version(definition_id: int) -> Job | None:
    """The last one; its `result` is what the scenarios walked, {"walked": {flow: [id, …]}}."""
    mine = (Job.kind == VERSION) & (Job.subject == f"version:{definition_id}")
    return session.scalar(select(Job).where(mine).order_by(Job.id.desc()).limit(1))


@transactional
def keep_walked(job_id: int, outcome: Mapping[str, Any]) -> bool:
    """Of one scenario of a version, as keep_outcome()."""
    job = session.get_one(Job, job_id, with_for_update=True, populate_existing=True)
    walked = job.result.get("walked", {})
    for flow, ids in outcome["walked"].items():
        walked = {**walked, flow: sorted({*walked.get(flow, ()), *ids})}
    job.done, job.result = job.done + 1, {"walked": walked}
    return job.state == WAITING


@transactional
def begin_trial(job_id: int, total: int, drawn: Mapping[str, Any]) -> None:
    """How many scenarios there are, and what they may walk: {"processes": {id: name}, "elements": {flow: [[id, process,
    what it is called], …]}}.
    """
    job = session.get_one(Job, job_id, with_for_update=True, populate_existing=True)
    job.total, job.progress = total, dict(drawn)
    job.result = job.result or {"passed": 0, "failed": 0}


@transactional
def keep_outcome(job_id: int, outcome: Mapping[str, Any]) -> bool:
    """Of one scenario, with how far the job is; nothing over the outcome of a later revision. Returns whether the job
    goes on: somebody may have stopped it.
    """
    job = session.get_one(Job, job_id, with_for_update=True, populate_existing=True)
    draft_id, revision = int(job.subject.partition(":")[2]), job.asked["revision"]
    same_file = (TrialOutcome.draft_id == draft_id) & (TrialOutcome.file == outcome["file"])
    later = select(TrialOutcome.line).where(same_file, TrialOutcome.revision > revision).limit(1)
    if session.scalar(later) is None:
        outdated = or_(TrialOutcome.revision < revision, TrialOutcome.line == outcome["line"])
        session.execute(delete(TrialOutcome).where(same_file, outdated))
        session.add(TrialOutcome(draft_id=draft_id, revision=revision, at=now(), **_columns(outcome)))
    job.done += 1
    verdict = "failed" if outcome["failure"] else "passed"
    job.result = {**job.result, verdict: job.result[verdict] + 1}
    if "differs" in outcome:
        one = [outcome[name] for name in ("file", "line", "name", "differs")]
        job.result = {**job.result, "differing": [*job.result.get("differing", []), one]}
    return job.state == WAITING


def _columns(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """`differs` is kept with the job alone: what a passed scenario comes to at this county's parameters."""
    return {name: value for name, value in outcome.items() if name != "differs"}
