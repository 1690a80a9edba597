"""Flows with their drafts, and one draft with its files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from errors import NotFound
from models import FlowDraft, FlowDraftEvent, FlowDraftFile, Identity, ProcessDefinition, User, session
from models.studio import DISCARDED, PUBLISHED
from operations.studio.drafts import file_revision
from operations.studio.opening import readable_draft
from queries.house.own_flows import own_flows
from queries.studio.file_titles import file_title
from reference import definitions
from reference.flow_drafts import base_files
from reference.flow_files import shared

#: What designers call the kinds of files, in the order of the page, and how their names end.
KINDS = {"流程图": ".bpmn", "决策表": ".dmn", "表单": ".form.json", "场景": ".feature", "说明": ".md"}


@dataclass(frozen=True)
class Family:
    """Flows that are published together, because they share one folder of files."""

    flow: str  # the key by which a draft of them is begun
    flows: dict[str, str]  # key -> name
    version: int
    published_at: datetime
    published_by: str
    drafts: list["DraftLine"]


@dataclass(frozen=True)
class DraftLine:
    id: int
    name: str
    state: str
    begun_by: str
    begun_at: datetime


@dataclass(frozen=True)
class FileLine:
    """`change`: "" as before, or what the draft does to it; `label`: what a designer calls it."""

    name: str
    label: str
    change: str
    is_shared: bool  # as all flows have it; a change is this flow's alone
    by: str
    at: datetime | None


@dataclass(frozen=True)
class DraftPage:
    draft: FlowDraft
    flow_name: str
    base_version: int
    newest_version: int  # above the base's: somebody has published since
    begun_by: str
    files: dict[str, list[FileLine]]  # by kind
    events: Sequence[FlowDraftEvent]  # newest first


@dataclass(frozen=True)
class DraftFile:
    """A file as an editor opens it; `revision` goes back with what it saves."""

    name: str
    content: bytes
    revision: int


def families(by: Identity) -> list[Family]:
    """The flows of this person's county, those of one folder together, each with the drafts that are not at an end."""
    rows = sorted(own_flows(by), key=lambda row: (row.digest, row.key))
    grouped = [list(group) for _, group in groupby(rows, key=lambda row: row.digest)]
    return sorted((_family(group) for group in grouped), key=lambda family: family.flow)


def draft_page(draft_id: int, by: Identity) -> DraftPage:
    """Raises NotFound."""
    draft = readable_draft(draft_id, by)
    base, newest = session.get_one(ProcessDefinition, draft.base_id), definitions.newest(draft.flow)
    events = select(FlowDraftEvent).where(FlowDraftEvent.draft_id == draft.id).order_by(FlowDraftEvent.id.desc())
    return DraftPage(
        draft=draft,
        flow_name=base.name,
        base_version=base.version,
        newest_version=newest.version,
        begun_by=session.get_one(User, draft.begun_by_id).name,
        files=_by_kind(draft),
        events=session.scalars(events).all(),
    )


def draft_file(draft_id: int, name: str, by: Identity) -> DraftFile:
    """Raises NotFound, also for a file that the draft does without."""
    draft = readable_draft(draft_id, by)
    changed = session.get(FlowDraftFile, (draft.id, name))
    content = changed.content if changed else base_files(draft).get(name)
    if content is None:
        raise NotFound(f"草稿里没有文件“{name}”。")
    return DraftFile(name, content, file_revision(draft, changed, name))


def _family(rows: list[ProcessDefinition]) -> Family:
    keys = [row.key for row in rows]
    drafts = (
        select(FlowDraft.id, FlowDraft.name, FlowDraft.state, User.name.label("begun_by"), FlowDraft.begun_at)
        .join(User, User.id == FlowDraft.begun_by_id)
        .where(FlowDraft.flow.in_(keys), FlowDraft.state.not_in((PUBLISHED, DISCARDED)))
        .order_by(FlowDraft.id.desc())
    )
    first = rows[0]
    lines = [DraftLine(*row) for row in session.execute(drafts)]
    return Family(
        keys[0], {row.key: row.name for row in rows}, first.version, first.deployed_at, first.deployed_by, lines
    )


def _by_kind(draft: FlowDraft) -> dict[str, list[FileLine]]:
    lines = list(_lines(draft))
    return {kind: [line for line in lines if line.name.endswith(ending)] for kind, ending in KINDS.items()}


def _lines(draft: FlowDraft) -> Iterator[FileLine]:
    base = base_files(draft)
    changed = {file.name: file for file in draft.files}
    for name in sorted(base.keys() | changed.keys()):
        file = changed.get(name)
        same = base.get(name) == shared().get(name)
        yield FileLine(
            name=name,
            label=file_title(name, (file and file.content) or base.get(name) or b""),
            change=_change(name in base, file),
            is_shared=name in shared() and same and file is None,
            by=file.changed_by if file else "",
            at=file.changed_at if file else None,
        )


def _change(was: bool, file: FlowDraftFile | None) -> str:
    if file is None:
        return ""
    if file.content is None:
        return "删除"
    return "改动" if was else "新增"
