"""Drafts of flows (流程草稿): a designer changes files of a flow, and nothing runs differently until it is published.

Two designers may work on one draft. Whoever saves a file says which edition of it they began with; the second of two
is told who was first, and keeps what they have.
"""

from dataclasses import dataclass

from sqlalchemy import select

from engine.limits import MAX_BYTES
from engine.markup import read_xml, refused
from errors import AlreadyChanged, AppError, NotFound
from models import FlowDraft, FlowDraftEvent, FlowDraftFile, Identity, now, session, transactional
from models.studio import DISCARDED, EDITING
from operations.studio.opening import changeable, require_flow
from reference import definitions
from reference.flow_drafts import base_files
from reference.flow_files import is_name

#: What may happen to a draft, as its history calls it.
KINDS = {
    "begun": "新建草稿",
    "saved": "修改",
    "removed": "删除文件",
    "restored": "取消改动",
    "renamed": "改名",
    "value": "改参数",
    "imported": "导入",
    "submitted": "提交审核",
    "withdrawn": "撤回审核",
    "refused": "退回修改",
    "approved": "审核通过",
    "stopped": "没有发布",
    "published": "发布",
    "rebased": "并入新版",
    "discarded": "作废",
}
LONGEST_NAME = 80


class BadDraft(AppError):
    """草稿没有保存。"""


class FileChanged(AlreadyChanged):
    """Somebody has saved this file, or taken another in its place. `revision`: with which to save over it."""

    def __init__(self, words: str, revision: int):
        self.revision = revision
        super().__init__(f"{words}，您的改动还没有保存。请比较后再决定用哪一份。")


@dataclass(frozen=True)
class Saved:
    """What a save answers: the editor begins its next one with `revision`."""

    revision: int


@transactional
def begin_draft(flow: str, name: str, *, by: Identity) -> FlowDraft:
    """A draft of the newest version of this flow. Raises NotFound, BadDraft."""
    base = definitions.newest(flow)
    require_flow(base.id, by)
    draft = FlowDraft(
        flow=flow, base_id=base.id, name=_named(name), state=EDITING, revision=0, begun_at=now(), begun_by_id=by.id
    )
    session.add(draft)
    session.flush()
    record(draft, "begun", by, words=draft.name)
    return draft


@transactional
def save_file(draft_id: int, name: str, content: bytes, *, seen: int, by: Identity) -> Saved:
    """Keep a file of the draft. What is drawn wrongly is kept as well: only publishing asks for more than XML.

    `seen`: the revision of the file that the editor began with, 0 for one that the draft had not changed yet.
    Raises NotFound, DraftClosed, FileChanged, BadDraft, InvalidDiagram.
    """
    draft = changeable(draft_id, by)
    check_file(name, content)
    file = _unmoved(draft, name, seen)
    if _content(draft, file, name) == content:
        return Saved(seen)
    return _keep(draft, file, name, content, "saved", by)


@transactional
def remove_file(draft_id: int, name: str, *, seen: int, by: Identity) -> Saved:
    """Do without a file. Raises what save_file() raises."""
    draft = changeable(draft_id, by)
    file = _unmoved(draft, name, seen)
    if _content(draft, file, name) is None:
        raise NotFound(f"草稿里没有文件“{name}”。")
    return _keep(draft, file, name, None, "removed", by)


@transactional
def restore_file(draft_id: int, name: str, *, by: Identity) -> None:
    """Take the file of the version before, as if the draft had never changed it. Raises NotFound, DraftClosed."""
    draft = changeable(draft_id, by)
    file = session.get(FlowDraftFile, (draft.id, name))
    if file is None:
        raise NotFound(f"草稿没有改动文件“{name}”。")
    draft.files.remove(file)
    draft.revision += 1
    record(draft, "restored", by, file=name)


@transactional
def rename_draft(draft_id: int, name: str, *, by: Identity) -> None:
    """Raises NotFound, DraftClosed, BadDraft."""
    draft = changeable(draft_id, by)
    draft.name = _named(name)
    record(draft, "renamed", by, words=draft.name)


@transactional
def discard_draft(draft_id: int, reason: str, *, by: Identity) -> None:
    """End a draft; it stays readable. Raises NotFound, DraftClosed, BadDraft without a reason."""
    draft = changeable(draft_id, by)
    if not reason.strip():
        raise BadDraft("请写明作废的原因。")
    draft.state = DISCARDED
    record(draft, "discarded", by, words=reason.strip())


def record(draft: FlowDraft, kind: str, by: Identity, *, file: str = "", words: str = "") -> None:
    """A row of the draft's history; saving one file again and again is one row, of the last time."""
    last = session.scalar(
        select(FlowDraftEvent).where(FlowDraftEvent.draft_id == draft.id).order_by(FlowDraftEvent.id.desc()).limit(1)
    )
    same = (kind, file, by.id) == ((last.kind, last.file, last.user_id) if last else None)
    if last and same and kind in ("saved", "renamed"):
        last.at, last.words = now(), words
        return
    session.add(
        FlowDraftEvent(
            draft_id=draft.id, at=now(), user_id=by.id or None, by=by.name, kind=kind, file=file, words=words
        )
    )


def check_file(name: str, content: bytes) -> None:
    """Whether a flow may have this file, however unfinished. Raises BadDraft, InvalidDiagram."""
    if not is_name(name):
        raise BadDraft(
            f"文件名“{name}”不合适：流程图、决策表、表单用字母、数字、下划线，以 .bpmn、.dmn、.form.json 结尾；"
            "场景放在 scenarios/ 下，以 .feature 结尾，名称里没有 / : * ? 等符号。"
        )
    if len(content) > MAX_BYTES:
        raise refused(name, "文件超过 2 MB")
    if name.endswith((".bpmn", ".dmn")):
        read_xml(name, content)


def file_revision(draft: FlowDraft, file: FlowDraftFile | None, name: str) -> int:
    """What whoever begins with this file names when they save it; 0 of a file that is not there yet."""
    if file:
        return file.revision
    return draft.base_revision if name in base_files(draft) else 0


def _named(name: str) -> str:
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise BadDraft(f"请用一句话写明要改什么，1 到 {LONGEST_NAME} 个字。")
    return name.strip()


def _unmoved(draft: FlowDraft, name: str, seen: int) -> FlowDraftFile | None:
    file = session.get(FlowDraftFile, (draft.id, name))
    if file and file.revision != seen:
        raise FileChanged(f"{file.changed_by}刚才保存了“{name}”", file.revision)
    if seen != (revision := file_revision(draft, file, name)):
        raise FileChanged(f"别人刚才取消了草稿对“{name}”的改动或并入了新版", revision)
    return file


def _content(draft: FlowDraft, file: FlowDraftFile | None, name: str) -> bytes | None:
    return file.content if file else base_files(draft).get(name)


def _keep(
    draft: FlowDraft, file: FlowDraftFile | None, name: str, content: bytes | None, kind: str, by: Identity
) -> Saved:
    draft.revision += 1
    if file is None:
        file = FlowDraftFile(name=name)
        draft.files.append(file)
    file.content, file.revision = content, draft.revision
    file.changed_at, file.changed_by = now(), by.name
    record(draft, kind, by, file=name)
    return Saved(draft.revision)
