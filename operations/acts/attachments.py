"""Files of a case: add some, take one (附件). Each act stands in the history (C-02, S-04)."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, not_, or_, select

from errors import InvalidForm, MessageNotAccepted, NotAllowed, NotFound, StorageUnavailable
from models import (
    Attachment,
    Case,
    Identity,
    ProcessInstance,
    Writes,
    drop_file,
    now,
    previous_seal,
    put_file,
    read_file,
    session,
    transactional,
)
from operations.acts.file_kinds import KINDS, MB, BadFile, check_file
from operations.acts.privacy import reporters_files_for
from operations.gate.moves import locked
from operations.gate.requests import already_handled, remember, request_key
from operations.gate.revisions import actor, add_revision, record
from operations.gate.visibility import in_whose_name, locked_for, takes_part, visible
from reference import parameters

MAX_NOTE = 200  # characters
#: The kind of note that tells of a reporter's file.
REPORTERS_FILE = "reporters_file"
#: Where no parameter says otherwise: bytes of a file in MB, files at once, bytes of a case in MB.
MAX_MB, MAX_FILES, CASE_MB = 10, 5, 100


@dataclass(frozen=True)
class Upload:
    """A file as a browser sent it: nothing of it is believed yet."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Kept:
    """A file that was checked and lies on the disk as `stored`."""

    name: str
    kind: str
    size: int
    digest: str
    stored: str


def attach(case_id: int, files: Sequence[Upload], note: str, *, by: Identity, request: str | None = None) -> None:
    """Add files to a case. The same name again is the next version of that file.

    Raises NotFound, NotAllowed for who only looks on, MessageNotAccepted for a closed case (C-10), InvalidForm with
    the keys `files` and `note`.
    """
    problems = problems_of(files, note)
    if not files:
        problems["files"] = "请选择文件。"
    if problems:
        raise InvalidForm(problems)
    with kept_on_disk(files) as kept:
        _attach(case_id, kept, note.strip(), by, request_key(request, "attach", str(case_id), by=by))


def problems_of(files: Sequence[Upload], note: str = "") -> dict[str, str]:
    """What is wrong with them, in a sentence a file, by the key of the field."""
    found = {"note": f"说明最多 {MAX_NOTE} 字，现在 {len(note.strip())} 字。"} if len(note.strip()) > MAX_NOTE else {}
    most = max_files()
    if len(files) > most:
        return found | {"files": f"一次最多上传{most}个文件，现在是{len(files)}个。"}
    wrong = []
    for file in files:
        try:
            check_file(file.name, file.content, max_bytes())
        except BadFile as error:
            wrong.append(str(error))
    return found | ({"files": " ".join(wrong)} if wrong else {})


@contextmanager
def kept_on_disk(files: Sequence[Upload]) -> Iterator[list[Kept]]:
    """These files, which problems_of() finds right, on the disk; gone again when the block raises.

    Before the transaction: nobody waits for a disk with the database locked. One who dies in between leaves a file
    that no row names; it is seen by nobody.
    """
    kept = _put_all(files)
    try:
        yield kept
    except StorageUnavailable:
        raise  # the rows may be there all the same: an answer that never came
    except BaseException:
        drop_kept(kept)
        raise


def _put_all(files: Iterable[Upload]) -> list[Kept]:
    """All of them or none: a full disk leaves nothing behind."""
    kept: list[Kept] = []
    try:
        for file in files:
            name, kind = check_file(file.name, file.content, max_bytes())
            digest = hashlib.sha256(file.content).hexdigest()
            kept.append(Kept(name, kind, len(file.content), digest, put_file(file.content)))
    except BaseException:
        drop_kept(kept)
        raise
    return kept


def drop_kept(kept: Iterable[Kept]) -> None:
    """Off the disk again: no row names them."""
    for each in kept:
        drop_file(each.stored)


@transactional
def _attach(case_id: int, kept: Sequence[Kept], note: str, by: Identity, request: str | None) -> None:
    instance = locked_for(case_id, by)
    if already_handled(request):
        drop_kept(kept)
        return
    if problem := why_not_attached(instance.case, by):
        raise MessageNotAccepted(problem) if instance.case.archived else NotAllowed(problem)
    by = in_whose_name(case_id, by)
    writes = Writes()
    add_attachments(writes, instance, kept, note, by=by, at=now())
    remember(writes, request, case_id=case_id, task_id="", at=now())
    writes.send()


