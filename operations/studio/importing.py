"""A flow's folder comes back from outside, as a zip or file by file: looked at first, then taken into a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.decisions import decision_elements
from engine.forms import form_schema
from errors import AlreadyChanged, InvalidDiagram
from models import FlowDraft, FlowDraftFile, Identity, now, session, transactional
from operations.studio.drafts import BadDraft, check_file, record
from operations.studio.new_files import FORM
from operations.studio.opening import changeable
from papers.archive import BadArchive, read_archive
from reference.flow_drafts import base_files, draft_files, with_changes
from reference.flow_files import SCENARIOS, own, shared

#: What file managers leave in folders.
LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".gitignore"}


class BadImport(BadDraft):
    """没有导入。"""


@dataclass(frozen=True)
class Bundle:
    """Files by their name in the flow's folder. `whole`: what is not among them is to go."""

    files: Mapping[str, bytes]
    whole: bool


def read_bundle(sent: Sequence[tuple[str, bytes]], *, whole: bool) -> Bundle:
    """One zip, or files with the names a browser sends them by. Raises BadImport with all that is wrong."""
    zipped = len(sent) == 1 and sent[0][0].lower().endswith(".zip")
    parts = _unpacked(sent[0][1]) if zipped else {_chosen(name): content for name, content in sent}
    files = _without_folder({name: content for name, content in parts.items() if not _is_litter(name)})
    if not files:
        raise BadImport("里面没有文件。")
    if problems := [why for name, content in sorted(files.items()) if (why := _why_bad(name, content))]:
        raise BadImport("".join(problems[:10]))
    if whole and not any(name.endswith(".bpmn") for name in files):
        raise BadImport("里面没有流程图，不是一个流程的文件夹；只导入其中几个文件的，请选“只导入这些文件”。")
    return Bundle(files, whole)


def changes_of(draft: FlowDraft, bundle: Bundle) -> dict[str, bytes | None]:
    """What importing changes in the draft as it is now: None for a file that goes, what all flows share for one of the
    flow's own that stood in its place.
    """
    present = draft_files(draft)
    changed = {name: content for name, content in bundle.files.items() if present.get(name) != content}
    gone = [name for name in own(present) if name not in bundle.files] if bundle.whole else []
    return {**changed, **{name: shared().get(name) for name in gone}}


def preview(draft: FlowDraft, bundle: Bundle) -> dict[str, bytes]:
    """The draft's files as they would be."""
    return with_changes(draft_files(draft), changes_of(draft, bundle))


@transactional
def import_bundle(draft_id: int, bundle: Bundle, *, seen: int, by: Identity) -> int:
    """Returns how many files changed. `seen`: the draft's revision when it was looked at.

    Raises NotFound, NotAllowed, DraftClosed, AlreadyChanged.
    """
    draft = changeable(draft_id, by)
    if draft.revision != seen:
        raise AlreadyChanged("别人刚才改了这份草稿，没有导入；请再上传一次，核对以后再确认。")
    changes = changes_of(draft, bundle)
    if not changes:
        return 0
    draft.revision += 1
    base = base_files(draft)
    for name, content in changes.items():
        _put(draft, name, content, content == base.get(name), by)
    record(draft, "imported", by, words=f"{len(changes)} 个文件")
    return len(changes)


def _put(draft: FlowDraft, name: str, content: bytes | None, as_before: bool, by: Identity) -> None:
    file = session.get(FlowDraftFile, (draft.id, name))
    if as_before:
        if file:
            draft.files.remove(file)
        return
    if file is None:
        file = FlowDraftFile(name=name)
        draft.files.append(file)
    file.content, file.revision = content, draft.revision
    file.changed_at, file.changed_by = now(), by.name


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        parts = read_archive(content)
    except BadArchive as error:
        words = str(error).replace(" Word 文档（.docx）", "压缩包（.zip）").replace("，请删去图片等内容后再上传", "")
        raise BadImport(words) from error
    return {_as_meant(name): part for name, part in parts.items()}


def _as_meant(name: str) -> str:
    """Windows writes Chinese names in GBK, and a zip says so nowhere."""
    try:
        return name.encode("cp437").decode("gbk")
    except UnicodeError:
        return name


def _chosen(name: str) -> str:
    """Where a file goes that somebody chose alone: of a scenario a browser does not say the folder."""
    return f"{SCENARIOS}{name}" if name.endswith(".feature") and "/" not in name else name


def _is_litter(name: str) -> bool:
    return not LITTER.isdisjoint(PurePosixPath(name).parts)


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """A folder is zipped with its own name before all others, and those above it."""
    while all("/" in name for name in files):
        tops = {name.partition("/")[0] for name in files}
        if len(tops) != 1 or f"{tops.pop()}/" == SCENARIOS:
            break
        files = {name.partition("/")[2]: content for name, content in files.items()}
    return files


def _check_whole(name: str, content: bytes) -> None:
    """What an editor could not even open does not come in. Raises InvalidDiagram."""
    if name.endswith(FORM):
        form_schema(name, content)
    elif name.endswith(".dmn"):
        decision_elements(name, content)


def _why_bad(name: str, content: bytes) -> str:
    try:
        check_file(name, content)
        _check_whole(name, content)
    except (BadDraft, InvalidDiagram) as error:
        return str(error)
    return ""
