"""The versions of a flow: who published each, when and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from models import (
    FlowPublication,
    Identity,
    ProcessDefinition,
    ProcessInstance,
    session,
)
from operations.studio.families import left_behind
from operations.studio.opening import readable_draft, require_flow
from operations.studio.values_back import Before, SetWith, set_with, values_before
from papers.archive import write_archive
from queries.house.parameter_words import UNITS, shown
from queries.house.parameters import ORIGINS
from queries.house.retirement import retirements
from reference import definitions
from reference.flow_drafts import draft_files
from reference.flow_files import own
from reference.seeds import parameter_name


@dataclass(frozen=True)
class LaterValue:
    """A parameter set with version `version`: in words what it is, was before, and where it comes from."""

    key: str
    name: str
    now: str
    then: str
    version: int
    origin: str


@dataclass(frozen=True)
class VersionLine:
    """`draft_id`: the draft it was, None for one that a command deployed; `restored`: the number of the version whose
    files it brought back. `same` as the one in force.
    """

    id: int
    number: int
    at: datetime
    by: str
    reason: str
    draft_id: int | None
    restored: int | None
    running: int  # cases
    same: bool
    later: list[LaterValue]  # that going back to it may take back


@dataclass(frozen=True)
class VersionsPage:
    """`together`: the flows that are published with this one, by key. `left_behind`: flows that once
    were published with this one, by key.
    """

    flow: str
    name: str
    versions: list[VersionLine]
    together: dict[str, str]
    retired: bool
    retirements: list[str]
    left_behind: dict[str, str]


def versions_page(flow: str, by: Identity) -> VersionsPage:
    """Raises NotFound, also for a flow of another county."""
    newest = definitions.newest(flow)
    family = [row for row in definitions.newest_of_each() if row.digest == newest.digest and row.key != flow]
    return VersionsPage(
        flow=flow,
        name=newest.name,
        versions=versions(flow, by),
        together={row.key: row.name for row in family},
        retired=flow in definitions.retired(),
        retirements=retirements(flow),
        left_behind={row.key: row.name for row in left_behind(flow)},
    )


def versions(flow: str, by: Identity) -> list[VersionLine]:
    """Newest first. Raises NotFound, also for a flow of another county."""
    newest = definitions.newest(flow)
    require_flow(newest.id, by)
    rows = session.scalars(
        select(ProcessDefinition).where(ProcessDefinition.key == flow).order_by(ProcessDefinition.version.desc())
    ).all()
    ids = [row.id for row in rows]
    running = _running(ids)
    why = _publications(ids)
    numbers = {row.id: row.version for row in rows}
    later = set_with(flow)
    return [_line(row, why.get(row.id), numbers, running[row.id], row.digest == newest.digest, later) for row in rows]


def version_archive(version_id: int, by: Identity) -> tuple[str, bytes]:
    """File name and zip of a version, as its folder under bpmn/ would be. Raises NotFound."""
    require_flow(version_id, by)
    row = session.get_one(ProcessDefinition, version_id)
    return f"{row.key}_v{row.version}.zip", write_archive(own(definitions.all_files(row.id)))


def draft_archive(draft_id: int, by: Identity) -> tuple[str, bytes]:
    """The same of a draft as it is saved now. Raises NotFound."""
    draft = readable_draft(draft_id, by)
    return f"{draft.flow}_draft{draft.id}.zip", write_archive(own(draft_files(draft)))


def _line(
    row: ProcessDefinition,
    why: FlowPublication | None,
    numbers: dict[int, int],
    running: int,
    same: bool,
    later: list[SetWith],
) -> VersionLine:
    reason, draft, restored = (why.reason, why.draft_id, why.restored_id) if why else ("", None, None)
    number = numbers.get(restored) if restored else None
    before = [_later(each) for each in values_before(later, row.version)]
    return VersionLine(
        row.id, row.version, row.deployed_at, row.deployed_by, reason, draft, number, running, same, before
    )


def _later(each: Before) -> LaterValue:
    row = each.parameter
    now, then = (f"{shown(value)} {UNITS.get(row.unit, row.unit)}".strip() for value in (each.now, each.then))
    origin = f"{ORIGINS[row.origin]} {row.rule}".strip()
    return LaterValue(row.key, parameter_name(row.key), now, then, each.version, origin)


def _running(ids: list[int]) -> Counter[int]:
    open_ones = ProcessInstance.definition_id.in_(ids) & ProcessInstance.ended_at.is_(None)
    found = select(ProcessInstance.definition_id, func.count()).where(open_ones)
    return Counter(dict(session.execute(found.group_by(ProcessInstance.definition_id)).all()))


def _publications(ids: list[int]) -> dict[int, FlowPublication]:
    found = select(FlowPublication).where(FlowPublication.definition_id.in_(ids))
    return {row.definition_id: row for row in session.scalars(found)}