def add_attachments(
    writes: Writes,
    instance: ProcessInstance,
    kept: Sequence[Kept],
    note: str,
    *,
    by: Identity,
    at: datetime,
    from_reporter: bool = False,
) -> None:
    """Their rows and the revision that tells of them. The case is under its lock. Raises InvalidForm."""
    _require_room(instance.case_id, kept)
    told = []
    for each, version in _versions(instance.case_id, kept, from_reporter):
        writes.add(
            Attachment,
            case_id=instance.case_id,
            name=each.name,
            version=version,
            kind=each.kind,
            size=each.size,
            digest=each.digest,
            stored=each.stored,
            note=note,
            from_reporter=from_reporter,
            by=actor(by),
            at=at,
        )
        told.append([_note(from_reporter), f"{each.name}{f'（第{version}版）' if version > 1 else ''}", ""])
    notes = [*told, *([["words", f"说明：{note}", ""]] if note else [])]
    add_revision(writes, instance, previous_seal(instance.id), kind="attached", by=by, at=at, notes=notes)


def _versions(case_id: int, kept: Sequence[Kept], from_reporter: bool) -> Iterator[tuple[Kept, int]]:
    """Each with its version; of two of one name in one go the second is the later one."""
    mine = (Attachment.case_id == case_id) & (Attachment.from_reporter == from_reporter)
    newest = select(Attachment.name, func.max(Attachment.version)).where(mine).group_by(Attachment.name)
    versions: dict[str, int] = dict(session.execute(newest).all())  # type: ignore[arg-type]
    for each in kept:
        versions[each.name] = versions.get(each.name, 0) + 1
        yield each, versions[each.name]


def _require_room(case_id: int, kept: Sequence[Kept]) -> None:
    most = int(parameters.in_force("attach.case_mb", CASE_MB))
    used = session.scalar(select(func.sum(Attachment.size)).where(Attachment.case_id == case_id)) or 0
    if used + sum(each.size for each in kept) > most * MB:
        raise InvalidForm({"files": f"本件附件合计不能超过{most}MB，已有{used / MB:.0f}MB。"})


def why_not_attached(case: Case, by: Identity) -> str:
    """Why this person may add nothing to the case, in a sentence; "" when they may."""
    if case.archived:
        return "事项已经归档，只能查看（C-10）。"
    return "" if takes_part(case, by) else "只有登记、办理或统管这个事项的单位可以添加附件。"


def attachments_for(by: Identity) -> ColumnElement[bool]:
    """Of the cases in a query, the files this person may have: those of the reporter only who may ask for that one."""
    return visible(by) & or_(not_(Attachment.from_reporter), reporters_files_for(by))


@transactional
def take_attachment(attachment_id: int, *, by: Identity, to_look: bool = False) -> tuple[Attachment, bytes]:
    """The file, and it is written down that somebody takes it, or `to_look` looks at it.

    Raises NotFound, StorageUnavailable when the bytes are not those that were handed in.
    """
    asked = (
        select(Attachment, ProcessInstance.id)
        .join(Case, Case.id == Attachment.case_id)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
    )
    row = session.execute(asked.where(Attachment.id == attachment_id, attachments_for(by))).first()
    if row is None or (to_look and not KINDS[row[0].kind].shown):
        raise NotFound
    attachment, instance_id = row
    content = content_of(attachment.stored, attachment.digest)
    notes = [[_note(attachment.from_reporter), f"{attachment.name}（第{attachment.version}版）", ""]]
    kind = "viewed" if to_look else "taken"
    by = in_whose_name(attachment.case_id, by)
    record(locked(instance_id), kind=kind, by=by, at=now(), name="附件", notes=notes)
    return attachment, content


def _note(from_reporter: bool) -> str:
    """What the history calls it: the name of a reporter's file is for those only who may have the file (C-09)."""
    return REPORTERS_FILE if from_reporter else "attachment"


def content_of(stored: str, digest: str) -> bytes:
    """Raises StorageUnavailable when the bytes are not there, or not those that were handed in."""
    content = read_file(stored)
    if hashlib.sha256(content).hexdigest() != digest:
        raise StorageUnavailable("附件与上传时的不一致，已停止下载，请联系管理员。")
    return content


def max_bytes() -> int:
    return int(parameters.in_force("attach.max_mb", MAX_MB)) * MB


def max_files() -> int:
    return int(parameters.in_force("attach.max_files", MAX_FILES))
