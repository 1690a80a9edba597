"""The ways that the scenarios of a draft went, and what none of them walked, each on the drawings of the draft."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from models import FlowDraft, Identity, Job, TrialOutcome, session
from operations.studio.checking import file_of
from operations.studio.opening import readable_draft
from operations.studio.trials import ALL, ONE, subject_of
from queries.case.diagrams import Diagram
from reference.flow_drafts import draft_files
from scenarios.bench import outcome_at, outcomes_now
from scenarios.coverage import left


@dataclass(frozen=True)
class WayPage:
    """`drawings` as web/templates/_drawing.html takes them, with `file` in place of an address."""

    draft: FlowDraft
    outcome: TrialOutcome
    drawings: list[dict[str, Any]]


@dataclass(frozen=True)
class Spot:
    """An element that scenarios may walk; `words`: what it is called."""

    id: str
    process: str
    words: str


@dataclass(frozen=True)
class CoveragePage:
    """`missing` by flow; None when the draft as it is now has not been tried. `tried`: by how many scenarios; `total`:
    how much there is to be walked; `names` of the processes.
    """

    draft: FlowDraft
    tried: int
    missing: Mapping[str, list[Spot]] | None
    total: int
    names: Mapping[str, str]
    drawings: list[dict[str, Any]]


def way_of(draft_id: int, file: str, line: int, by: Identity) -> WayPage:
    """How the cases of one scenario went when it was last tried. Raises NotFound."""
    outcome, draft = outcome_at(draft_id, file, line, by), readable_draft(draft_id, by)
    files = draft_files(draft)
    cases = {way["case"] for way in outcome.ways}
    return WayPage(
        draft,
        outcome,
        [
            {**way, "name": f"{way['case']} {way['name']}" if len(cases) > 1 else way["name"], "file": found}
            for way in outcome.ways
            if (found := file_of(way["id"], files))
        ],
    )


def coverage_of(draft_id: int, by: Identity) -> CoveragePage:
    """What no scenario of the draft as it is now has walked. Raises NotFound."""
    draft = readable_draft(draft_id, by)
    tried, drawn = outcomes_now(draft), drawn_now(draft)
    if drawn is None:
        return CoveragePage(draft, 0, None, 0, {}, [])
    spots = spots_of(drawn)
    missing = left([{flow: set(ids) for flow, ids in row.walked.items()} for row in tried], spots)
    late = {spot for each in missing.values() for spot in each}
    everything = {spot for each in spots.values() for spot in each}
    drawings = _drawings(draft, drawn, everything, late)
    return CoveragePage(draft, len(tried), missing, len(everything), drawn["processes"], drawings)


def drawn_now(draft: FlowDraft) -> Mapping[str, Any] | None:
    """As begin_trial() was told when this revision was tried."""
    mine = (Job.subject == subject_of(draft.id)) & Job.kind.in_((ALL, ONE))
    jobs = session.scalars(select(Job).where(mine).order_by(Job.id.desc()).limit(20))
    return next((job.progress for job in jobs if job.asked["revision"] == draft.revision and job.progress), None)


def spots_of(drawn: Mapping[str, Any]) -> dict[str, list[Spot]]:
    """By flow, of what begin_trial() was told."""
    return {flow: [Spot(*each) for each in elements] for flow, elements in drawn["elements"].items()}


def _drawings(draft: FlowDraft, drawn: Mapping[str, Any], spots: set[Spot], late: set[Spot]) -> list[dict[str, Any]]:
    files, found = draft_files(draft), []
    for process, name in drawn["processes"].items():
        here = {spot for spot in spots if spot.process == process}
        done, missing = sorted(spot.id for spot in here - late), sorted(spot.id for spot in here & late)
        told = f"{name}（{len(missing)} 处没有走到）" if missing else name
        if file := file_of(process, files):
            found.append({**asdict(Diagram(process, told, {}, done, missing)), "file": file})
    return found
